"""The job that looks at all exchange accounts of a trader and fills in one message as answers arrive."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot import jobs
from bot.logs import log
from bot.reply import to_json
from bot.services import Services
from bot.texts import speaking
from bot.views import checking
from domain.check_view import CheckView
from domain.records import Job, Screen

SHOW_EVERY = timedelta(seconds=1)
PATIENCE_S = 5.0
"""How long one run waits for a service that asks to slow down; longer waits become a job for later."""
GIVE_UP_AFTER = timedelta(hours=1)


class CheckJob:
    """A kill in the middle starts the check over: it only reads."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, job: Job) -> None:
        trader_id, _, screen_id = job.subject.partition("|")
        async with self._services.units.reading() as u:
            trader = await u.traders.get(trader_id)
            screen = await u.screens.get(screen_id)
        if trader is None:
            return
        memory = screen.memory if screen is not None else {}
        shown_at: datetime | None = None
        last: CheckView | None = None
        with speaking(trader.language):
            async for view in self._services.checks.run(
                trader_id, trigger="command", patience_s=PATIENCE_S, resume=memory.get("resume") or None
            ):
                last = view
                now = self._services.clock.now()
                if shown_at is None or now - shown_at >= SHOW_EVERY:
                    shown_at = now
                    await self._show(trader_id, screen_id, view)
            if last is not None:
                await self._finish(job, trader_id, screen_id, last, memory)

    async def _show(self, trader_id: str, screen_id: str, view: CheckView) -> None:
        async with self._services.units.writing() as u:
            await u.outbox.put(trader_id, to_json(checking.result(view)), self._services.clock.now(), screen=screen_id)
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()

    async def _finish(
        self, job: Job, trader_id: str, screen_id: str, view: CheckView, memory: dict[str, object]
    ) -> None:
        """The last snapshot, and when to go on if something is left to ask."""
        now = self._services.clock.now()
        began = datetime.fromisoformat(str(memory["began"])) if "began" in memory else now
        goes_on = not view.complete and now - began < GIVE_UP_AFTER
        if not view.complete and not goes_on:
            log.info("a check was given up; the service let nothing through for an hour")
        async with self._services.units.writing() as u:
            await u.outbox.put(trader_id, to_json(checking.result(view)), now, screen=screen_id)
            screen = await u.screens.get(screen_id) or Screen(screen_id, trader_id, None)
            kept = {"resume": view.resume, "began": began.isoformat()} if goes_on else {}
            await u.screens.put(replace(screen, memory=kept))
            await u.jobs.finish(job.id)
            if goes_on:
                later = view.waiting_until or now + timedelta(seconds=30)
                await u.jobs.put(jobs.check(trader_id, screen_id, later))
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()
