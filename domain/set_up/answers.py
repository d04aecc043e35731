"""What the trader says where a target or a stop is not known: read, judged by the market, and put into the form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from domain.pairs import Pair
from domain.set_up.form import beyond_liquidation
from domain.set_up.values import Caution, Field, FormField, Origin, SetUp
from domain.typed_number import Misread, read_number, times_apart

ASKED = (Field.TARGET_PRICE, Field.STOP_TRIGGER)
"""What is asked for in words. Whatever else is missing the trader chooses in the form itself."""
FAR_TIMES = 10
"""On the side where it has to lie, a price with one zero too many or too few is always farther than this."""
_ENTRY = (Field.PRICE, Field.ENTRY_TRIGGER)
_DOLLARS = frozenset({"USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "USD", "BNFCR"})


class Flaw(StrEnum):
    """Why an answer is not taken, or not at once."""

    WRONG_SIDE = "wrong_side"
    """A target on the side of loss, or a stop on the side of profit: it would be carried out at once."""
    FAR = "far"
    """More than FAR_TIMES as high or as low as what it is compared with: likely a slip, so it has to be said twice."""


class Compared(StrEnum):
    """What an answer is compared with."""

    MARKET = "market"
    """The price of now."""
    ENTRY = "entry"
    """The price of an entry that is to come."""
    BOUGHT = "bought"
    """What the trade got in at. It tells a slip, but no side: the market may be anywhere by now."""


@dataclass(frozen=True, slots=True)
class Reference:
    price: Decimal
    kind: Compared

    def times(self, price: Decimal) -> Decimal:
        """How many times the smaller the larger is."""
        return times_apart(price, self.price)


def asked(set_up: SetUp, told: Mapping[str, str]) -> Field | None:
    """The next thing to ask; None if nothing is left. `told` holds what was answered by the field's name, "" for "I choose"."""
    missing = {one.field for one in set_up.asks}
    return next((name for name in ASKED if name in missing and name.value not in told), None)


def read_price(set_up: SetUp, text: str) -> Decimal | Misread:
    """A price of the form's pair, with the coin that its prices are in or without."""
    base = reference(set_up)
    coin = price_coin(set_up)
    units = {coin, "USD", "$"} if coin in _DOLLARS else {coin}
    return read_number(text, near=base.price if base else None, units=units)


def price_coin(set_up: SetUp) -> str:
    """The coin that prices of the pair are in."""
    symbol_quote = set_up.pair.partition("/")[2].partition(":")[0]
    if symbol_quote:
        return symbol_quote
    pair = Pair.of(set_up.pair)
    if pair is None:
        return set_up.pair
    return (
        "USD" if pair.right.startswith(f"{pair.left}USD") else pair.left
    )  # a contract that is settled in its own coin


def judge(set_up: SetUp, name: Field, price: Decimal) -> Flaw | None:
    """Whether it lies on its side of the price that decides, and not far from it. Without one, anything is taken."""
    base = reference(set_up)
    if base is None:
        return None
    right = price > base.price if lies_above(set_up, name) else price < base.price
    if not right and base.kind is not Compared.BOUGHT:
        return Flaw.WRONG_SIDE
    return Flaw.FAR if base.times(price) > FAR_TIMES else None


def lies_above(set_up: SetUp, name: Field) -> bool:
    """Where it has to lie: targets of a long and stops of a short above the price."""
    return set_up.is_long is (name is Field.TARGET_PRICE)


def reference(set_up: SetUp) -> Reference | None:
    """The market price when something is taken over, else the price of the entry; the other one where it is not known."""
    market = Reference(set_up.last_price, Compared.MARKET) if set_up.last_price else None
    typed = (one.value for one in set_up.fields if one.field in _ENTRY and one.value)
    price = next(map(Decimal, typed), None)
    entry = Reference(price, Compared.BOUGHT if set_up.takes_over else Compared.ENTRY) if price else None
    return market or entry if set_up.takes_over else entry or market


def answered(set_up: SetUp, told: Mapping[str, str]) -> SetUp:
    """The form with the answers in it; their origin stays ASK. Of a stop that was told it is said if it would never fire."""
    stop, cautions = told.get(Field.STOP_TRIGGER.value), list(set_up.cautions)
    if stop and beyond_liquidation(Decimal(stop), set_up.liquidation_price, long=set_up.is_long):
        cautions.append(Caution.STOP_BEYOND_LIQUIDATION)
    fields = tuple(_answered(one, told) for one in set_up.fields)
    return replace(set_up, fields=fields, cautions=tuple(dict.fromkeys(cautions)))


def _answered(one: FormField, told: Mapping[str, str]) -> FormField:
    return replace(one, value=told.get(one.field.value, "")) if one.origin is Origin.ASK else one
