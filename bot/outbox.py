"""Sends what waits, per trader in order; obeys Telegram's limits per chat and overall.

Source of the limits: Bot API FAQ ("My bot is hitting limits"). Only `retry_after` is certain; the paces below keep clear of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.background import jobs
from bot.delivery import Delivery
from bot.logs import log
from bot.reply import Reply
from domain.records import Job, Outgoing, OutgoingState, Screen, Trader, UnitsOfWork
from domain.values import Clock

MAX_ATTEMPTS = 30
"""At most a minute apart: a message outlives about half an hour without Telegram."""
LONGEST_PAUSE_S = 60.0
EDIT_EVERY_S = 1.2
CHAT_BURST = 8
CHAT_EVERY_S = 1.0
OVERALL_PER_S = 25


@dataclass
class _Bucket:
    """Tokens that refill with time."""

    capacity: float
    per_second: float
    tokens: float
    at: datetime

    def wait(self, now: datetime) -> float:
        """Seconds until there is one; 0.0 if there is one now."""
        self.tokens = min(self.capacity, self.tokens + (now - self.at).total_seconds() * self.per_second)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.per_second

    def take(self) -> None:
        self.tokens -= 1


class Pace:
    """When the next message of a chat may go. In the process; one process sends."""

    def __init__(self, clock: Clock, *, off: bool = False) -> None:
        self._clock = clock
        self._off = off
        self._chats: dict[str, _Bucket] = {}
        self._all = _Bucket(OVERALL_PER_S, OVERALL_PER_S, OVERALL_PER_S, clock.now())
        self._edited: dict[str, datetime] = {}

    def wait_for(self, trader_id: str) -> float:
        if self._off:
            return 0.0
        now = self._clock.now()
        if len(self._chats) > 10_000:
            self._chats.clear()
        chat = self._chats.setdefault(trader_id, _Bucket(CHAT_BURST, 1 / CHAT_EVERY_S, CHAT_BURST, now))
        seconds = max(self._all.wait(now), chat.wait(now))
        if seconds == 0.0:
            self._all.take()
            chat.take()
        return seconds

    def wait_for_edit(self, screen: str) -> float:
        """A screen is rewritten at most once in EDIT_EVERY_S."""
        if self._off:
            return 0.0
        now = self._clock.now()
        last = self._edited.get(screen)
        left = 0.0 if last is None else EDIT_EVERY_S - (now - last).total_seconds()
        if left <= 0:
            if len(self._edited) > 10_000:
                self._edited.clear()
            self._edited[screen] = now
        return max(0.0, left)


class Sender:
    """The job that sends what waits for one trader."""

    def __init__(
        self, bot: Bot, units: UnitsOfWork, clock: Clock, pace: Pace, on_sent: Callable[[int], None] | None = None
    ) -> None:
        self.delivery = Delivery(bot)
        self._units = units
        self._clock = clock
        self._pace = pace
        self._on_sent = on_sent or (lambda _origin: None)

    async def __call__(self, job: Job) -> None:
        trader_id = job.subject
        if job.order_key is None:
            await self._take_turn(job)
            return
        async with self._units.reading() as u:
            trader = await u.traders.get(trader_id)
            waiting = await u.outbox.waiting(trader_id)
            # Nobody but this job changes which message a screen is, and a screen has one text that waits.
            screens = {item.screen: await u.screens.get(item.screen) for item in waiting if item.screen is not None}
        if trader is None:
            return
        for item in waiting:
            screen = screens.get(item.screen) if item.screen is not None else None
            later = self._not_before(item) or self._pace.wait_for(trader_id)
            if later == 0.0 and screen is not None and screen.message_id is not None:
                later = self._pace.wait_for_edit(screen.id)
            if later > 0.0:
                await self._come_back(trader_id, later)
                return
            if not await self._send_one(trader, item, screen, job if item is waiting[-1] else None):
                return

    async def _take_turn(self, job: Job) -> None:
        """A delayed job came due. It has no order, so another may be sending for the same trader right now: stand in line."""
        async with self._units.writing() as u:
            await u.jobs.put(jobs.send(job.subject))
            await u.jobs.finish(job.id)
            await u.commit()

    async def say_directly(self, trader: Trader, reply: Reply) -> None:
        """Send something that is kept nowhere: the last words of /forget. Not repeated if it fails."""
        try:
            await self.delivery.send(trader, reply)
        except TelegramError as error:
            log.warning("last words were not delivered", error=type(error).__name__)

    def _not_before(self, item: Outgoing) -> float:
        if item.not_before is None:
            return 0.0
        return max(0.0, (item.not_before - self._clock.now()).total_seconds())

    async def _come_back(self, trader_id: str, seconds: float) -> None:
        async with self._units.writing() as u:
            await u.jobs.put(jobs.send(trader_id, self._clock.now() + timedelta(seconds=seconds)))
            await u.commit()

    async def _send_one(self, trader: Trader, item: Outgoing, screen: Screen | None, ends: Job | None) -> bool:
        """True if the next one may go. With the last one the job `ends`, in the same transaction."""
        try:
            shown = await self.delivery.deliver(trader, item, screen)
        except RetryAfter as error:
            await self._postpone(item, _seconds(error.retry_after), count=False)
            return False
        except Forbidden:
            log.info("a trader cannot be reached any more")
            async with self._units.writing() as u:
                await u.traders.set_reachable(trader.id, reachable=False)
                await u.outbox.drop_for(trader.id)
                await u.commit()
            return False
        except BadRequest as error:
            log.error("Telegram refused a message", said=error.message[:120])
            await self._finish(item, OutgoingState.DROPPED, None, ends)
            return True
        except NetworkError:
            if item.attempts + 1 >= MAX_ATTEMPTS:
                log.error("a message was given up after repeated failures")
                await self._finish(item, OutgoingState.DROPPED, None, ends)
                return True
            await self._postpone(item, min(2.0 ** (item.attempts + 1), LONGEST_PAUSE_S), count=True)
            return False
        except InvalidToken:
            raise  # no fault of this message: it waits until the process is started with a good token
        except TelegramError as error:
            log.error("Telegram refused a message", error=type(error).__name__)
            await self._finish(item, OutgoingState.DROPPED, None, ends)
            return True
        await self._finish(item, OutgoingState.SENT, shown, ends)
        if item.origin is not None:
            self._on_sent(item.origin)
        return True

    async def _finish(self, item: Outgoing, state: OutgoingState, shown: Screen | None, ends: Job | None) -> None:
        self.delivery.forget(item)
        async with self._units.writing() as u:
            await u.outbox.finish(item.id, state)
            if shown is not None:
                kept = await u.screens.get(shown.id)
                shown = replace(shown, memory=kept.memory) if kept is not None else shown
                await u.screens.put(shown, self._clock.now())
            if ends is not None:
                await u.jobs.finish(ends.id)
            await u.commit()

    async def _postpone(self, item: Outgoing, seconds: float, *, count: bool) -> None:
        until = self._clock.now() + timedelta(seconds=seconds)
        async with self._units.writing() as u:
            await u.outbox.postpone(item.id, until, count=count)
            await u.jobs.put(jobs.send(item.trader_id, until))
            await u.commit()


def _seconds(value: int | timedelta) -> float:
    return float(value) if isinstance(value, int) else value.total_seconds()
