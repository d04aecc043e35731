"""The form for setting a trade up again: nothing in it is invented."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.causes import Cause
from domain.errors import AnswerLost, NotThere, TooManyRequests
from domain.findings import Finding, Severity, Subject, SubjectKind, Symptom
from domain.free_by_hand import Became, WatchedOrder
from domain.freed_orders import remember
from domain.ports import Balance, OpenOrder, Trade, TradeRow
from domain.records import Repair, RepairState, TradePlan
from domain.set_up.again import SetUpAgain, Wanted
from domain.set_up.form import plain
from domain.set_up.sources import whole_shares
from domain.set_up.values import Caution, Field, Origin, SetUp, Tool, Unread
from domain.trading import ExpectedOrder, MarginMode, Owner, OwnerKind, Purpose, Rates, Side
from domain.values import MarketType
from tests.domain.fakes import KEY, TRADER, days_ago, deal, trade
from tests.domain.looks_world import D, LooksWorld, expected, order, plan, position, stop_at, target

BTC = "BTC/USDT:USDT"


@pytest.fixture
def world() -> LooksWorld:
    """ETH bought at 3,350 by trade 118, which failed; all of it is free."""
    world = LooksWorld()
    world.over(over())
    world.holds(Balance("ETH", D("0.4"), D(0)))
    priced(world)
    return world


def priced(world: LooksWorld) -> None:
    for pair in ("USDT_ETH", "USDT_BTCUSDT"):
        world.three_commas.rate[pair] = Rates(D(3500), None, None, D("0.01"), D("0.001"), D("0.001"), D(10))


def over(trade_id: int = 118, account_id: int = 41, pair: str = "USDT_ETH", **known: Any) -> Trade:
    forgotten = plan() | {"take_profit": {"enabled": True, "steps": []}}
    base: dict[str, Any] = {"plan": forgotten, "closed_at": days_ago(17), "status": "failed"}
    return replace(trade(trade_id, account_id, pair=pair), **{**base, **known})


def futures(world: LooksWorld, side: str = "buy", **known: Any) -> None:
    leverage = {"enabled": True, "type": "cross", "value": "10"}
    contents = plan(side, "0.05", "61000", leverage=leverage)
    world.over(over(119, 42, "USDT_BTCUSDT", plan=contents, **known))
    world.three_commas.rate["USDT_BTCUSDT"] = Rates(D(63000), None, None, D("0.1"), D("0.001"), D("0.001"), D(5))


async def set_up(world: LooksWorld, trade_id: int = 118, account: str = "spot") -> SetUp:
    found = await SetUpAgain(*world.ports).read(TRADER, Wanted.trade(account, trade_id), trigger="button", last=True)
    assert isinstance(found, SetUp)
    return found


async def take_over(world: LooksWorld, side: str = "long") -> SetUp:
    wanted = Wanted.position("futures", BTC, side)
    found = await SetUpAgain(*world.ports).read(TRADER, wanted, trigger="button")
    assert isinstance(found, SetUp)
    return found


def values(form: SetUp) -> Mapping[tuple[Field, int], tuple[str, Origin]]:
    return {(field.field, field.step): (field.value, field.origin) for field in form.fields}


def keep(world: LooksWorld, contents: dict[str, object], trade_id: int = 118) -> None:
    world.units.plans.rows[trade_id] = TradePlan(TRADER, trade_id, days_ago(30), contents)


# --- the key that has to work for all of it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "symptom", "first"),
    [
        ("spot", Symptom.THREE_COMMAS_KEY_REFUSED, "spot"),
        ("spot", Symptom.THREE_COMMAS_TRADING_REFUSED, "spot"),
        ("spot", Symptom.THREE_COMMAS_STATE_UNKNOWN, ""),
        ("futures", Symptom.THREE_COMMAS_KEY_REFUSED, ""),
    ],
)
async def test_a_key_of_this_account_that_3commas_cannot_use_comes_first(world, account, symptom, first):
    finding = Finding(Subject(SubjectKind.ACCOUNT, account), symptom, Cause.AMBIGUOUS, Severity.BROKEN)
    issue = await world.units.issues.raise_(TRADER, finding, days_ago(0))
    assert (await set_up(world)).repair_first == first
    await world.units.issues.solve(issue.id, days_ago(0))
    assert (await set_up(world)).repair_first == ""


# --- spot ------------------------------------------------------------------------------------------------------------


async def test_coins_that_are_there_are_looked_after_by_smart_sell_without_a_second_purchase(world):
    form = await set_up(world)
    assert (form.tool, form.takes_over) == (Tool.SMART_SELL, True)
    assert values(form)[Field.USE_EXISTING, 0] == ("on", Origin.TOOL)
    assert Caution.SECOND_ENTRY in form.cautions
    assert values(form)[Field.UNITS, 0] == ("0.4", Origin.TRADE)
    assert values(form)[Field.PRICE, 0] == ("3350", Origin.TRADE)


async def test_what_3commas_forgot_is_asked_and_never_invented(world):
    form = await set_up(world)
    assert [(field.field, field.value) for field in form.asks] == [(Field.TARGET_PRICE, ""), (Field.STOP_TRIGGER, "")]


async def test_a_kept_plan_fills_targets_and_stop(world):
    keep(world, plan(targets=[target("4100", "60"), target("4300", "40")], stop=stop_at("2900", "limit", "2890")))
    form = await set_up(world)
    found = values(form)
    assert not form.asks
    assert form.plan_seen_at == days_ago(30)
    assert found[Field.TARGET_PRICE, 1] == ("4100", Origin.STORED_PLAN)
    assert (found[Field.TARGET_SHARE, 1][0], found[Field.TARGET_SHARE, 2][0]) == ("60", "40")
    assert found[Field.STOP_TYPE, 0] == ("limit", Origin.STORED_PLAN)
    assert found[Field.STOP_TRIGGER, 0][0] == "2900"
    assert found[Field.STOP_PRICE, 0][0] == "2890"


async def test_targets_that_were_reached_are_left_out_and_the_others_share_the_whole(world):
    steps = [target("3900", "50", status="finished"), target("4100", "30"), target("4300", "20")]
    keep(world, plan(targets=steps))
    found = values(await set_up(world))
    assert found[Field.TARGET_PRICE, 1][0] == "4100"
    assert (found[Field.TARGET_SHARE, 1][0], found[Field.TARGET_SHARE, 2][0]) == ("60", "40")


async def test_a_kept_plan_without_a_stop_asks_for_none(world):
    keep(world, plan(targets=[target("4100")]))
    assert not (await set_up(world)).asks


async def test_rows_that_3commas_still_shows_fill_what_no_plan_does(world):
    world.three_commas.rows[118] = [
        TradeRow(1, Purpose.TAKE_PROFIT, "cancelled", "limit", Side.SELL, D(4100), None, D("0.4"), D(0), D(100)),
        TradeRow(2, Purpose.STOP_LOSS, "cancelled", "market", Side.SELL, None, D(2900), D("0.4"), D(0), None),
    ]
    found = values(await set_up(world))
    assert found[Field.TARGET_PRICE, 1] == ("4100", Origin.ROWS)
    assert found[Field.STOP_TRIGGER, 0] == ("2900", Origin.ROWS)


async def test_an_old_order_at_the_exchange_tells_its_price_and_is_to_be_cancelled_first(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D(0), D("0.4"))]
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    form = await set_up(world)
    assert form.old_orders == ("1001",)
    assert Caution.CANCEL_OLD_ORDERS in form.cautions
    assert not {Caution.NOT_ALL_FREE, Caution.BELOW_MINIMUM} & set(form.cautions)
    assert values(form)[Field.TARGET_PRICE, 1] == ("4100", Origin.OLD_ORDER)
    assert values(form)[Field.UNITS, 0] == ("0.4", Origin.ONCE_CANCELLED)


def freed(
    world: LooksWorld, one: OpenOrder, became: Became = Became.CANCELLED, market: MarketType = MarketType.SPOT
) -> None:
    """The trader cancelled it by hand, and the bot saw that."""
    watched = WatchedOrder(KEY, "binance", market, one, None)
    subject = Subject(SubjectKind.KEY, KEY)
    memory = remember({}, watched, became)
    world.units.repairs.rows[one.id] = Repair(one.id, TRADER, subject, RepairState.NOTICED, days_ago(0), memory)


async def test_an_order_that_was_freed_by_hand_still_tells_its_price_and_is_not_to_be_cancelled_again(world):
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    form = await set_up(world)
    assert values(form)[Field.TARGET_PRICE, 1] == ("4100", Origin.OLD_ORDER)
    assert form.old_orders == ()
    assert [field.field for field in form.asks] == [Field.STOP_TRIGGER]


async def test_of_two_old_orders_one_was_freed_and_one_stands(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.3"), D("0.1"))]
    world.stands(order("1002", "ETH/USDT", "sell", "4400", "0.1"))
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.3"))
    form = await set_up(world)
    found = values(form)
    assert [found[Field.TARGET_PRICE, n][0] for n in (1, 2)] == ["4100", "4400"]
    assert [found[Field.TARGET_SHARE, n][0] for n in (1, 2)] == ["75", "25"]
    assert form.old_orders == ("1002",)


@pytest.mark.parametrize(
    ("one", "more"),
    [
        (order("1001", "ETH/USDT", "sell", "4100", "0.4"), {"became": Became.FILLED}),
        (order("1001", "ETH/USDT", "sell", "4100", "0.4"), {"became": Became.UNCLEAR}),
        (order("1001", "ETH/USDT", "sell", "4100", "0.4"), {"market": MarketType.USDM}),
        (order("1001", "SOL/USDT", "sell", "4100", "0.4"), {}),
        (order("1001", "ETH/USDT", "sell", "4100", "0.4", created_at=days_ago(400)), {}),
        (order("1001", "ETH/USDT", "sell", "4100", "5"), {}),
    ],
    ids=["filled", "unclear", "another wallet", "another coin", "older than the trade", "more than it held"],
)
async def test_a_freed_order_that_is_not_known_to_be_of_this_trade_tells_nothing(world, one, more):
    freed(world, one, **more)
    assert [field.field for field in (await set_up(world)).asks] == [Field.TARGET_PRICE, Field.STOP_TRIGGER]


async def test_what_a_stranger_locks_is_not_counted_as_free_once_the_old_order_is_cancelled(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D(0), D("0.4"))]
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.3"))
    form = await set_up(world)
    assert form.old_orders == ("1001",)
    assert Caution.NOT_ALL_FREE in form.cautions
    assert values(form)[Field.UNITS, 0] == ("0.3", Origin.ONCE_CANCELLED)


@pytest.mark.parametrize("part", ["active", "deals", "grids", "simple"])
async def test_with_a_part_unread_no_order_is_named_to_be_cancelled(world, part):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.three_commas.errors[part] = TooManyRequests("three_commas", 60)
    assert (await set_up(world)).old_orders == ()


async def test_an_order_that_a_living_trade_of_the_pair_may_need_is_not_named(world):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.living(replace(trade(130), plan=plan()))
    form = await set_up(world)
    assert form.old_orders == ()
    assert Caution.SHARED in form.cautions


async def test_less_than_the_trade_had_is_capped_and_rounded_down_to_the_lot(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.39967"), D(0))]
    form = await set_up(world)
    assert values(form)[Field.UNITS, 0] == ("0.3996", Origin.BALANCE)
    assert Caution.LESS_THAN_BEFORE in form.cautions


async def test_thirty_six_decimals_round_down(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.399999999999999999999999999999999999"), D(0))]
    assert values(await set_up(world))[Field.UNITS, 0][0] == "0.3999"


async def test_an_entry_that_was_never_filled_is_repeated(world):
    world.three_commas.trades_by_status["failed"] = [over(plan=plan(status="order_placed"))]
    form = await set_up(world)
    assert (form.tool, form.takes_over) == (Tool.SMART_TRADE, False)
    found = values(form)
    assert found[Field.ENTRY_TYPE, 0] == ("limit", Origin.TRADE)
    assert found[Field.PRICE, 0] == ("3350", Origin.TRADE)
    assert (Field.USE_EXISTING, 0) not in found


async def test_coins_that_were_sold_are_bought_back_by_smart_buy(world):
    world.three_commas.trades_by_status["failed"] = [over(plan=plan("sell"))]
    form = await set_up(world)
    assert (form.tool, form.takes_over) == (Tool.SMART_BUY, True)


async def test_a_single_order_is_a_single_order_again(world):
    contents = plan(status="order_placed", instant=True)
    world.three_commas.trades_by_status["failed"] = [over(plan=contents)]
    form = await set_up(world)
    assert form.tool is Tool.SIMPLE_BUY
    assert not form.asks


async def test_where_nothing_is_left_only_the_entry_can_be_repeated(world):
    world.exchange.wallets[MarketType.SPOT] = []
    form = await set_up(world)
    assert (form.tool, form.takes_over) == (Tool.SMART_TRADE, False)
    assert Caution.NOTHING_LEFT in form.cautions


async def test_without_a_key_the_trades_own_amounts_stand_and_that_is_said():
    world = LooksWorld(key=False)
    priced(world)
    world.over(over())
    form = await set_up(world)
    assert (form.tool, form.takes_over) == (Tool.SMART_SELL, True)
    assert Caution.NOT_LOOKED in form.cautions
    assert values(form)[Field.UNITS, 0] == ("0.4", Origin.TRADE)


async def test_a_stop_or_target_that_the_price_has_passed_is_said(world):
    keep(world, plan(targets=[target("3400")], stop=stop_at("3600")))
    assert {Caution.STOP_PASSED, Caution.TARGET_PASSED} <= set((await set_up(world)).cautions)
    keep(world, plan(targets=[target("4100")], stop=stop_at("2900")))
    assert not {Caution.STOP_PASSED, Caution.TARGET_PASSED} & set((await set_up(world)).cautions)


async def test_what_is_too_small_for_an_order_is_said(world):
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.0051"), D(0))]
    keep(world, plan(targets=[target("4100", "10"), target("4300", "90")]))
    cautions = (await set_up(world)).cautions
    assert Caution.TARGET_BELOW_MINIMUM in cautions
    assert Caution.BELOW_MINIMUM not in cautions
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.0041"), D(0))]
    assert Caution.NOTHING_LEFT not in (await set_up(world)).cautions


async def test_a_dusty_rest_is_below_the_minimum(world):
    world.three_commas.trades_by_status["failed"] = [over(entered_amount=D("0.4"), closed_amount=D("0.399"))]
    world.exchange.wallets[MarketType.SPOT] = [Balance("ETH", D("0.001"), D(0))]
    assert Caution.BELOW_MINIMUM in (await set_up(world)).cautions


async def test_a_trade_that_is_neither_failed_nor_cancelled_is_not_there(world):
    with pytest.raises(NotThere):
        await set_up(world, 999)
    with pytest.raises(NotThere):
        await SetUpAgain(*world.ports).read("somebody else", Wanted.trade("spot", 118), trigger="button")


async def test_lists_that_cannot_be_read_are_no_missing_trade(world):
    world.three_commas.errors["trade:118"] = AnswerLost("three_commas")
    with pytest.raises(AnswerLost):
        await set_up(world)


# --- futures ---------------------------------------------------------------------------------------------------------


async def test_a_long_position_is_taken_over_as_it_is(world):
    futures(world)
    world.open(position())
    form = await set_up(world, 119, "futures")
    found = values(form)
    assert (form.tool, form.takes_over) == (Tool.SMART_SELL, True)
    assert found[Field.LEVERAGE_TYPE, 0] == ("isolated", Origin.POSITION)
    assert found[Field.LEVERAGE, 0] == ("5", Origin.POSITION)
    assert found[Field.UNITS, 0] == ("0.05", Origin.POSITION)
    assert found[Field.PRICE, 0] == ("61200", Origin.POSITION)
    assert form.leg == ""


async def test_a_short_leg_in_hedge_mode_is_taken_over_by_smart_buy(world):
    futures(world, "sell")
    world.open(position(hedged=True), position(side="short", hedged=True))
    form = await set_up(world, 119, "futures")
    assert (form.tool, form.takes_over, form.leg) == (Tool.SMART_BUY, True, "short")
    assert {Caution.HEDGE_LEG, Caution.SECOND_ENTRY} <= set(form.cautions)


async def test_a_position_that_a_living_trade_shares_is_taken_over_in_part(world):
    futures(world)
    world.open(position(amount="0.2"))
    living = replace(trade(130, 42, pair="USDT_BTCUSDT"), plan=plan(units="0.15"))
    world.living(living)
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == ("0.05", Origin.TRADE)
    assert Caution.SHARED in form.cautions
    assert Caution.MORE_THAN_BEFORE not in form.cautions, "that a part is another's is said already"


async def test_of_a_position_that_is_larger_than_what_the_trade_had_its_part_is_taken_over(world):
    futures(world)
    world.open(position(amount="0.3"))
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == ("0.05", Origin.TRADE)
    assert Caution.MORE_THAN_BEFORE in form.cautions


@pytest.mark.parametrize("amount", ["0.05", "0.03"])
async def test_of_a_position_that_is_not_larger_all_is_taken_over(world, amount):
    futures(world)
    world.open(position(amount=amount))
    form = await set_up(world, 119, "futures")
    assert values(form)[Field.UNITS, 0] == (amount, Origin.POSITION)
    assert Caution.MORE_THAN_BEFORE not in form.cautions


async def test_a_position_of_which_the_trades_part_is_not_told_is_taken_over_whole(world):
    contents = plan(units="0.05", entry="61000")
    del contents["position"]["units"]
    world.over(over(119, 42, "USDT_BTCUSDT", plan=contents))
    world.open(position(amount="0.3"))
    assert values(await set_up(world, 119, "futures"))[Field.UNITS, 0] == ("0.3", Origin.POSITION)


async def test_without_the_position_its_leverage_comes_from_the_trade(world):
    futures(world)
    form = await set_up(world, 119, "futures")
    assert (form.tool, form.takes_over) == (Tool.SMART_TRADE, False)
    assert values(form)[Field.LEVERAGE_TYPE, 0] == ("cross", Origin.TRADE)
    assert values(form)[Field.LEVERAGE, 0] == ("10", Origin.TRADE)


async def test_a_stop_beyond_the_liquidation_is_said(world):
    futures(world)
    keep(world, plan(targets=[target("67000")], stop=stop_at("49000")), 119)
    world.open(position())
    assert Caution.STOP_BEYOND_LIQUIDATION in (await set_up(world, 119, "futures")).cautions


async def test_an_orphaned_position_asks_for_its_targets_and_stop(world):
    world.open(position())
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    form = await take_over(world)
    assert (form.tool, form.pair, form.old_orders) == (Tool.SMART_SELL, "USDT_BTCUSDT", ("7",))
    assert values(form)[Field.TARGET_PRICE, 1] == ("67000", Origin.OLD_ORDER)
    assert [field.field for field in form.asks] == [Field.STOP_TRIGGER]
    with pytest.raises(NotThere):
        await take_over(world, "short")


async def test_a_position_that_turns_out_to_be_managed_is_said_and_its_orders_stay(world):
    world.open(position())
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.living(replace(trade(130, 42, pair="USDT_BTCUSDT"), plan=plan(units="0.05")))
    form = await take_over(world)
    assert Caution.SHARED in form.cautions
    assert form.old_orders == ()


# --- others that are over -----------------------------------------------------------------------------------------------


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


# --- accounts that may be this very one ---------------------------------------------------------------------------------


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


# --- grids --------------------------------------------------------------------------------------------------------------


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


# --- what was not read is never what nobody knows ----------------------------------------------------------------------


async def test_what_was_read_in_full_leaves_nothing_that_might_be_known(world):
    form = await set_up(world)
    assert form.unread == ()
    assert not {Caution.ORDERS_NOT_READ, Caution.ORDERS_UNCLEAR, Caution.PRICE_NOT_READ} & set(form.cautions)


async def test_without_a_key_its_orders_were_not_read():
    world = LooksWorld(key=False)
    priced(world)
    world.over(over())
    form = await set_up(world)
    assert form.unread == (Unread.ORDERS,)
    assert Caution.ORDERS_NOT_READ not in form.cautions, "that nothing was seen at the exchange is said already"


async def test_orders_that_the_exchange_keeps_back_are_said_where_its_coins_were_seen(world):
    world.exchange.errors["orders:spot"] = AnswerLost("binance")
    form = await set_up(world)
    assert form.unread == (Unread.ORDERS,)
    assert Caution.ORDERS_NOT_READ in form.cautions


async def test_an_entry_that_would_be_repeated_may_still_stand_where_orders_were_not_read():
    world = LooksWorld(key=False)
    priced(world)
    world.over(over(plan=plan(status="order_placed")))
    form = await set_up(world)
    assert not form.takes_over
    assert Caution.ORDERS_NOT_READ in form.cautions


async def test_steps_that_3commas_keeps_back_are_not_steps_that_it_forgot(world):
    world.three_commas.errors["rows:118"] = AnswerLost("three_commas")
    assert (await set_up(world)).unread == (Unread.STEPS,)


@pytest.mark.parametrize("part", ["active", "deals", "grids", "simple"])
async def test_whose_an_order_is_cannot_be_known_with_a_part_unread(world, part):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.three_commas.errors[part] = AnswerLost("three_commas")
    form = await set_up(world)
    assert form.unread == (Unread.OWNERS,)
    assert Caution.OTHERS_NOT_READ in form.cautions


async def test_an_order_that_a_living_trade_may_need_may_be_its_own_all_the_same(world):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.living(replace(trade(130), plan=plan()))
    form = await set_up(world)
    assert form.unread == (Unread.OWNERS,)
    assert Caution.ORDERS_UNCLEAR in form.cautions


@pytest.mark.parametrize(
    ("known", "unread"),
    [
        ({}, (Unread.OWNERS,)),
        ({"created_at": None}, (Unread.OWNERS,)),
        ({"client_id": "web_abc"}, ()),
        ({"created_at": days_ago(400)}, ()),
        ({"created_at": days_ago(1)}, ()),
    ],
    ids=["while it ran", "no time", "another program", "older than the trade", "after its end"],
)
async def test_an_order_that_does_not_fit_may_be_its_own_if_it_was_placed_while_the_trade_ran(world, known, unread):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "7", **known))
    assert (await set_up(world)).unread == unread


async def test_what_a_living_trade_placed_after_its_end_is_not_its_own(world):
    world.stands(order("1001", "ETH/USDT", "sell", "4100", "0.4", created_at=days_ago(1)))
    world.living(replace(trade(130), plan=plan()))
    assert (await set_up(world)).unread == ()


async def test_a_freed_order_may_have_told_the_price_where_whose_it_was_is_not_known(world):
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    assert (await set_up(world)).unread == ()
    world.three_commas.errors["deals"] = AnswerLost("three_commas")
    assert (await set_up(world)).unread == (Unread.FREED,)


async def test_a_freed_order_is_not_forgotten_where_the_market_lists_cannot_be_read(world):
    freed(world, order("1001", "ETH/USDT", "sell", "4100", "0.4"))
    world.exchange.errors["rules"] = AnswerLost("binance")
    assert Unread.FREED in (await set_up(world)).unread


async def test_a_freed_order_of_another_coin_is_not_its_own_where_the_market_lists_cannot_be_read(world):
    freed(world, order("1001", "SOL/USDT", "sell", "200", "0.4"))
    world.exchange.errors["rules"] = AnswerLost("binance")
    assert Unread.FREED not in (await set_up(world)).unread


async def test_in_hedge_mode_an_order_of_the_other_side_is_not_its_own(world):
    futures(world, "sell")
    world.open(position(hedged=True), position(side="short", hedged=True))
    world.stands(order("7", BTC, "sell", "67000", "0.05", position_side="long"), market=MarketType.USDM)
    form = await set_up(world, 119, "futures")
    assert (form.old_orders, form.old_entries, form.unread) == ((), (), ())
    world.stands(order("8", BTC, "sell", "67000", "7", position_side="short"), market=MarketType.USDM)
    assert (await set_up(world, 119, "futures")).unread == (Unread.OWNERS,)


async def test_a_price_that_was_not_read_is_said_with_a_plan_that_is_known(world):
    keep(world, plan(targets=[target("4100")], stop=stop_at("2900")))
    world.three_commas.rate.clear()
    world.three_commas.errors["rates:USDT_ETH"] = AnswerLost("three_commas")
    assert Caution.PRICE_NOT_READ in (await set_up(world)).cautions


async def test_of_a_position_its_orders_may_be_unread_or_of_somebody(world):
    world.open(position())
    world.exchange.errors["orders:usdm"] = AnswerLost("binance")
    assert (await take_over(world)).unread == (Unread.ORDERS,)
    world.exchange.errors.clear()
    assert (await take_over(world)).unread == ()
    world.stands(order("7", BTC, "sell", "67000", "0.05", reduce_only=True), market=MarketType.USDM)
    world.three_commas.errors["active"] = AnswerLost("three_commas")
    assert (await take_over(world)).unread == (Unread.OWNERS,)


# --- small things ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "whole"),
    [(["30", "20"], ["60", "40"]), (["1", "1", "1"], ["33.33", "33.33", "33.34"]), (["25"], ["100"])],
)
def test_shares_of_what_is_left_are_a_hundred(shares, whole):
    assert [str(plain(one)) for one in whole_shares([D(one) for one in shares])] == whole


def test_unknown_shares_are_left_unknown():
    assert whole_shares([D(50), None]) == [50, None]


@pytest.mark.parametrize(("number", "text"), [("4100.00", "4100"), ("1E+3", "1000"), ("0.00000001", "0.00000001")])
def test_numbers_are_written_to_be_copied(number, text):
    assert plain(D(number)) == text
