"""The job that reads what a form needs, and takes the conversation on from there."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot import jobs
from bot.broken_looks import or_apologise
from bot.errors import reply_for
from bot.flows import set_up
from bot.flows.flow import Turn, end
from bot.flows.runner import Runner
from bot.texts import speaking
from bot.views import setting_up as view
from domain.access import KeyGone
from domain.errors import NotThere, SupportError
from domain.records import Job, Json, Trader, UnitsOfWork
from domain.set_up import NothingLeft
from domain.set_up_again import Paused, SetUpAgain
from domain.values import Clock

PATIENCE_S = 5.0
"""How long one run waits for a service that asks to slow down; longer waits become a job for later."""
GIVE_UP_AFTER = timedelta(hours=1)
"""From then on the form is filled from what was read, and says what was not."""


class SetUpJob:
    """Subject: trader|reading (`jobs.set_up`). It only reads, so a kill in the middle starts it over.

    The conversation decides: one that was cancelled, or that is about something else by now, is left alone.
    """

    def __init__(self, units: UnitsOfWork, clock: Clock, set_up_again: SetUpAgain, runner: Runner) -> None:
        self._units = units
        self._clock = clock
        self._again = set_up_again
        self._runner = runner

    async def __call__(self, job: Job) -> None:
        trader_id, _, reading = job.subject.partition("|")
        async with self._units.reading() as u:
            trader = await u.traders.get(trader_id)
            conversation = await u.conversations.get(trader_id)
        if trader is None or conversation is None or not set_up.reads(conversation, reading):
            return
        told = replace(job, subject=f"{trader_id}|{conversation.screen}")
        with speaking(trader.language):
            await or_apologise(self._run(job, trader, reading, conversation.memory), told, self._units, self._clock)

    async def _run(self, job: Job, trader: Trader, reading: str, memory: Json) -> None:
        try:
            turn, pause = await self._read(trader, memory)
        except Exception:
            await self._end(trader, reading)  # the apology takes the place of the question
            raise
        async with self._units.writing() as u:
            conversation = await u.conversations.get(trader.id)
            await u.jobs.finish(job.id)
            if conversation is not None and set_up.reads(conversation, reading):
                waited = pause is None and set_up.was_paused(conversation.memory)
                screen = f"q-{reading}" if waited or conversation.screen is None else conversation.screen
                after = view.reading_done(set_up.subject(conversation.memory)) if waited else None
                await self._runner.go_on(u, conversation, turn, screen=screen, after=after)
                if pause is not None:
                    await u.jobs.put(jobs.set_up(trader.id, reading, pause.until))
                await u.jobs.put(jobs.send(trader.id))
            await u.commit()

    async def _read(self, trader: Trader, memory: Json) -> tuple[Turn, Paused | None]:
        """The step that follows, and the pause before the next run."""
        now = self._clock.now()
        began = datetime.fromisoformat(str(memory[set_up.BEGAN])) if set_up.BEGAN in memory else now
        try:
            found = await self._again.read(
                trader.id,
                set_up.wanted(memory),
                trigger="button",
                answers=memory.get(set_up.ANSWERS),
                patience_s=PATIENCE_S,
                last=now - began >= GIVE_UP_AFTER,
            )
        except NotThere:
            return end(view.not_there(set_up.subject(memory))), None
        except (SupportError, KeyGone) as error:
            reply = reply_for(error)
            assert reply is not None, "every error of the domain has its words"
            return end(reply), None
        match found:
            case Paused():
                return set_up.paused(memory, found, began), found
            case NothingLeft():
                return end(view.nothing_left(set_up.subject(memory))), None
        return set_up.filled(memory, found), None

    async def _end(self, trader: Trader, reading: str) -> None:
        async with self._units.writing() as u:
            conversation = await u.conversations.get(trader.id)
            if conversation is not None and set_up.reads(conversation, reading):
                await u.conversations.end(trader.id, conversation.version)
            await u.commit()
