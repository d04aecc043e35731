"""Grid bots and orders of Simple Trading as JSON. Grid bots number their orders with integers, deals with text."""

from typing import Any

from sandbox.three_commas.grid_state import GridBot, GridOrder
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.text import iso, number

LIVE = "order_placed"


def grid_entity(bot: GridBot) -> dict[str, Any]:
    rates = [line.rate for line in bot.lines]
    return {
        "id": bot.id,
        "account_id": bot.account_id,
        "name": bot.name,
        "pair": bot.pair,
        "is_enabled": bot.is_enabled,
        "grids_quantity": len(bot.lines),
        "upper_price": number(max(rates)) if rates else "0.0",
        "lower_price": number(min(rates)) if rates else "0.0",
        "grid_price_step": number(bot.step),
        "grid_lines": [
            {
                "id": line.id,
                "price": number(line.rate),
                "side": line.order_type.capitalize(),
                "order_placed": line.status == "Active",
            }
            for line in bot.lines
        ],
        "created_at": iso(bot.created_at),
        "updated_at": iso(bot.updated_at),
    }


def grid_market_orders(lines: list[GridOrder], balancing: list[GridOrder]) -> dict[str, Any]:
    """Balancing rows spell the time of their last change as the documented sample does."""
    rows = [_grid_order(order) for order in balancing]
    return {
        "grid_lines_orders": [_grid_order(order) for order in lines],
        "balancing_orders": [{("update_at" if k == "updated_at" else k): v for k, v in row.items()} for row in rows],
    }


def _grid_order(order: GridOrder) -> dict[str, Any]:
    filled = order.quantity - order.remaining
    return {
        "order_id": order.id,
        "order_type": order.order_type,
        "status_string": order.status,
        "created_at": iso(order.created_at),
        "updated_at": iso(order.updated_at),
        "quantity": number(order.quantity),
        "quantity_remaining": number(order.remaining),
        "total": number(filled * order.rate),
        "rate": number(order.rate),
        "average_price": number(order.rate) if filled else "0.0",
    }


def simple_entity(trade: SimpleTrade) -> dict[str, Any]:
    """Times are unix seconds here and nowhere else."""
    return {
        "uuid": trade.uuid,
        "account_id": trade.account_id,
        "pair": trade.pair,
        "created_at": int(trade.created_at.timestamp()),
        "closed_at": int(trade.closed_at.timestamp()) if trade.closed_at else None,
        "order": {
            "type": "limit",
            "side": trade.side,
            "strategy": "gtc",
            "position_side": "both",
            "reduce_only": trade.reduce_only,
        },
        "units": {"value": number(trade.units)},
        "price": {"value": number(trade.price)},
        "total": {"value": number(trade.units * trade.price)},
        "conditional": {"enabled": False},
        "trailing": {"enabled": False},
        "timeout": {"enabled": False},
        "leverage": {"enabled": False},
        "status": {"value": trade.status, "error": trade.error},
        "filled": {
            "units": number(trade.filled),
            "total": number(trade.filled * trade.price),
            "price": number(trade.price) if trade.filled else None,
            "value": number((trade.filled / trade.units * 100) if trade.units else trade.units),
        },
        "data": {"cancelable": trade.status == LIVE},
    }
