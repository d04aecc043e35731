"""How long the event loop stands still while a venue's market lists load and keys are checked meanwhile.

Goal: at most 20 ms, 95th percentile of the loads' worst stalls. A longer one is felt by everybody in every chat.
"""

import asyncio
import gc
import importlib
import math
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ccxt.async_support.binance import binance as CcxtBinance  # noqa: N812  # a class with a name in small letters

from benchmarks.check_cost import KEY, SECRET, SteppingClock, led_to
from benchmarks.tables import table
from benchmarks.venue_process import venue
from clients.exchanges.market_tables import FRESH_FOR
from clients.exchanges.venues import Venues
from clients.limits import LocalLimiter
from clients.transport import Transport
from domain.values import Credentials, MarketType, Secret

Work = Callable[[], Awaitable[None]]

NAME = "Longest stall of the event loop"
GOAL_MS = 20.0
OUR_LOADS = 20
NAIVE_LOADS = 5
BEAT_S = 0.005
HEAP = ("telegram.ext", "sqlmodel", "babel.dates")
"""What else the bot's process holds: a garbage collection walks through all of it."""


@dataclass(frozen=True)
class Stall:
    """The worst of one load. `own_ms` is the processor time of the loop's thread between two beats: what remains of a stall on
    a machine that has nothing else to do."""

    ms: float
    own_ms: float


class Heartbeat:
    """Beats every 5 ms and notes by how much the worst beat came too late."""

    def __init__(self) -> None:
        self._worst_ms = self._worst_own_ms = 0.0
        self._task: asyncio.Task[None] | None = None

    @property
    def worst(self) -> Stall:
        return Stall(self._worst_ms, self._worst_own_ms)

    async def __aenter__(self) -> "Heartbeat":
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began, spent = loop.time(), time.thread_time()
            await asyncio.sleep(BEAT_S)
            late_ms = (loop.time() - began - BEAT_S) * 1000
            self._worst_ms = max(self._worst_ms, late_ms)
            self._worst_own_ms = max(self._worst_own_ms, min(late_ms, (time.thread_time() - spent) * 1000))


def _percentile_95(values: list[float]) -> float:
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


async def _worst_of_each(loads: int, load: Work, check: Work) -> list[Stall]:
    async def keep_checking() -> None:
        while True:
            await check()
            await asyncio.sleep(0.02)

    worst = []
    for _ in range(loads):
        checking = asyncio.create_task(keep_checking())
        async with Heartbeat() as heart:
            await load()
            await asyncio.sleep(2 * BEAT_S)
        worst.append(heart.worst)
        checking.cancel()
        await asyncio.gather(checking, return_exceptions=True)
    return worst


def _row(name: str, stalls: list[Stall], base_ms: float) -> tuple[str, ...]:
    wall, own = [stall.ms for stall in stalls], [stall.own_ms for stall in stalls]
    p95 = _percentile_95(wall)
    figures = (statistics.median(wall), p95, max(wall), _percentile_95(own))
    return (name, str(len(stalls)), *(f"{ms:.1f} ms" for ms in figures), f"1/{base_ms / p95:.1f}")


def _verdict(reached_ms: float, quiet_ms: float) -> str:
    if reached_ms <= GOAL_MS:
        return "Met"
    return "Missed" if quiet_ms <= GOAL_MS else "No verdict, the machine alone stands still for longer"


async def measure() -> str:
    for name in HEAP:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    async with venue() as origin, Transport.open() as transport:
        clock = SteppingClock()
        async with Venues.open(transport, {"binance": origin}, clock, LocalLimiter(clock)) as venues:
            binance = venues.of("binance")
            credentials = Credentials(KEY, Secret(SECRET))

            async def check() -> None:
                clock.ahead += timedelta(seconds=2)
                await binance.rights(credentials, {})
                await binance.balances(credentials, {}, MarketType.SPOT)

            async def ours() -> None:
                before = venues.markets_loaded_at("binance")
                clock.ahead += FRESH_FOR
                await venues.warm("binance")
                while venues.markets_loaded_at("binance") == before:  # noqa: ASYNC110  # a refresh runs by itself
                    await asyncio.sleep(0.01)

            async def on_the_loop() -> None:
                client: Any = led_to(origin, CcxtBinance())
                await client.load_markets()
                await client.close()

            async def nothing() -> None:
                await asyncio.sleep(2)

            quiet_stalls = await _worst_of_each(NAIVE_LOADS, nothing, check)
            our_stalls = await _worst_of_each(OUR_LOADS, ours, check)
            naive_stalls = await _worst_of_each(NAIVE_LOADS, on_the_loop, check)
    base, quiet, reached = (
        _percentile_95([stall.ms for stall in stalls]) for stalls in (naive_stalls, quiet_stalls, our_stalls)
    )
    return table(
        f"{NAME} while markets load and keys are checked",
        ("variant", "loads", "median", "p95", "worst", "p95, own CPU", "p95 of the first"),
        [
            _row("load_markets on the loop", naive_stalls, base),
            _row("nothing loads (what the machine does by itself)", quiet_stalls, base),
            _row("ours: child process, pieces, collector off", our_stalls, base),
        ],
        f"Goal: at most {GOAL_MS:.0f} ms (p95 of the loads). {_verdict(reached, quiet)}: {reached:.1f} ms.",
        "Own CPU is the part of a stall in which the loop's thread itself worked; the rest is other processes on the same cores.",
    )


def run() -> str:
    """The table; raises if the local venue does not come up."""
    return asyncio.run(measure())


if __name__ == "__main__":
    print(run())
