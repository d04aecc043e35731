"""One keyless ccxt client per venue, and shallow copies of it that hold a key for as long as one question takes.

Why copies: a client of its own per check costs sixteen times the processor (a TLS context, its tables), one kept per key
hundreds of kilobytes each, and a shared one would mix keys up.
"""

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ccxt.async_support.base.exchange import Exchange

from clients.exchanges.answers import Answer
from clients.exchanges.quirks import Quirks, Weight
from clients.exchanges.venue_clock import VenueClock
from clients.limits import Budget, Limiter, Scope, at_address
from clients.signing import signature
from clients.transport import VenueSession
from domain.causes import Cause
from domain.errors import KeyRefused, TooManyRequests
from domain.values import Credentials, KeyKind, Secret

TIMEOUT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Desk:
    """What all clients of one venue share."""

    quirks: Quirks
    clock: VenueClock
    limiter: Limiter

    def scope(self, budget: str) -> Scope:
        return (*at_address(self.quirks.venue), budget)

    async def admit(self, weight: Weight) -> None:
        """Raises TooManyRequests."""
        limit = Budget(self.quirks.budgets[weight.budget])
        await self.limiter.admit(self.quirks.venue, [(self.scope(weight.budget), limit)], weight.amount)

    def pause(self, seconds: float) -> None:
        """The whole venue: its bans go by address, whatever was asked."""
        for budget in self.quirks.budgets:
            self.limiter.pause(self.scope(budget), seconds)


class Reader(Exchange):
    """Mixed in before a ccxt class: our clock, our limiter, and our judgement before ccxt's.

    ccxt calls each of these by name; a test asserts that it still does.
    """

    desk: Desk
    right: str = ""
    """Of the key, that the call in progress needs."""
    budget: str = ""
    """That pays for the call in progress."""
    answer: Answer | None = None
    """To the call in progress, as soon as it is there."""

    def nonce(self) -> int:
        """Milliseconds by the venue's clock, as far as we know it."""
        return self.desk.clock.milliseconds()

    def calculate_rate_limiter_cost(self, api: Any, method: Any, path: Any, params: Any, config: Any = None) -> Weight:
        """What `throttle` gets next: ccxt hands it on unread."""
        cost = super().calculate_rate_limiter_cost(api, method, path, params, config or {})
        weight = self.desk.quirks.weight(api[0], path, float(cost))
        self.budget = weight.budget
        return weight

    async def throttle(self, cost: Any = None) -> None:
        await self.desk.admit(cost)

    def sign(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().sign(*args, **kwargs)
        except (ValueError, TypeError):  # what the cryptography below makes of a private key that is none
            pass
        raise KeyRefused(self.desk.quirks.venue, (Cause.SECRET_WRONG,))

    @staticmethod
    def rsa(request: str, secret: str, alg: str = "sha256", padding_mode: str = "pkcs1") -> str:
        """As ccxt's, which checks the primes of the key at every call: 38 ms of blocked loop."""
        if (alg, padding_mode) != ("sha256", "pkcs1"):
            raise ValueError(f"RSA with {alg}, {padding_mode}")
        return signature(Credentials("", Secret(secret), KeyKind.RSA), request)

    def handle_errors(
        self,
        code: int,
        reason: str,
        url: str,
        method: str,
        headers: dict[str, str],
        body: str,
        response: Any,
        request_headers: Any,
        request_body: Any,
    ) -> None:
        """Raises our error for a refusal that the venue's file knows; whatever it does not know is ccxt's to judge."""
        answer = self.answer = Answer(code, headers, body, response)
        used = self.desk.quirks.used(answer, self.budget) if self.budget else None
        if used is not None:
            self.desk.limiter.observe(self.desk.scope(self.budget), used)
        error = self.desk.quirks.judge(answer, self.right)
        if isinstance(error, TooManyRequests):
            self.desk.pause(error.retry_after_s)
        if error is not None:
            raise error
        super().handle_errors(code, reason, url, method, headers, body, response, request_headers, request_body)


def template(desk: Desk, session: VenueSession) -> Reader:
    """A client without a key and without markets. Takes 4 to 16 ms: made once, copied for use."""
    logging.getLogger("ccxt").setLevel(logging.INFO)  # below, it writes every request with its key and signature
    quirks = desk.quirks
    kind = type(f"Reading{quirks.client.__name__.title()}", (Reader, quirks.client), {})
    made: Any = kind({"session": session, "enableRateLimit": True, "timeout": TIMEOUT_MS})
    made.desk = desk
    made.ssl_context = False  # the transport has one; ccxt makes another, in 17 ms, where it finds None
    made.options.update(copy.deepcopy(dict(quirks.options)))
    made.options["maxRetriesOnFailure"] = 0
    made.enableLastHttpResponse = made.enableLastJsonResponse = False
    reader: Reader = made
    return reader


@contextmanager
def lent(source: Reader, credentials: Credentials | None) -> Iterator[Reader]:
    """A copy for one chain of calls, with the credentials in it until the end."""
    client: Any = copy.copy(source)  # ccxt declares its attributes as None
    client.options = _own(source.options)
    client.headers = dict(source.headers or {})
    try:
        if credentials is not None:
            client.apiKey = credentials.api_key
            client.secret = _as_ccxt_reads_it(credentials)
        yield client
    finally:
        client.apiKey = client.secret = ""
        client.last_request_headers = client.last_request_body = client.last_request_url = None
        client.answer = None
        client.session = None  # else ccxt logs a warning about every copy that is let go


def _own(options: Any) -> Any:
    """A deep copy of dictionaries and lists, which is all that ccxt's options nest; a quarter of `deepcopy`'s time."""
    if type(options) is dict:
        return {name: _own(value) for name, value in options.items()}
    if type(options) is list:
        return [_own(value) for value in options]
    return options


def _as_ccxt_reads_it(credentials: Credentials) -> str:
    """ccxt takes a PEM of more than 120 characters for RSA; an Ed25519 one has 118 without blanks and Windows' line ends."""
    secret = credentials.secret.reveal()
    if credentials.kind is KeyKind.HMAC:
        return secret
    return "\n".join(line.strip() for line in secret.strip().splitlines())
