"""The one table from what went wrong to a sentence and a next step. No other module turns an exception into words.

Whatever has no row becomes an apology with an incident number, and the same number stands in the log.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.buttons import Open, Press
from bot.logs import log, where
from bot.reply import Reply, to_json
from bot.texts import Html, code, say
from domain import errors
from domain.access import KeyGone
from domain.markets import VENUE_NAMES
from domain.values import THREE_COMMAS


@dataclass(frozen=True, slots=True)
class Advice:
    """`key` is the sentence; `next` the command that its button opens."""

    key: str
    next: str


ADVICE: Mapping[type[Exception], Advice] = {
    errors.KeyRefused: Advice("error-key-refused", "update"),
    errors.TokenRefused: Advice("error-token-refused", "connect"),
    errors.RightMissing: Advice("error-right-missing", "connect"),
    errors.PlanWithoutApi: Advice("error-plan-without-api", "check"),
    errors.NotThere: Advice("error-not-there", "check"),
    errors.Refused: Advice("error-refused", "help"),
    errors.TimedOut: Advice("error-timed-out", "check"),
    errors.ServiceDown: Advice("error-service-down", "check"),
    errors.AnswerLost: Advice("error-answer-lost", "check"),
    errors.TooManyRequests: Advice("error-too-many-requests", "check"),
    errors.Unavailable: Advice("error-unavailable", "check"),
    errors.Surprise: Advice("error-surprise", "help"),
    errors.SupportError: Advice("error-surprise", "help"),
    KeyGone: Advice("error-key-gone", "connect"),
}


def service_name(service: str) -> Html:
    """How a trader calls it."""
    return Html("3Commas") if service == THREE_COMMAS else Html(VENUE_NAMES.get(service, service.capitalize()))


def advice_for(error: BaseException) -> Advice | None:
    for kind in type(error).__mro__:
        if kind in ADVICE:
            return ADVICE[kind]
    return None


def words(error: BaseException) -> Html | None:
    """The sentence for an error, or None where it has no row."""
    advice = advice_for(error)
    if advice is None:
        return None
    values: dict[str, Any] = {
        "service": Html(""),
        "said": Html(""),
        "right": Html(""),
        "seconds": 0,
        "incident": Html(""),
    }
    if isinstance(error, errors.SupportError):
        values["service"] = service_name(error.service)
        values["said"] = code(error.said) if error.said else code(error.code or "-")
    if isinstance(error, errors.RightMissing):
        values["right"] = code(error.right) if error.right else say("right-some")
    if isinstance(error, errors.TooManyRequests):
        values["seconds"] = max(1, round(error.retry_after_s))
    if isinstance(error, errors.Surprise):
        incident = new_incident()
        log.error(
            "an answer that we do not understand",
            incident=incident,
            service=error.service,
            code=error.code,
            where=where(error),
        )
        values["incident"] = code(incident)
    return say(advice.key, **values)


def reply_for(error: BaseException) -> Reply | None:
    """Sentence and next step for an error that reached the edge; None where it has no row."""
    text, advice = words(error), advice_for(error)
    if text is None or advice is None:
        return None
    return Reply(text, ((Press(say(f"button-open-{advice.next}"), Open(advice.next)),),))


def new_incident() -> str:
    """Short enough to read out, rare enough to find in the log."""
    return secrets.token_hex(3).upper()


def sorry(incident: str) -> dict[str, Any]:
    """The apology, as the outbox keeps it."""
    return to_json(
        Reply(say("error-incident", incident=code(incident)), ((Press(say("button-open-help"), Open("help")),),))
    )
