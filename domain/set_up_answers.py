"""What the trader says where nobody knows a target or a stop any more: read, judged by the market, and put into the form."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from domain.set_up import Field, FormField, Origin, SetUp

ASKED = (Field.TARGET_PRICE, Field.STOP_TRIGGER)
"""What is asked for in words. Whatever else is missing the trader chooses in the form itself."""
_LONGEST = 60
_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f' ]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,]\d{3})+")


class Flaw(StrEnum):
    """Why an answer cannot be taken."""

    NO_NUMBER = "no_number"
    WRONG_SIDE = "wrong_side"
    """A target on the side of loss, or a stop on the side of profit: it would be carried out at once."""


def asked(set_up: SetUp, told: Mapping[str, str]) -> Field | None:
    """The next thing to ask; None if nothing is left. `told` holds what was answered by the field's name, "" for "I choose"."""
    missing = {one.field for one in set_up.asks}
    return next((name for name in ASKED if name in missing and name.value not in told), None)


def read_price(text: str, near: Decimal | None) -> Decimal | None:
    """A price as people write it: "4,100", "4100.50 USDT". Where a sign can mean both, the reading that is nearer to `near` counts."""
    found = _NUMBER.search(text[:_LONGEST])
    if found is None:
        return None
    written = re.sub(r"[\u00a0\u202f' ]", "", found.group()).rstrip(".,")
    readings = [number for one in _readings(written) if (number := _number(one)) is not None]
    if not readings:
        return None
    if near is None or len(readings) == 1:
        return readings[0]
    return min(readings, key=lambda one: max(one / near, near / one))


def judge(set_up: SetUp, name: Field, price: Decimal) -> Flaw | None:
    """Whether it lies on its side of the price that decides. Without one, anything is taken."""
    base = reference(set_up)
    if base is None:
        return None
    right = price > base if lies_above(set_up, name) else price < base
    return None if right else Flaw.WRONG_SIDE


def lies_above(set_up: SetUp, name: Field) -> bool:
    """Where it has to lie: targets of a long and stops of a short above the price."""
    return set_up.is_long is (name is Field.TARGET_PRICE)


def reference(set_up: SetUp) -> Decimal | None:
    """The market price when something is taken over, else the price of the entry."""
    entry = next((_number(one.value) for one in set_up.fields if one.field is Field.PRICE and one.value), None)
    return set_up.last_price or entry if set_up.takes_over else entry or set_up.last_price


def answered(set_up: SetUp, told: Mapping[str, str]) -> SetUp:
    """The form with the answers in it; their origin stays ASK."""
    return replace(set_up, fields=tuple(_answered(one, told) for one in set_up.fields))


def _answered(one: FormField, told: Mapping[str, str]) -> FormField:
    return replace(one, value=told.get(one.field.value, "")) if one.origin is Origin.ASK else one


def _readings(written: str) -> list[str]:
    """All numbers that it can mean, the likeliest first."""
    plain = written.replace(",", "").replace(".", "")
    last = max(written.rfind(","), written.rfind("."))
    if last < 0:
        return [written]
    decimal = f"{written[:last].replace(',', '').replace('.', '')}.{written[last + 1 :]}"
    if not _THOUSANDS.fullmatch(written):
        return [decimal]
    signs = [sign for sign in written if sign in ",."]
    if len(set(signs)) > 1:
        return [decimal]
    if len(signs) > 1:
        return [plain]
    return [plain, decimal] if signs == [","] else [decimal, plain]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number > 0 else None
