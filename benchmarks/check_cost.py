"""Processor time of one check of a key: rights, balances, open orders.

Goal: at most a twelfth of "a new ccxt client per check". Markets are loaded and shared in every variant; storage is no part of it.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from ccxt.async_support.binance import binance as CcxtBinance  # noqa: N812  # a class with a name in small letters

from benchmarks.tables import table
from benchmarks.venue_process import ASSETS, ORDERS, venue
from clients.exchanges.venues import Venues
from clients.limits import LocalLimiter
from clients.transport import Transport
from domain.values import Credentials, MarketType, Secret

NAME = "CPU per check"
GOAL = 12.0
ROUNDS = 5
PER_ROUND = {"naive": 20, "shared": 60, "ours": 200}
KEY, SECRET = "k" * 64, "s" * 64

Check = Callable[[], Awaitable[None]]


class SteppingClock:
    """Two seconds pass with every check, so the venue's budget of a minute is never used up."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        self.ahead += timedelta(seconds=seconds)


async def _milliseconds(check: Check, count: int, at_once: int = 1) -> float:
    """Median over the rounds; the first calls, which open connections, are not counted."""
    await check()
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(count // at_once):
            await asyncio.gather(*(check() for _ in range(at_once)))
        rounds.append((time.process_time() - began) / count * 1000)
    return statistics.median(rounds)


def led_to(origin: str, client: Any) -> Any:
    """The plain way to another origin: rewritten addresses."""
    client.urls["api"] = {
        name: origin + "/" + address.split("/", 3)[3] if isinstance(address, str) else address
        for name, address in client.urls["api"].items()
    }
    client.options["fetchOpenOrders"]["warnWithoutSymbol"] = False
    client.timeout_on_exit = 0  # 251 ms of waiting at every close; no processor time
    return client


async def _ask(client: Any) -> None:
    await client.sapi_get_account_apirestrictions()
    await client.fetch_balance({"type": "spot"})
    await client.fetch_open_orders(params={"type": "spot"})


async def measure() -> str:
    async with venue() as origin, Transport.open() as transport:
        markets = led_to(origin, CcxtBinance())
        await markets.load_markets()

        async def naive() -> None:
            client = led_to(origin, CcxtBinance({"apiKey": KEY, "secret": SECRET, "enableRateLimit": False}))
            client.set_markets_from_exchange(markets)
            await _ask(client)
            await client.close()

        http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

        async def shared() -> None:
            client = CcxtBinance({"apiKey": KEY, "secret": SECRET, "enableRateLimit": False, "session": http})
            client.ssl_context = False  # type: ignore[assignment]  # aiohttp takes it for "do not look"
            led_to(origin, client).set_markets_from_exchange(markets)
            await _ask(client)
            client.session = None

        clock = SteppingClock()
        credentials = Credentials(KEY, Secret(SECRET))
        async with Venues.open(transport, {"binance": origin}, clock, LocalLimiter(clock)) as venues:
            await venues.warm("binance")
            binance = venues.of("binance")

            async def ours() -> None:
                clock.ahead += timedelta(seconds=2)
                rights = await binance.rights(credentials, {})
                balances = await binance.balances(credentials, {}, MarketType.SPOT)
                orders = await binance.open_orders(credentials, {}, MarketType.SPOT)
                if not rights.reading or len(balances) != ASSETS or len(orders) != ORDERS:
                    raise AssertionError("not the answer that was written")

            figures = {
                "a new ccxt client per check": await _milliseconds(naive, PER_ROUND["naive"]),
                "a new client, HTTP session and TLS context shared": await _milliseconds(shared, PER_ROUND["shared"]),
                "ours: a copy of one template": await _milliseconds(ours, PER_ROUND["ours"]),
                "ours, 20 at once": await _milliseconds(ours, PER_ROUND["ours"], at_once=20),
            }
        await http.close()
        await markets.close()
    base = figures["a new ccxt client per check"]
    ratio = base / figures["ours: a copy of one template"]
    rows = [(name, f"{ms:.2f} ms", f"1/{base / ms:.1f}") for name, ms in figures.items()]
    return table(
        f"{NAME}: rights, {ASSETS} balances, {ORDERS} open orders",
        ("variant", "CPU", "of the first"),
        rows,
        f"Goal: at most 1/{GOAL:.0f}. {'Met' if ratio >= GOAL else 'Missed'}: 1/{ratio:.1f}.",
        "Not in the figures: 251 ms of waiting at each close of the first variant, TLS, storage.",
    )


def run() -> str:
    """The table; raises if the local venue does not come up."""
    return asyncio.run(measure())


if __name__ == "__main__":
    print(run())
