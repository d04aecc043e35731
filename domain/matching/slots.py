"""What 3Commas expects at the exchange, as places that wait for an order."""

from dataclasses import dataclass
from decimal import Decimal

from domain.trading import ExpectedOrder, MarketRules, Side


@dataclass(slots=True, eq=False)
class Slot:
    """An order that 3Commas expects, waiting for its counterpart at the exchange."""

    expected: ExpectedOrder
    symbol: str
    rules: MarketRules
    open: bool = True
    certain: bool = True
    """If it stays open, the order is missing for certain."""

    @property
    def side(self) -> Side:
        return self.expected.side


def slot_order(expected: ExpectedOrder) -> tuple[str | int | Decimal, ...]:
    """By owner and row; ids of equal length sort as numbers do."""
    owner, row = expected.owner, expected.trade_id
    price = expected.price if expected.price is not None else Decimal(-1)
    return (owner.kind, len(owner.id), owner.id, len(row), row, expected.side, price, expected.remaining)
