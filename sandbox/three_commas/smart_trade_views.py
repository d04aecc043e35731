"""SmartTrades as JSON: the entity and its trade rows. A closed trade has lost what it did not execute."""

from decimal import Decimal
from typing import Any

from sandbox.three_commas.account_views import Worth
from sandbox.three_commas.markets import market_of
from sandbox.three_commas.pairs import base_of, quote_of
from sandbox.three_commas.state import Account, SmartTrade, Stop, Target
from sandbox.three_commas.statuses import (
    CANCELLABLE,
    CLOSABLE,
    EDITABLE,
    FINAL_SMART_TRADE,
    ORDER_TITLES,
    PLAN_GONE,
    SMART_TRADE_TITLES,
)
from sandbox.three_commas.text import iso, number, number_or_none

ZERO = Decimal(0)
FEE_PERCENT = Decimal("0.1")
SPREAD = Decimal("0.0005")
EXECUTED = ("finished",)


def type_of(trade: SmartTrade) -> str:
    """The six types. A take-over is named after its exit: `smart_sell` manages a long."""
    if trade.instant:
        return f"simple_{trade.side}"
    if trade.skip_enter_step:
        return "smart_sell" if trade.side == "buy" else "smart_buy"
    return "smart_trade" if trade.side == "buy" else "smart_cover"


def price_of(trade: SmartTrade, worth: Worth) -> Decimal:
    """What the profit is counted with: the closing price, the price at which it stands still, or that of now."""
    return trade.closed_price or trade.frozen_price or worth(base_of(trade.pair))


def profit_of(trade: SmartTrade, worth: Worth) -> tuple[Decimal, Decimal]:
    """Profit in the quote currency and in percent of what was entered.

    A failed or cancelled trade keeps what its finished targets brought; what happens to the rest is not its business.
    """
    spent = trade.entered * trade.entry
    if not spent:
        return ZERO, ZERO
    direction = 1 if trade.side == "buy" else -1
    if trade.status in ("failed", "cancelled"):
        done = [target for target in trade.targets if target.status in EXECUTED]
        gain = sum(((target.price - trade.entry) * target.units for target in done), ZERO) * direction
    else:
        gain = (price_of(trade, worth) - trade.entry) * trade.entered * direction
    return gain, gain / spent * 100


def shown_targets(trade: SmartTrade) -> list[Target]:
    if trade.status not in PLAN_GONE:
        return trade.targets
    return [target for target in trade.targets if target.status in EXECUTED]


def shown_stop(trade: SmartTrade) -> Stop | None:
    if trade.stop is None or trade.status not in PLAN_GONE or trade.stop.status in EXECUTED:
        return trade.stop
    return None


def _status(kind: str, titles: dict[str, str], error: str | None = None) -> dict[str, str]:
    status = {"type": kind, "basic_type": kind, "title": titles[kind]}
    return status | {"error": error} if error else status


def smart_trade_entity(trade: SmartTrade, account: Account, worth: Worth, *, extra_keys: bool) -> dict[str, Any]:
    profit, percent = profit_of(trade, worth)
    leverage = trade.leverage
    entity: dict[str, Any] = {
        "id": trade.id,
        "version": 2,
        "account": {
            "id": account.id,
            "type": account.market_code,
            "name": account.name,
            "market": market_of(account.market_code).name,
            "link": f"/accounts/{account.id}",
        },
        "pair": trade.pair,
        "instant": trade.instant,
        "status": _status(trade.status, SMART_TRADE_TITLES, trade.error),
        "leverage": {"enabled": False}
        if leverage is None
        else {"enabled": True, "type": leverage.kind, "value": number(leverage.value), "type_editable": False},
        "position": _position(trade),
        "take_profit": {
            "enabled": bool(trade.targets),
            "price_type": "value",
            "steps": [_step(trade, place, target) for place, target in enumerate(shown_targets(trade), 1)],
        },
        "stop_loss": _stop_loss(trade, shown_stop(trade)),
        "reduce_funds": {"steps": []},
        "market_close": {},
        "note": trade.note,
        "note_raw": trade.note or None,
        "skip_enter_step": trade.skip_enter_step,
        "data": _data(trade, worth),
        "profit": {
            "volume": number(profit),
            "usd": number(profit),
            "percent": number(percent.quantize(Decimal("0.01"))),
            "roe": number((percent * leverage.value).quantize(Decimal("0.01"))) if leverage else None,
        },
        "margin": {
            "amount": number((trade.entered * trade.entry / leverage.value).quantize(Decimal("1e-8")))
            if leverage
            else None,
            "total": None,
        },
        "is_position_not_filled": not trade.entered,
    }
    if extra_keys:
        entity["share_card"] = {"enabled": False}
    return entity


