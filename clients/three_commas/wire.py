"""One request to 3Commas: signed, counted against the limits, repeated where that is safe, read as JSON.

Every request that this client makes only reads, `load_balances` included, so all may be repeated.
Source of statuses and bodies: 3Commas' documentation, "Errors" and "Limits", and recorded answers.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn
from urllib.parse import quote, urlencode

from clients.limits import Budget, InFlight, Limiter, Scope, at_address, at_key
from clients.signing import Unsignable, signature
from clients.three_commas.refusals import error_of, is_transient, refusal_of
from clients.transport import Answer, Transport
from clients.transport import errors as transport_errors
from domain.errors import AnswerLost, ServiceDown, Surprise, TimedOut, TokenRefused, TooManyRequests, Unavailable
from domain.values import THREE_COMMAS, Clock, Credentials

MINUTE_S = 62.0
"""3Commas counts a request when it arrives, we when it leaves. The first of a minute may be slow on its way and the one that
follows the last quick: without the two seconds both could arrive within sixty, and one too many costs five minutes of silence."""
PER_TOKEN = Budget(50, MINUTE_S)
"""A Pro plan's figure. Starter has 5 and the plan cannot be read: the first rate limit teaches it."""
AFTER_RATE_LIMIT = Budget(5, MINUTE_S)
SLOW_FOR_S = 24 * 3600.0
"""So long a token that met the rate limit stays at five a minute; a better plan is noticed the day after."""
PER_ADDRESS = Budget(100, MINUTE_S)
READS_IN_FLIGHT = 10

ATTEMPTS = 3
FIRST_PAUSE_S = 0.4
TIMEOUT_S = 10.0

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked. `path` follows "/public/api"; `route` is the path with ids left out, for metrics."""

    path: str
    params: Params
    right: str
    """The permission it needs, as 3Commas names it; empty if none."""
    method: str = "GET"
    route: str = ""
    timeout_s: float = TIMEOUT_S
    refusal_is_answer: int | None = None
    """A status that answers the question instead of refusing the request; `json` returns a Refusal then."""


class Wire:
    """Sends calls for one origin, such as https://api.3commas.io."""

    def __init__(
        self,
        transport: Transport,
        origin: str,
        limiter: Limiter,
        clock: Clock,
        *,
        egress: str = "",
        proxy: str | None = None,
    ) -> None:
        self._transport = transport
        self._origin = origin.rstrip("/")
        self._limiter = limiter
        self._clock = clock
        self._address = at_address(THREE_COMMAS, egress)
        self._proxy = proxy
        self._reads = InFlight(READS_IN_FLIGHT)

    async def json(self, call: Call, credentials: Credentials | None) -> object:
        """The answer's JSON, fractions as Decimal. Without credentials the request is unsigned.

        Raises the errors of `domain.ports.ThreeCommas`. Repeated up to twice, with a growing, jittered pause, where 3Commas or the
        edge in front of it stumbled; a time-out once.
        """
        scopes: list[tuple[Scope, Budget]] = [(self._address, PER_ADDRESS)]
        if credentials is None:
            return await self._repeated(call, None, scopes)
        token = at_key(THREE_COMMAS, credentials.api_key)
        async with self._reads.gate(token):
            return await self._repeated(call, credentials, [*scopes, (token, PER_TOKEN)])

    async def _repeated(
        self, call: Call, credentials: Credentials | None, scopes: list[tuple[Scope, Budget]]
    ) -> object:
        for attempt in range(1, ATTEMPTS + 1):
            await self._limiter.admit(THREE_COMMAS, scopes)
            try:
                return await self._once(call, credentials)
            except TooManyRequests as error:
                self._obey(error, scopes)
                raise
            except (ServiceDown, AnswerLost, TimedOut) as error:
                if attempt == ATTEMPTS or (isinstance(error, TimedOut) and attempt > 1):
                    raise
            await self._clock.wait(FIRST_PAUSE_S * 3 ** (attempt - 1) * random.uniform(0.5, 1.5))
        raise AssertionError("the last attempt returns or raises")

    def _obey(self, error: TooManyRequests, scopes: list[tuple[Scope, Budget]]) -> None:
        """429 stops this token, 418 everything from this address. Going on would turn the first into the second."""
        if error.code == "418":
            self._limiter.pause(self._address, error.retry_after_s)
            return
        scope, _ = scopes[-1]
        self._limiter.pause(scope, error.retry_after_s)
        if scope != self._address:
            self._limiter.narrow(scope, AFTER_RATE_LIMIT, error.retry_after_s + SLOW_FOR_S)

    async def _once(self, call: Call, credentials: Credentials | None) -> object:
        target = f"/public/api{call.path}"
        if call.params:
            target += "?" + urlencode(call.params, quote_via=quote, safe="")
        headers = {"Accept": "application/json"}
        hide: tuple[str, ...] = ()
        if credentials is not None:
            signed = _signed(credentials, target)
            headers |= {"Apikey": credentials.api_key, "Signature": signed, "Forced-Mode": "real"}
            hide = (credentials.api_key, signed)
        answer = await self._send(call, target, headers)
        body = _parsed(answer.content)
        if answer.status == call.refusal_is_answer:
            return refusal_of(answer, body, hide)
        if not answer.is_success:
            raise error_of(answer, body, call.right, hide)
        if body is UNREADABLE:
            raise AnswerLost(THREE_COMMAS, code="not_json")
        if is_transient(body):
            raise ServiceDown(THREE_COMMAS, code="error_in_200")
        return body

    async def _send(self, call: Call, target: str, headers: Mapping[str, str]) -> Answer:
        try:
            return await self._transport.request(
                THREE_COMMAS,
                call.method,
                self._origin + target,
                headers=headers,
                timeout_s=call.timeout_s,
                route=call.route or call.path,
                proxy=self._proxy,
                once=True,  # each arrival counts against the limits; `json` repeats
            )
        except transport_errors.TransportError as error:
            failed = _unavailable(error)
        raise failed


def _signed(credentials: Credentials, target: str) -> str:
    if not (credentials.api_key.isascii() and credentials.api_key.isprintable()):
        raise TokenRefused(THREE_COMMAS, code="not_a_key")  # no header can carry it, so 3Commas never made it
    try:
        return signature(credentials, target)
    except Unsignable:
        pass
    raise Surprise(THREE_COMMAS, code="unsignable")


class _Unreadable:
    """No JSON; told apart from `null`."""


UNREADABLE = _Unreadable()


def _parsed(content: bytes) -> object:
    """Decimal for fractions, nothing that is not finite. Depth is limited by the parser, digits of integers by Python."""
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_not_finite)
    except (ValueError, ArithmeticError, RecursionError):
        return UNREADABLE


def _not_finite(name: str) -> NoReturn:
    raise ValueError(name)


def _unavailable(error: transport_errors.TransportError) -> Unavailable:
    match error:
        case transport_errors.NotSent():
            return ServiceDown(THREE_COMMAS, code="not_sent")
        case transport_errors.TimedOut():
            return TimedOut(THREE_COMMAS)
        case transport_errors.TooLarge():
            return AnswerLost(THREE_COMMAS, code="too_large")
        case transport_errors.Redirected():
            return AnswerLost(THREE_COMMAS, code="redirected")
        case _:
            return AnswerLost(THREE_COMMAS, code="broken_off")
