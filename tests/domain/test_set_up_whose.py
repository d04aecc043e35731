"""Orders, coins and positions that may be of another trade, of a grid or of another account: the form names none of them to cancel."""

from dataclasses import replace
from typing import Any

import pytest

from domain.errors import AnswerLost
from domain.set_up.values import Caution, Field, Origin, Unread
from domain.trading import ExpectedOrder, MarginMode, Owner, OwnerKind, Side
from domain.values import MarketType
from tests.domain.fakes import KEY, days_ago, deal, trade
from tests.domain.looks_world import D, LooksWorld, expected, order, plan, position, target
from tests.domain.set_up_world import BTC, failed_trade, freed, futures, keep, over, set_up, take_over, values


@pytest.fixture
def world() -> LooksWorld:
    return failed_trade()


# --- others that are over ---------------------------------------------------------------------------------------------


def another_over(world: LooksWorld, trade_id: int = 121, **known: Any) -> None:
    """A tenth of an ETH, failed as well."""
    forgotten = plan(units="0.1") | {"take_profit": {"enabled": True, "steps": []}}
    world.over(over(trade_id, plan=forgotten, **known))


async def test_an_order_that_another_failed_trade_may_have_left_is_neither_ones_to_cancel_or_to_read_a_target_from(
    world,
):
    another_over(world)
    world.stands(order("1001", "ETH/USDT", "sell", "5000", "0.1"))
    for trade_id in (118, 121):
        form = await set_up(world, trade_id)
        assert (form.old_orders, form.unread) == ((), (Unread.OWNERS,))
        assert (Field.TARGET_PRICE, 1) in {(one.field, one.step) for one in form.asks}


async def test_an_order_that_a_failed_deal_of_the_pair_may_have_left_is_not_to_be_cancelled(world):
    ended = replace(deal(86), pair="USDT_ETH", status="failed", strategy="long", bought_amount=D("0.1"))
    world.ended_deal(ended)
    world.stands(order("1001", "ETH/USDT", "sell", "5000", "0.1"))
    form = await set_up(world)
    assert (form.old_orders, form.unread) == ((), (Unread.OWNERS,))


@pytest.mark.parametrize(
    "known",
    [
        {"closed_at": days_ago(30)},
        {"account_id": 42},
        {"pair": "USDT_SOL"},
        {"status": "waiting_position", "closed_at": None},
    ],
    ids=["over before", "on another account", "of another pair", "alive again"],
)
async def test_one_that_cannot_have_left_the_order_takes_no_target_away(world, known):
    another_over(world, **known)
    world.stands(order("1001", "ETH/USDT", "sell", "5000", "0.1"))
    assert (await set_up(world)).old_orders == ("1001",)


async def test_an_order_that_the_kept_plan_of_another_names_is_that_ones(world):
    another_over(world)
    keep(world, plan(units="0.1", targets=[target("5000")]), 121)
    world.stands(order("1001", "ETH/USDT", "sell", "5000", "0.1"))
    form = await set_up(world)
    assert (form.old_orders, form.unread) == ((), ())
    assert (await set_up(world, 121)).old_orders == ("1001",)


@pytest.mark.parametrize("part", ["all:USDT_ETH", "deals:finished"])
async def test_where_others_that_are_over_were_not_read_only_what_its_plan_names_is_its_own(world, part):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.three_commas.errors[part] = AnswerLost("three_commas")
    form = await set_up(world)
    assert (form.old_orders, form.unread) == ((), (Unread.OWNERS,))
    keep(world, plan(targets=[target("4100")]))
    form = await set_up(world)
    assert (form.old_orders, form.unread) == (("1001",), ())


async def test_a_freed_order_that_another_failed_trade_may_have_left_tells_no_target(world):
    another_over(world)
    freed(world, order("1001", "ETH/USDT", "sell", "5000", "0.1"))
    form = await set_up(world)
    assert form.unread == (Unread.FREED,)
    assert (Field.TARGET_PRICE, 1) in {(one.field, one.step) for one in form.asks}


# --- accounts that may be this very one -------------------------------------------------------------------------------


