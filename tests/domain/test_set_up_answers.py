"""Prices that a trader says where nobody knows a target or a stop."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.set_up.answers import Flaw, answered, asked, judge, price_coin, read_price
from domain.set_up.values import Caution, Field, FormField, Origin, SetUp, Tool
from domain.typed_number import Misread

D = Decimal


def form(tool: Tool = Tool.SMART_SELL, *fields: FormField, last: str | None = "4000", takes_over: bool = True) -> SetUp:
    last_price = None if last is None else D(last)
    return SetUp(tool, takes_over, "USDT_ETH", fields, last_price=last_price)


TARGET = FormField(Field.TARGET_PRICE, "", Origin.ASK, 1)
STOP = FormField(Field.STOP_TRIGGER, "", Origin.ASK)
UNITS = FormField(Field.UNITS, "", Origin.ASK)
PRICE = FormField(Field.PRICE, "3000", Origin.TRADE)


@pytest.mark.parametrize("text", ["4100", "4100 USDT", "4,100 usdt", "$4100", "USDT 4.100,00"])
def test_a_price_is_read_with_the_coin_of_its_pair_or_without(text: str) -> None:
    assert read_price(form(), text) == D(4100)


@pytest.mark.parametrize("text", ["4100 EUR", "4100 ETH", "4100 BTC", "4100 USDC"])
def test_a_price_in_another_coin_is_not_taken_for_one_in_the_coin_of_the_pair(text: str) -> None:
    assert read_price(form(), text) is Misread.WORDS


@pytest.mark.parametrize(
    ("pair", "coin"),
    [
        ("USDT_ETH", "USDT"),
        ("BTC_ETH", "BTC"),
        ("USDT_BTCUSDT", "USDT"),
        ("BTC_BTCUSD_PERP", "USD"),
        ("USDT_DOGE_USDT", "USDT"),
        ("BTC/USDC:USDC", "USDC"),
    ],
)
def test_the_coin_that_prices_are_in_is_known_by_the_pair(pair: str, coin: str) -> None:
    assert price_coin(replace(form(), pair=pair)) == coin


def test_dollars_are_no_price_of_a_pair_in_another_coin() -> None:
    in_btc = replace(form(last="0.03"), pair="BTC_ETH")
    assert read_price(in_btc, "0.05 BTC") == D("0.05")
    assert read_price(in_btc, "$4000") is Misread.UNCLEAR


@pytest.mark.parametrize(
    ("tool", "name", "price", "flaw"),
    [
        (Tool.SMART_SELL, Field.TARGET_PRICE, 4100, None),
        (Tool.SMART_SELL, Field.TARGET_PRICE, 3900, Flaw.WRONG_SIDE),
        (Tool.SMART_SELL, Field.STOP_TRIGGER, 3900, None),
        (Tool.SMART_SELL, Field.STOP_TRIGGER, 4000, Flaw.WRONG_SIDE),
        (Tool.SMART_BUY, Field.TARGET_PRICE, 3900, None),
        (Tool.SMART_BUY, Field.TARGET_PRICE, 4100, Flaw.WRONG_SIDE),
        (Tool.SMART_BUY, Field.STOP_TRIGGER, 4100, None),
        (Tool.SMART_BUY, Field.STOP_TRIGGER, 3900, Flaw.WRONG_SIDE),
    ],
)
def test_a_price_that_would_be_carried_out_at_once_is_refused(tool, name, price, flaw) -> None:
    assert judge(form(tool), name, D(price)) is flaw


def test_where_an_entry_is_to_come_its_price_decides() -> None:
    again = form(Tool.SMART_TRADE, PRICE, takes_over=False)
    assert judge(again, Field.TARGET_PRICE, D(3500)) is None
    assert judge(again, Field.STOP_TRIGGER, D(3500)) is Flaw.WRONG_SIDE


def test_an_entry_at_a_trigger_decides_too() -> None:
    trigger = FormField(Field.ENTRY_TRIGGER, "3000", Origin.TRADE)
    assert judge(form(Tool.SMART_TRADE, trigger, takes_over=False), Field.TARGET_PRICE, D(3500)) is None


def test_what_it_was_bought_at_tells_a_slip_but_no_side() -> None:
    """Out of a loss: the target may lie below what was paid."""
    without_market = form(Tool.SMART_SELL, PRICE, last=None)
    assert judge(without_market, Field.TARGET_PRICE, D(2500)) is None
    assert judge(without_market, Field.TARGET_PRICE, D(30001)) is Flaw.FAR
    assert judge(without_market, Field.STOP_TRIGGER, D("299.9")) is Flaw.FAR


@pytest.mark.parametrize(
    ("name", "price", "flaw"),
    [
        (Field.TARGET_PRICE, "40000", None),
        (Field.TARGET_PRICE, "40000.01", Flaw.FAR),
        (Field.STOP_TRIGGER, "400", None),
        (Field.STOP_TRIGGER, "399.99", Flaw.FAR),
        (Field.STOP_TRIGGER, "40000", Flaw.WRONG_SIDE),
    ],
)
def test_a_price_more_than_ten_times_away_is_doubted(name: Field, price: str, flaw: Flaw | None) -> None:
    assert judge(form(), name, D(price)) is flaw


@given(right=st.decimals(D("4000.01"), D("9999999"), places=2))
def test_a_zero_too_many_or_too_few_never_gets_through(right: Decimal) -> None:
    assert judge(form(), Field.TARGET_PRICE, right * 10) is Flaw.FAR
    below = D(4000) * D(4000) / right
    assert judge(form(), Field.STOP_TRIGGER, below / 10) is Flaw.FAR


def test_without_any_price_to_compare_with_everything_is_taken() -> None:
    assert judge(form(last=None), Field.TARGET_PRICE, D(1)) is None
    assert judge(form(last="0"), Field.TARGET_PRICE, D(1)) is None


def test_target_and_stop_are_asked_for_once_each_and_nothing_else_is() -> None:
    whole = form(Tool.SMART_SELL, UNITS, TARGET, STOP)
    assert asked(whole, {}) is Field.TARGET_PRICE
    assert asked(whole, {"target_price": ""}) is Field.STOP_TRIGGER
    assert asked(whole, {"target_price": "4100", "stop_trigger": ""}) is None
    assert asked(form(Tool.SMART_SELL, UNITS, PRICE), {}) is None


def test_answers_stand_in_the_form_and_what_was_known_stays() -> None:
    known = replace(STOP, value="3500", origin=Origin.STORED_PLAN)
    filled = answered(form(Tool.SMART_SELL, TARGET, known, UNITS), {"target_price": "4100", "stop_trigger": "1"})
    assert [(one.value, one.origin) for one in filled.fields] == [
        ("4100", Origin.ASK),
        ("3500", Origin.STORED_PLAN),
        ("", Origin.ASK),
    ]


@pytest.mark.parametrize(
    ("tool", "stop", "said"),
    [(Tool.SMART_SELL, "3000", True), (Tool.SMART_SELL, "3001", False), (Tool.SMART_BUY, "3001", True)],
)
def test_a_stop_that_was_told_and_lies_beyond_the_liquidation_is_said(tool: Tool, stop: str, said: bool) -> None:
    held = replace(form(tool, STOP), liquidation_price=D(3000))
    assert (Caution.STOP_BEYOND_LIQUIDATION in answered(held, {"stop_trigger": stop}).cautions) is said
    assert Caution.STOP_BEYOND_LIQUIDATION not in answered(held, {"stop_trigger": ""}).cautions
