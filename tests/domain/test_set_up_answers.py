"""Prices that a trader says where nobody knows a target or a stop."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.set_up import Field, FormField, Origin, SetUp, Tool
from domain.set_up_answers import Flaw, answered, asked, judge, read_price

D = Decimal


def form(tool: Tool = Tool.SMART_SELL, *fields: FormField, last: str | None = "4000", takes_over: bool = True) -> SetUp:
    last_price = None if last is None else D(last)
    return SetUp(tool, takes_over, "USDT_ETH", fields, last_price=last_price)


TARGET = FormField(Field.TARGET_PRICE, "", Origin.ASK, 1)
STOP = FormField(Field.STOP_TRIGGER, "", Origin.ASK)
UNITS = FormField(Field.UNITS, "", Origin.ASK)
PRICE = FormField(Field.PRICE, "3000", Origin.TRADE)


@pytest.mark.parametrize(
    ("text", "near", "price"),
    [
        ("4100", None, "4100"),
        ("at 4,100 USDT please", "4000", "4100"),
        ("4,100", None, "4100"),
        ("4,100", "4", "4.100"),
        ("4.100", "4000", "4100"),
        ("4.100", None, "4.100"),
        ("0,52", None, "0.52"),
        ("0.000123", None, "0.000123"),
        ("4,100.50", None, "4100.50"),
        ("4.100,50", None, "4100.50"),
        ("1,234,567", None, "1234567"),
        ("4\u202f100", None, "4100"),
        ("$4100.", None, "4100"),
        ("about 67000?", "63000", "67000"),
    ],
)
def test_a_price_is_read_as_people_write_it(text: str, near: str | None, price: str) -> None:
    assert read_price(text, None if near is None else D(near)) == D(price)


@pytest.mark.parametrize("text", ["", "soon", "0", "0.0", "...", "-", "x" * 100 + "5"])
def test_what_is_no_price_is_not_read_as_one(text: str) -> None:
    assert read_price(text, D(4000)) is None


@pytest.mark.parametrize("text", ["1.2.3.4", "1,2,3", "9" * 60, "1e5", "٤٠", "4 100 200,5.6"])
def test_odd_figures_never_raise(text: str) -> None:
    read_price(text, D(4000))


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


def test_without_any_price_to_compare_with_everything_is_taken() -> None:
    assert judge(form(last=None), Field.TARGET_PRICE, D(1)) is None


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