def neighbour(world: LooksWorld, *, key: str = "", **known: Any) -> None:
    """The same futures account connected anew at 3Commas, without a key of the bot unless one is named."""
    more: dict[str, Any] = {"market_type": MarketType.USDM, "market_code": "binance_futures", **known}
    world.units.account("anew", 43, **more)
    if key:
        world.units.key(key, accounts=("anew",))


LIVING_THERE = replace(trade(130, 43, pair="USDT_BTCUSDT"), plan=plan(units="0.05"), created_at=days_ago(40))


async def test_an_order_that_a_trade_of_the_account_connected_anew_may_need_is_not_to_be_cancelled(world):
    neighbour(world)
    futures(world)
    world.open(position())
    world.stands(order("77", BTC, "sell", "66000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.living(LIVING_THERE)
    for form in (await take_over(world), await set_up(world, 119, "futures")):
        assert form.old_orders == ()
        assert form.unread == (Unread.OWNERS,)
        assert Caution.SHARED in form.cautions
        assert (Field.TARGET_PRICE, 1) in {(one.field, one.step) for one in form.asks}


async def test_a_trade_of_an_account_that_one_key_reads_as_well_counts(world):
    neighbour(world)
    world.units.accounts.pairs.add(("anew", KEY))
    world.open(position())
    world.living(LIVING_THERE)
    assert Caution.SHARED in (await take_over(world)).cautions


@pytest.mark.parametrize(
    ("key", "known"),
    [("other", {}), ("", {"market_type": MarketType.SPOT}), ("", {"venue": "bybit"})],
    ids=["read by a key of its own", "another wallet", "another exchange"],
)
async def test_a_trade_of_an_account_that_is_another_for_certain_does_not_count(world, key, known):
    neighbour(world, key=key, **known)
    world.open(position())
    world.stands(order("77", BTC, "sell", "66000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.living(LIVING_THERE)
    form = await take_over(world)
    assert form.old_orders == ("77",)
    assert Caution.SHARED not in form.cautions


async def test_an_order_of_another_program_is_no_old_order_of_a_position(world):
    world.open(position())
    mine = order("78", BTC, "sell", None, "0.05", client_id="ios_abc", conditional=True, trigger=D(58000))
    world.stands(mine, market=MarketType.USDM)
    form = await take_over(world)
    assert form.old_orders == ()
    assert Field.STOP_TRIGGER in {one.field for one in form.asks}


async def test_a_living_trade_whose_market_is_not_known_may_need_the_orders_of_a_position(world):
    world.open(position())
    world.stands(order("77", BTC, "sell", "66000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.living(replace(trade(130, 42, pair="USDT_ODDUSDT"), plan=plan()))
    form = await take_over(world)
    assert (form.old_orders, form.unread) == ((), (Unread.OWNERS,))


# --- grids ------------------------------------------------------------------------------------------------------------


def grid(account_id: int, pair: str) -> ExpectedOrder:
    return expected(Owner(OwnerKind.GRID, "9"), pair, Side.SELL, "66000", "0.1", account_id)


async def test_a_position_that_a_living_grid_shares_is_taken_over_in_part(world):
    futures(world)
    world.open(position(amount="0.3"))
    world.three_commas.grid.append(grid(42, "USDT_BTCUSDT"))
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == ("0.05", Origin.TRADE)
    assert Caution.SHARED in form.cautions
    assert Caution.MORE_THAN_BEFORE not in form.cautions, "that a part is another's is said already"
    assert Caution.SHARED in (await take_over(world)).cautions


async def test_coins_that_a_living_grid_of_another_market_uses_are_shared(world):
    world.stands(order("5", "ETH/BTC", "sell", "0.05", "0.1", client_id="web_x"))
    world.three_commas.grid.append(grid(41, "BTC_ETH"))
    assert Caution.SHARED in (await set_up(world)).cautions


async def test_an_unknown_leverage_is_asked(world):
    world.open(position(leverage=None, margin_mode=None))
    form = await take_over(world)
    assert {Field.LEVERAGE, Field.LEVERAGE_TYPE} <= {field.field for field in form.asks}
    assert MarginMode.CROSS.value not in {field.value for field in form.fields}
