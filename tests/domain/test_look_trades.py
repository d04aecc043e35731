"""One look at the trades that need attention."""

from dataclasses import replace
from typing import Any

import pytest

from domain.errors import AnswerLost, TokenRefused
from domain.look_trades import LookTrades
from domain.ports import Balance, Deal, Trade
from domain.positions_view import StopState
from domain.trade_errors import Group
from domain.trades_view import LeftKind, TradesView
from domain.trading import Owner, OwnerKind, Side
from domain.values import MarketType
from tests.domain.fakes import days_ago, deal, failed, listed, trade
from tests.domain.looks_world import D, LooksWorld, expected, plan, position, stop_at, target

REFUSED = "Invalid API-key, IP, or permissions for action. (-2015)"


@pytest.fixture
def world() -> LooksWorld:
    world = LooksWorld()
    world.holds(Balance("ETH", D(0), D("0.4")), Balance("USDT", D(1000), D(0)))
    return world


def over(trade_id: int = 118, *, account_id: int = 41, pair: str = "USDT_ETH", **known: Any) -> Trade:
    base: dict[str, Any] = {"plan": plan(), "error": REFUSED, "closed_at": days_ago(17), "status": "failed"}
    return replace(trade(trade_id, account_id, pair=pair), **{**base, **known})


async def look(world: LooksWorld, **options: Any) -> TradesView:
    return await world.last(LookTrades, **options)


async def test_a_failed_spot_trade_whose_coins_are_still_there(world):
    world.over(over())
    (one,) = (await look(world)).troubled
    assert one.reason.group is Group.KEY
    assert (one.left.kind, one.left.held, one.left.free) == (LeftKind.COINS, D("0.4"), 0)
    assert one.plan_seen_at is None


async def test_a_failed_futures_trade_whose_position_is_open(world):
    contents = plan(units="0.05", entry="61200")
    error = "Order would immediately trigger. (-2021)"
    world.over(over(119, account_id=42, pair="USDT_BTCUSDT", plan=contents, error=error))
    world.open(position())
    (one,) = (await look(world)).troubled
    assert one.reason.group is Group.TRIGGER_SIDE
    assert (one.left.kind, one.left.held) == (LeftKind.POSITION, D("0.05"))
    assert one.left.position == position()
    assert not one.left.shared


async def test_in_hedge_mode_the_leg_of_the_trade_counts(world):
    world.over(over(119, account_id=42, pair="USDT_BTCUSDT", plan=plan("sell", "0.05")))
    world.open(position(hedged=True))
    (one,) = (await look(world)).troubled
    assert one.left.kind is LeftKind.GONE
    world.open(position(side="short", hedged=True))
    (one,) = (await look(world)).troubled
    assert one.left.position.side == "short"


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"plan": plan(status="order_placed")}, LeftKind.NOTHING_ENTERED),
        ({"entered_amount": D(0)}, LeftKind.NOTHING_ENTERED),
        ({"plan": plan("sell")}, LeftKind.SOLD),
        ({"pair": "USDT_SOL"}, LeftKind.GONE),
        ({"plan": plan(status="failed"), "entered_amount": D("0.4")}, LeftKind.COINS),
    ],
)
async def test_what_is_left_follows_the_entry_and_the_wallet(world, known, kind):
    world.over(over(**known))
    assert (await look(world)).troubled[0].left.kind is kind


async def test_what_was_closed_before_is_not_left(world):
    world.over(over(entered_amount=D("0.4"), closed_amount=D("0.3")))
    (one,) = (await look(world)).troubled
    assert (one.left.units, one.left.held) == (D("0.1"), D("0.1"))


async def test_a_living_trade_of_the_same_coin_shares_it(world):
    world.over(over())
    world.living(replace(trade(130), plan=plan()))
    assert (await look(world)).troubled[0].left.shared


@pytest.mark.parametrize(
    ("account_id", "pair", "market", "code"),
    [(41, "USDT_ETH", MarketType.SPOT, "binance"), (42, "USDT_BTCUSDT", MarketType.USDM, "binance_futures")],
    ids=["coins", "a position"],
)
async def test_a_living_trade_of_an_account_that_may_be_this_one_shares_it(world, account_id, pair, market, code):
    """Whoever connected an exchange anew has the same account at 3Commas twice."""
    world.over(over(119, account_id=account_id, pair=pair, plan=plan(units="0.05")))
    world.open(position(amount="0.05"))
    world.living(replace(trade(130, 43, pair=pair), plan=plan()))
    world.three_commas.real.append(listed(43, code))
    world.units.account("again", 43, market_type=market, market_code=code)
    assert (await look(world)).troubled[0].left.shared
    world.units.key("another key", accounts=("again",))
    assert not (await look(world)).troubled[0].left.shared, "that key tells the two apart"


