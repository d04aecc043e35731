"""Whole SmartTrades and deals from the few figures that a story knows. Units are rounded as the original does it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from sandbox.three_commas.pairs import ASSETS, base_of
from sandbox.three_commas.state import Deal, DealOrder, Leverage, OrderType, Side, SmartTrade, Stop, Target
from sandbox.three_commas.statuses import FINAL_SMART_TRADE

ZERO = Decimal(0)
FINEST_LOT = Decimal("1e-8")
NOT_ENTERED = ("created", "waiting_position")


def smart_trade(
    *,
    trade_id: int,
    account_id: int,
    pair: str,
    units: Decimal,
    entry: Decimal,
    created_at: datetime,
    side: Side = "buy",
    status: str = "waiting_targets",
    targets: Sequence[Target] = (),
    stop: Stop | None = None,
    error: str | None = None,
    entered: Decimal | None = None,
    skip_enter_step: bool = False,
    instant: bool = False,
    entry_order_type: OrderType = "market",
    leverage: Leverage | None = None,
    note: str = "",
    updated_at: datetime | None = None,
    closed_at: datetime | None = None,
    closed_price: Decimal | None = None,
) -> SmartTrade:
    """A SmartTrade in the given state.

    `side` is that of the entry. `entered` defaults to all units, or to none while the entry waits. Statuses of entry,
    targets and stop follow from the trade's; a target or stop that comes as `finished` stays so.
    """
    if entered is None:
        entered = ZERO if status in NOT_ENTERED else units
    trade = SmartTrade(
        id=trade_id,
        account_id=account_id,
        pair=pair,
        side=side,
        units=units,
        entry=entry,
        entry_order_type=entry_order_type,
        instant=instant,
        skip_enter_step=skip_enter_step,
        entered=entered,
        status=status,
        error=error,
        leverage=leverage,
        targets=[target.model_copy() for target in targets],
        stop=stop.model_copy() if stop else None,
        note=note,
        created_at=created_at,
        updated_at=updated_at or closed_at or created_at,
        closed_at=closed_at,
        closed_price=closed_price,
    )
    trade.entry_status = _entry_status(trade)
    _slice_targets(trade)
    _set_exit_statuses(trade)
    return trade


def _entry_status(trade: SmartTrade) -> str:
    if trade.status == "created":
        return "idle"
    if trade.skip_enter_step:
        return "smart_sell"
    if trade.entered:
        return "finished"
    if trade.status == "waiting_position":
        return "to_process" if trade.entry_order_type == "conditional" else "order_placed"
    return "failed" if trade.status == "failed" else "cancelled"


def _slice_targets(trade: SmartTrade) -> None:
    """Every slice is rounded down to the lot; the last one takes the remainder."""
    steps = ASSETS.get(base_of(trade.pair))
    lot = steps.lot if steps else FINEST_LOT
    left = trade.units
    for target in trade.targets[:-1]:
        target.units = (trade.units * target.volume / 100).quantize(lot, ROUND_DOWN)
        left -= target.units
    if trade.targets:
        trade.targets[-1].units = left


def _set_exit_statuses(trade: SmartTrade) -> None:
    """A limit target is an order at the exchange; market targets and the stop are watched by 3Commas."""
    in_position = trade.status not in NOT_ENTERED
    closed = trade.status in FINAL_SMART_TRADE
    for target in trade.targets:
        if target.status == "finished":
            continue
        if closed:
            target.status = "cancelled"
        elif in_position:
            target.status = "order_placed" if target.order_type == "limit" else "to_process"
    if trade.stop is not None and trade.stop.status != "finished":
        trade.stop.status = "cancelled" if closed else "to_process" if in_position else "idle"


def deal(
    *,
    deal_id: int,
    bot_id: int,
    account_id: int,
    pair: str,
    bought_amount: Decimal,
    bought_average_price: Decimal,
    take_profit_percent: Decimal,
    created_at: datetime,
    strategy: Literal["long", "short"] = "long",
    status: str = "bought",
    safety_orders: Sequence[tuple[Decimal, Decimal]] = (),
    safety_filled: Sequence[tuple[Decimal, Decimal]] = (),
    max_safety_orders: int | None = None,
    stop_loss_percent: Decimal = ZERO,
    error: str | None = None,
    failed_message: str | None = None,
    updated_at: datetime | None = None,
    closed_at: datetime | None = None,
    sold_average_price: Decimal = ZERO,
    take_profit_trails: bool = False,
) -> Deal:
    """A DCA deal: its take profit and `safety_orders` (price, amount) rest in the book.

    Its base order is filled with what `safety_filled` leaves of the amount and of what was spent.
    """
    enter, leave = ("BUY", "SELL") if strategy == "long" else ("SELL", "BUY")
    sign = 1 if strategy == "long" else -1
    active = closed_at is None
    resting = "Active" if active else "Cancelled"
    base = bought_amount - sum(amount for _, amount in safety_filled)
    spent = bought_amount * bought_average_price - sum(price * amount for price, amount in safety_filled)
    orders = [
        {
            "order_type": enter,
            "kind": "Base",
            "status": "Filled",
            "quantity": base,
            "rate": spent / base,
        },
        *(
            {"order_type": enter, "kind": "Safety", "status": "Filled", "quantity": amount, "rate": price}
            for price, amount in safety_filled
        ),
        {
            "order_type": leave,
            "kind": "Take Profit",
            "status": "Filled" if sold_average_price else resting,
            "quantity": bought_amount,
            "remaining": ZERO if sold_average_price else bought_amount,
            "rate": sold_average_price or bought_average_price * (1 + sign * take_profit_percent / 100),
        },
        *(
            {
                "order_type": enter,
                "kind": "Safety",
                "status": resting,
                "quantity": amount,
                "remaining": amount,
                "rate": price,
            }
            for price, amount in safety_orders
        ),
    ]
    return Deal(
        id=deal_id,
        bot_id=bot_id,
        account_id=account_id,
        pair=pair,
        strategy=strategy,
        status=status,
        bought_amount=bought_amount,
        bought_average_price=bought_average_price,
        sold_amount=bought_amount if sold_average_price else ZERO,
        sold_average_price=sold_average_price,
        take_profit_percent=take_profit_percent,
        take_profit_trails=take_profit_trails,
        stop_loss_percent=stop_loss_percent,
        max_safety_orders=max_safety_orders or len(safety_orders) + len(safety_filled),
        orders=[DealOrder.model_validate(order) for order in orders],
        error=error,
        failed_message=failed_message,
        created_at=created_at,
        updated_at=updated_at or closed_at or created_at,
        closed_at=closed_at,
    )
