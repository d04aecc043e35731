"""Statuses of SmartTrades, their orders and deals, with the titles seen beside them. No official list exists."""

FINAL_SMART_TRADE = frozenset({"finished", "stop_loss_finished", "panic_sold", "cancelled", "failed"})
SUCCESSFUL_SMART_TRADE = frozenset({"finished", "stop_loss_finished"})
# A closing trade has lost its unexecuted steps already, although it is not closed yet.
PLAN_GONE = FINAL_SMART_TRADE | {"cancellation_in_progress", "panic_sell_in_progress"}

SMART_TRADE_TITLES = {
    "created": "Pending",
    "waiting_position": "Pending Position Opened",
    "waiting_targets": "Waiting Targets",
    "stop_loss_in_progress": "Stop Loss in progress",
    "pending_reduce_funds": "Pending reduce funds",
    "reduce_funds_in_progress": "Reduce funds in progress",
    "panic_sell_pending": "Closing at Market Price",
    "panic_sell_in_progress": "Closing at Market Price",
    "cancellation_pending": "Cancelling",
    "cancellation_in_progress": "Cancelling",
    "finished": "Finished",
    "stop_loss_finished": "Stop Loss finished",
    "panic_sold": "Closed at Market Price",
    "cancelled": "Cancelled",
    "failed": "Failed",
}
ORDER_TITLES = {
    "idle": "Pending",
    "to_process": "Pending",
    "order_placed": "Placed",
    "pending_cancellation": "Cancelling",
    "cancelled": "Cancelled",
    "panic_sell_pending": "Panic closing",
    "panic_sell_order_placed": "Panic closing",
    "panic_sold": "Panic sold",
    "trailing_activated": "Trailing Activated",
    "finished": "Finished",
    "failed": "Failed",
    "inactive": "Inactive",
    "smart_sell": "Own funds",
}

CANCELLABLE = frozenset(
    {
        "waiting_position",
        "waiting_targets",
        "stop_loss_in_progress",
        "reduce_funds_in_progress",
        "pending_reduce_funds",
    }
)
CLOSABLE = CANCELLABLE - {"waiting_position"}
EDITABLE = frozenset({"waiting_position", "waiting_targets"})

FINAL_DEAL = frozenset(
    {
        "cancelled",
        "completed",
        "failed",
        "panic_sold",
        "stop_loss_finished",
        "switched",
        "switched_take_profit",
        "liquidated",
        "settled",
    }
)
DEAL_TITLES = {
    "created": "Created",
    "base_order_placed": "Base order placed",
    "bought": "Active",
    "cancelled": "Cancelled",
    "completed": "Completed",
    "stop_loss_finished": "Stop Loss finished",
    "panic_sold": "Closed at Market Price",
    "failed": "Failed",
    "liquidated": "Liquidated",
}