@pytest.mark.parametrize(
    ("account_id", "failed_pair", "units", "of_grid"),
    [(41, "USDT_ETH", "0.4", "BTC_ETH"), (42, "USDT_BTCUSDT", "0.05", "USDT_BTCUSDT")],
    ids=["coins", "a position"],
)
async def test_a_living_grid_of_the_same_coin_or_contract_shares_it(world, account_id, failed_pair, units, of_grid):
    world.over(over(119, account_id=account_id, pair=failed_pair, plan=plan(units=units)))
    world.open(position(amount="0.3"))
    assert not (await look(world)).troubled[0].left.shared
    grid = Owner(OwnerKind.GRID, "9")
    world.three_commas.grid.append(expected(grid, of_grid, Side.SELL, "66000", "0.1", account_id))
    (one,) = (await look(world)).troubled
    assert one.left.shared
    assert one.protection.state is StopState.UNKNOWN, "what a grid does about a loss is not told"


async def test_grids_that_were_not_read_are_said(world):
    world.three_commas.errors["grids"] = AnswerLost("three_commas")
    world.over(over())
    assert [unread.part for unread in (await look(world)).unread] == ["grids"]


async def test_without_a_key_what_is_left_is_unknown():
    world = LooksWorld(key=False)
    world.over(over())
    (one,) = (await look(world)).troubled
    assert (one.left.kind, one.left.not_looked) == (LeftKind.UNKNOWN, None)
    assert one.left.units == D("0.4")


async def test_a_wallet_that_cannot_be_read_says_why(world):
    world.exchange.errors["spot"] = AnswerLost("binance")
    world.over(over())
    (one,) = (await look(world)).troubled
    assert (one.left.kind, one.left.not_looked.error) == (LeftKind.UNKNOWN, "AnswerLost")


async def test_without_the_market_list_a_position_is_unknown_and_not_gone(world):
    world.exchange.errors["rules"] = AnswerLost("binance")
    world.over(over(119, account_id=42, pair="USDT_BTCUSDT", plan=plan(units="0.05")))
    world.open(position())
    assert (await look(world)).troubled[0].left.kind is LeftKind.UNKNOWN


async def test_what_still_holds_something_stands_first_then_the_newest(world):
    world.over(over(1, pair="USDT_SOL", closed_at=days_ago(1)))
    world.over(over(2, pair="USDT_SOL", closed_at=days_ago(2), status="cancelled", error=""))
    world.over(over(3, closed_at=days_ago(30)))
    view = await look(world)
    assert [one.trade.id for one in view.troubled] == [3, 1, 2]
    assert view.troubled[2].reason.group is Group.UNKNOWN


async def test_a_deal_in_error_is_alive_and_a_failed_one_is_not(world):
    world.deal(deal(77, error="Invalid API keys"))
    world.deal(deal(79))
    world.three_commas.finished_deals = [replace(deal(78, error="x"), status="failed", has_error=False)]
    view = await look(world)
    assert [(one.deal.id, one.alive) for one in view.deals] == [(77, True), (78, False)]
    assert view.deals[0].reason.about_key
    assert [one.trade.id for one in view.living] == [79]


async def test_living_trades_follow_those_with_an_error_first(world):
    world.living(trade(121))
    world.living(trade(120, error="Filter failure: MIN_NOTIONAL"))
    view = await look(world)
    assert [(one.trade.id, one.reason is not None) for one in view.living] == [(120, True), (121, False)]


async def test_plans_of_living_trades_are_kept_and_told_once_they_failed(world):
    living = replace(trade(118), plan=plan(targets=[target("4100")], stop=stop_at("2900")))
    world.living(living)
    await look(world)
    world.three_commas.trades_by_status["active"] = []
    world.over(over())
    (one,) = (await look(world)).troubled
    assert one.plan_seen_at == world.clock.now()


async def test_a_trade_that_lives_again_is_not_troubled(world):
    world.over(over())
    world.living(trade(118))
    assert not (await look(world)).troubled


async def test_an_unread_list_says_that_there_may_be_more(world):
    world.three_commas.errors["cancelled"] = AnswerLost("three_commas")
    world.over(over())
    view = await look(world)
    assert len(view.troubled) == 1
    assert [unread.part for unread in view.unread] == ["trades:cancelled"]


async def test_a_refused_token_is_no_empty_list(world):
    world.three_commas.errors["accounts"] = TokenRefused("three_commas")
    view = await look(world)
    assert [unread.why.error for unread in view.unread] == ["TokenRefused"]


