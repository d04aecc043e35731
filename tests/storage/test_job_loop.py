"""What is particular to the loop over SQLite's table."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from domain.records import Job
from storage.database import DatabaseError
from storage.jobs.loop import _DUE, SqliteJobLoop
from storage.opening import Storage, open_storage
from storage.tables import JobRow
from tests.storage.clock import StillClock
from tests.storage.raw import rows, write


async def put(storage: Storage, *jobs: Job) -> None:
    async with storage.units.writing() as u:
        for job in jobs:
            await u.jobs.put(job)
        await u.commit()


async def test_no_more_than_the_limit_run_side_by_side(storage: Storage, clock: StillClock) -> None:
    loop = SqliteJobLoop(storage._database, storage.jobs._board, clock, at_once=3)
    now, most = 0, 0

    async def count(_job: Job) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.002)
        now -= 1

    await put(storage, *(Job("count", str(number)) for number in range(20)))
    running = asyncio.create_task(loop.run({"count": count}))
    await loop.idle()
    assert most == 3
    assert await rows(storage, JobRow) == []
    loop.drain()
    await running


async def test_a_full_loop_with_a_delayed_job_that_is_due_waits_for_room(storage: Storage, clock: StillClock) -> None:
    loop = SqliteJobLoop(storage._database, storage.jobs._board, clock, at_once=1)
    begun, go, ran = asyncio.Event(), asyncio.Event(), list[str]()

    async def wait(job: Job) -> None:
        ran.append(job.subject)
        begun.set()
        await go.wait()

    await put(storage, Job("wait", "now"), Job("wait", "later", not_before=clock.now() + timedelta(seconds=1)))
    running = asyncio.create_task(loop.run({"wait": wait}))
    await begun.wait()
    clock.advance(1)
    for _ in range(50):
        await asyncio.sleep(0)
    assert loop._resting.is_set()
    go.set()
    await loop.idle()
    assert ran == ["now", "later"]
    loop.drain()
    await running


async def test_a_job_that_failed_for_good_is_kept_and_told_without_what_it_said(
    storage: Storage, clock: StillClock
) -> None:
    async def fail(_job: Job) -> None:
        raise ValueError("hunter2")

    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(storage.jobs.run({"fail": fail}))
        await put(storage, Job("fail", "x"))
        for pause in (0, 1, 10, 60):
            clock.advance(pause)
            await storage.jobs.idle()
    [row] = await rows(storage, JobRow)
    assert (row.state, row.attempts) == ("failed", 4)
    assert [line["log_level"] for line in lines] == ["warning"] * 3 + ["error"]
    assert len(lines[-1]["incident"]) == 6
    assert "ValueError at loop.py" in lines[-1]["where"]
    assert "hunter2" not in str(lines)
    assert await storage.failed_jobs() == 1
    storage.jobs.drain()
    await running


async def test_a_job_that_failed_for_good_is_handed_on_once_with_its_incident_number(
    storage: Storage, clock: StillClock
) -> None:
    handed_on: list[tuple[str, str]] = []

    async def fail(_job: Job) -> None:
        raise ValueError

    async def given_up(job: Job, incident: str) -> None:
        handed_on.append((job.subject, incident))
        raise ValueError  # no reason to keep the job waiting

    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(storage.jobs.run({"fail": fail}, given_up))
        await put(storage, Job("fail", "x"))
        for pause in (0, 1, 10, 60, 600):
            clock.advance(pause)
            await storage.jobs.idle()
    told = [line["incident"] for line in lines if line["event"] == "a job failed for good"]
    assert handed_on == [("x", told[0])]
    [row] = await rows(storage, JobRow)
    assert row.state == "failed"
    storage.jobs.drain()
    await running


async def test_a_second_process_on_the_same_database_is_refused(
    storage: Storage, tmp_path: Path, clock: StillClock, master_key: str
) -> None:
    other = await open_storage("", tmp_path, master_key, clock)
    running = asyncio.create_task(storage.jobs.run({}))
    await storage.jobs.idle()
    with pytest.raises(DatabaseError, match="Another process"):
        await other.jobs.run({})
    storage.jobs.drain()
    await running
    other.jobs.drain()
    await other.jobs.run({})
    await other.close()


async def test_a_number_is_never_given_twice(storage: Storage) -> None:
    """A late finish must not hit a new job."""
    seen = []
    for _ in range(3):
        await put(storage, Job("x", "x"))
        [row] = await rows(storage, JobRow)
        seen.append(row.id)
        async with storage.units.writing() as u:
            await u.jobs.finish(row.id or 0)
            await u.commit()
    assert len(set(seen)) == 3


async def test_a_broken_database_ends_the_loop_instead_of_spinning(storage: Storage) -> None:
    async def close_behind_its_back(_job: Job) -> None:
        await write(storage, JobRow, {"attempts": 0})
        storage.jobs._database = None  # type: ignore[assignment]  # as broken as can be

    await put(storage, Job("close", "x"))
    with pytest.raises(ExceptionGroup):
        await storage.jobs.run({"close": close_behind_its_back})


async def test_waiting_for_rest_ends_when_the_loop_does(storage: Storage) -> None:
    stuck = asyncio.Event()

    async def hang(_job: Job) -> None:
        await stuck.wait()

    running = asyncio.create_task(storage.jobs.run({"hang": hang}))
    await put(storage, Job("hang", "x"))
    resting = asyncio.create_task(storage.jobs.idle())
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running})
    await asyncio.wait_for(resting, 5)


async def test_a_failure_after_the_job_was_finished_is_told_and_not_repeated(
    storage: Storage, clock: StillClock
) -> None:
    async def finish_and_fail(job: Job) -> None:
        async with storage.units.writing() as u:
            await u.jobs.finish(job.id)
            await u.commit()
        raise ValueError

    with structlog.testing.capture_logs() as lines:
        running = asyncio.create_task(storage.jobs.run({"x": finish_and_fail}))
        await put(storage, Job("x", "x"))
        await storage.jobs.idle()
        clock.advance(3600)
        await storage.jobs.idle()
    assert [line["event"] for line in lines] == ["a job failed after it was finished"]
    storage.jobs.drain()
    await running


async def test_many_delayed_jobs_are_not_walked_through(storage: Storage, clock: StillClock) -> None:
    """The plan of the query that takes jobs: along the index of due times, without sorting."""
    due = _DUE.params(now=clock.now(), most=32)
    async with storage._database.reading() as connection:
        sql = due.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        steps = [row[-1] for row in await connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert steps[0] == "SEARCH job USING INDEX ix_job_state_due_at (state=? AND due_at<?)"
    assert not any("SCAN job" in step or "TEMP B-TREE" in step for step in steps)
