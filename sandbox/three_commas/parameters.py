"""Parameters of a request, checked the way the original refuses them: 400 `record_invalid` with the parameter's name.

Strictness beyond the original: a parameter that an endpoint does not document is refused, because a misspelt filter
that is ignored in silence gives a wrong list with status 200.
"""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from sandbox.three_commas.errors import record_invalid, unknown_error

WRONG_VALUE = "does not have a valid value"
INVALID = "is invalid"
MISSING = "is missing"


class Parameters:
    """Query and body together; on a duplicate the query wins."""

    def __init__(self, values: Mapping[str, object], known: Collection[str]) -> None:
        self._values = values
        for name in values:
            if name not in known:
                raise record_invalid(**{name: INVALID})

    def text(self, name: str) -> str | None:
        value = self._values.get(name)
        return None if value is None else str(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise record_invalid(**{name: MISSING})
        if not value.strip():
            raise record_invalid(**{name: "is empty"})
        return value

    def integer(
        self, name: str, default: int | None = None, *, at_least: int = 0, at_most: int | None = None
    ) -> int | None:
        value = self.text(name)
        if value is None:
            return default
        try:
            found = int(value)
        except ValueError:
            raise record_invalid(**{name: INVALID}) from None
        if found < at_least or (at_most is not None and found > at_most):
            raise record_invalid(**{name: WRONG_VALUE})
        return found

    def size(self, name: str, default: int, *, at_least: int = 0, at_most: int | None = None) -> int:
        value = self.integer(name, default, at_least=at_least, at_most=at_most)
        return default if value is None else value

    def one_of(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self.text(name)
        if value is None:
            return default
        if value not in allowed:
            raise record_invalid(**{name: WRONG_VALUE})
        return value

    def flag(self, name: str) -> bool | None:
        """`true` and `"true"` are the same."""
        value = self.text(name)
        if value is None:
            return None
        if value.lower() not in ("true", "false"):
            raise record_invalid(**{name: INVALID})
        return value.lower() == "true"

    def time(self, name: str) -> datetime | None:
        """ISO 8601. Unix seconds trip the original's database with status 500."""
        value = self.text(name)
        if value is None:
            return None
        if value.isdigit():
            raise unknown_error("ActiveRecord::StatementInvalid")
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            raise record_invalid(**{name: INVALID}) from None
        return at if at.tzinfo else at.replace(tzinfo=UTC)


def read_parameters(method: str, query: str, content_type: str, body: bytes) -> dict[str, object]:
    """GET takes its query only; other methods take query, form and JSON, also mixed."""
    values: dict[str, object] = {}
    if method != "GET" and body:
        if content_type == "application/json":
            try:
                decoded = json.loads(body)
            except ValueError:
                raise unknown_error("JSON::ParserError") from None
            if not isinstance(decoded, dict):
                raise unknown_error("JSON::ParserError")
            values |= decoded
        else:
            values |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return values | dict(parse_qsl(query, keep_blank_values=True))
