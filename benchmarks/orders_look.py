"""How long `/orders` takes where it needs more questions at 3Commas than a minute allows: three accounts, forty trades, twenty deals.

Goal: at most 1.2 times the floor. At fifty requests a minute, those of a Pro plan, the 51st goes a minute after the first, whoever asks.
Everything is real: the bot with its polling, storage and pacing, HTTP to a sandbox in another process, each answer of which takes
100 ms. Waiting alone is left out of the run (`skipping_clock`), not out of the figures.
"""

import asyncio
import base64
import contextlib
import logging
import re
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qs

import aiohttp
import structlog

import clients.limits
from benchmarks.house_process import HouseAddress, house
from benchmarks.skipping_clock import SkippingClock
from benchmarks.tables import table
from bot.app import App, open_app
from bot.settings import Settings
from clients.limits import Budget
from clients.signing import Pairs
from clients.three_commas import wire
from clients.transport import Answer, Transport
from domain.records import AccountLink, ExchangeAccount, Key, KeyState
from domain.values import THREE_COMMAS, Credentials, KeyKind, KeyPair, MarketType

NAME = "Wall time of /orders"
GOAL = 1.2
STORY = "many_trades"
AWAY_S = 0.1
PER_MINUTE = 50
ENDS_WITHIN_S = 60.0
"""Of real time, for one variant."""
LONG_POLL = "getUpdates"
ACCOUNTS = (
    ("Binance spot", MarketType.SPOT, "Alex"),
    ("Binance futures", MarketType.USDM, "Alex"),
    ("Savings spot", MarketType.SPOT, "Savings"),
)
"""Name at 3Commas, market, and whose key at Binance reads it."""
UNLIMITED = Budget(1_000_000)
ORDERS_SHOWN = re.compile(r"\d open orders")


@dataclass
class Meter:
    """What goes over the wire, and what the chat has shown by then."""

    now: Callable[[], datetime]
    in_flight: int = 0
    asked_at: list[datetime] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    edits: int = 0
    said_at: datetime | None = None
    known_at: datetime | None = None
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        send = Transport.request

        async def metered(transport: Transport, service: str, method: str, url: Any, **more: Any) -> Answer:
            route = str(more.get("route", ""))
            if route == LONG_POLL:
                return await send(transport, service, method, url, **more)
            self.in_flight += 1
            try:
                if service == THREE_COMMAS:
                    self.asked_at.append(self.now())
                    self.kinds[route] += 1
                answer = await send(transport, service, method, url, **more)
                self.refused += service == THREE_COMMAS and answer.status == 429
                if service == "telegram":
                    self._said(route, more.get("body"))
                return answer
            finally:
                self.in_flight -= 1

        with mock.patch.object(Transport, "request", metered):
            yield

    def _said(self, route: str, body: Any) -> None:
        text = parse_qs(body.decode()).get("text", [""])[0] if isinstance(body, bytes) else ""
        if not text:
            return
        self.edits += route == "editMessageText"
        self.said_at = self.said_at or self.now()
        if self.known_at is None and ORDERS_SHOWN.search(text):
            self.known_at = self.now()
        if "Looked" in text:
            self.complete.set()


@dataclass(frozen=True)
class Figures:
    """Of one variant; times in seconds from the command. `most` is the largest number of calls within any minute."""

    calls: int
    kinds: Mapping[str, int]
    refused: int
    most: int
    said_s: float
    known_s: float
    complete_s: float
    edits: int
    cpu_ms: float

    @property
    def floor_s(self) -> float:
        """The earliest end of so many calls."""
        return (self.calls - 1) // PER_MINUTE * 60.0


def _as_it_is() -> AbstractContextManager[object]:
    return contextlib.nullcontext()


def _without_pace() -> AbstractContextManager[object]:
    stack = ExitStack()
    for name in ("PER_TOKEN", "PER_ADDRESS"):
        stack.enter_context(mock.patch.object(wire, name, UNLIMITED))
    return stack


def _evenly() -> AbstractContextManager[object]:
    """A request every 1.2 seconds."""
    stack = ExitStack()
    stack.enter_context(mock.patch.object(wire, "PER_TOKEN", Budget(1, 60 / PER_MINUTE)))
    stack.enter_context(mock.patch.object(clients.limits, "PATIENCE_S", 3600.0))
    return stack


OURS = "ours: a minute's worth at once, the rest a minute later"
VARIANTS: Mapping[str, Callable[[], AbstractContextManager[object]]] = {
    "as fast as it is answered, until 3Commas refuses": _without_pace,
    "one question every 1.2 s": _evenly,
    OURS: _as_it_is,
}


@asynccontextmanager
async def _running(there: HouseAddress, clock: SkippingClock, folder: str) -> AsyncIterator[App]:
    settings = Settings(
        _env_file=None,
        telegram_bot_token=there.telegram_token,
        telegram_api_url=there.telegram_url,
        threecommas_api_url=there.three_commas_url,
        exchange_api_urls={"binance": there.binance_url},
        encryption_keys=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        database_url=f"sqlite:///{Path(folder) / 'reconnect.db'}",
        data_dir=Path(folder),
    )
    async with open_app(settings, clock=clock) as app:
        stop = asyncio.Event()
        life = asyncio.create_task(app.run(stop))
        try:
            yield app
        finally:
            stop.set()
            await life


