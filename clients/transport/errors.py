"""What can go wrong between us and a service, before anybody looked at an answer's meaning.

TransportError
* NotSent      the request certainly did not arrive: a write was not carried out
* Unsure       it may have been carried out; a write is unknown, a read is not looked
  - TimedOut
  - AnswerLost   the connection or the answer broke off
    . NotJson    it is whole, but no JSON where the service answers nothing else
  - TooLarge     more than the cap
  - Redirected   somebody sends us elsewhere; we do not go

None is an `aiohttp.ClientError` or a `TimeoutError`, so ccxt passes them through unchanged instead of taking a lost answer to
a POST for a refusal. They carry no URL, no header and no body: the URL of a Telegram call holds the token, that of a signed
call the signature.
"""


class TransportError(Exception):
    """Base. `service` is "telegram", "three_commas" or a ccxt id; `why` is the name of the library's error, or a figure."""

    def __init__(self, service: str, why: str = "") -> None:
        super().__init__(f"{service} {why}".strip())
        self.service = service
        self.why = why


class NotSent(TransportError):
    """No connection: refused, no address, TLS, or no connection in time."""


class Unsure(TransportError):
    """Something was sent."""


class TimedOut(Unsure):
    """No complete answer in time."""


class AnswerLost(Unsure):
    """The connection or the answer broke off."""


class NotJson(AnswerLost):
    """A good status with a body that is no JSON: a page of somebody in between, or nothing."""


class TooLarge(Unsure):
    """The answer exceeds the cap; counted in decompressed bytes."""


class Redirected(Unsure):
    """A 3xx. `why` is the status."""
