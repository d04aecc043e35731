"""What can go wrong outside, as the few cases that a caller can act on.

SupportError
* Refused            the other side said no; asking again will not help
  - KeyRefused       the exchange refused our key: `causes` holds one cause, or several that share one answer
  - TokenRefused     3Commas refused the token (401): key, signature or address, not told apart
  - RightMissing     the key or token is fine, a right is not granted (`right`)
  - PlanWithoutApi   3Commas' plan does not include this kind of request
  - NotThere         the object asked for does not exist
* Unavailable        nobody answered as agreed; a read may be repeated
  - TimedOut, TooManyRequests(retry_after_s), ServiceDown
  - AnswerLost       the answer broke off: a read is not looked, a write is unknown
* Surprise           an answer that we do not understand; logged, never quoted to the trader

Foreign exceptions stop at the client. Texts for people are looked up in `bot/errors.py`, never carried here.
"""

from domain.causes import Cause


class SupportError(Exception):
    """Base of everything that clients raise. `service` is "three_commas", "telegram" or a ccxt id."""

    def __init__(self, service: str, *, code: str = "", said: str = "") -> None:
        super().__init__(f"{service} {code}".strip())
        self.service = service
        self.code = code
        """Raw code of the other side, such as "-2015" or "invalid_api_key"."""
        self.said = said
        """Its text, cleaned of keys and signatures, at most 300 characters. Foreign: escape before showing."""


class Refused(SupportError):
    """The other side said no."""


class KeyRefused(Refused):
    """The exchange refused the key."""

    def __init__(
        self, service: str, causes: tuple[Cause, ...], *, code: str = "", said: str = "", address: str | None = None
    ) -> None:
        super().__init__(service, code=code, said=said)
        self.causes = causes
        self.address = address
        """Our own address as the exchange saw it, where it says so."""


class TokenRefused(Refused):
    """3Commas answered 401."""


class RightMissing(Refused):
    """A right is not granted."""

    def __init__(self, service: str, right: str, *, code: str = "", said: str = "") -> None:
        super().__init__(service, code=code, said=said)
        self.right = right


class PlanWithoutApi(Refused):
    """The plan at 3Commas does not include this kind of request."""


class NotThere(Refused):
    """It does not exist (any more)."""


class Unavailable(SupportError):
    """Nobody answered as agreed."""


class TimedOut(Unavailable):
    """No answer in time."""


class ServiceDown(Unavailable):
    """Connection refused, 5xx, maintenance."""


class AnswerLost(Unavailable):
    """The answer broke off or was no answer of this service (html, empty, not its envelope)."""


class TooManyRequests(Unavailable):
    """A rate limit. Nothing may be asked before `retry_after_s` seconds have passed."""

    def __init__(self, service: str, retry_after_s: float, *, code: str = "", said: str = "") -> None:
        super().__init__(service, code=code, said=said)
        self.retry_after_s = retry_after_s


class Surprise(SupportError):
    """An answer that we do not understand."""
