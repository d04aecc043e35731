"""What every engine of background work promises, through the ports alone. A second engine joins by one more parameter."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.records import Job, JobHandler, JobLoop, UnitsOfWork
from storage.opening import Storage, open_storage
from tests.storage.clock import StillClock


class Engine:
    """One database, and a process on it that can be stopped, killed and started again."""

    def __init__(self, open_again: Callable[[], Awaitable[Storage]], clock: StillClock) -> None:
        self._open = open_again
        self._storage: Storage
        self._running: asyncio.Task[None] | None = None
        self.clock = clock
        self.ran: list[str] = []
        """Subjects, as their handlers began."""

    @property
    def units(self) -> UnitsOfWork:
        return self._storage.units

    @property
    def loop(self) -> JobLoop:
        return self._storage.jobs

    async def open(self) -> None:
        self._storage = await self._open()

    def start(self, handler: JobHandler | None = None) -> None:
        """Run jobs of the kind "work"; each is noted in `ran` before `handler` gets it."""

        async def work(job: Job) -> None:
            self.ran.append(job.subject)
            if handler is not None:
                await handler(job)

        self._running = asyncio.create_task(self.loop.run({"work": work}))

    async def drained(self) -> None:
        self.loop.drain()
        await self.ended()

    async def ended(self) -> None:
        assert self._running is not None
        await asyncio.wait_for(self._running, 10)

    async def killed(self) -> None:
        """As if the process were gone: handlers stop where they stand; then a new process opens the database."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        await self._storage.close()
        await self.open()

    async def put(self, *jobs: Job) -> None:
        async with self.units.writing() as u:
            for job in jobs:
                await u.jobs.put(job)
            await u.commit()

    async def idle(self) -> None:
        await asyncio.wait_for(self.loop.idle(), 10)

    async def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.idle()

    async def close(self) -> None:
        await self.killed()
        await self._storage.close()


@pytest.fixture(params=["sqlite"])
async def engine(
    request: pytest.FixtureRequest, tmp_path: Path, clock: StillClock, master_key: str
) -> AsyncIterator[Engine]:
    engine = Engine(lambda: open_storage("", tmp_path, master_key, clock), clock)
    await engine.open()
    yield engine
    await engine.close()


def job(subject: object, *, order_key: str | None = None, dedup_key: str | None = None) -> Job:
    return Job("work", str(subject), order_key=order_key, dedup_key=dedup_key)


async def test_a_job_runs_without_waiting_once_its_transaction_commits(engine: Engine) -> None:
    engine.start()
    await engine.idle()
    await engine.put(job("now"))
    await engine.idle()
    assert engine.ran == ["now"]


async def test_a_job_of_a_transaction_that_was_rolled_back_never_runs(engine: Engine) -> None:
    engine.start()
    async with engine.units.writing() as u:
        await u.jobs.put(job("never"))
    await engine.put(job("after"))
    await engine.idle()
    assert engine.ran == ["after"]


async def test_a_handler_is_told_all_that_was_put(engine: Engine) -> None:
    seen: list[Job] = []

    async def look(job: Job) -> None:
        seen.append(job)

    engine.start(look)
    await engine.put(Job("work", "subject", "order", None, "dedup"))
    await engine.idle()
    assert [(j.kind, j.subject, j.order_key, j.dedup_key, j.id > 0) for j in seen] == [
        ("work", "subject", "order", "dedup", True)
    ]


async def test_jobs_of_one_order_key_run_one_after_the_other_as_they_were_put(engine: Engine) -> None:
    inside: Counter[str] = Counter()

    async def alone(job: Job) -> None:
        assert job.order_key is not None
        inside[job.order_key] += 1
        await asyncio.sleep(0)
        assert inside[job.order_key] == 1
        inside[job.order_key] -= 1

    for number in range(40):
        await engine.put(job(number, order_key=f"trader-{number % 4}"))
    engine.start(alone)
    await engine.idle()
    assert len(engine.ran) == 40
    for trader in range(4):
        mine = [int(subject) for subject in engine.ran if int(subject) % 4 == trader]
        assert mine == sorted(mine)


async def test_different_order_keys_run_side_by_side(engine: Engine) -> None:
    """Each of ten waits for all ten to have begun."""
    all_there = asyncio.Barrier(10)

    async def meet(_job: Job) -> None:
        await all_there.wait()

    engine.start(meet)
    await engine.put(*(job(number, order_key=str(number)) for number in range(10)))
    await engine.idle()
    assert len(engine.ran) == 10


