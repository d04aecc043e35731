"""`/v2/smart_trades/:id/trades`: one row per order of a SmartTrade. No id of the exchange anywhere."""

from decimal import Decimal
from typing import Any

from sandbox.three_commas.smart_trade_views import shown_stop, shown_targets
from sandbox.three_commas.state import SmartTrade, Stop, Target
from sandbox.three_commas.text import iso, number, number_or_none

ZERO = Decimal(0)
LIVE = ("order_placed", "to_process", "trailing_activated")


def trade_rows(trade: SmartTrade, *, survive_closing: bool) -> list[dict[str, Any]]:
    """Targets and stop; the entry too, unless the position was taken over."""
    rows = [] if trade.skip_enter_step else [_entry_row(trade)]
    targets = trade.targets if survive_closing else shown_targets(trade)
    stop = trade.stop if survive_closing else shown_stop(trade)
    rows += [_target_row(trade, target) for target in targets]
    if stop is not None:
        rows.append(_stop_row(trade, stop))
    return rows


def _row(
    trade: SmartTrade,
    *,
    row_id: int,
    purpose: str,
    status: str,
    side: str,
    order_type: str,
    units: Decimal,
    price: Decimal,
    order_price: Decimal | None,
    filled: Decimal = ZERO,
) -> dict[str, Any]:
    filled = units if status == "finished" else filled
    realised = number(price) if filled else None
    return {
        "id": row_id,
        "trade_purpose": purpose,
        "status": status,
        "order_type": order_type,
        "order_side": side,
        "pair": trade.pair,
        "initial_amount": number(units),
        "initial_total": number(units * price),
        "initial_price": number(price),
        "order_price": number_or_none(order_price),
        "realised_amount": number(filled),
        "realised_total": number(filled * price) if filled else None,
        "realised_percentage": number((filled / units * 100).quantize(Decimal("0.01"))) if units else "0.0",
        "realised_price": realised,
        "average_price": realised,
        "position_percentage": None,
        "take_profit_percentage": None,
        "trigger_type": "none",
        "trigger_price": None,
        "trigger_price_percentage": None,
        "trigger_condition": None,
        "follow_price_type": "last",
        "trailing_enabled": False,
        "trail_percentage": None,
        "trail_value": None,
        "trailing_last_price": None,
        "trailing_last_price_updated_at": None,
        "created_at": iso(trade.created_at),
        "updated_at": iso(trade.updated_at),
        "cancelable": status in LIVE,
        "force_processable": status in LIVE,
    }


def _exit_side(trade: SmartTrade) -> str:
    return "sell" if trade.side == "buy" else "buy"


def _entry_row(trade: SmartTrade) -> dict[str, Any]:
    return _row(
        trade,
        row_id=trade.entry_id,
        purpose="position",
        status=trade.entry_status,
        side=trade.side,
        order_type=trade.entry_order_type,
        units=trade.units,
        price=trade.entry,
        order_price=trade.entry if trade.entry_order_type == "limit" else None,
        filled=trade.entered,
    )


def _target_row(trade: SmartTrade, target: Target) -> dict[str, Any]:
    row = _row(
        trade,
        row_id=target.id,
        purpose="take_profit",
        status=target.status,
        side=_exit_side(trade),
        order_type=target.order_type,
        units=target.units,
        price=target.price,
        order_price=target.price if target.order_type == "limit" else None,
        filled=target.filled,
    )
    row["position_percentage"] = number(target.volume)
    if target.order_type == "market":
        row |= {
            "trigger_type": "conditional",
            "trigger_price": number(target.price),
            "trigger_condition": "greater_or_equal" if trade.side == "buy" else "less_or_equal",
        }
    if target.trailing_percent is not None:
        row |= {"trailing_enabled": True, "trail_percentage": number(target.trailing_percent)}
    return row


def _stop_row(trade: SmartTrade, stop: Stop) -> dict[str, Any]:
    row = _row(
        trade,
        row_id=stop.id,
        purpose="stop_loss",
        status=stop.status,
        side=_exit_side(trade),
        order_type=stop.order_type,
        units=trade.entered,
        price=stop.limit or stop.trigger,
        order_price=stop.limit,
    )
    row |= {
        "trigger_type": "conditional",
        "trigger_price": number(stop.trigger),
        "trigger_condition": "less_or_equal" if trade.side == "buy" else "greater_or_equal",
    }
    if stop.trailing_percent is not None:
        row |= {"trailing_enabled": True, "trail_percentage": number(stop.trailing_percent)}
    return row
