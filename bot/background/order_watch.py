"""The bot notices by itself when an order that is cancelled by hand is gone, and says what became of it."""

from dataclasses import replace
from datetime import datetime

from bot.background import jobs
from bot.handling import new_id
from bot.reply import Reply, to_json
from bot.texts import speaking
from bot.views import freeing as view
from domain.findings import Subject, SubjectKind
from domain.free_by_hand import CouldNotSee, Gone, OrderWatch, Stands, WatchedOrder
from domain.freed_orders import order_of, remember
from domain.records import Job, Repair, RepairState, Trader, UnitOfWork, UnitsOfWork
from domain.repair_watch import next_look
from domain.values import Clock

_NAME, _KEY = "name", "order_key"
HOPELESS = frozenset({"KeyGone", "KeyRefused"})
"""Reasons after which no later look sees more."""


def watched_of(repair: Repair) -> tuple[WatchedOrder, str] | None:
    """The order that a repair watches, and the name of its account; None for a repair of another kind."""
    watched = order_of(repair)
    return None if watched is None else (watched, str(repair.memory[_NAME]))


async def begin_watch(
    u: UnitOfWork, trader_id: str, watched: WatchedOrder, name: str, order_key: str, at: datetime
) -> None:
    """Watch from now on; an order that is watched already is not watched twice."""
    for other in await u.repairs.watching(trader_id):
        if other.memory.get(_KEY) == order_key:
            if order_of(other) is not None:
                return
            await u.repairs.move(
                other.id, RepairState.WATCHING, replace(other, state=RepairState.GIVEN_UP, ended_at=at)
            )
    memory = remember({_NAME: name, _KEY: order_key}, watched)
    repair = Repair(new_id(), trader_id, Subject(SubjectKind.KEY, watched.key_id), RepairState.WATCHING, at, memory)
    await u.repairs.put(repair)
    await u.jobs.put(jobs.watch_order(repair.id, at))


def name_of(repair: Repair) -> str:
    """The name of the account on which the order stands."""
    return str(repair.memory.get(_NAME, ""))


def order_key_of(repair: Repair) -> str:
    return str(repair.memory[_KEY])


class WatchOrderJob:
    """Looks at once, then every 5 s, ever more slowly, for half an hour; then it says so and leaves a button."""

    def __init__(self, units: UnitsOfWork, clock: Clock, watch: OrderWatch) -> None:
        self._units = units
        self._clock = clock
        self._watch = watch

    async def __call__(self, job: Job) -> None:
        async with self._units.reading() as u:
            repair = await u.repairs.get(job.subject)
            trader = await u.traders.get(repair.trader_id) if repair is not None else None
        if repair is None or trader is None or repair.state is not RepairState.WATCHING:
            return
        found = watched_of(repair)
        if found is None:
            raise ValueError("the order was kept in another shape")  # the trader is told that the watch is over
        watched, name = found
        look = await self._watch.look(watched)
        with speaking(trader.language):
            match look:
                case Gone(became, at):
                    said = view.gone(watched, name, became, at, first=watched.before is None)
                    gone = replace(repair, memory=remember(repair.memory, watched, became))
                    await self._end(job, trader, gone, RepairState.NOTICED, said)
                case Stands(now):
                    kept = replace(repair, memory=remember(repair.memory, now))
                    await self._later(job, trader, kept, None)
                case CouldNotSee(why) if why.error in HOPELESS:
                    said = view.could_not_watch(watched, name, why)
                    await self._end(job, trader, repair, RepairState.GIVEN_UP, said)
                case CouldNotSee(why):
                    await self._later(job, trader, repair, why.retry_at)

    async def _later(self, job: Job, trader: Trader, repair: Repair, not_before: datetime | None) -> None:
        at = next_look(repair.began_at, self._clock.now(), not_before)
        if at is None:
            found = watched_of(repair)
            assert found is not None, "only orders come here"
            await self._end(job, trader, repair, RepairState.GIVEN_UP, view.still_there(*found, repair.id))
            return
        async with self._units.writing() as u:
            await u.jobs.finish(job.id)
            if await u.repairs.move(repair.id, RepairState.WATCHING, repair):
                await u.jobs.put(jobs.watch_order(repair.id, at))
            await u.commit()

    async def _end(self, job: Job, trader: Trader, repair: Repair, state: RepairState, said: Reply) -> None:
        now = self._clock.now()
        async with self._units.writing() as u:
            await u.jobs.finish(job.id)
            if await u.repairs.move(repair.id, RepairState.WATCHING, replace(repair, state=state, ended_at=now)):
                await u.outbox.put(trader.id, to_json(said), now)
                await u.jobs.put(jobs.send(trader.id))
            await u.commit()