async def test_trades_on_an_account_that_is_gone_are_counted(world):
    world.over(over(account_id=99))
    view = await look(world)
    assert (view.troubled, view.elsewhere) == ((), 1)


async def test_paper_accounts_are_left_out_and_counted(world):
    world.three_commas.real.append(listed(40, "paper_trading"))
    view = await look(world)
    assert (view.sources[0].paper_accounts, view.sources[0].real_accounts) == (1, 2)


async def test_where_paper_accounts_alone_are_listed_no_real_one_is_and_their_trades_are_not_on_lost_accounts(world):
    world.three_commas.real = [listed(40, "paper_trading")]
    world.over(over(account_id=40))
    world.ended_deal(replace(ended(), account_id=40))
    view = await look(world)
    assert (view.troubled, view.deals, view.elsewhere) == ((), (), 0)
    assert [source.real_accounts for source in view.sources] == [0, None]


async def test_of_a_list_that_was_not_read_it_is_not_known_whether_a_real_account_is_in_it(world):
    world.three_commas.errors["accounts"] = TokenRefused("three_commas")
    assert (await look(world)).sources[0].real_accounts is None


async def test_a_failed_trade_without_a_text_has_no_reason(world):
    world.over(replace(failed(118, error="", at=days_ago(1)), plan=plan()))
    assert (await look(world)).troubled[0].reason.group is Group.UNKNOWN


# --- deals that are over -----------------------------------------------------------------------------------------------


def ended(deal_id: int = 86, status: str = "failed", **known: Any) -> Deal:
    base: dict[str, Any] = {
        "pair": "USDT_ETH",
        "strategy": "long",
        "bought_amount": D("0.3"),
        "closed_at": days_ago(9),
    }
    return replace(deal(deal_id), status=status, **{**base, **known})


@pytest.mark.parametrize("status", ["failed", "cancelled"])
async def test_a_deal_that_is_over_says_what_of_it_is_still_there(world, status):
    world.ended_deal(ended(status=status))
    (one,) = (await look(world)).deals
    assert not one.alive
    assert (one.left.kind, one.left.held, one.protection.state) == (LeftKind.COINS, D("0.3"), StopState.NONE)


async def test_a_deal_whose_position_is_open_says_so(world):
    world.ended_deal(ended(account_id=42, pair="USDT_BTCUSDT", bought_amount=D("0.05")))
    world.open(position())
    (one,) = (await look(world)).deals
    assert one.left.position == position()


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"bought_amount": D(0)}, LeftKind.NOTHING_ENTERED),
        ({"sold_amount": D("0.3")}, LeftKind.GONE),
        ({"pair": "USDT_SOL"}, LeftKind.GONE),
        ({"strategy": "short"}, LeftKind.SOLD),
    ],
)
async def test_what_is_left_of_a_deal_follows_its_own_figures_and_the_wallet(world, known, kind):
    world.ended_deal(ended(**known))
    assert (await look(world)).deals[0].left.kind is kind


@pytest.mark.parametrize("known", [{"bought_amount": D(0)}, {"pair": "USDT_SOL"}])
async def test_a_cancelled_deal_of_which_nothing_is_left_needs_no_attention(world, known):
    world.ended_deal(ended(status="cancelled", **known))
    assert not (await look(world)).deals


async def test_a_cancelled_deal_of_which_nobody_could_see_what_is_left_is_shown():
    world = LooksWorld(key=False)
    world.ended_deal(ended(status="cancelled"))
    assert (await look(world)).deals[0].left.kind is LeftKind.UNKNOWN


async def test_a_deal_in_error_is_alive_and_stands_first(world):
    world.deal(deal(77, error=REFUSED))
    world.ended_deal(ended())
    assert [(one.deal.id, one.alive) for one in (await look(world)).deals] == [(77, True), (86, False)]


async def test_several_that_had_the_same_coin_are_not_told_as_if_each_had_all_of_it(world):
    world.over(over())
    world.ended_deal(ended())
    view = await look(world)
    assert view.troubled[0].left.contested
    assert view.deals[0].left.contested
    world.holds(Balance("ETH", D("0.3"), D(0)))
    view = await look(world)
    assert not view.troubled[0].left.contested
    assert not view.deals[0].left.contested


async def test_what_is_gone_claims_nothing(world):
    world.over(over())
    world.ended_deal(ended(sold_amount=D("0.3")))
    assert not (await look(world)).troubled[0].left.contested


async def test_deals_on_an_account_that_is_gone_are_counted(world):
    world.ended_deal(ended(account_id=99))
    assert (await look(world)).elsewhere == 1