async def _connect(app: App, there: HouseAddress, token: KeyPair, key: KeyPair) -> None:
    """As if the trader had connected and linked everything."""
    now = app.services.clock.now()
    async with app.storage.units.writing() as u:
        trader = await u.traders.meet(there.person, "en", now)
        at_three_commas = Key("token", trader.id, THREE_COMMAS, KeyKind.RSA, KeyState.LIVE, now)
        await u.keys.add(at_three_commas, Credentials(there.token, token.private_pem, kind=KeyKind.RSA))
        for name, api_key in there.keys.items():
            at_binance = Key(name, trader.id, "binance", KeyKind.ED25519, KeyState.LIVE, now)
            await u.keys.add(at_binance, Credentials(api_key, key.private_pem, kind=KeyKind.ED25519))
        for name, market, key_id in ACCOUNTS:
            link = AccountLink("token", there.rows[name])
            await u.accounts.put(ExchangeAccount(name, trader.id, "binance", market, name, link=link))
            await u.accounts.attach(name, key_id)
        await u.commit()


async def _measure(variant: AbstractContextManager[object]) -> Figures:
    """Raises TimeoutError if the list is not complete in time."""
    pairs = Pairs()
    token, key = await pairs.pair(KeyKind.RSA), await pairs.pair(KeyKind.ED25519)
    halves = {THREE_COMMAS: token.public_pem, "binance": key.public_pem}
    with tempfile.TemporaryDirectory(prefix="reconnect-bench-") as folder:
        async with house(STORY, halves, AWAY_S) as there, aiohttp.ClientSession(there.telegram_url) as desk:

            async def jump(seconds: float) -> None:
                async with desk.post("/control/clock", json={"advance": seconds}):
                    pass

            clock = SkippingClock(lambda: meter.in_flight > 0, jump)
            meter = Meter(clock.now)
            with variant:
                async with _running(there, clock, folder) as app:
                    await app.venues.warm("binance")
                    await _connect(app, there, token, key)
                    with meter.reading():
                        began, spent = clock.now(), time.process_time()
                        async with clock.skipping(), asyncio.timeout(ENDS_WITHIN_S):
                            async with desk.post("/chat/say", json={"person": there.person, "text": "/orders"}):
                                pass
                            await meter.complete.wait()
                        ended, spent = clock.now(), time.process_time() - spent
    return _figures(meter, began, ended, spent)


def _figures(meter: Meter, began: datetime, ended: datetime, cpu_s: float) -> Figures:
    def since(at: datetime | None) -> float:
        return ((at or ended) - began).total_seconds()

    at = meter.asked_at
    return Figures(
        calls=len(at),
        kinds=meter.kinds,
        refused=meter.refused,
        most=max(sum(0 <= (other - one).total_seconds() < 60 for other in at) for one in at),
        said_s=since(meter.said_at),
        known_s=since(meter.known_at),
        complete_s=since(ended),
        edits=meter.edits,
        cpu_ms=1000 * cpu_s / len(at),
    )


def run() -> str:
    """The table; raises if the sandbox does not come up or a list does not become complete."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found = {name: asyncio.run(_measure(variant())) for name, variant in VARIANTS.items()}
    ours = found[OURS]
    slowest = max(its.complete_s for its in found.values())
    rows = [
        (
            name,
            str(its.calls),
            str(its.most),
            str(its.refused),
            f"{its.known_s:.1f} s",
            f"{its.complete_s:.1f} s",
            f"{its.complete_s / ours.floor_s:.2f}",
            f"1/{slowest / its.complete_s:.1f}",
            str(its.edits),
            f"{its.cpu_ms:.1f} ms",
        )
        for name, its in found.items()
    ]
    reached = ours.complete_s / ours.floor_s
    kinds = ", ".join(f"{count} {route}" for route, count in sorted(ours.kinds.items(), key=lambda kind: -kind[1]))
    return table(
        f"{NAME}: 3 accounts, 40 trades, 20 deals, {PER_MINUTE} requests a minute at 3Commas, {AWAY_S * 1000:.0f} ms away",
        (
            "variant",
            "calls",
            "in a minute",
            "refused",
            "orders shown",
            "complete",
            "of the floor",
            "of the slowest",
            "edits",
            "CPU per call",
        ),
        rows,
        f"Floor: {ours.floor_s:.0f} s. Goal: at most {GOAL} of it. {'Met' if reached <= GOAL else 'Missed'}: {reached:.2f}.",
        f"The first words of the message came after {ours.said_s:.2f} s; all later ones are edits of it.",
        f"Our calls: {kinds}.",
        "CPU is that of the bot's process, with Binance, storage and chat, shared out over the calls at 3Commas.",
    )


if __name__ == "__main__":
    print(run())
