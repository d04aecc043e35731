"""A clock that a test moves, and a server that answers what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class MovedClock:
    """Time stands until somebody waits; then it moves on by exactly that."""

    def __init__(self) -> None:
        self.time = START
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        self.waits.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Server:
    """One handler for every path; remembers what arrived."""

    origin: str = ""
    arrived: list[tuple[str, str]] = field(default_factory=list)
    """(method, raw path with query)"""
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[Server]:
    """A plain http server on a free loopback port."""
    server = Server()

    async def remembered(request: web.Request) -> web.StreamResponse:
        server.arrived.append((request.method, request.raw_path))
        server.headers.append(dict(request.headers))
        server.bodies.append(await request.read())
        return await handler(request)

    app = web.Application(client_max_size=128 * 1024 * 1024)
    app.router.add_route("*", "/{tail:.*}", remembered)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


def abort(request: web.Request) -> web.Response:
    """The connection breaks without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def cut(request: web.Request, content: bytes, status: int = 200) -> web.StreamResponse:
    """An answer that breaks off in the middle."""
    partial = web.StreamResponse(status=status, headers={"Content-Type": "application/json"})
    partial.content_length = len(content) + 1
    await partial.prepare(request)
    await partial.write(content[: max(1, len(content) // 2)])
    abort(request)
    return partial
