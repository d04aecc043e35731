"""What Binance's refusals mean: codes and texts first, HTTP status where there is no code.

Sources: https://developers.binance.com/docs/binance-spot-api-docs/errors (spot, sapi),
https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code (fapi),
https://developers.binance.com/docs/binance-spot-api-docs/rest-api/limits (403, 418, 429).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from clients.exchanges.answers import Answer, said
from domain.causes import Cause
from domain.errors import (
    KeyRefused,
    NotThere,
    Refused,
    RightMissing,
    ServiceDown,
    SupportError,
    TimedOut,
    TooManyRequests,
)

VENUE = "binance"

USUAL_PAUSE_S = 60.0
"""Wait after 429 and 403 without `Retry-After`: budgets are counted per minute."""
SHORTEST_BAN_S = 120.0
"""Wait after 418 without `Retry-After`: bans last from two minutes to three days."""

_OWN_ADDRESS = re.compile(r"request ip: ?([0-9a-fA-F.:]{3,45})")
_MAINTENANCE = re.compile(r"under maintenance", re.IGNORECASE)

Verdict = Callable[[Answer, str], SupportError]
"""From an answer and the right that its call needs."""


def _key(*causes: Cause) -> Verdict:
    def verdict(answer: Answer, _right: str) -> SupportError:
        text = answer.value("msg")
        seen = _OWN_ADDRESS.search(text)
        address = seen[1].rstrip(".") if seen else None
        return KeyRefused(VENUE, causes, code=answer.value("code"), said=said(text), address=address)

    return verdict


def _right(answer: Answer, right: str) -> SupportError:
    return RightMissing(VENUE, right or "reading", code=answer.value("code"), said=said(answer.value("msg")))


def _plain(kind: type[SupportError]) -> Verdict:
    def verdict(answer: Answer, _right: str) -> SupportError:
        code = answer.value("code") or str(answer.status)
        return kind(VENUE, code=code, said=said(answer.value("msg")))

    return verdict


def _slow_down(usual_s: float) -> Verdict:
    def verdict(answer: Answer, _right: str) -> SupportError:
        return TooManyRequests(
            VENUE,
            answer.retry_after_s(default=usual_s),
            code=answer.value("code") or str(answer.status),
            said=said(answer.value("msg")),
        )

    return verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One code, and what its text must hold where one code means several things."""

    code: str
    verdict: Verdict
    text: str = ""


BY_CODE: tuple[Row, ...] = (
    Row("-2014", _key(Cause.KEY_UNKNOWN)),
    Row("-2008", _key(Cause.KEY_UNKNOWN)),
    Row("-2015", _key(Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING)),
    Row("-1022", _key(Cause.SECRET_WRONG)),
    Row("-1021", _key(Cause.CLOCK_OFF)),
    Row("-1002", _right),
    Row("-1005", _key(Cause.IP_NOT_ALLOWED)),
    Row("-2010", _key(Cause.ACCOUNT_RESTRICTED), text="disabled on this account"),
    Row("-2010", _key(Cause.ACCOUNT_RESTRICTED), text="may not place or cancel orders"),
    Row("-2010", _key(Cause.PERMISSION_MISSING), text="not permitted for this account"),
    Row("-2010", _plain(Refused)),
    Row("-2017", _key(Cause.ACCOUNT_RESTRICTED)),
    Row("-3022", _key(Cause.ACCOUNT_RESTRICTED)),
    Row("-4400", _key(Cause.ACCOUNT_RESTRICTED)),
    Row("-4401", _key(Cause.ACCOUNT_RESTRICTED)),
    Row("-4402", _key(Cause.REGION_BLOCKED)),
    Row("-1121", _plain(NotThere)),
    Row("-1003", _slow_down(USUAL_PAUSE_S)),
    Row("-1007", _plain(TimedOut)),
    Row("-1000", _plain(ServiceDown)),
    Row("-1001", _plain(ServiceDown)),
    Row("-1006", _plain(ServiceDown)),
    Row("-1008", _plain(ServiceDown)),
    Row("-10001", _plain(ServiceDown), text="maintenance"),
    Row("1", _plain(ServiceDown), text="maintenance"),
)
"""The first row whose code is the answer's and whose text stands in the answer's message decides."""

BY_STATUS: dict[int, Verdict] = {
    403: _slow_down(USUAL_PAUSE_S),  # the firewall's limit; it answers with a page, not with a code
    418: _slow_down(SHORTEST_BAN_S),
    429: _slow_down(USUAL_PAUSE_S),
    451: _key(Cause.REGION_BLOCKED),
    504: _plain(TimedOut),
}


def judge(answer: Answer, right: str) -> SupportError | None:
    """The refusal that an answer is. None: no refusal, or none that we know.

    right   the right of the key that the call needed, such as "futures"
    """
    if answer.status in (418, 429):  # their code, -1003, is also sent for smaller things; a ban is told by the status
        return BY_STATUS[answer.status](answer, right)
    code = answer.value("code")
    text = answer.value("msg")
    if code:
        for row in BY_CODE:
            if row.code == code and row.text.lower() in text.lower():
                return row.verdict(answer, right)
    if answer.status in BY_STATUS:
        return BY_STATUS[answer.status](answer, right)
    if answer.status >= 500 or (code and _MAINTENANCE.search(text)):
        return _plain(ServiceDown)(answer, right)
    return None
