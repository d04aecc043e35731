"""Misbehaviour that a test or a person arms per route, and what was received meanwhile."""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.clock import Clock

Kind = Literal["status", "lost", "dropped", "cut", "garbage", "slow"]

HTML_PAGE = "<!doctype html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"


@dataclass
class Fault:
    """One way a route misbehaves.

    kind      status   answer with `status`, `body`, `headers`; nothing is carried out
              dropped  the connection breaks before anything is carried out
              lost     it is carried out, then the connection breaks without an answer
              cut      it is carried out, the answer breaks off in the middle
              garbage  it is carried out, the answer is `body` with status 200 (an html page if none is given)
              slow     it waits `delay_s`, or until the fault is taken back, then goes on as usual
    service   "telegram", "three_commas", or a ccxt id such as "binance"
    path      regular expression searched in the path (without the query)
    times     how often it strikes; None for ever
    """

    service: str
    kind: Kind
    path: str = ""
    method: str = "*"
    status: int = 503
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 30.0
    times: int | None = None
    released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def strikes(self, service: str, method: str, path: str) -> bool:
        return (
            self.times != 0
            and self.service == service
            and self.method in ("*", method)
            and re.search(self.path, path) is not None
        )


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    at: datetime
    service: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


class Faults:
    """Armed faults, first match wins."""

    def __init__(self) -> None:
        self.armed: list[Fault] = []

    def arm(self, fault: Fault) -> Fault:
        self.armed.append(fault)
        return fault

    def disarm(self) -> None:
        for fault in self.armed:
            fault.released.set()
        self.armed.clear()

    def take(self, service: str, method: str, path: str) -> Fault | None:
        for fault in self.armed:
            if fault.strikes(service, method, path):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def _break_off(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _cut(request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    """Half of the answer, then the end of the connection."""
    whole = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b"{}"
    partial = web.StreamResponse(status=answer.status, headers={"Content-Type": "application/json"})
    partial.content_length = len(whole) + 1
    await partial.prepare(request)
    await partial.write(whole[: max(1, len(whole) // 2)])
    _break_off(request)
    return partial


def guard(
    clock: Clock, faults: Faults, received: deque[Received], service_of: Callable[[web.Request], str]
) -> Middleware:
    """Middleware that records every request and lets armed faults strike."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        service = service_of(request)
        if service:
            body = await request.read()
            received.append(
                Received(
                    at=clock.now(),
                    service=service,
                    method=request.method,
                    path=request.path,
                    query=request.rel_url.raw_query_string,
                    headers=dict(request.headers),
                    body=body[:65536].decode("utf-8", "replace"),
                )
            )
        fault = faults.take(service, request.method, request.path) if service else None
        if fault is None:
            return await handler(request)
        match fault.kind:
            case "status":
                return web.Response(status=fault.status, text=fault.body, headers=fault.headers)
            case "dropped":
                _break_off(request)
                return web.Response()
            case "slow":
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(fault.released.wait(), fault.delay_s)
                return await handler(request)
        answer = await handler(request)
        match fault.kind:
            case "lost":
                _break_off(request)
                return web.Response()
            case "garbage":
                return web.Response(status=200, text=fault.body or HTML_PAGE, content_type="text/html")
            case "cut":
                return await _cut(request, answer)

    return middleware
