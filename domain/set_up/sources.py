"""What is known of a trade that is to be set up again, and where its targets and its stop can be read.

Order of sources: the plan that the bot kept while the trade lived, steps that 3Commas still shows, the trade itself, orders that it left
at the exchange or had left there until the trader cancelled them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.plans import OrderType, Plan, Stop, Target
from domain.ports import Deal, OpenOrder, TradeRow
from domain.set_up.values import Origin, Unread
from domain.trades_view import Left
from domain.trading import MarketRules, Purpose, Side
from domain.values import MarketType

OVER = frozenset({"finished", "panic_sold"})
"""Statuses of a step that was carried out."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of the trade, deal or position that is to be set up again."""

    account_name: str
    pair: str
    market: MarketType
    left: Left
    shown: Plan
    """What 3Commas shows of it now. For a position without a trade: its side alone."""
    rules: MarketRules | None = None
    last: Decimal | None = None
    kept: Plan | None = None
    kept_at: datetime | None = None
    rows: Sequence[TradeRow] = ()
    old_orders: Sequence[OpenOrder] = ()
    """Orders to get out that it has left at the exchange."""
    old_entries: Sequence[OpenOrder] = ()
    """Orders to get in that it has left there."""
    freed_orders: Sequence[OpenOrder] = ()
    """Orders to get out that it had left there, cancelled by hand meanwhile."""
    deal: Deal | None = None
    """Set where it is a deal: `shown` is then all of its plan."""
    unread: tuple[Unread, ...] = ()
    repair_first: str = ""
    """As in `SetUp`."""
    others_read: bool = True
    """What is alive at 3Commas was read, as far as it matters here."""

    @property
    def left_orders(self) -> Sequence[OpenOrder]:
        """To get out, whether they still stand or not: both tell what was planned."""
        return [*self.old_orders, *self.freed_orders]

    @property
    def long(self) -> bool:
        position = self.left.position
        return position.side == "long" if position else self.shown.entry.side is not Side.SELL


def known_targets(known: Known) -> tuple[list[Target], Origin]:
    """What is left to reach, from the best source; empty if no source tells any."""
    if known.kept is not None and known.kept.targets:
        return [one for one in known.kept.targets if not one.done], Origin.STORED_PLAN
    rows = [row for row in known.rows if row.purpose is Purpose.TAKE_PROFIT and row.status not in OVER]
    if rows:
        return [Target(row.price or row.trigger, row.percentage, _type(row)) for row in rows], Origin.ROWS
    if shown := [one for one in known.shown.targets if not one.done]:
        return shown, Origin.TRADE
    resting = [order for order in known.left_orders if not order.conditional and order.price is not None]
    whole = sum((order.remaining for order in resting), Decimal(0))
    old = [Target(one.price, one.remaining * 100 / whole, OrderType.LIMIT) for one in resting if whole]
    return sorted(old, key=lambda one: one.price or Decimal(0), reverse=not known.long), Origin.OLD_ORDER


def known_stop(known: Known) -> tuple[Stop | None, Origin]:
    """From the best source; None with ASK if none tells it."""
    if known.kept is not None and known.kept.stop is not None:
        return known.kept.stop, Origin.STORED_PLAN
    for row in known.rows:
        if row.purpose is Purpose.STOP_LOSS and row.status not in OVER and (row.trigger or row.price):
            return Stop(row.trigger or row.price, _type(row), row.price), Origin.ROWS
    if known.shown.stop is not None:
        return known.shown.stop, Origin.TRADE
    for order in known.left_orders:
        if order.conditional and order.trigger is not None and "take_profit" not in order.type:
            kind = OrderType.MARKET if order.price is None else OrderType.LIMIT
            return Stop(order.trigger, kind, order.price), Origin.OLD_ORDER
    return None, Origin.ASK


def whole_shares(shares: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Shares of the targets that are left, together 100 %; the last takes the rest. One alone takes all."""
    if len(shares) == 1:
        return [Decimal(100)]
    known = [share for share in shares if share is not None]
    whole = sum(known, Decimal(0))
    if len(known) != len(shares) or whole <= 0:
        return list(shares)
    scaled: list[Decimal | None] = [(share * 100 / whole).quantize(Decimal("0.01")) for share in known[:-1]]
    return [*scaled, 100 - sum((share for share in scaled if share is not None), Decimal(0))]


def _type(row: TradeRow) -> OrderType | None:
    return next((kind for kind in OrderType if kind.value == row.order_type), None)
