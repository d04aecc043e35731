"""Secrets and ids are typed, kept, used and mishandled; then everything that was written is searched for them."""

import asyncio
import io
import logging
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.exc import IntegrityError

from domain.records import Job, JobHandler, UpdateState
from domain.values import Credentials, Secret
from storage.opening import DEFAULT_FILE, Storage, open_storage
from storage.tables import KeyRow, UserKeyRow
from storage.vault.errors import VaultError
from tests.storage.clock import StillClock
from tests.storage.experiments import hits
from tests.storage.people import fill, key, meet
from tests.storage.raw import files, rows, write


@dataclass(frozen=True)
class Written:
    """What an intruder could get hold of."""

    files: bytes
    backup: bytes
    logs: bytes

    def hits(self, texts: list[str]) -> int:
        return sum(hits(part, texts) for part in (self.files, self.backup, self.logs))


async def live_through(folder: Path, master_key: str, canaries: list[str], telegram_ids: list[int]) -> Written:
    """Every canary is a secret and a text of one trader, at the most talkative log level, in good and in bad turns."""
    log = io.StringIO()
    handler, clock = logging.StreamHandler(log), StillClock()
    # SQLAlchemy sets a level of its own; at DEBUG it tells every statement and every row that comes back.
    loggers = [logging.getLogger(name) for name in ("", "sqlalchemy", "sqlalchemy.engine", "alembic")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        with structlog.testing.capture_logs() as lines:
            storage = await open_storage("", folder, master_key, clock)
            running = asyncio.create_task(storage.jobs.run({"quote": _quote(canaries)}))
            for number, (canary, telegram_id) in enumerate(zip(canaries, telegram_ids, strict=True)):
                await _one_trader(storage, clock, telegram_id, canary, str(number))
            await storage.jobs.idle()
            storage.jobs.drain()
            await running
            await _mishandle(storage, clock, canaries[0])
            backup = folder / "backup.db"
            _back_up(folder / DEFAULT_FILE, backup)
            written = Written(files(folder), backup.read_bytes(), (log.getvalue() + str(lines)).encode())
            await storage.close()
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
    return written


def _quote(canaries: list[str]) -> JobHandler:
    """A handler with the worst manners."""

    async def quote(job: Job) -> None:
        raise ValueError(f"could not use {canaries[int(job.subject)]}")

    return quote


async def _one_trader(storage: Storage, clock: StillClock, telegram_id: int, canary: str, name: str) -> None:
    trader = await meet(storage, telegram_id, clock.now(), canary)
    async with storage.units.writing() as u:
        await fill(u, trader, clock.now(), canary, canary, name)
        await u.inbox.add(2 * int(name), trader.id, f"waits: {canary}".encode(), clock.now())
        await u.inbox.add(2 * int(name) + 1, trader.id, f"handled: {canary}".encode(), clock.now())
        await u.inbox.finish(2 * int(name) + 1, UpdateState.DONE)
        await u.jobs.put(Job("quote", name))
        await u.commit()
    async with storage.units.reading() as u:
        opened = await u.keys.open(f"key-{name}")
        assert opened is not None
        assert opened[0].secret.reveal() == canary


async def _mishandle(storage: Storage, clock: StillClock, canary: str) -> None:
    """Failures in the middle of a secret, logged with their whole story."""
    trader = await meet(storage, 1, clock.now())
    for failure, attempt in ((IntegrityError, _twice), (VaultError, _damaged), (VaultError, _without_data_key)):
        try:
            await attempt(storage, clock, trader.id, canary)
        except failure:
            logging.getLogger("leaks").exception("as expected")
        else:
            raise AssertionError(attempt)


async def _twice(storage: Storage, clock: StillClock, trader_id: str, canary: str) -> None:
    async with storage.units.writing() as u:
        trader = await u.traders.get(trader_id)
        assert trader is not None
        for _ in range(2):
            await u.keys.add(key(trader, clock.now(), "mine", text=canary), Credentials(canary, Secret(canary)))


async def _damaged(storage: Storage, _clock: StillClock, _trader_id: str, _canary: str) -> None:
    await write(storage, KeyRow, {"secret": b"\x01" + bytes(200)})
    async with storage.units.reading() as u:
        await u.keys.open("key-0")


async def _without_data_key(storage: Storage, _clock: StillClock, _trader_id: str, _canary: str) -> None:
    await write(storage, KeyRow, {"dek_id": "gone"})
    async with storage.units.reading() as u:
        await u.keys.open("key-0")


def _back_up(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)


def make_canaries(number: int) -> list[str]:
    return [secrets.token_urlsafe(32) for _ in range(number)]


def make_telegram_ids(number: int) -> list[int]:
    """Long ones: ten digits in a row do not happen by chance. Within six bytes they all begin alike, which id_hits needs."""
    return [5_000_000_000 + secrets.randbelow(1_000_000_000) for _ in range(number)]


def id_hits(written: Written, telegram_ids: list[int]) -> int:
    """How many are there in digits, or as the whole number that SQLite would store."""
    everything = written.files + written.backup + written.logs
    digits = {int(found) for found in re.findall(rb"(?=(\d{10}))", everything)}
    stored = {int.from_bytes(found, "big") for found in re.findall(rb"(?s)(?=(\x00\x01.{4}))", everything)}
    return len(set(telegram_ids) & (digits | stored))


async def traces_after_forget(folder: Path, master_key: str, traders: int) -> tuple[int, int, float]:
    """Traces of one of many traders: before and after /forget, and the seconds that it took."""
    clock = StillClock()
    storage = await open_storage("", folder, master_key, clock)
    for number in range(traders):
        trader = await meet(storage, 1_000 + number, clock.now())
        async with storage.units.writing() as u:
            await fill(u, trader, clock.now(), "text", "secret", str(number))
            await u.inbox.add(number, trader.id, b"{}", clock.now())
            await u.jobs.put(Job("send", trader.id, order_key=f"send:{trader.id}", dedup_key=f"send:{trader.id}"))
            await u.commit()
    async with storage.units.reading() as u:
        mine = await u.traders.by_telegram_id(1_000 + traders // 2)
    assert mine is not None
    data_keys = [row for row in await rows(storage, UserKeyRow) if row.trader_id == mine.id]
    traces = [mine.id.encode(), storage._vault.lookup(mine.telegram_id), *(row.wrapped for row in data_keys)]
    before = sum(trace in files(folder) for trace in traces)
    began = time.perf_counter()
    async with storage.units.writing() as u:
        await u.traders.forget(mine.id)
        await u.commit()
    await storage.scrub()
    took = time.perf_counter() - began
    after = sum(trace in files(folder) for trace in traces)
    await storage.close()
    return before, after, took
