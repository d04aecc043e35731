"""What ccxt takes for an aiohttp session: sends what ccxt built, to the origin that the settings name.

ccxt's own `urls` stay untouched, because error classes and some signatures depend on them. The request for
`https://api.venue.com/…` goes to the given origin with the venue's host in the `Host` header, so one origin serves all hosts of an
exchange id.
"""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TypedDict, Unpack

import aiohttp
import orjson
from yarl import URL

from clients.transport.answer import SIGNED_CAP, Answer
from clients.transport.errors import NotJson
from clients.transport.http import Body, Transport

OnAnswer = Callable[[Answer], None]
DEFAULT_TIMEOUT_S = 10.0


class Options(TypedDict, total=False):
    """The arguments that ccxt gives. Of the time-outs only `total` counts."""

    data: Body
    headers: Mapping[str, str]
    timeout: aiohttp.ClientTimeout
    proxy: str | None


class VenueSession:
    """One per exchange id. Safe to share between clients: it holds nothing of a request.

    Its verbs raise `clients.transport.errors`, which ccxt passes through. `on_answer` sees every answer, also a 4xx, before ccxt
    does: used weight and Retry-After stand in its headers.
    """

    def __init__(
        self,
        transport: Transport,
        service: str,
        origin: str | None,
        cap: int = SIGNED_CAP,
        *,
        proxy: str | None = None,
        on_answer: OnAnswer | None = None,
    ) -> None:
        self._transport = transport
        self._service = service
        self._origin = origin.rstrip("/") if origin else None
        self._cap = cap
        self._proxy = proxy
        self._on_answer = on_answer
        self.headers: Mapping[str, str] = {}
        """ccxt reads it before each request."""

    def get(self, url: URL, **options: Unpack[Options]) -> "Sending":
        return Sending(self, "GET", url, options)

    def post(self, url: URL, **options: Unpack[Options]) -> "Sending":
        return Sending(self, "POST", url, options)

    def put(self, url: URL, **options: Unpack[Options]) -> "Sending":
        return Sending(self, "PUT", url, options)

    def patch(self, url: URL, **options: Unpack[Options]) -> "Sending":
        return Sending(self, "PATCH", url, options)

    def delete(self, url: URL, **options: Unpack[Options]) -> "Sending":
        return Sending(self, "DELETE", url, options)

    async def send(self, method: str, url: URL, options: Options) -> Answer:
        """Raises TransportError; NotJson where a good status comes with anything but JSON."""
        headers = options.get("headers", {})
        timeout = options.get("timeout")
        target = url
        if self._origin is not None:
            # host_port_subcomponent, not authority: ":443" in the Host breaks signatures that cover the host.
            headers = {**headers, "Host": url.host_port_subcomponent or ""}
            target = URL(self._origin + url.raw_path_qs, encoded=True)
        answer = await self._transport.request(
            self._service,
            method,
            target,
            headers=headers,
            body=options.get("data"),
            cap=self._cap,
            timeout_s=(timeout and timeout.total) or DEFAULT_TIMEOUT_S,
            route=url.raw_path,
            proxy=options.get("proxy") or self._proxy,
        )
        if self._on_answer is not None:
            self._on_answer(answer)
        if answer.is_success and not _is_json(answer.content):
            raise NotJson(self._service, "not JSON")
        return answer


class Sending:
    """`async with session.get(…) as answer`: sent on entering, whole by then, nothing to release on leaving."""

    def __init__(self, session: VenueSession, method: str, url: URL, options: Options) -> None:
        self._session = session
        self._method = method
        self._url = url
        self._options = options

    async def __aenter__(self) -> Answer:
        return await self._session.send(self._method, self._url, self._options)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _is_json(content: bytes) -> bool:
    """ccxt alone makes an empty list, or a refusal, of a page or of nothing."""
    try:
        orjson.loads(content)
    except ValueError:
        return False
    return True
