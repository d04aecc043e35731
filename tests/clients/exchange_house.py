"""Our clients of exchanges, led to a Binance of the test's own answers or to the pretend one."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from aiohttp import web

from clients.exchanges.venue import Venue
from clients.exchanges.venues import Venues
from clients.limits import LocalLimiter
from clients.transport import Transport
from domain.values import Credentials, KeyKind, Secret
from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.doors import exchange_routes, exchange_service
from sandbox.faults import guard
from sandbox.world import World
from tests.clients.doubles import Server, serving

PERSON = 7
ANY_KEY = Credentials("k" * 64, Secret("s" * 64), KeyKind.HMAC)


class RunningClock:
    """Real time, and ahead of it by what was waited for: signatures are as fresh as the pretend venue wants them."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        self.advance(seconds)


@dataclass
class Meeting:
    """Our clients and their surroundings."""

    venues: Venues
    clock: RunningClock
    limiter: LocalLimiter

    @property
    def binance(self) -> Venue:
        return self.venues.of("binance")


@asynccontextmanager
async def meeting(origin: str) -> AsyncIterator[Meeting]:
    clock = RunningClock()
    limiter = LocalLimiter(clock)
    async with (
        Transport.open() as transport,
        Venues.open(transport, {"binance": origin}, clock, limiter) as venues,
    ):
        yield Meeting(venues, clock, limiter)


Answering = Callable[[web.Request], web.StreamResponse]


@dataclass
class Scripted(Meeting):
    """A server that says what the test wrote down for a path; anything else is a loud 404."""

    server: Server = field(default_factory=Server)
    answers: dict[str, Answering] = field(default_factory=dict)

    def says(self, path: str, body: str, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.answers[path] = lambda _: web.Response(
            text=body, status=status, headers=headers, content_type="application/json"
        )

    @property
    def paths(self) -> list[str]:
        return [path.split("?")[0] for _, path in self.server.arrived]


@asynccontextmanager
async def scripted_binance() -> AsyncIterator[Scripted]:
    answers: dict[str, Answering] = {}

    async def handle(request: web.Request) -> web.StreamResponse:
        answer = answers.get(request.path)
        return web.Response(status=404, text="nothing written") if answer is None else answer(request)

    async with serving(handle) as server, meeting(server.origin) as met:
        yield Scripted(met.venues, met.clock, met.limiter, server, answers)


@dataclass
class Pretend(Meeting):
    """The pretend Binance with one main account."""

    emulator: BinanceEmulator
    account: str

    @property
    def world(self) -> World:
        return self.emulator.world

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.world.received]

    def hmac_key(self, label: str = "reader") -> Credentials:
        fresh = self.emulator.create_hmac_key(self.account, label)
        return Credentials(fresh.key, Secret(fresh.secret), KeyKind.HMAC)


@asynccontextmanager
async def pretend_binance() -> AsyncIterator[Pretend]:
    world = World()
    emulator = BinanceEmulator(world, symbols=60)
    (route,) = exchange_routes(SimpleNamespace(binance=emulator))  # type: ignore[arg-type]  # all it looks at
    door = guard(world.clock, world.faults, world.received, exchange_service)

    async def handle(request: web.Request) -> web.StreamResponse:
        return await door(request, route.handler)  # type: ignore[arg-type]  # never a class

    async with serving(handle) as server, meeting(server.origin) as met:
        account = emulator.add_account(PERSON, "Main account")
        yield Pretend(met.venues, met.clock, met.limiter, emulator, account.id)
