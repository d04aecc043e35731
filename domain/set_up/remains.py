"""Which orders a trade or a deal that is over has left at the exchange, and whether that could be told of each that may be its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.deal_plans import is_order_of
from domain.match_orders import Book, Reading, Standing, Sureness, match
from domain.matching.reading import SLACK
from domain.ports import OpenOrder, TradeRow
from domain.set_up.exchange import AtExchange, Market
from domain.set_up.three_commas import Living
from domain.set_up.values import Unread
from domain.trading import ClosedTrade, Side


@dataclass(frozen=True, slots=True)
class Remains:
    orders: Sequence[OpenOrder] = ()
    clear: bool = True
    """None is missing: of each order that was seen it is known whether it is its own."""
    others_matter: bool = False
    """One is its own, unless another that is over fits as well."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What orders of the trade are told from. `read_at`: since when `living` may have changed."""

    venue: str
    market: Market
    living: Living
    read_at: datetime
    ended: Sequence[ClosedTrade] | None = None
    """Others that are over; None: not read."""

    def may_use(self, pair: str) -> bool:
        """Whether something alive uses the pair, or may: its market is not known, or not all that is alive was read."""
        strange = any(one not in self.market.symbols for one in self.living.pairs)
        return strange or not self.living.complete or pair in self.living.pairs


def remains_of(
    closed: ClosedTrade | None,
    pair: str,
    orders: Iterable[OpenOrder],
    beside: Neighbours,
    rows: Sequence[TradeRow] = (),
) -> Remains:
    """Those that matching gives to it; none where anything alive may use the pair. `closed` None: 3Commas does not tell enough of it.

    Without the others that are over, an order that fits by its pair, side, size and time alone is not given away.

    A safety order may be larger than all that a deal had got, which matching does not give away on its own: `rows` of the deal name it.
    """
    on_it = [order for order in orders if closed is None or _of_its_leg(order, closed)]
    if closed is None or not on_it or beside.may_use(pair):
        return Remains(clear=not any(closed is None or _placed_while_it_ran(order, closed) for order in on_it))
    market = beside.market
    over = [closed, *(one for one in beside.ended or () if one.owner != closed.owner)]
    book = Book(beside.venue, on_it, (), over, market.symbols, market.rules, Reading(beside.read_at))
    rules = market.rules.get(on_it[0].symbol)
    remains: list[OpenOrder] = []
    clear, others_matter = True, False
    for verdict in match(book).verdicts:
        order, own = verdict.order, verdict.owner == closed.owner
        if any(is_order_of(order, row, closed, rules) for row in rows) or (
            own and (beside.ended is not None or verdict.sureness > Sureness.PROBABLE)
        ):
            remains.append(order)
        elif verdict.standing is Standing.FOREIGN or (verdict.owner is not None and not own):
            continue
        elif own or _placed_while_it_ran(order, closed):
            clear, others_matter = False, others_matter or own
    return Remains(remains, clear, others_matter)


def unread_orders(seen: AtExchange, *, clear: bool, found: bool = True) -> tuple[Unread, ...]:
    """What of its orders at the exchange is not known. `found`: its market was, so that its orders could be picked out."""
    if seen.orders is None or (seen.orders and not found):
        return (Unread.ORDERS,)
    return () if clear else (Unread.OWNERS,)


def _of_its_leg(order: OpenOrder, closed: ClosedTrade) -> bool:
    """In hedge mode an order of the other side's position is never its own."""
    return order.position_side in ("", "long" if closed.side is Side.BUY else "short")


def _placed_while_it_ran(order: OpenOrder, closed: ClosedTrade) -> bool:
    """As far as it is told; the clocks of two services may differ a little."""
    at, began, ended = order.created_at, closed.created_at, closed.closed_at
    if at is None:
        return True
    return (began is None or at >= began - SLACK) and (ended is None or at <= ended + SLACK)
