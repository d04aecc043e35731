"""The job that looks whether a repair shows, and says so unasked."""

from dataclasses import replace

from bot.background import jobs
from bot.flows.repairing import Case
from bot.handling import STRIP
from bot.reply import Reply, to_json
from bot.services import Services
from bot.texts import speaking
from bot.views import guides, repairing
from domain.findings import SubjectKind
from domain.records import Job, Repair, RepairState, Trader, UnitOfWork
from domain.repair_watch import CouldNotLook, Nothing, Noticed, RepairWatch, next_look


class LookAgainJob:
    """Every 5 s at first, ever more slowly, for half an hour; then it says so and leaves a button."""

    def __init__(self, services: Services, watch: RepairWatch) -> None:
        self._services = services
        self._watch = watch

    async def __call__(self, job: Job) -> None:
        async with self._services.units.reading() as u:
            repair = await u.repairs.get(job.subject)
            trader = await u.traders.get(repair.trader_id) if repair is not None else None
        if repair is None or trader is None or repair.state is not RepairState.WATCHING:
            return
        look = await self._watch.look(repair)
        with speaking(trader.language):
            match look:
                case Noticed():
                    await self._noticed(job, trader, repair, look)
                case Nothing(baseline):
                    await self._later(
                        job, trader, replace(repair, memory={**repair.memory, "baseline": baseline.to_json()}), None
                    )
                case CouldNotLook(why):
                    await self._later(job, trader, repair, why)

    async def _noticed(self, job: Job, trader: Trader, repair: Repair, look: Noticed) -> None:
        reply = await self._words(repair, look)
        async with self._services.units.writing() as u:
            await u.jobs.finish(job.id)
            if await self._watch.keep(u, repair, look):
                await u.outbox.put(trader.id, to_json(reply), look.at)
                await self._close_conversation(u, trader, repair)
                await u.jobs.put(jobs.send(trader.id))
            await u.commit()

    async def _words(self, repair: Repair, look: Noticed) -> Reply:
        if repair.subject.kind is not SubjectKind.ACCOUNT:
            return repairing.noticed_own(str(repair.memory.get("service", "")), look.changes, look.at)
        case = Case.from_json(repair.memory["case"])
        afterwards = guides.afterwards(case.guide(self._services.library.venues))
        return repairing.noticed(case.account, look.changes, look.at, afterwards)

    async def _later(self, job: Job, trader: Trader, repair: Repair, why: object) -> None:
        now = self._services.clock.now()
        not_before = getattr(why, "retry_at", None)
        at = next_look(repair.began_at, now, not_before)
        async with self._services.units.writing() as u:
            await u.jobs.finish(job.id)
            if at is None:
                ended = replace(repair, state=RepairState.GIVEN_UP, ended_at=now)
                if await u.repairs.move(repair.id, RepairState.WATCHING, ended):
                    await u.outbox.put(trader.id, to_json(self._gave_up(repair)), now)
                    await u.jobs.put(jobs.send(trader.id))
            elif await u.repairs.move(repair.id, RepairState.WATCHING, repair):
                await u.jobs.put(jobs.look_again(repair.id, at))
            await u.commit()

    def _gave_up(self, repair: Repair) -> Reply:
        if repair.subject.kind is SubjectKind.ACCOUNT:
            return repairing.gave_up(Case.from_json(repair.memory["case"]).account, repair.subject.id)
        return repairing.gave_up(str(repair.memory.get("service", "")).capitalize(), repair.subject.id)

    async def _close_conversation(self, u: UnitOfWork, trader: Trader, repair: Repair) -> None:
        """The open steps of this very repair are over; any other conversation stays."""
        standing = await u.conversations.get(trader.id)
        if standing is None:
            return
        kept = standing.memory.get("case") or {}
        if repair.id not in (kept.get("repair_id"), standing.memory.get("repair_id")):
            return
        if await u.conversations.end(trader.id, standing.version) and standing.screen is not None:
            await u.outbox.put(trader.id, dict(STRIP), self._services.clock.now(), screen=standing.screen)
