"""Runs the jobs of the table, in the one process that SQLite allows.

A job's row stays in the table until the job is done, so whatever ran at a crash is simply there at the next start; there
are no leases. Jobs are taken while nobody writes: a transaction that found a waiting job and so put no second one has
then committed before that job starts to read.
"""

import asyncio
import secrets
import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import exists, func, or_, select
from sqlmodel import col

from domain.records import Job, JobHandler
from domain.values import Clock
from storage.database import Database
from storage.jobs.board import JobBoard
from storage.jobs.queue import JobState
from storage.tables import JobRow
from storage.transaction import Transaction, table_of

AT_ONCE: Final = 32
"""Jobs that run side by side."""
RETRY_AFTER_S: Final = (1, 10, 60)
"""Pauses after the first, second and third failure; after one more the job is kept as failed."""
LONGEST_SLEEP_S: Final = 60.0
"""A machine that slept, or whose clock was set, notices within this time."""

log = structlog.get_logger()


class SqliteJobLoop:
    """Implements `domain.records.JobLoop`."""

    def __init__(self, database: Database, board: JobBoard, clock: Clock, *, at_once: int = AT_ONCE) -> None:
        self._database = database
        self._board = board
        self._clock = clock
        self._at_once = at_once
        self._lanes: set[str] = set()
        """Order keys of the jobs that run."""
        self._draining = False
        self._ended = False
        self._resting = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def run(self, handlers: Mapping[str, JobHandler]) -> None:
        """Raises DatabaseError if another process runs the jobs of this database. Cancelled, it cancels what runs."""
        with self._database.sole_runner():
            self._ended = False
            try:
                async with asyncio.TaskGroup() as group:
                    while not self._draining:
                        self._board.woken.clear()
                        taken, next_at = await self._take()
                        for job, attempts in taken:
                            group.create_task(self._run(job, attempts, handlers))
                        if not taken:
                            await self._rest(next_at)
            finally:
                self._ended = True
                self._resting.set()

    def drain(self) -> None:
        self._draining = True
        self._board.woken.set()

    async def idle(self) -> None:
        while True:
            await self._quiet.wait()
            await self._resting.wait()
            if self._ended:
                return
            if not self._board.running and not self._board.woken.is_set() and not await self._anything_due():
                return
            self._resting.clear()
            self._board.woken.set()

    async def _take(self) -> tuple[list[tuple[Job, int]], datetime | None]:
        """Jobs to start now, with how often each was tried; else when the next one is due."""
        free = self._at_once - len(self._board.running)
        if free == 0:
            return [], None
        async with self._database.writing() as connection:
            transaction = Transaction(connection)
            rows: list[JobRow] = await self._due(transaction, free)
            for row in rows:
                assert row.id is not None
                self._board.running.add(row.id)
                if row.order_key is not None:
                    self._lanes.add(row.order_key)
            if rows:
                self._quiet.clear()
                return [(_job(row), row.attempts) for row in rows], None
            return [], await self._next_at(transaction)

    async def _due(self, transaction: Transaction, limit: int) -> list[JobRow]:
        """The oldest of each order key, unless one of that key runs; and those without one."""
        job, earlier = table_of(JobRow), table_of(JobRow).alias("earlier")
        is_blocked = exists().where(
            earlier.c.order_key == job.c.order_key, earlier.c.state == JobState.WAITING, earlier.c.id < job.c.id
        )
        return await transaction.all(
            JobRow,
            col(JobRow.state) == JobState.WAITING,
            or_(col(JobRow.not_before).is_(None), col(JobRow.not_before) <= self._clock.now()),
            col(JobRow.id).not_in(self._board.running),
            or_(col(JobRow.order_key).is_(None), col(JobRow.order_key).not_in(self._lanes) & ~is_blocked),
            order=(col(JobRow.id),),
            limit=limit,
        )

    async def _next_at(self, transaction: Transaction) -> datetime | None:
        found = await transaction.execute(
            select(func.min(col(JobRow.not_before))).where(
                col(JobRow.state) == JobState.WAITING, col(JobRow.not_before) > self._clock.now()
            )
        )
        moment: datetime | None = found.scalar()
        return moment

    async def _anything_due(self) -> bool:
        async with self._database.reading() as connection:
            return bool(await self._due(Transaction(connection), 1))

    async def _rest(self, next_at: datetime | None) -> None:
        """Until woken, or until the next job is due."""
        self._resting.set()
        sleepers: set[asyncio.Task[Any]] = {asyncio.create_task(self._board.woken.wait())}
        if next_at is not None:
            seconds = max(0.0, (next_at - self._clock.now()).total_seconds())
            sleepers.add(asyncio.create_task(self._clock.wait(min(seconds, LONGEST_SLEEP_S))))
        try:
            await asyncio.wait(sleepers, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for sleeper in sleepers:
                sleeper.cancel()
            await asyncio.gather(*sleepers, return_exceptions=True)
            self._resting.clear()

    async def _run(self, job: Job, attempts: int, handlers: Mapping[str, JobHandler]) -> None:
        try:
            try:
                await handlers[job.kind](job)
            except Exception as error:  # noqa: BLE001  # whatever it was, it is logged, tried again, and kept
                await self._failed(job, attempts + 1, error)
            else:
                if job.id not in self._board.finished:
                    await self._remove(job)
        finally:
            self._board.running.discard(job.id)
            self._board.finished.discard(job.id)
            if job.order_key is not None:
                self._lanes.discard(job.order_key)
            if not self._board.running:
                self._quiet.set()
            self._board.woken.set()

    async def _remove(self, job: Job) -> None:
        async with self._database.writing() as connection:
            transaction = Transaction(connection)
            await transaction.delete(JobRow, col(JobRow.id) == job.id)
            await transaction.commit()

    async def _failed(self, job: Job, attempts: int, error: Exception) -> None:
        if attempts <= len(RETRY_AFTER_S):
            pause_s = RETRY_AFTER_S[attempts - 1]
            values: dict[str, object] = {"not_before": self._clock.now() + timedelta(seconds=pause_s)}
            log.warning(
                "a job failed; trying again", job=job.id, kind=job.kind, again_in_s=pause_s, where=_where(error)
            )
        else:
            values = {"state": JobState.FAILED}
            incident = secrets.token_hex(3).upper()
            log.error("a job failed for good", job=job.id, kind=job.kind, incident=incident, where=_where(error))
        async with self._database.writing() as connection:
            transaction = Transaction(connection)
            await transaction.update(JobRow, col(JobRow.id) == job.id, values={"attempts": attempts, **values})
            await transaction.commit()


def _job(row: JobRow) -> Job:
    return Job(row.kind, row.subject, row.order_key, row.not_before, row.dedup_key, row.id or 0)


def _where(error: Exception) -> str:
    """The kind of error and the way to it; its text may hold anything."""
    frames = [
        f"{Path(frame.f_code.co_filename).name}:{line}:{frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(frames[-8:])}"