async def test_a_long_job_holds_up_its_own_order_key_only(engine: Engine) -> None:
    go = asyncio.Event()

    async def wait(job: Job) -> None:
        if job.subject == "slow":
            await go.wait()

    engine.start(wait)
    await engine.put(job("slow", order_key="a"), job("behind", order_key="a"), job("other", order_key="b"), job("free"))
    await until(lambda: len(engine.ran) == 3)
    assert sorted(engine.ran) == ["free", "other", "slow"]
    go.set()
    await engine.idle()
    assert engine.ran[-1] == "behind"


async def test_many_waiting_jobs_of_one_trader_do_not_starve_another(engine: Engine) -> None:
    go = asyncio.Event()

    async def wait(job: Job) -> None:
        if job.order_key == "busy":
            await go.wait()

    await engine.put(*(job(number, order_key="busy") for number in range(200)))
    engine.start(wait)
    await until(lambda: engine.ran == ["0"])
    await engine.put(job("other", order_key="quiet"))
    await until(lambda: "other" in engine.ran)
    go.set()
    await engine.idle()
    assert len(engine.ran) == 201


async def test_a_delayed_job_waits_for_its_time(engine: Engine) -> None:
    engine.start()
    at = engine.clock.now()
    await engine.put(
        *(Job("work", f"in {minutes} min", not_before=at + timedelta(minutes=minutes)) for minutes in (3, 1, 2))
    )
    await engine.idle()
    assert engine.ran == []
    for minutes in (1, 2, 3):
        await engine.advance(60)
        assert engine.ran == [f"in {done + 1} min" for done in range(minutes)]


async def test_a_job_that_waits_makes_a_second_one_with_its_key_void(engine: Engine) -> None:
    await engine.put(
        job("first", dedup_key="send:ann"), job("second", dedup_key="send:ann"), job("other", dedup_key="send:ben")
    )
    engine.start()
    await engine.idle()
    assert sorted(engine.ran) == ["first", "other"]
    await engine.put(job("later", dedup_key="send:ann"))
    await engine.idle()
    assert engine.ran[-1] == "later"


async def test_a_job_that_runs_already_makes_no_other_void(engine: Engine) -> None:
    """It has read the world as it was; what was put since would be lost."""
    go = asyncio.Event()

    async def wait(_job: Job) -> None:
        await go.wait()

    engine.start(wait)
    await engine.put(job("first", order_key="ann", dedup_key="send:ann"))
    await until(lambda: engine.ran == ["first"])
    await engine.put(job("second", order_key="ann", dedup_key="send:ann"))
    await engine.put(job("third", order_key="ann", dedup_key="send:ann"))
    go.set()
    await engine.idle()
    assert engine.ran == ["first", "second"]


async def test_what_a_void_job_was_put_for_is_seen_by_the_one_that_waits(engine: Engine) -> None:
    """The waiting job starts after the transaction that found it waiting has committed, never in between."""
    seen: list[int] = []
    wanted = 0

    async def look(_job: Job) -> None:
        async with engine.units.reading() as u:
            seen.append(len(await u.outbox.waiting(trader.id)))

    async with engine.units.writing() as u:
        trader = await u.traders.meet(1, "en", engine.clock.now())
        await u.commit()
    engine.start(look)
    for number in range(30):
        async with engine.units.writing() as u:
            await u.jobs.put(job("send", dedup_key="send"))
            if number % 3 == 0:
                await asyncio.sleep(0)
            await u.outbox.put(trader.id, {}, engine.clock.now())
            wanted += 1
            await u.commit()
        if number % 4 == 0:
            await asyncio.sleep(0)
    await engine.idle()
    assert seen[-1] == wanted


async def test_a_job_put_from_a_job_runs_after_it(engine: Engine) -> None:
    async def go_on(job_: Job) -> None:
        if int(job_.subject) < 5:
            await engine.put(job(int(job_.subject) + 1, order_key="chain", dedup_key="chain"))

    engine.start(go_on)
    await engine.put(job(0, order_key="chain", dedup_key="chain"))
    await engine.idle()
    assert engine.ran == ["0", "1", "2", "3", "4", "5"]


