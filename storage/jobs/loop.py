"""Runs the jobs of the table, in the one process that SQLite allows.

A job's row stays in the table until the job is done, so whatever ran at a crash is simply there at the next start; there
are no leases. Jobs are taken while nobody writes: a transaction that found a waiting job and so put no second one has
then committed before that job starts to read.
"""

import asyncio
import secrets
import traceback
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

import structlog
from sqlalchemy import Integer, bindparam, exists, func, or_, select

from domain.records import GivenUp, Job, JobHandler
from domain.values import Clock
from storage.database import Database
from storage.jobs.board import JobBoard
from storage.jobs.queue import RIGHT_AWAY, JobState
from storage.tables import JobRow
from storage.transaction import Transaction, table_of

AT_ONCE: Final = 32
"""Jobs that run side by side."""
RETRY_AFTER_S: Final = (1, 10, 60)
"""Pauses after the first, second and third failure; after one more the job is kept as failed."""
LONGEST_SLEEP_S: Final = 60.0
"""A machine that slept, or whose clock was set, notices within this time."""

_JOB: Final = table_of(JobRow)
_EARLIER: Final = _JOB.alias("earlier")
_WAITS: Final = _JOB.c.state == JobState.WAITING
_IS_BEHIND: Final = exists().where(
    _EARLIER.c.order_key == _JOB.c.order_key, _EARLIER.c.state == JobState.WAITING, _EARLIER.c.id < _JOB.c.id
)
_DUE: Final = (
    # The oldest of each order key, and those without one. Among them are jobs that run.
    select(_JOB)
    .where(_WAITS, _JOB.c.due_at <= bindparam("now"), or_(_JOB.c.order_key.is_(None), ~_IS_BEHIND))
    .order_by(_JOB.c.due_at, _JOB.c.id)
    .limit(bindparam("most", type_=Integer))
)
_NEXT: Final = select(func.min(_JOB.c.due_at)).where(_WAITS, _JOB.c.due_at > bindparam("now"))

log = structlog.get_logger()


class SqliteJobLoop:
    """Implements `domain.records.JobLoop`."""

    def __init__(self, database: Database, board: JobBoard, clock: Clock, *, at_once: int = AT_ONCE) -> None:
        self._database = database
        self._board = board
        self._clock = clock
        self._at_once = at_once
        self._given_up: GivenUp | None = None
        self._lanes: set[str] = set()
        """Order keys of the jobs that run."""
        self._looked_ahead = False
        self._draining = False
        self._ended = False
        self._resting = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def run(self, handlers: Mapping[str, JobHandler], given_up: GivenUp | None = None) -> None:
        """Raises DatabaseError if another process runs the jobs of this database. Cancelled, it cancels what runs."""
        self._given_up = given_up
        with self._database.sole_runner():
            self._ended = False
            try:
                async with asyncio.TaskGroup() as group:
                    while not self._draining:
                        self._board.woken.clear()
                        for job in await self._take():
                            group.create_task(self._run(job, handlers))
                        await self._rest()
            finally:
                self._board.running.clear()
                self._lanes.clear()
                self._quiet.set()
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

    async def _take(self) -> list[Job]:
        """Jobs to start now."""
        free = self._at_once - len(self._board.running)
        if free == 0:
            return []
        async with self._database.writing() as connection:
            transaction = Transaction(connection)
            rows = (await self._due(transaction))[:free]
            for row in rows:
                assert row.id is not None
                self._board.running.add(row.id)
                if row.order_key is not None:
                    self._lanes.add(row.order_key)
            if rows:
                self._quiet.clear()
            await self._look_ahead(transaction)
        return [_job(row) for row in rows]

    async def _due(self, transaction: Transaction) -> list[JobRow]:
        """Those that could begin now.

        Each job that runs hides one row at most: its own, or the next of its order key. So the limit leaves enough.
        """
        found = await transaction.execute(_DUE, {"now": self._clock.now(), "most": self._at_once})
        rows = cast(list[JobRow], found.all())
        return [row for row in rows if row.id not in self._board.running and row.order_key not in self._lanes]

    async def _look_ahead(self, transaction: Transaction) -> None:
        """Ask the table for the next delayed job at the start and whenever one came due; between, the board knows."""
        now = self._clock.now()
        if self._looked_ahead and (self._board.next_at is None or self._board.next_at > now):
            return
        self._board.next_at = (await transaction.execute(_NEXT, {"now": now})).scalar()
        self._looked_ahead = True

    async def _anything_due(self) -> bool:
        async with self._database.reading() as connection:
            return bool(await self._due(Transaction(connection)))

    async def _rest(self) -> None:
        """Until woken, or until the next job is due, if it could begin then."""
        sleepers: set[asyncio.Task[Any]] = {asyncio.create_task(self._board.woken.wait())}
        if self._board.next_at is not None and len(self._board.running) < self._at_once:
            seconds = max(0.0, (self._board.next_at - self._clock.now()).total_seconds())
            sleepers.add(asyncio.create_task(self._clock.wait(min(seconds, LONGEST_SLEEP_S))))
        self._resting.set()
        try:
            await asyncio.wait(sleepers, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._resting.clear()
            for sleeper in sleepers:
                sleeper.cancel()
            await asyncio.gather(*sleepers, return_exceptions=True)

    async def _run(self, job: Job, handlers: Mapping[str, JobHandler]) -> None:
        try:
            try:
                await handlers[job.kind](job)
            except Exception as error:  # noqa: BLE001  # whatever it was, it is logged, tried again, and kept
                if job.id in self._board.finished:
                    log.error("a job failed after it was finished", job=job.id, kind=job.kind, where=_where(error))
                else:
                    await self._failed(job, error)
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
            await transaction.delete(JobRow, id=job.id)
            await transaction.commit()

    async def _failed(self, job: Job, error: Exception) -> None:
        attempts = job.attempts + 1
        told = {"job": job.id, "kind": job.kind, "where": _where(error)}
        values: dict[str, object] = {"attempts": attempts}
        if attempts <= len(RETRY_AFTER_S):
            pause_s = RETRY_AFTER_S[attempts - 1]
            values["due_at"] = again_at = self._clock.now() + timedelta(seconds=pause_s)
            self._board.delayed(again_at)
            log.warning("a job failed; trying again", **told, again_in_s=pause_s)
        else:
            values["state"] = JobState.FAILED
            incident = secrets.token_hex(3).upper()
            log.error("a job failed for good", **told, incident=incident)
            await self._give_up(job, incident)
        async with self._database.writing() as connection:
            transaction = Transaction(connection)
            await transaction.update(JobRow, values, id=job.id)
            await transaction.commit()

    async def _give_up(self, job: Job, incident: str) -> None:
        if self._given_up is None:
            return
        try:
            await self._given_up(job, incident)
        except Exception as error:  # noqa: BLE001  # the job is put aside all the same
            log.error("giving up a job failed, too", job=job.id, incident=incident, where=_where(error))


def _job(row: JobRow) -> Job:
    not_before = None if row.due_at == RIGHT_AWAY else row.due_at
    return Job(row.kind, row.subject, row.order_key, not_before, row.dedup_key, row.id or 0, row.attempts)


def _where(error: Exception) -> str:
    """The kind of error and the way to it; its text may hold anything."""
    frames = [
        f"{Path(frame.f_code.co_filename).name}:{line}:{frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' > '.join(frames[-8:])}"
