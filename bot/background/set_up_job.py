"""The job that reads what a form needs, and takes the conversation on from there."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.background import jobs
from bot.background.broken_looks import or_apologise
from bot.errors import reply_for
from bot.flows import set_up
from bot.flows.flow import Turn, end
from bot.flows.runner import Runner
from bot.texts import speaking
from bot.views import setting_up as view
from domain.access import KeyGone
from domain.errors import NotThere, SupportError
from domain.records import Conversation, Job, Json, Trader, UnitOfWork, UnitsOfWork
from domain.set_up.again import Paused, SetUpAgain
from domain.set_up.values import NothingLeft
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
            outcome = await self._read(trader, memory)
            await self._keep(job, trader, reading, outcome)
        except Exception:
            await self._end(trader, reading)  # the apology takes the place of the question
            raise

    async def _keep(self, job: Job, trader: Trader, reading: str, outcome: "_Outcome") -> None:
        async with self._units.writing() as u:
            conversation = await u.conversations.get(trader.id)
            await u.jobs.finish(job.id)
            if conversation is not None and set_up.reads(conversation, reading):
                await self._go_on(u, conversation, reading, outcome)
            await u.commit()

    async def _go_on(self, u: UnitOfWork, conversation: Conversation, reading: str, outcome: "_Outcome") -> None:
        """In the message of the question; what comes after a pause is a message of its own, so that it is noticed."""
        trader_id, about = conversation.trader_id, set_up.subject(conversation.memory)
        screen, after = conversation.screen, None
        if outcome.pause is not None:
            await u.jobs.put(jobs.set_up(trader_id, reading, outcome.pause.until))
        elif set_up.was_paused(conversation.memory):
            screen = None
            after = view.reading_done(about) if outcome.found else view.reading_stopped(about)
        await self._runner.go_on(u, conversation, outcome.turn, screen=screen or f"q-{reading}", after=after)
        await u.jobs.put(jobs.send(trader_id))

    async def _read(self, trader: Trader, memory: Json) -> "_Outcome":
        now = self._clock.now()
        began = datetime.fromisoformat(str(memory[set_up.BEGAN])) if set_up.BEGAN in memory else now
        read = partial(self._again.read, trader.id, set_up.wanted(memory), trigger="button", patience_s=PATIENCE_S)
        try:
            found = await read(answers=memory.get(set_up.ANSWERS), last=now - began >= GIVE_UP_AFTER)
            if isinstance(found, Paused) and found.until - began > GIVE_UP_AFTER:
                found = await read(answers=found.answers, last=True)  # a ban may last for days; the question does not
        except NotThere:
            return _Outcome(end(view.not_there(set_up.subject(memory))))
        except (SupportError, KeyGone) as error:
            reply = reply_for(error)
            assert reply is not None, "every error of the domain has its words"
            return _Outcome(end(reply))
        match found:
            case Paused():
                return _Outcome(set_up.paused(memory, found, began), pause=found)
            case NothingLeft():
                return _Outcome(end(view.nothing_left(set_up.subject(memory))), found=True)
        return _Outcome(set_up.filled(memory, found), found=True)

    async def _end(self, trader: Trader, reading: str) -> None:
        async with self._units.writing() as u:
            conversation = await u.conversations.get(trader.id)
            if conversation is not None and set_up.reads(conversation, reading):
                await u.conversations.end(trader.id, conversation.version)
            await u.commit()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The step that follows a run."""

    turn: Turn
    pause: Paused | None = None
    """Before the next run; None: this was the last."""
    found: bool = False
    """What was to be read was read."""
