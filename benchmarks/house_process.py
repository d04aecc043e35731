"""A sandbox in a process of its own, so that its work is in no figure: `python -m benchmarks.house_process STORY SECONDS_AWAY`.

It reads one line, the public halves of the bot's keys as JSON, and prints one with what somebody would copy at the desk: origins,
the token's key, a reading key per account at Binance. Every answer of 3Commas and Binance takes SECONDS_AWAY. Its time is real and
moved on through `/control/clock`.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SYMBOLS = 60
"""Length of the market list, which is not the subject."""
READ = ("ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ")


@dataclass(frozen=True)
class HouseAddress:
    """Where the doors are, and what the bot's owner has copied."""

    telegram_url: str
    telegram_token: str
    three_commas_url: str
    binance_url: str
    person: int
    token: str
    keys: Mapping[str, str]
    """Of each account at Binance, by its name."""
    rows: Mapping[str, int]
    """Ids at 3Commas by the names of My Portfolio."""


@asynccontextmanager
async def house(story: str, public_halves: Mapping[str, str], away_s: float = 0.0) -> AsyncIterator[HouseAddress]:
    """A fresh one, which ends with the block. `public_halves` are PEM: "three_commas", and "binance" for all its accounts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.house_process",
        story,
        str(away_s),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
    )
    try:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("a child without a pipe")
        process.stdin.write(json.dumps(dict(public_halves)).encode() + b"\n")
        await process.stdin.drain()
        yield HouseAddress(**json.loads(await process.stdout.readline()))
    finally:
        process.kill()
        await process.wait()


async def _serve(story: str, away_s: float) -> None:
    from sandbox.exchanges.binance.state import Rights  # only this process carries the sandbox
    from sandbox.faults import Fault
    from sandbox.house import House
    from sandbox.stories.figures import ALEX

    halves = json.loads(await asyncio.to_thread(sys.stdin.readline))
    here = House(story, symbols=SYMBOLS)
    await here.open()
    for service in ("three_commas", "binance"):
        here.world.faults.arm(Fault(service, "slow", delay_s=away_s))
    reading = Rights(reading=True)
    told: dict[str, Any] = {
        "telegram_url": here.telegram_url,
        "telegram_token": here.telegram.bot_token,
        "three_commas_url": here.three_commas_url,
        "binance_url": here.exchange_url,
        "person": ALEX.id,
        "token": here.three_commas.create_self_generated_token(ALEX.id, "Reconnect", halves["three_commas"], READ),
        "keys": {
            account.name: here.binance.create_public_key_key(
                account.id, "Reconnect", halves["binance"], rights=reading, ips=None
            )
            for account in here.binance.accounts_of(ALEX.id)
        },
        "rows": {account.name: account.id for account in here.three_commas.user(ALEX.id).accounts},
    }
    print(json.dumps(told), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], float(sys.argv[2])))
