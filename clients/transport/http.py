"""aiohttp behind one function. One session, one TLS context, one pool for the whole process."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

import aiohttp
from yarl import URL

from clients.transport.answer import SIGNED_CAP, Answer
from clients.transport.errors import AnswerLost, NotSent, Redirected, TimedOut, TooLarge, TransportError

CONNECT_TIMEOUT_S = 5.0
CONNECTIONS = 100
CONNECTIONS_PER_HOST = 40
DNS_CACHE_S = 60
KEEP_ALIVE_S = 30.0

Body = bytes | aiohttp.FormData | None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One request and what became of it, for metrics. `status` is None where no answer came; `error` names why.

    `route` is what the caller calls it: a path may hold a token, so it is never derived from a URL here.
    """

    service: str
    method: str
    route: str
    status: int | None
    seconds: float
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of the answer: used weight, Retry-After, request id."""


Observe = Callable[[Exchanged], None]


def _unobserved(_: Exchanged) -> None:
    """Nobody counts."""


async def _send_writes_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """aiohttp repeats GET, PUT and DELETE once by itself when an answer is lost. For a write that is a second write.

    A lost answer to PUT or DELETE becomes an error that aiohttp does not repeat. A connection that never came about passes: it
    is not repeated, and certainly nothing was sent.
    """
    if request.method in ("PUT", "DELETE"):
        return await _send_once(request, handler)
    return await handler(request)


async def _send_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientPayloadError(type(error).__name__) from None


class Transport:
    """Sends requests; maps every failure to `clients.transport.errors`. Made by `open()`, closed by leaving it."""

    def __init__(self, session: aiohttp.ClientSession, observe: Observe) -> None:
        self._session = session
        self._observe = observe

    @classmethod
    @asynccontextmanager
    async def open(cls, *, observe: Observe = _unobserved) -> AsyncIterator[Self]:
        """`observe` is called after each request, also after a failed one. It must not raise and must not block."""
        connector = aiohttp.TCPConnector(
            ssl=ssl.create_default_context(),
            limit=CONNECTIONS,
            limit_per_host=CONNECTIONS_PER_HOST,
            ttl_dns_cache=DNS_CACHE_S,
            keepalive_timeout=KEEP_ALIVE_S,
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Reconnect"},
            trust_env=False,
            middlewares=(_send_writes_once,),
        ) as session:
            yield cls(session, observe)

    async def request(
        self,
        service: str,
        method: str,
        url: str | URL,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body = None,
        cap: int = SIGNED_CAP,
        timeout_s: float = 10.0,
        route: str = "",
        proxy: str | None = None,
        once: bool = False,
    ) -> Answer:
        """Send `url` exactly as it is written (percent-encoded by the caller) and read the whole answer.

        A write arrives once at most. A GET whose answer is lost is repeated once, unless `once`: for a caller that counts its
        requests and repeats them itself.
        Any status below 300 or from 400 on is an answer. Raises TransportError; cancellation passes.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        target = url if isinstance(url, URL) else URL(url, encoded=True)
        answer: Answer | TransportError
        try:
            answer = await self._exchange(service, method, target, headers or {}, body, cap, timeout_s, proxy, once)
        except TransportError as known:
            answer = known
        except (aiohttp.ClientError, OSError, ValueError) as foreign:  # ValueError: a header that cannot be written
            answer = _translated(service, foreign)
        seconds = loop.time() - began
        if isinstance(answer, Answer):
            self._observe(Exchanged(service, method, route, answer.status, seconds, headers=answer.headers))
            return answer
        self._observe(Exchanged(service, method, route, None, seconds, error=type(answer).__name__))
        raise answer  # outside the handler: the foreign error, which quotes the URL, is no part of this one

    async def _exchange(
        self,
        service: str,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        body: Body,
        cap: int,
        timeout_s: float,
        proxy: str | None,
        once: bool,
    ) -> Answer:
        # sock_connect, not connect: waiting for a place in our own pool says nothing about the other side.
        timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=min(CONNECT_TIMEOUT_S, timeout_s))
        async with self._session.request(
            method,
            url,
            headers=headers,
            data=body,
            timeout=timeout,
            proxy=proxy,
            allow_redirects=False,
            middlewares=(_send_once,) if once else None,
        ) as response:
            if 300 <= response.status < 400:
                response.close()
                raise Redirected(service, str(response.status))
            if (response.content_length or 0) > cap:
                response.close()
                raise TooLarge(service, f"more than {cap} bytes")
            content = bytearray()
            async for chunk in response.content.iter_any():
                content += chunk
                if len(content) > cap:
                    response.close()
                    raise TooLarge(service, f"more than {cap} bytes")
            return Answer(response.status, response.reason or "", response.headers, bytes(content))


def _translated(service: str, error: aiohttp.ClientError | OSError | ValueError) -> TransportError:
    """`TimeoutError` is an OSError. A connection that does not come about in time counts as not sent."""
    why = type(error).__name__
    match error:
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return NotSent(service, why)
        case TimeoutError():
            return TimedOut(service, why)
        case _:
            return AnswerLost(service, why)