async def test_a_job_that_finishes_itself_in_its_own_transaction_does_not_run_again(engine: Engine) -> None:
    finished = asyncio.Event()

    async def finish_and_go_on(job_: Job) -> None:
        async with engine.units.writing() as u:
            await u.jobs.finish(job_.id)
            await u.commit()
        finished.set()
        await asyncio.Event().wait()

    await engine.put(job("once"))
    engine.start(finish_and_go_on)
    await asyncio.wait_for(finished.wait(), 10)
    await engine.killed()
    engine.start()
    await engine.idle()
    assert engine.ran == ["once"]


async def test_a_finish_that_was_rolled_back_does_not_count(engine: Engine) -> None:
    async def finish_and_change_its_mind(job_: Job) -> None:
        async with engine.units.writing() as u:
            await u.jobs.finish(job_.id)
        if len(engine.ran) == 1:
            raise ValueError

    engine.start(finish_and_change_its_mind)
    await engine.put(job("again"))
    await engine.idle()
    await engine.advance(1)
    assert engine.ran == ["again", "again"]


async def test_a_job_that_fails_is_tried_again_after_1_10_and_60_seconds(engine: Engine) -> None:
    async def fail(_job: Job) -> None:
        raise ValueError

    engine.start(fail)
    await engine.put(job("poison", order_key="ann"), job("behind", order_key="ann"))
    for tries, pause in enumerate((1, 10, 60), start=1):
        await engine.idle()
        assert engine.ran == ["poison"] * tries
        await engine.advance(pause - 0.5)
        assert engine.ran == ["poison"] * tries
        await engine.advance(0.5)
    assert engine.ran == ["poison"] * 4 + ["behind"]
    await engine.advance(3600)
    assert engine.ran.count("poison") == 4


async def test_a_job_that_fails_once_succeeds_the_next_time(engine: Engine) -> None:
    async def fail_first(_job: Job) -> None:
        if len(engine.ran) == 1:
            raise ValueError

    engine.start(fail_first)
    await engine.put(job("shaky"))
    await engine.idle()
    await engine.advance(1)
    await engine.advance(3600)
    assert engine.ran == ["shaky", "shaky"]


async def test_a_kind_that_nobody_handles_does_not_stop_the_others(engine: Engine) -> None:
    engine.start()
    await engine.put(Job("unheard of", "x"), job("known"))
    await engine.idle()
    assert engine.ran == ["known"]


async def test_what_ran_at_a_crash_runs_again_at_the_next_start_and_in_order(engine: Engine) -> None:
    stuck = asyncio.Event()

    async def hang(_job: Job) -> None:
        await stuck.wait()

    await engine.put(
        *(job(number, order_key="ann", dedup_key=f"{number}") for number in range(3)), job("x", order_key="ben")
    )
    engine.start(hang)
    await until(lambda: len(engine.ran) == 2)
    await engine.killed()
    engine.ran.clear()
    engine.start()
    await engine.idle()
    assert [subject for subject in engine.ran if subject != "x"] == ["0", "1", "2"]
    assert engine.ran.count("x") == 1


async def test_nothing_that_is_done_runs_again_at_the_next_start(engine: Engine) -> None:
    engine.start()
    await engine.put(*(job(number) for number in range(50)))
    await engine.idle()
    await engine.killed()
    engine.start()
    await engine.idle()
    assert len(engine.ran) == 50


async def test_draining_finishes_what_was_begun_and_begins_nothing(engine: Engine) -> None:
    go, ended = asyncio.Event(), list[str]()

    async def wait(job_: Job) -> None:
        await go.wait()
        ended.append(job_.subject)

    engine.start(wait)
    await engine.put(job("begun", order_key="ann"), job("not begun", order_key="ann"))
    await until(lambda: engine.ran == ["begun"])
    engine.loop.drain()
    await engine.put(job("too late"))
    go.set()
    await engine.ended()
    assert ended == ["begun"]
    await engine.killed()
    engine.start()
    await engine.idle()
    assert engine.ran == ["begun", "not begun", "too late"]


async def test_an_idle_loop_ends_at_once_when_drained(engine: Engine) -> None:
    engine.start()
    await engine.idle()
    await engine.drained()


def turns() -> Iterator[None]:
    """For a condition that needs real I/O: at most ten seconds of looking."""
    deadline = asyncio.get_running_loop().time() + 10
    while asyncio.get_running_loop().time() < deadline:
        yield
    pytest.fail("it did not happen")


async def until(condition: Callable[[], bool]) -> None:
    for _ in turns():
        if condition():
            return
        await asyncio.sleep(0.001)
