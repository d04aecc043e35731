"""How the API writes things: times in UTC with milliseconds and Z, number-likes as strings."""

from datetime import UTC, datetime
from decimal import Decimal


def iso(at: datetime | None) -> str | None:
    """`2026-01-02T03:04:05.678Z`"""
    if at is None:
        return None
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def number(value: Decimal) -> str:
    """Plain digits with at least one decimal: `4.0`, `0.0354`. All of them: arithmetic would round to 28."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain if "." in plain else f"{plain}.0"


def number_or_none(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def for_people(value: Decimal) -> str:
    """Two decimals and thousands apart: `7,412.50`."""
    return f"{value:,.2f}"


def money(value: Decimal) -> dict[str, str]:
    return {"currency": "USD", "amount": number(value)}
