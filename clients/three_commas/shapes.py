"""3Commas' JSON as the domain's values.

A listing is a list of objects with an integer `id` each; a page, nothing, `{}` or `null` is an answer that was lost, never an empty
list. Numbers arrive as text or as numbers, some with 50 decimals or an exponent. Unknown fields are ignored.
Source: 3Commas' documentation (account, smart trade and deal entities, supported markets list).
"""

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from clients.foreign_text import said
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
        name=said(item.get("name")),
        exchange_name=said(item.get("exchange_name")),
        market_code=market_code,
        key_invalid=item.get("api_key_invalid") is True,
        keys_state=said(item.get("api_keys_state")),
        locked=item.get("is_locked") is True,
        lock_reason=said(item.get("lock_reason")),
        usd_amount=_amount(item.get("usd_amount")),
        updated_at=_moment(item.get("updated_at")),
    )


def trade(item: Row) -> Trade:
    data = _object(item, "data")
    status = _object(item, "status")
    return Trade(
        id=_integer(item, "id"),
        account_id=_integer(_object(item, "account"), "id"),
        pair=said(item.get("pair")),
        type=said(data.get("type")),
        status=said(status.get("type")),
        error=_trade_error(item, status),
        created_at=_moment(data.get("created_at")),
        closed_at=_moment(data.get("closed_at")),
        plan={name: _numbers_as_text(item[name]) for name in PLAN_FIELDS if name in item},
    )


def deal(item: Row) -> Deal:
    return Deal(
        id=_integer(item, "id"),
        account_id=_integer(item, "account_id"),
        bot_name=said(item.get("bot_name")),
        pair=said(item.get("pair")),
        status=said(item.get("status")),
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
    market_code, name = _text(item.get("market_code")), said(item.get("market_name"))
    if not market_code or not name:
        raise lost("no_market_list")
    form = item.get("form_fields")
    required = form.get("required") if isinstance(form, dict) else None
    link = _text(item.get("help_link"))
    return MarketListing(
        market_code=market_code,
        name=name,
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


def permissions(body: object) -> frozenset[str] | None:
    """Names such as ACCOUNTS_READ, wherever they stand: in a list, as names of booleans, nested. None if nothing like it is there.

    The answer's shape is not documented.
    """
    found: dict[str, bool] = {}
    _collect_permissions(body, "", found)
    if not found and body != []:
        return None
    return frozenset(name for name, granted in found.items() if granted)


_FAMILIES = ("ACCOUNTS", "SMART_TRADES", "BOTS")
_NAMES = frozenset(f"{family}_{right}" for family in _FAMILIES for right in ("READ", "WRITE"))


def _permission(*words: str) -> str | None:
    """The name that these words make up; older texts say SMART_TRADE_READ."""
    name = "_".join(word.upper().replace(" ", "_") for word in words if word).replace("SMART_TRADE_", "SMART_TRADES_")
    return name if name in _NAMES else None


def _collect_permissions(value: object, above: str, found: dict[str, bool]) -> None:
    """`above` is the name under which `value` stands: `{"accounts": {"read": true}}` counts as well."""
    match value:
        case str():
            if name := _permission(value) or _permission(above, value):
                found.setdefault(name, True)
        case list():
            for item in value:
                _collect_permissions(item, above, found)
        case dict():
            refused = any(content is False for content in value.values())
            for key, content in value.items():
                name = _permission(key) or _permission(above, key)
                if name is not None:
                    found[name] = content is True
                elif isinstance(content, str) and (name := _permission(content)) is not None:
                    found[name] = not refused  # {"name": "ACCOUNTS_READ", "granted": false}
                else:
                    _collect_permissions(content, key, found)


def lost(code: str) -> AnswerLost:
    """Something else than 3Commas' documented answer."""
    return AnswerLost(THREE_COMMAS, code=code)


def _integer(item: Row, name: str) -> int:
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise lost(f"no_{name}")
    return value


def _object(item: Row, name: str) -> Row:
    value = item.get(name)
    if not isinstance(value, dict):
        raise lost(f"no_{name}")
    return value


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _text(value: object) -> str:
    """A short word of the service's own vocabulary: a code, a link."""
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_WORD else ""


LONGEST_WORD = 300


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
            return {name: _numbers_as_text(item) for name, item in value.items()}
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