def _position(trade: SmartTrade) -> dict[str, Any]:
    editable = trade.status in EDITABLE
    position: dict[str, Any] = {
        "type": trade.side,
        "editable": editable,
        "units": {"value": number(trade.units), "editable": False},
        "price": {"value": number(trade.entry), "value_without_commission": None, "editable": editable},
        "total": {"value": number(trade.units * trade.entry)},
        "order_type": trade.entry_order_type,
        "status": _status(trade.entry_status, ORDER_TITLES, trade.error),
    }
    if not trade.skip_enter_step and trade.entered:
        position["price"]["value_without_commission"] = number(trade.entry)
    if trade.entry_order_type == "conditional":
        position["conditional"] = {
            "editable": editable,
            "price": {"value": number(trade.entry), "type": "ask" if trade.side == "buy" else "bid"},
            "order_type": "market",
            "trailing": {"enabled": False, "percent": None},
        }
    return position


def _trailing(percent: Decimal | None) -> dict[str, Any]:
    return {"enabled": percent is not None, "percent": number_or_none(percent)}


def _step(trade: SmartTrade, place: int, target: Target) -> dict[str, Any]:
    placed = target.status != "idle"
    step: dict[str, Any] = {
        "id": target.id,
        "order_type": target.order_type,
        "editable": trade.status in EDITABLE and target.status not in EXECUTED,
        "units": {"value": number(target.units) if placed else None},
        "price": {"type": "last", "value": number(target.price), "percent": None},
        "volume": number(target.volume),
        "total": number(target.units * target.price) if placed else None,
        "trailing": _trailing(target.trailing_percent),
        "status": _status(target.status, ORDER_TITLES),
        "data": {
            "cancelable": target.status in ("order_placed", "to_process", "trailing_activated"),
            "panic_sell_available": target.status in ("order_placed", "to_process", "trailing_activated"),
        },
        "position": place,
    }
    if target.closed_at is not None:
        step["closed_at"] = iso(target.closed_at)
    return step


def _stop_loss(trade: SmartTrade, stop: Stop | None) -> dict[str, Any]:
    if stop is None:
        return {"enabled": False}
    loss: dict[str, Any] = {
        "enabled": True,
        "price_type": "value",
        "breakeven": stop.breakeven,
        "order_type": stop.order_type,
        "editable": trade.status in EDITABLE,
        "units": {"value": number(trade.entered)},
        "total": {"value": number(trade.entered * stop.trigger)},
        "price": {"value": number_or_none(stop.limit), "percent": None},
        "conditional": {
            "price": {"value": number(stop.trigger), "type": "last", "percent": None},
            "trailing": _trailing(stop.trailing_percent),
        },
        "timeout": {"enabled": stop.timeout_s is not None, "value": stop.timeout_s},
        "status": _status(stop.status, ORDER_TITLES),
    }
    if stop.closed_at is not None:
        loss["closed_at"] = iso(stop.closed_at)
    return loss


def _data(trade: SmartTrade, worth: Worth) -> dict[str, Any]:
    price = price_of(trade, worth)
    taken = [(target.units if target.status in EXECUTED else target.filled, target.price) for target in trade.targets]
    closed = sum((units for units, _ in taken), ZERO)
    closed_total = sum((units * at for units, at in taken), ZERO)
    if trade.status in ("panic_sold", "stop_loss_finished"):
        closed, closed_total = trade.entered, trade.entered * price
    average_enter = number(trade.entry) if trade.entered and not trade.skip_enter_step else None
    average_close = number((closed_total / closed).quantize(Decimal("1e-8"))) if closed else None
    last = number(price)
    return {
        "editable": trade.status in EDITABLE,
        "current_price": {
            "bid": last,
            "ask": number((price * (1 + SPREAD)).quantize(Decimal("1e-8"))),
            "last": last,
            "quote_volume": "1234567.8",
            "day_change_percent": "0.9",
        },
        "target_price_type": "price",
        "orderbook_price_currency": quote_of(trade.pair),
        "base_order_finished": True,
        "missing_funds_to_close": "0.0",
        "liquidation_price": None,
        "average_enter_price": average_enter,
        "average_close_price": average_close,
        "average_enter_price_without_commission": average_enter,
        "average_close_price_without_commission": average_close,
        "panic_sell_available": trade.status in CLOSABLE,
        "add_funds_available": trade.status in EDITABLE and not trade.instant,
        "reduce_funds_available": trade.status == "waiting_targets",
        "force_start_available": trade.status == "waiting_position",
        "force_process_available": trade.status not in FINAL_SMART_TRADE,
        "cancel_available": trade.status in CANCELLABLE,
        "finished": trade.status in ("finished", "stop_loss_finished"),
        "base_position_step_finished": True,
        "entered_amount": number(trade.entered),
        "entered_total": number(trade.entered * trade.entry),
        "closed_amount": number(closed),
        "closed_total": number(closed_total),
        # The original sends both kinds, and so does this: it depends on nothing a reader could know.
        "commission": float(FEE_PERCENT / 100) if trade.id % 2 else number(FEE_PERCENT / 100),
        "created_at": iso(trade.created_at),
        "updated_at": iso(trade.updated_at),
        **({"closed_at": iso(trade.closed_at)} if trade.closed_at else {}),
        "type": type_of(trade),
    }
