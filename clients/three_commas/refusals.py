"""What 3Commas' refusals mean.

Bodies come as JSON, as plain text and as HTML pages of the edge; `error` as text or object, `error_attributes` as text or object.
Source: 3Commas' documentation, "Errors"; recorded answers for 429 about the plan and for 401.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from clients.foreign_text import said
from clients.transport import Answer
from domain.errors import (
    NotThere,
    PlanWithoutApi,
    RightMissing,
    ServiceDown,
    SupportError,
    Surprise,
    TokenRefused,
    TooManyRequests,
)
from domain.values import THREE_COMMAS

RATE_PAUSE_S = 300.0
"""Documented block after too many requests; neither `Retry-After` nor any counter is sent."""
BAN_PAUSE_S = 120.0
"""Shortest documented ban of an address (418) that went on after 429; it grows with each repetition."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refusal says: `code` is its `error`, else the status; `said` is cleaned."""

    code: str
    said: str


def refusal_of(answer: Answer, body: object, hide: Sequence[str]) -> Refusal:
    code, text = _told(answer, body)
    return Refusal(code, said(text, hide=hide))


def error_of(answer: Answer, body: object, right: str, hide: Sequence[str]) -> SupportError:
    """The domain's error for an answer outside 2xx. `body`: its JSON, or anything else if it is none."""
    code, text = _told(answer, body)
    shown = said(text, hide=hide)
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return TokenRefused(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.FORBIDDEN if "subscription" in text.lower():
            return PlanWithoutApi(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.FORBIDDEN if "not owned by" in text.lower():
            return NotThere(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.FORBIDDEN:
            return RightMissing(THREE_COMMAS, right, code=code, said=shown)
        case HTTPStatus.NOT_FOUND:
            return NotThere(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.BAD_REQUEST if code.lower() in ("not found", "not_found"):
            return NotThere(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.BAD_REQUEST if "unknown pair" in text.lower():
            return NotThere(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.TOO_MANY_REQUESTS if "subscription plan" in text.lower():
            return PlanWithoutApi(THREE_COMMAS, code=code, said=shown)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return TooManyRequests(THREE_COMMAS, max(RATE_PAUSE_S, _retry_after(answer)), code="429", said=shown)
        case HTTPStatus.IM_A_TEAPOT:
            return TooManyRequests(THREE_COMMAS, max(BAN_PAUSE_S, _retry_after(answer)), code="418", said=shown)
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ServiceDown(THREE_COMMAS, code=str(status), said=shown)
        case _:
            return Surprise(THREE_COMMAS, code=code, said=shown)


def is_transient(body: object) -> bool:
    """A good status around an `error` that is an object, such as `{"error": {"status_code": 502}}`: a stumble inside 3Commas."""
    return isinstance(body, dict) and isinstance(body.get("error"), dict)


def _told(answer: Answer, body: object) -> tuple[str, str]:
    """(code, text). The code is `error`, else the status; the text is everything that is said, in reading order."""
    if not isinstance(body, dict):
        return str(answer.status), answer.content[:2000].decode("utf-8", "replace")
    error = body.get("error")
    parts = [*_texts(error), *_texts(body.get("error_description")), *_texts(body.get("error_attributes"))]
    code = error if isinstance(error, str) and len(error) <= 60 else str(answer.status)
    return said(code) or str(answer.status), ": ".join(dict.fromkeys(parts))


def _texts(value: object) -> list[str]:
    """Every text in a small piece of JSON; names of fields stand before what is said about them."""
    match value:
        case str():
            return [value] if value.strip() else []
        case Mapping():
            return [f"{name}: {', '.join(inner)}" for name, content in value.items() if (inner := _texts(content))]
        case list():
            return [text for item in value for text in _texts(item)]
        case _:
            return []


def _retry_after(answer: Answer) -> float:
    value = answer.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 8 else 0.0
