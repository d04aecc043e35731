"""Rotation in a process of its own, killed again and again, while this process reads."""

import asyncio
import os
import random
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from storage.opening import Storage, new_key, open_storage
from storage.tables import TraderRow, UserKeyRow
from storage.transaction import Transaction, table_of
from storage.vault.deployment import needed
from storage.vault.vault import Place
from tests.storage.clock import StillClock
from tests.storage.raw import rows

FIRST_TELEGRAM_ID = 1_000_000
READS_PER_S = 200
LONGEST_RUN_S = 0.12
"""Between the first batch of a child and its death; short, so that many kills fall into one rotation."""


@dataclass(frozen=True)
class Outcome:
    users: int
    kills: int
    kills_in_the_middle: int
    """Those after which some data keys were wrapped under the old master key and some under the new one."""
    reads: int
    failed_reads: int
    left_behind: int
    unopened: int


async def rotate_under_fire(folder: Path, users: int, kills: int) -> Outcome:
    old, new = f"old:{new_key()}", f"new:{new_key()}"
    clock = StillClock()
    storage = await open_storage("", folder, f"{old},{new}", clock)
    await _populate(storage, clock, users)
    reader = _Reader(storage, users)
    reading = asyncio.create_task(reader.run())
    in_the_middle = 0
    for _ in range(kills):
        await _run_child(folder, f"{new},{old}", random.uniform(0, LONGEST_RUN_S))
        in_the_middle += await _is_mixed(storage)
    await _run_child(folder, f"{new},{old}", None)
    reader.stop()
    await reading
    await storage.close()
    finished = await open_storage("", folder, new, clock)
    left = sum(row.kek_id != "new" for row in await rows(finished, UserKeyRow))
    status = await finished.vault_status()
    await finished.close()
    return Outcome(users, kills, in_the_middle, reader.reads, reader.failed, left, len(status.closed))


async def _populate(storage: Storage, clock: StillClock, users: int) -> None:
    """Traders as `meet` makes them, a thousand per statement."""
    vault = storage._vault
    for start in range(0, users, 1_000):
        traders, data_keys = [], []
        for number in range(start, min(start + 1_000, users)):
            trader_id = secrets.token_hex(16)
            key, kept = vault.new_data_key(trader_id, 1)
            about = f'{{"telegram_id":{FIRST_TELEGRAM_ID + number},"language":"en"}}'.encode()
            place = Place("trader", trader_id, trader_id, "sealed")
            traders.append(
                {
                    "id": trader_id,
                    "lookup": vault.lookup(FIRST_TELEGRAM_ID + number),
                    "state": "reachable",
                    "created_at": clock.now(),
                    "revision": 1,
                    "sealed": vault.seal(key, place, 1, about),
                }
            )
            data_keys.append(
                {
                    "dek_id": key.id,
                    "trader_id": trader_id,
                    "key_id": None,
                    "generation": 1,
                    "kek_id": kept.kek_id,
                    "wrapped": kept.wrapped,
                }
            )
        async with storage._database.writing() as connection:
            transaction = Transaction(connection)
            await transaction.execute(insert(table_of(TraderRow)), traders)
            await transaction.execute(insert(table_of(UserKeyRow)), data_keys)
            await transaction.commit()


class _Reader:
    """Opens traders at a steady pace; nothing is remembered between two reads."""

    def __init__(self, storage: Storage, users: int) -> None:
        self._storage = storage
        self._users = users
        self._stopping = False
        self.reads = 0
        self.failed = 0

    def stop(self) -> None:
        self._stopping = True

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not self._stopping:
            self._storage._vault._unwrapped.clear()
            wanted = FIRST_TELEGRAM_ID + random.randrange(self._users)
            self.reads += 1
            try:
                async with self._storage.units.reading() as u:
                    trader = await u.traders.by_telegram_id(wanted)
            except Exception:  # noqa: BLE001  # whatever it is, it is a failed read
                self.failed += 1
            else:
                self.failed += trader is None or trader.telegram_id != wanted
            await asyncio.sleep(max(0.0, began + self.reads / READS_PER_S - loop.time()))


async def _is_mixed(storage: Storage) -> bool:
    async with storage._database.reading() as connection:
        counted = await needed(Transaction(connection))
    return counted.get("old", 0) > 0 and counted.get("new", 0) > 1  # one is the deployment's secret, which goes first


async def _run_child(folder: Path, keys: str, kill_after_s: float | None) -> None:
    environment = os.environ | {"ROTATE_FOLDER": str(folder), "ROTATE_KEYS": keys}
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"begin\n"
    if kill_after_s is not None:
        await asyncio.sleep(kill_after_s)
        if child.returncode is None:
            child.kill()
    code = await child.wait()
    assert code == 0 or kill_after_s is not None


async def _child() -> None:
    storage = await open_storage("", Path(os.environ["ROTATE_FOLDER"]), os.environ["ROTATE_KEYS"], StillClock())
    print("begin", flush=True)
    await storage.rotate()
    await storage.close()


if __name__ == "__main__":
    asyncio.run(_child())
