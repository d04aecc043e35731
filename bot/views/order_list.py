"""The open orders of all exchange accounts as one list: what is left over first, what living trades need last."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.pages import short_key
from domain.check_view import Sight
from domain.matching.verdict import Standing
from domain.orders_view import OrderBook, OrderRow, OrdersView

_ORDER = (Standing.LEFTOVER, Standing.AMBIGUOUS, Standing.UNKNOWN, Standing.FOREIGN, Standing.OWNED)


@dataclass(frozen=True, slots=True)
class Entry:
    """An order with the account that it stands on."""

    row: OrderRow
    book: OrderBook

    @property
    def key(self) -> str:
        """Names it in a button; the same in every picture that shows it."""
        order = self.row.verdict.order
        return short_key(self.book.sight.account.id, order.symbol, order.id)

    @property
    def shares_lock(self) -> bool:
        """Another order of the same list (OCO) stands there: both hold one lock."""
        order = self.row.verdict.order
        twins = (row.verdict.order for row in self.book.orders if row.verdict.order.group == order.group)
        return bool(order.group) and any(twin.id != order.id for twin in twins)

    @property
    def told(self) -> bool:
        """Its owner was looked for; before that nothing is said about it."""
        return self.book.owners is not Sight.LOOKING


def entries(view: OrdersView) -> Sequence[Entry]:
    every = [Entry(row, book) for book in view.books for row in book.orders]
    return sorted(every, key=lambda one: _ORDER.index(one.row.verdict.standing))


def of_nobody_living(view: OrdersView) -> Sequence[Entry]:
    """Those that are worth a word each: all but the orders of living trades."""
    return [one for one in entries(view) if one.row.verdict.standing is not Standing.OWNED]


def find(view: OrdersView, key: str) -> Entry | None:
    return next((one for one in entries(view) if one.key == key), None)
