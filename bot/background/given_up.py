"""Watching and linking go on unasked; where they break by a defect of our own, the trader is told and not left to wait."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.background import jobs
from bot.background.order_watch import name_of, watched_of
from bot.flows.repairing import Case
from bot.reply import Reply, to_json
from bot.texts import speaking
from bot.views import giving_up as view
from domain.findings import SubjectKind
from domain.freed_orders import is_of_order
from domain.records import Job, Repair, RepairState, UnitOfWork, UnitsOfWork
from domain.values import Clock


class TellTheTrader:
    """Called once a job has failed for good, with the incident number that stands in the log. Other kinds of jobs tell by themselves."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def __call__(self, job: Job, incident: str) -> None:
        async with self._units.writing() as u:
            match job.kind:
                case jobs.LOOK_AGAIN | jobs.WATCH_ORDER:
                    await self._watch_ends(u, job.subject, incident)
                case jobs.LINK:
                    await self._not_linked(u, job.subject.partition("|")[0], incident)
            await u.commit()

    async def _watch_ends(self, u: UnitOfWork, repair_id: str, incident: str) -> None:
        repair = await u.repairs.get(repair_id)
        if repair is None:
            return
        ended = replace(repair, state=RepairState.GIVEN_UP, ended_at=self._clock.now())
        if await u.repairs.move(repair.id, RepairState.WATCHING, ended):
            await self._say(u, repair.trader_id, partial(_watch_broke, repair, incident))

    async def _not_linked(self, u: UnitOfWork, key_id: str, incident: str) -> None:
        key = await u.keys.get(key_id)
        if key is not None:
            await self._say(u, key.trader_id, partial(view.not_linked, key.service, incident))

    async def _say(self, u: UnitOfWork, trader_id: str, words: Callable[[], Reply]) -> None:
        trader = await u.traders.get(trader_id)
        if trader is None:
            return
        with speaking(trader.language):
            await u.outbox.put(trader_id, to_json(words()), self._clock.now())
        await u.jobs.put(jobs.send(trader_id))


def _watch_broke(repair: Repair, incident: str) -> Reply:
    order = watched_of(repair)
    if order is not None:
        return view.order_watch_broke(*order, incident)
    if is_of_order(repair):
        return view.watch_broke(name_of(repair), incident)
    if repair.subject.kind is SubjectKind.ACCOUNT:
        return view.watch_broke(Case.from_json(repair.memory["case"]).account, incident)
    return view.watch_broke(str(repair.memory.get("service", "")).capitalize(), incident)
