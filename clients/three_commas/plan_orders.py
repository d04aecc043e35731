"""The standing orders of a SmartTrade, out of its plan as the list shows it: saves a call for each trade.

The list tells for each step its id, type, amount, price and status. It does not tell how much of a standing order is filled, nor the
price of a stop that has been touched; `orders_in_plan` says None there, and the rows of `/trades` have to be asked.
Source: 3Commas' documentation, SmartTrade entity.
"""

from collections.abc import Iterator
from decimal import Decimal

from clients.foreign_text import name
from clients.three_commas.fields import Row, amount, entries, obj_or_empty, price, text
from clients.three_commas.orders import LIVE
from domain.ports import Trade
from domain.trading import ExpectedOrder, Owner, OwnerKind, Purpose, Side

CLOSED = frozenset({"finished", "stop_loss_finished", "panic_sold", "cancelled", "failed"})
"""Statuses of a SmartTrade that has ended: nothing of it is expected at the exchange any more."""
CALM = frozenset({"created", "waiting_position", "waiting_targets"})
"""Statuses in which the plan is whole. While a trade is being closed its steps are gone from the list, its orders perhaps not."""
_OTHER = {Side.BUY: Side.SELL, Side.SELL: Side.BUY}


def orders_in_plan(trade: Trade) -> list[ExpectedOrder] | None:
    """None if the plan does not say it surely."""
    if trade.status in CLOSED:
        return []
    position = obj_or_empty(trade.plan, "position")
    way_in = text(position.get("type"))
    if trade.status not in CALM or way_in not in (Side.BUY, Side.SELL) or _has_more(trade):
        return None
    side = Side(way_in)
    targets = [*_targets(trade)]
    if _partly_filled(trade, position, targets):
        return None
    steps = [(position, side, Purpose.ENTRY), *((step, _OTHER[side], Purpose.TAKE_PROFIT) for step in targets)]
    found = []
    for step, step_side, purpose in steps:
        if _status(step) in LIVE:
            order = _order(trade, step, step_side, purpose)
            if order is None:
                return None
            found.append(order)
    return found


def _order(trade: Trade, step: Row, side: Side, purpose: Purpose) -> ExpectedOrder | None:
    """None for an order whose amount or limit the plan does not hold, as where it is a percentage."""
    units, limit = amount(obj_or_empty(step, "units").get("value")), price(obj_or_empty(step, "price").get("value"))
    if not units or units < 0 or limit is None or name(step.get("order_type")).lower() != "limit":
        return None
    return ExpectedOrder(
        owner=Owner(OwnerKind.SMART_TRADE, str(trade.id)),
        account_id=trade.account_id,
        pair=trade.pair,
        side=side,
        price=limit,
        remaining=units,
        amount=units,
        purpose=purpose,
        trade_id=str(step.get("id") or ""),
        created_at=trade.created_at,
        updated_at=trade.updated_at,
    )


def _targets(trade: Trade) -> Iterator[Row]:
    for step in entries(obj_or_empty(trade.plan, "take_profit").get("steps")):
        if isinstance(step, dict):
            yield step


def _has_more(trade: Trade) -> bool:
    """A stop that has become an order, or steps that reduce the position."""
    stop = obj_or_empty(trade.plan, "stop_loss")
    reducing = entries(obj_or_empty(trade.plan, "reduce_funds").get("steps"))
    return bool(reducing) or _status(stop) in LIVE


def _partly_filled(trade: Trade, position: Row, targets: list[Row]) -> bool:
    """Whether a standing order may be filled in part: the trade took in or out what no finished step accounts for."""
    if _status(position) in LIVE and trade.entered_amount != 0:
        return True
    if not any(_status(step) in LIVE for step in targets):
        return False
    done = [amount(obj_or_empty(step, "units").get("value")) for step in targets if _status(step) == "finished"]
    return None in done or trade.closed_amount != sum((units for units in done if units is not None), Decimal(0))


def _status(step: Row) -> str:
    status = obj_or_empty(step, "status")
    return text(status.get("type")) or text(status.get("basic_type"))
