"""The job that looks at all exchange accounts of a trader and fills in one message as answers arrive."""

from datetime import datetime
from functools import partial

from bot.background import jobs
from bot.background.broken_looks import or_apologise
from bot.background.filling_in import fill_in
from bot.background.link_again import link_what_is_new
from bot.background.looking import GIVE_UP_AFTER, GO_ON_AFTER, PATIENCE_S
from bot.logs import log
from bot.reply import to_json
from bot.services import Services
from bot.texts import speaking
from bot.views import checking
from bot.views.stale import goes_on_below
from domain.check_view import CheckView
from domain.records import Job, Json, Screen, Trader


class CheckJob:
    """A kill in the middle starts the check over: it only reads.

    What a rate limit left open is kept per trader, not per message: a second /check goes on from there in its own message, and the
    first one says so.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    async def __call__(self, job: Job) -> None:
        await or_apologise(self._look(job), job, self._services.units, self._services.clock)

    async def _look(self, job: Job) -> None:
        trader_id, _, screen_id = job.subject.partition("|")
        async with self._services.units.reading() as u:
            trader = await u.traders.get(trader_id)
            left = await u.screens.get(_left_open(trader_id))
        if trader is None:
            return
        memory = left.memory if left is not None else {}
        if job.not_before is not None and not job.attempts and memory.get("screen") != screen_id:
            await self._give_way(job, trader, screen_id)
            return
        with speaking(trader.language):
            run = self._services.checks.run(
                trader_id, trigger="command", patience_s=PATIENCE_S, resume=memory.get("resume") or None
            )
            last = await fill_in(run, partial(self._show, trader_id, screen_id), self._services.clock)
            if last is not None:
                await self._finish(job, trader_id, screen_id, last, memory)

    async def _give_way(self, job: Job, trader: Trader, screen_id: str) -> None:
        """A newer check has gone on with what this one had left open, in its own message; so this one does not keep its promise."""
        async with self._services.units.writing() as u:
            with speaking(trader.language):
                below = to_json(goes_on_below(jobs.CHECK))
            await u.outbox.put(trader.id, below, self._services.clock.now(), screen=screen_id)
            await u.jobs.finish(job.id)
            await u.jobs.put(jobs.send(trader.id))
            await u.commit()

    async def _show(self, trader_id: str, screen_id: str, view: CheckView) -> None:
        async with self._services.units.writing() as u:
            await u.outbox.put(trader_id, to_json(checking.result(view)), self._services.clock.now(), screen=screen_id)
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()

    async def _finish(self, job: Job, trader_id: str, screen_id: str, view: CheckView, memory: Json) -> None:
        """The last snapshot, and when to go on if something is left to ask."""
        now = self._services.clock.now()
        began = datetime.fromisoformat(str(memory["began"])) if "began" in memory else now
        goes_on = not view.complete and now - began < GIVE_UP_AFTER
        if not view.complete and not goes_on:
            log.info("a check was given up; the service let nothing through for an hour")
        kept: Json = {"resume": view.resume, "began": began.isoformat(), "screen": screen_id} if goes_on else {}
        async with self._services.units.writing() as u:
            await u.outbox.put(trader_id, to_json(checking.result(view)), now, screen=screen_id)
            if kept or memory:
                await u.screens.put(Screen(_left_open(trader_id), trader_id, None, memory=kept), now)
            await u.jobs.finish(job.id)
            if goes_on:
                later = view.waiting_until or now + GO_ON_AFTER
                await u.jobs.put(jobs.check(trader_id, screen_id, later))
            elif view.complete:
                await link_what_is_new(u, (row.key for row in view.keys), now)
            await u.jobs.put(jobs.send(trader_id))
            await u.commit()


def _left_open(trader_id: str) -> str:
    """Where the answers of an unfinished check are kept; a screen without a message."""
    return f"check-{trader_id}"
