"""3Commas' JSON as the domain's values.

Unknown fields are ignored.
Source: 3Commas' documentation (account, smart trade and deal entities, supported markets list).
"""

import ipaddress
from decimal import Decimal

from clients.foreign_text import name, said
from clients.three_commas.fields import Row, amount, entries, integer, lost, moment, obj, price, text
from domain.markets import MarketListing
from domain.ports import Deal, DealStep, Safety, ThreeCommasAccount, Trade

PLAN_FIELDS = (
    "position",
    "take_profit",
    "stop_loss",
    "leverage",
    "reduce_funds",
    "instant",
    "skip_enter_step",
    "note_raw",
)


TAKE_PROFIT_OF = {
    "total": "total",
    "total_bought_volume": "total",
    "base": "base",
    "base_order_volume": "base",
}
"""`take_profit_type` as the page on bots and the older one on deals spell it."""
SAFETY_COUNTS = ("max_safety_orders", "completed_safety_orders_count", "current_active_safety_orders_count")


def account(item: Row) -> ThreeCommasAccount:
    market_code = text(item.get("market_code"))
    if not market_code:
        raise lost("account_without_market")
    return ThreeCommasAccount(
        id=integer(item, "id"),
        name=name(item.get("name")),
        exchange_name=name(item.get("exchange_name")),
        market_code=market_code,
        key_invalid=item.get("api_key_invalid") is True,
        keys_state=name(item.get("api_keys_state")),
        locked=item.get("is_locked") is True,
        lock_reason=name(item.get("lock_reason")),
        usd_amount=amount(item.get("usd_amount")),
        updated_at=moment(item.get("updated_at")),
    )


def trade(item: Row) -> Trade:
    data = obj(item, "data")
    status = obj(item, "status")
    return Trade(
        id=integer(item, "id"),
        account_id=integer(obj(item, "account"), "id"),
        pair=name(item.get("pair")),
        type=name(data.get("type")),
        status=name(status.get("type")),
        error=_trade_error(item, status),
        created_at=moment(data.get("created_at")),
        closed_at=moment(data.get("closed_at")),
        plan={field: _numbers_as_text(item[field]) for field in PLAN_FIELDS if field in item},
        entered_amount=amount(data.get("entered_amount")),
        closed_amount=amount(data.get("closed_amount")),
        updated_at=moment(data.get("updated_at")),
    )


def deal(item: Row) -> Deal:
    return Deal(
        id=integer(item, "id"),
        account_id=integer(item, "account_id"),
        bot_name=name(item.get("bot_name")),
        pair=name(item.get("pair")),
        status=name(item.get("status")),
        has_error=item.get("deal_has_error") is True,
        error=said(item.get("error_message")) or said(item.get("failed_message")),
        created_at=moment(item.get("created_at")),
        updated_at=moment(item.get("updated_at")),
        closed_at=moment(item.get("closed_at")),
        strategy=name(item.get("strategy")),
        bought_amount=amount(item.get("bought_amount")),
        bought_average_price=price(item.get("bought_average_price")),
        take_profit_price=price(item.get("take_profit_price")),
        stop_loss_price=price(item.get("stop_loss_price")),
        take_profit_trails=item.get("trailing_enabled") is True,
        bought_volume=amount(item.get("bought_volume")),
        sold_amount=amount(item.get("sold_amount")),
        take_profit_percent=price(item.get("take_profit")),
        take_profit_of=TAKE_PROFIT_OF.get(text(item.get("take_profit_type")), ""),
        take_profit_steps=tuple(_deal_step(step) for step in entries(item.get("take_profit_steps"))),
        closes_on_condition=bool(entries(item.get("close_strategy_list"))),
        stop_trails=item.get("tsl_enabled") is True,
        leverage_type=_leverage_type(item),
        leverage=price(item.get("leverage_custom_value")),
        safety=_safety(item),
    )


def _deal_step(step: object) -> DealStep:
    told = step if isinstance(step, dict) else {}
    return DealStep(
        price=price(told.get("price")),
        share=price(told.get("amount_percentage")),
        done=moment(told.get("execution_timestamp")) is not None,
    )


def _leverage_type(item: Row) -> str:
    told = text(item.get("leverage_type"))
    return told if told in ("cross", "isolated") else ""


def _safety(item: Row) -> Safety | None:
    """None unless all three are told."""
    counts = [item.get(field) for field in SAFETY_COUNTS]
    most, filled, standing = (count if type(count) is int and count >= 0 else None for count in counts)
    return None if most is None or filled is None or standing is None else Safety(most, filled, standing)


def market_list(body: object) -> tuple[MarketListing, ...]:
    """Raises AnswerLost for anything but a list of markets; an empty one is no market list."""
    if not isinstance(body, list) or not body:
        raise lost("no_market_list")
    return tuple(_market(item) for item in body)


def _market(item: object) -> MarketListing:
    if not isinstance(item, dict):
        raise lost("no_market_list")
    market_code, title = text(item.get("market_code")), name(item.get("market_name"))
    if not market_code or not title:
        raise lost("no_market_list")
    form = item.get("form_fields")
    required = form.get("required") if isinstance(form, dict) else None
    link = text(item.get("help_link"))
    return MarketListing(
        market_code=market_code,
        name=title,
        help_link=link if link.startswith("https://") else "",
        required_fields=tuple(
            field for entry in entries(required) if isinstance(entry, dict) and (field := text(entry.get("field")))
        ),
        flows=frozenset(
            flow for flow in entries(item.get("available_connection_flows")) if flow in ("form", "fast_connect")
        ),
        trusted_ips=_addresses(item.get("trusted_ips")),
        ips_input=text(item.get("trusted_ips_input_type")) or "inline",
    )


def _trade_error(item: Row, status: Row) -> str:
    """The trade's own error, else that of its entry, else that of its targets or stop."""
    places: list[object] = [status, item.get("position"), item.get("stop_loss")]
    targets = item.get("take_profit")
    places += entries(targets.get("steps")) if isinstance(targets, dict) else ()
    for place in places:
        inner = place.get("status", place) if isinstance(place, dict) else None
        if isinstance(inner, dict) and (told := said(inner.get("error"))):
            return told
    return ""


def _numbers_as_text(value: object) -> object:
    match value:
        case bool():
            return value
        case int() | Decimal():
            return str(value)
        case list():
            return [_numbers_as_text(item) for item in value]
        case dict():
            return {field: _numbers_as_text(item) for field, item in value.items()}
        case _:
            return value


def _addresses(value: object) -> tuple[str, ...]:
    """All of them or none: a list with one address missing would lock 3Commas out, "copy them from the window" does not."""
    addresses: list[str] = []
    for item in entries(value):
        try:
            ipaddress.ip_network(text(item), strict=False)
        except ValueError:
            return ()
        addresses.append(text(item))
    return tuple(addresses)
