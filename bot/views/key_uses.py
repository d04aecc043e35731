"""Uses of a key in words: when, what for, set off by what, and how it went. Alike ones that follow each other are one row.

The log keeps each use (L6); a watch that looks every few seconds would leave nothing else to be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
)
from domain.records import Use
from domain.set_up import again as set_up_again

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


TOGETHER = timedelta(minutes=5)
"""So near each other two alike uses are told as one row; a watch looks once a minute at the slowest."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Uses with the same purpose, trigger and result, of which each came soon after the one before."""

    newest: Use
    since: datetime
    """The oldest of them."""
    times: int = 1

    def goes_on_with(self, older: Use) -> bool:
        alike = replace(older, at=self.newest.at) == self.newest
        return alike and self.since - older.at <= TOGETHER


def together(uses: Sequence[Use]) -> list[Uses]:
    """`uses` newest first, as the log tells them; so are the rows. A refusal is never folded into what worked."""
    rows: list[Uses] = []
    for use in uses:
        if rows and rows[-1].goes_on_with(use):
            rows[-1] = replace(rows[-1], since=use.at, times=rows[-1].times + 1)
        else:
            rows.append(Uses(use, use.at))
    return rows


def uses_row(uses: Uses) -> Html:
    use = uses.newest
    return say(
        "keys-log-row",
        at=_when(uses.since, use.at),
        purpose=_word(PURPOSES, use.purpose),
        trigger=_word(TRIGGERS, use.trigger),
        times=say("keys-log-times", times=uses.times) if uses.times > 1 else Html(""),
        result=_word(RESULTS, use.result),
    )


def _when(since: datetime, at: datetime) -> Html:
    """A time, or from when to when."""
    if since.replace(second=0, microsecond=0) == at.replace(second=0, microsecond=0):
        return moment(at, "full")
    end = moment(at, "clock" if at - since < timedelta(days=1) else "full")
    return say("keys-log-span", since=moment(since, "full"), at=end)


def _word(words: Mapping[str, str], logged: str) -> Html:
    """An older entry may hold a word that is not in use any more; it is shown as it was written."""
    key = words.get(logged)
    return code(logged, 40) if key is None else say(key)
