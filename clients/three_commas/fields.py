"""Single fields of 3Commas' JSON, read with care.

Numbers arrive as text or as numbers, some with 50 decimals or an exponent; times as ISO 8601, in Simple Trading as unix seconds.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from domain.errors import AnswerLost
from domain.trading import Side
from domain.values import THREE_COMMAS

Row = Mapping[str, object]

LONGEST_WORD = 300
LARGEST_EXPONENT = 60
"""Amounts beyond ten to this power, or below its inverse, are no amounts."""
LATEST_UNIX_S = 32_503_680_000
"""The year 3000: anything later is no time in seconds."""


def lost(code: str) -> AnswerLost:
    """Something else than 3Commas' documented answer."""
    return AnswerLost(THREE_COMMAS, code=code)


def objects(body: object) -> list[Row]:
    """A list of objects. Raises AnswerLost for anything else: a page, nothing, `{}` or `null` is never an empty list."""
    if not isinstance(body, list):
        raise lost("not_a_list")
    for item in body:
        if not isinstance(item, dict):
            raise lost("not_an_object")
    return body


def rows(body: object) -> list[Row]:
    """A listing's rows: objects with an integer `id` each. Raises AnswerLost."""
    return [row(item) for item in objects(body)]


def row(body: object) -> Row:
    """One object with an integer `id`. Raises AnswerLost."""
    if not isinstance(body, dict):
        raise lost("not_an_object")
    integer(body, "id")
    return body


def integer(item: Row, field: str) -> int:
    """Raises AnswerLost."""
    value = item.get(field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise lost(f"no_{field}")
    return value


def obj(item: Row, field: str) -> Row:
    """An object inside an object. Raises AnswerLost."""
    value = item.get(field)
    if not isinstance(value, dict):
        raise lost(f"no_{field}")
    return value


def obj_or_empty(item: Row, field: str) -> Row:
    value = item.get(field)
    return value if isinstance(value, dict) else {}


def entries(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def text(value: object) -> str:
    """A short word of the service's own vocabulary: a code, a link."""
    return value.strip() if isinstance(value, str) and len(value) <= LONGEST_WORD else ""


def word(item: Row, field: str) -> str:
    """A word that has to be there, such as a status: without it nobody knows what the row means. Raises AnswerLost."""
    found = text(item.get(field))
    if not found:
        raise lost(f"no_{field}")
    return found


def amount(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= LARGEST_EXPONENT else None


def needed_amount(item: Row, field: str) -> Decimal:
    """Raises AnswerLost."""
    found = amount(item.get(field))
    if found is None:
        raise lost(f"no_{field}")
    return found


def price(value: object) -> Decimal | None:
    """An amount above zero: 3Commas writes 0 where there is no price."""
    found = amount(value)
    return found if found is not None and found > 0 else None


def side(value: object) -> Side:
    """`buy` and `sell`, in any case. Raises AnswerLost."""
    word = text(value).lower()
    if word not in (Side.BUY, Side.SELL):
        raise lost("no_side")
    return Side(word)


def moment(value: object) -> datetime | None:
    """ISO 8601 with an offset, or whole unix seconds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC) if 0 < value < LATEST_UNIX_S else None
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
