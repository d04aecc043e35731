"""3Commas' JSON as the domain's values.

A listing is a list of objects with an integer `id` each; a page, nothing, `{}` or `null` is an answer that was lost, never an empty
list. Numbers arrive as text or as numbers, some with 50 decimals or an exponent. Unknown fields are ignored.
Source: 3Commas' documentation (account, smart trade and deal entities, supported markets list).
"""

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from clients.foreign_text import name, said
from domain.errors import AnswerLost
from domain.markets import MarketListing
from domain.ports import Deal, ThreeCommasAccount, Trade
from domain.values import THREE_COMMAS

Row = Mapping[str, object]

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
LONGEST_WORD = 300
LARGEST_EXPONENT = 60
"""Amounts beyond ten to this power, or below its inverse, are no amounts."""


def rows(body: object) -> list[Row]:
    """A listing's rows. Raises AnswerLost unless it is one."""
    if not isinstance(body, list):
        raise lost("not_a_list")
    return [row(item) for item in body]


def row(body: object) -> Row:
    """One object with an integer `id`. Raises AnswerLost."""
    if not isinstance(body, dict):
        raise lost("not_an_object")
    _integer(body, "id")
    return body


def account(item: Row) -> ThreeCommasAccount:
    market_code = _text(item.get("market_code"))
    if not market_code:
        raise lost("account_without_market")
    return ThreeCommasAccount(
        id=_integer(item, "id"),
        name=name(item.get("name")),
        exchange_name=name(item.get("exchange_name")),
        market_code=market_code,
        key_invalid=item.get("api_key_invalid") is True,
        keys_state=name(item.get("api_keys_state")),
        locked=item.get("is_locked") is True,
        lock_reason=name(item.get("lock_reason")),
        usd_amount=_amount(item.get("usd_amount")),
        updated_at=_moment(item.get("updated_at")),
    )


def trade(item: Row) -> Trade:
    data = _object(item, "data")
    status = _object(item, "status")
    return Trade(
        id=_integer(item, "id"),
        account_id=_integer(_object(item, "account"), "id"),
        pair=name(item.get("pair")),
        type=name(data.get("type")),
        status=name(status.get("type")),
        error=_trade_error(item, status),
        created_at=_moment(data.get("created_at")),
        closed_at=_moment(data.get("closed_at")),
        plan={field: _numbers_as_text(item[field]) for field in PLAN_FIELDS if field in item},
    )


def deal(item: Row) -> Deal:
    return Deal(
        id=_integer(item, "id"),
        account_id=_integer(item, "account_id"),
        bot_name=name(item.get("bot_name")),
        pair=name(item.get("pair")),
        status=name(item.get("status")),
        has_error=item.get("deal_has_error") is True,
        error=said(item.get("error_message")) or said(item.get("failed_message")),
        created_at=_moment(item.get("created_at")),
        updated_at=_moment(item.get("updated_at")),
    )


def market_list(body: object) -> tuple[MarketListing, ...]:
    """Raises AnswerLost for anything but a list of markets; an empty one is no market list."""
    if not isinstance(body, list) or not body:
        raise lost("no_market_list")
    return tuple(_market(item) for item in body)


def _market(item: object) -> MarketListing:
    if not isinstance(item, dict):
        raise lost("no_market_list")
    market_code, title = _text(item.get("market_code")), name(item.get("market_name"))
    if not market_code or not title:
        raise lost("no_market_list")
    form = item.get("form_fields")
    required = form.get("required") if isinstance(form, dict) else None
    link = _text(item.get("help_link"))
    return MarketListing(
        market_code=market_code,
        name=title,
        help_link=link if link.startswith("https://") else "",
        required_fields=tuple(
            field for entry in _list(required) if isinstance(entry, dict) and (field := _text(entry.get("field")))
        ),
        flows=frozenset(
            flow for flow in _list(item.get("available_connection_flows")) if flow in ("form", "fast_connect")
        ),
        trusted_ips=_addresses(item.get("trusted_ips")),
        ips_input=_text(item.get("trusted_ips_input_type")) or "inline",
    )


def lost(code: str) -> AnswerLost:
    """Something else than 3Commas' documented answer."""
    return AnswerLost(THREE_COMMAS, code=code)


def _integer(item: Row, field: str) -> int:
    value = item.get(field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise lost(f"no_{field}")
    return value


def _object(item: Row, field: str) -> Row:
    value = item.get(field)
    if not isinstance(value, dict):
        raise lost(f"no_{field}")
    return value


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    """A short word of the service's own vocabulary: a code, a link."""
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_WORD else ""


def _amount(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) <= LARGEST_EXPONENT else None


def _moment(value: object) -> datetime | None:
    """ISO 8601 with an offset."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _trade_error(item: Row, status: Row) -> str:
    """The trade's own error, else that of its entry, else that of its targets or stop."""
    places: list[object] = [status, item.get("position"), item.get("stop_loss")]
    targets = item.get("take_profit")
    places += _list(targets.get("steps")) if isinstance(targets, dict) else ()
    for place in places:
        inner = place.get("status", place) if isinstance(place, dict) else None
        if isinstance(inner, dict) and (text := said(inner.get("error"))):
            return text
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
    for item in _list(value):
        try:
            ipaddress.ip_network(_text(item), strict=False)
        except ValueError:
            return ()
        addresses.append(_text(item))
    return tuple(addresses)
