"""When an order may be the one that a row of 3Commas expects, and on what grounds."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from domain.matching.reading import SLACK
from domain.matching.slots import Slot
from domain.matching.verdict import Clue, Evidence, Sureness
from domain.ports import OpenOrder
from domain.trading import ExpectedOrder

FEE = Decimal("0.003")
"""Share of an amount that a fee taken in the coin, or rounding, may make away."""

Fits = Callable[[OpenOrder, Slot], tuple[Evidence, ...]]
"""Grounds on which an order may be that of a slot; empty if it is not."""


def exact(order: OpenOrder, slot: Slot) -> tuple[Evidence, ...]:
    """L1: what remains is equal within half a lot. The price is equal already."""
    stands, expected = order.remaining, slot.expected.remaining
    if stands != expected and abs(stands - expected) * 2 > slot.rules.lot:
        return ()
    return (_price(slot), Evidence(Clue.SAME_AMOUNT, None, stands))


def soft(order: OpenOrder, slot: Slot) -> tuple[Evidence, ...]:
    """L2: within a fee or a lot; or the whole order is of that size and 3Commas has not seen a fill yet."""
    expected = slot.expected
    if close(order.remaining, expected.remaining, slot.rules.lot):
        return (_price(slot), Evidence(Clue.CLOSE_AMOUNT, amount=expected.remaining))
    if close(order.amount, expected.amount, slot.rules.lot):
        return (_price(slot), Evidence(Clue.SAME_SIZE, amount=expected.amount))
    return ()


def timed(order: OpenOrder, slot: Slot) -> tuple[Evidence, ...]:
    """L3: another amount, but placed when 3Commas' row was made or changed."""
    together = placed_together(order, slot.expected)
    return (_price(slot), together) if together else ()


def timed_by_amount(order: OpenOrder, slot: Slot) -> tuple[Evidence, ...]:
    """L3 for a row without a price: amount and time."""
    together = placed_together(order, slot.expected)
    if together is None or not close(order.remaining, slot.expected.remaining, slot.rules.lot):
        return ()
    return (Evidence(Clue.CLOSE_AMOUNT, amount=slot.expected.remaining), together)


LEVELS: tuple[tuple[Fits, Sureness], ...] = (
    (exact, Sureness.CERTAIN),
    (soft, Sureness.STRONG),
    (timed, Sureness.PROBABLE),
)


def close(one: Decimal, other: Decimal, lot: Decimal) -> bool:
    """Within one lot or a fee of the larger."""
    return abs(one - other) <= max(lot, FEE * max(one, other))


def placed_together(order: OpenOrder, expected: ExpectedOrder) -> Evidence | None:
    times = [at for at in (expected.created_at, expected.updated_at) if at is not None]
    if order.created_at is None or not times:
        return None
    gap = min(abs(order.created_at - at) for at in times)
    return Evidence(Clue.PLACED_TOGETHER, seconds=int(gap.total_seconds())) if gap <= SLACK else None


def same_price(order: OpenOrder, slot: Slot) -> bool:
    """To the tick, at its limit or its trigger."""
    if slot.expected.price is None:
        return False
    wanted = slot.rules.round_price(slot.expected.price)
    return any(slot.rules.round_price(price) == wanted for price in (order.price, order.trigger) if price is not None)


def too_old(placed_at: datetime, expected: ExpectedOrder) -> bool:
    """An order that stood before the row was made is not the row's."""
    made = expected.created_at
    return made is not None and placed_at < made and placed_at < made - SLACK


def same_book(order: OpenOrder, slot: Slot) -> bool:
    """Of one symbol and side."""
    return order.symbol == slot.symbol and order.side == slot.side


def older(order: OpenOrder, slot: Slot) -> Evidence | None:
    """The ground against it: it stood before the row was made."""
    made = slot.expected.created_at
    if order.created_at is None or made is None or not too_old(order.created_at, slot.expected):
        return None
    return Evidence(Clue.OLDER_THAN_TRADE, seconds=int((made - order.created_at).total_seconds()))


def _price(slot: Slot) -> Evidence:
    return Evidence(Clue.SAME_PRICE, slot.expected.price)
