"""What is kept for a told time goes when that is over; what stands or waits stays however old it is."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from domain.records import (
    Conversation,
    Job,
    OutgoingState,
    Repair,
    RepairState,
    Screen,
    Trader,
)
from storage.database import sync_engine
from storage.jobs.queue import JobState
from storage.migrations import alembic_config, migrate_file
from storage.opening import Storage
from storage.tables import JobRow
from tests.storage.clock import StillClock
from tests.storage.people import finding, meet
from tests.storage.raw import rows, write

DAY = timedelta(days=1)


@pytest.fixture
async def ann(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 1, clock.now())


@pytest.fixture
async def ben(storage: Storage, clock: StillClock) -> Trader:
    return await meet(storage, 2, clock.now())


async def test_sent_texts_go_and_waiting_ones_stay(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        sent = await u.outbox.put(ann.id, {"text": "sent"}, clock.now())
        waits = await u.outbox.put(ann.id, {"text": "waits"}, clock.now())
        await u.outbox.finish(sent, OutgoingState.SENT)
        assert await u.outbox.prune(clock.now()) == 0
        assert await u.outbox.prune(clock.now() + DAY) == 1
        assert [item.id for item in await u.outbox.waiting(ann.id)] == [waits]


async def test_a_screen_grows_old_from_when_it_was_written_last(
    storage: Storage, clock: StillClock, ann: Trader
) -> None:
    async with storage.units.writing() as u:
        for name in ("left", "turned"):
            await u.screens.put(Screen(name, ann.id, None, memory={"picture": name}), clock.now())
        await u.screens.put(Screen("turned", ann.id, 9), clock.now() + DAY)
        assert await u.screens.prune(clock.now()) == 0
        assert await u.screens.prune(clock.now() + DAY) == 1
        assert await u.screens.get("left") is None
        assert await u.screens.get("turned") is not None


async def test_a_conversation_goes_in_the_moment_in_which_it_expires(
    storage: Storage, clock: StillClock, ann: Trader, ben: Trader
) -> None:
    async with storage.units.writing() as u:
        await u.conversations.save(Conversation(ann.id, "connect", "service", {}, clock.now()), None)
        await u.conversations.save(Conversation(ben.id, "connect", "service", {}, clock.now() + DAY), None)
        assert await u.conversations.prune(clock.now()) == 1
        assert await u.conversations.get(ann.id) is None
        assert await u.conversations.get(ben.id) is not None


async def test_a_solved_issue_goes_and_one_that_stands_stays(storage: Storage, clock: StillClock, ann: Trader) -> None:
    async with storage.units.writing() as u:
        solved = await u.issues.raise_(ann.id, finding("solved"), clock.now())
        stands = await u.issues.raise_(ann.id, finding("stands"), clock.now())
        await u.issues.solve(solved.id, clock.now() + DAY)
        assert await u.issues.prune(clock.now() + DAY) == 0
        assert await u.issues.prune(clock.now() + 2 * DAY) == 1
        assert await u.issues.get(solved.id) is None
        assert await u.issues.open(ann.id) == [stands]


async def test_a_repair_goes_whatever_became_of_it(storage: Storage, clock: StillClock, ann: Trader) -> None:
    subject = finding().subject
    async with storage.units.writing() as u:
        for state in RepairState:
            await u.repairs.put(Repair(state, ann.id, subject, state, clock.now()))
        await u.repairs.put(Repair("young", ann.id, subject, RepairState.WATCHING, clock.now() + DAY))
        assert await u.repairs.prune(clock.now() + DAY) == len(RepairState)
        assert [repair.id for repair in await u.repairs.watching(ann.id)] == ["young"]


async def test_a_job_that_failed_for_good_goes_and_one_that_waits_stays(storage: Storage, clock: StillClock) -> None:
    async with storage.units.writing() as u:
        await u.jobs.put(Job("work", "failed", not_before=clock.now()))
        await u.jobs.put(Job("work", "waits", not_before=clock.now()))
        await u.commit()
    await write(storage, JobRow, {"state": JobState.FAILED}, JobRow.subject == "failed")
    async with storage.units.writing() as u:
        assert await u.jobs.prune(clock.now()) == 0
        assert await u.jobs.prune(clock.now() + DAY) == 1
        await u.commit()
    assert [row.subject for row in await rows(storage, JobRow)] == ["waits"]


def test_screens_of_before_they_had_a_time_grow_old_from_the_migration_on(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate_file(path, "0001")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO trader VALUES ('t', x'00', 'reachable', '2026-01-01 00:00:00', 0, x'')")
        connection.execute("INSERT INTO screen VALUES ('s', 't', 5, 77, x'AB')")
    migrate_file(path)
    with sqlite3.connect(path) as connection:
        (row,) = connection.execute(
            "SELECT id, trader_id, message_id, revision, content, julianday('now') - julianday(written_at) FROM screen"
        )
    assert row[:5] == ("s", "t", 5, 77, b"\xab")
    assert abs(row[5]) < 0.01, "days"
    engine = sync_engine(path)
    with engine.connect() as connection:
        command.downgrade(alembic_config(connection), "0001")
        connection.commit()
    engine.dispose()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM screen").fetchall() == [("s", "t", 5, 77, b"\xab")]
