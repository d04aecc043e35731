"""One use of a key in words: when, what for, set off by what, and how it went."""

from collections.abc import Mapping

from bot.texts import Html, code, say
from bot.texts.say import moment
from domain import (
    check_accounts,
    free_by_hand,
    linking,
    look_funds,
    look_orders,
    look_positions,
    look_trades,
    repair_watch,
    set_up_again,
)
from domain.records import Use

PURPOSES: Mapping[str, str] = {
    check_accounts.PURPOSE: "keys-purpose-check",
    linking.PURPOSE: "keys-purpose-link",
    repair_watch.PURPOSE: "keys-purpose-repair-watch",
    look_orders.PURPOSE: "keys-purpose-orders",
    free_by_hand.PURPOSE: "keys-purpose-order-watch",
    look_funds.PURPOSE: "keys-purpose-funds",
    look_positions.PURPOSE: "keys-purpose-positions",
    look_trades.PURPOSE: "keys-purpose-trades",
    set_up_again.PURPOSE: "keys-purpose-set-up",
    "connect": "keys-purpose-connect",
}
TRIGGERS: Mapping[str, str] = {
    "command": "keys-trigger-command",
    "button": "keys-trigger-button",
    "answer": "keys-trigger-answer",
    "watch": "keys-trigger-watch",
}
RESULTS: Mapping[str, str] = {
    "ok": "keys-result-ok",
    "interrupted": "keys-result-interrupted",
    "KeyRefused": "keys-result-key-refused",
    "TokenRefused": "keys-result-token-refused",
    "RightMissing": "keys-result-right-missing",
    "PlanWithoutApi": "keys-result-plan",
    "NotThere": "keys-result-not-there",
    "Refused": "keys-result-refused",
    "TimedOut": "keys-result-no-answer",
    "ServiceDown": "keys-result-down",
    "AnswerLost": "keys-result-broken-answer",
    "TooManyRequests": "keys-result-slow",
    "Unavailable": "keys-result-unavailable",
    "Surprise": "keys-result-surprise",
    "SupportError": "keys-result-surprise",
}
"""By the name of the error, as `domain/access.py` logs it."""


def use_row(use: Use) -> Html:
    return say(
        "keys-log-row",
        at=moment(use.at, "full"),
        purpose=_word(PURPOSES, use.purpose),
        trigger=_word(TRIGGERS, use.trigger),
        result=_word(RESULTS, use.result),
    )


def _word(words: Mapping[str, str], logged: str) -> Html:
    """An older entry may hold a word that is not in use any more; it is shown as it was written."""
    key = words.get(logged)
    return code(logged, 40) if key is None else say(key)
