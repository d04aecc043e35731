"""The form for setting a trade up again: nothing in it is invented."""

from dataclasses import replace

import pytest

from domain.causes import Cause
from domain.errors import AnswerLost, NotThere, TooManyRequests
from domain.findings import Finding, Severity, Subject, SubjectKind, Symptom
from domain.free_by_hand import Became
from domain.ports import Balance, TradeRow
from domain.set_up.again import SetUpAgain, Wanted
from domain.set_up.form import plain
from domain.set_up.sources import whole_shares
from domain.set_up.values import Caution, Field, Origin, Tool
from domain.trading import Purpose, Side
from domain.values import MarketType
from tests.domain.fakes import TRADER, days_ago, trade
from tests.domain.looks_world import D, LooksWorld, order, plan, stop_at, target
from tests.domain.set_up_world import failed_trade, freed, keep, over, priced, set_up, values


@pytest.fixture
def world() -> LooksWorld:
    return failed_trade()


# --- the key that has to work for all of it ---------------------------------------------------------------------------


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


# --- spot -------------------------------------------------------------------------------------------------------------


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


# --- small things -----------------------------------------------------------------------------------------------------


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
