"""How long a trader waits for `/check` of ten exchange accounts whose venue is 200 ms away.

Goal: at most 1.3 times the slowest chain, that is the questions of one key, which wait for each other. Everything of a check but
the chat is in it: opening the vault, signing, asking, classifying, storing what was found.
"""

import asyncio
import base64
import secrets
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.tables import table
from benchmarks.venue_process import venue
from bot.clock import SystemClock
from clients.exchanges.venues import Venues
from clients.limits import LocalLimiter
from clients.three_commas.client import ThreeCommasClient
from clients.transport import Transport
from domain.access import Access
from domain.check_accounts import CheckAccounts
from domain.check_view import CheckView
from domain.records import ExchangeAccount, Key, KeyState
from domain.values import Credentials, KeyKind, MarketType, Secret
from storage.opening import open_storage

NAME = "Wall time of /check"
GOAL = 1.3
ACCOUNTS = 10
AWAY_S = 0.2
ROUNDS = 5
NAIVE_ROUNDS = 2


class Checks:
    """`run` looks at everything of one of the traders and returns the seconds that it took."""

    def __init__(self, checks: CheckAccounts) -> None:
        self._checks = checks

    async def run(self, trader_id: str) -> float:
        began = time.perf_counter()
        last: CheckView | None = None
        async for view in self._checks.run(trader_id, trigger="command"):
            last = view
        if last is None or not last.complete:
            raise RuntimeError("the check did not come to its end")
        return time.perf_counter() - began


@asynccontextmanager
async def _opened(origin: str, crowd: Sequence[int]) -> AsyncIterator[tuple[Checks, list[str]]]:
    """Traders with so many exchange accounts each, every one with a key of its own."""
    clock = SystemClock()
    master_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    with tempfile.TemporaryDirectory(prefix="reconnect-bench-") as folder:
        storage = await open_storage("", Path(folder), master_key, clock)
        traders = []
        async with storage.units.writing() as u:
            for number, accounts in enumerate(crowd):
                trader = await u.traders.meet(number + 1, "en", clock.now())
                traders.append(trader.id)
                for row in range(accounts):
                    key_id, account_id = f"key-{number}-{row}", f"account-{number}-{row}"
                    key = Key(key_id, trader.id, "binance", KeyKind.HMAC, KeyState.LIVE, clock.now())
                    await u.keys.add(key, Credentials("k" * 60 + f"{number:02d}{row:02d}", Secret("s" * 64)))
                    await u.accounts.put(
                        ExchangeAccount(account_id, trader.id, "binance", MarketType.SPOT, f"Account {row + 1}")
                    )
                    await u.accounts.attach(account_id, key_id)
            await u.commit()
        try:
            async with Transport.open() as transport:
                limiter = LocalLimiter(clock)
                async with Venues.open(transport, {"binance": origin}, clock, limiter) as venues:
                    await venues.warm("binance")
                    three_commas = ThreeCommasClient(transport, limiter, clock, origin=origin)
                    access = Access(storage.units, clock)
                    yield Checks(CheckAccounts(storage.units, access, three_commas, venues, clock)), traders
        finally:
            await storage.close()


async def measure() -> str:
    async with venue(AWAY_S) as origin, _opened(origin, [ACCOUNTS, *[1] * ACCOUNTS]) as (checks, traders):
        everything, *single = traders
        await checks.run(everything)  # opens the connections
        together = [await checks.run(everything) for _ in range(ROUNDS)]
        each = [await checks.run(one) for one in single]
        in_turn = [sum([await checks.run(one) for one in single]) for _ in range(NAIVE_ROUNDS)]
    slowest, ours, naive = max(each), statistics.median(together), statistics.median(in_turn)
    rows = [
        (name, f"{seconds:.2f} s", f"{seconds / slowest:.2f}", f"1/{naive / seconds:.1f}")
        for name, seconds in (
            ("one exchange account after the other", naive),
            ("the slowest exchange account alone", slowest),
            (f"ours: {ACCOUNTS} side by side", ours),
        )
    ]
    return table(
        f"{NAME}: {ACCOUNTS} exchange accounts, each answer {AWAY_S * 1000:.0f} ms away",
        ("variant", "wall time", "of the slowest", "of the first"),
        rows,
        f"Goal: at most {GOAL} of the slowest. {'Met' if ours / slowest <= GOAL else 'Missed'}: {ours / slowest:.2f}.",
    )


def run() -> str:
    """The table; raises if the local venue does not come up."""
    return asyncio.run(measure())


if __name__ == "__main__":
    print(run())
