"""Putting and finishing jobs within a unit of work."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, delete, exists, insert, select

from domain.records import Job
from storage.jobs.board import JobBoard
from storage.tables import JobRow
from storage.transaction import Transaction, table_of

RIGHT_AWAY: Final = datetime.fromtimestamp(0, UTC)
"""Stands for "no time given". Such jobs come first, as they were put; then delayed ones, as they are due."""


class JobState(StrEnum):
    WAITING = "waiting"
    """To be run, or running: there is no other state for that, so a crash leaves nothing to repair."""
    FAILED = "failed"
    """Tried often enough; kept for a person to look at."""


_NEW: Final = "new_"
_JOB: Final = table_of(JobRow)
_VALUES: Final = ("kind", "subject", "order_key", "due_at", "dedup_key", "state", "attempts")
_PUT: Final = insert(_JOB)
_WAITS: Final = exists().where(
    _JOB.c.dedup_key == bindparam(f"{_NEW}dedup_key"),
    _JOB.c.state == JobState.WAITING,
    _JOB.c.id.not_in(bindparam("running", expanding=True)),
)
_PUT_UNLESS_IT_WAITS: Final = insert(_JOB).from_select(
    list(_VALUES), select(*(bindparam(_NEW + name, type_=_JOB.c[name].type) for name in _VALUES)).where(~_WAITS)
)


class JobQueue:
    """Implements `domain.records.Jobs`."""

    def __init__(self, transaction: Transaction, board: JobBoard) -> None:
        self._transaction = transaction
        self._board = board
        self._put: list[Job] = []
        self._finished: set[int] = set()

    async def put(self, job: Job) -> None:
        """A job that runs already has read the world as it was: it makes none void, only one that waits does."""
        values = {
            "kind": job.kind,
            "subject": job.subject,
            "order_key": job.order_key,
            "due_at": job.not_before or RIGHT_AWAY,
            "dedup_key": job.dedup_key,
            "state": JobState.WAITING,
            "attempts": 0,
        }
        if job.dedup_key is None:
            await self._transaction.execute(_PUT, values)
        else:
            new = {_NEW + name: value for name, value in values.items()}
            await self._transaction.execute(_PUT_UNLESS_IT_WAITS, new | {"running": list(self._board.running)})
        self._put.append(job)

    async def finish(self, job_id: int) -> None:
        await self._transaction.delete(JobRow, id=job_id)
        self._finished.add(job_id)

    async def prune(self, before: datetime) -> int:
        """A job fails for good after a delayed try, so when it was due last is about when it failed."""
        failed = _JOB.c.state == JobState.FAILED, _JOB.c.due_at < before
        return (await self._transaction.execute(delete(_JOB).where(*failed))).rowcount

    def committed(self) -> None:
        """What was put and finished is so from now on."""
        self._board.finished |= self._finished & self._board.running
        for job in self._put:
            if job.not_before is not None:
                self._board.delayed(job.not_before)
        if self._put:
            self._board.woken.set()
