"""Updates are stored before they are acknowledged, then handled in order per trader, each in one transaction.

After three failures the trader gets an apology with an incident number and the next update goes on.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import orjson
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

from bot.background import jobs
from bot.errors import new_incident, sorry
from bot.handling import Handling, current
from bot.logs import log, request_id, where
from bot.reply import Reply
from bot.telegram_request import TelegramRequest
from bot.texts import speaking
from domain.records import Job, Trader, UnitsOfWork, UpdateState
from domain.values import Clock

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
LONG_POLL_S = 30
FIRST_PAUSE_S = 1.0
"""After the first question that Telegram did not answer; doubled with each further one."""
LONGEST_PAUSE_S = 30.0
MAX_TRIES = 3
AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Scrub = Callable[[], Awaitable[None]]
SayDirectly = Callable[[Trader, Reply], Awaitable[None]]


def sender_of(update: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The person behind an update of a private chat; None for every other update, which is not stored (T6, T12).

    Identity is `from.id` in a private chat whose id is the same, and nothing else.
    """
    for kind in ALLOWED:
        part = update.get(kind)
        if not isinstance(part, dict):
            continue
        person, chat = part.get("from"), _chat_of(part)
        if not isinstance(person, dict):
            return None
        if chat.get("type") != "private" or chat.get("id") != person.get("id") or person.get("is_bot"):
            return None
        return person
    return None


def foreign_chat_of(update: Mapping[str, Any]) -> int | None:
    """A group or channel that the bot was put into and should leave."""
    for kind in ALLOWED:
        part = update.get(kind)
        if isinstance(part, dict):
            chat = _chat_of(part)
            if chat.get("type") in ("group", "supergroup", "channel") and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None


def _updates_in(found: Any) -> list[dict[str, Any]]:
    """Whatever in an answer is an update; one that has no id could neither be stored nor acknowledged."""
    rows = found if isinstance(found, list) else []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("update_id"), int)]


def _chat_of(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where it happened: its own chat, or that of the message whose button was pressed; empty for an inline message."""
    message = part.get("message")
    for holder in (part, message):
        if isinstance(holder, dict) and isinstance(holder.get("chat"), dict):
            return holder["chat"]  # type: ignore[no-any-return]  # JSON
    return {}


class Inbox:
    """Stores batches of raw updates."""

    def __init__(self, units: UnitsOfWork, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> list[int]:
        """One transaction for the batch; returns chats that are to be left. Known updates are passed over."""
        to_leave: list[int] = []
        now = self._clock.now()
        async with self._units.writing() as u:
            for update in updates:
                person = sender_of(update)
                if person is None:
                    chat = foreign_chat_of(update)
                    if chat is not None and chat not in to_leave:
                        to_leave.append(chat)
                    continue
                trader = await u.traders.meet(int(person["id"]), str(person.get("language_code") or "en"), now)
                if await u.inbox.add(int(update["update_id"]), trader.id, orjson.dumps(update), now):
                    await u.jobs.put(jobs.handle(int(update["update_id"]), trader.id))
            await u.commit()
        return to_leave


class Poller:
    """Asks Telegram for updates until told to stop. One consumer per token."""

    def __init__(self, request: TelegramRequest, base_url: str, inbox: Inbox, leave: Any) -> None:
        self._request = request
        self._url = f"{base_url}/getUpdates"
        self._inbox = inbox
        self._leave = leave
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Raises InvalidToken if Telegram does not know the token (any more)."""
        offset, pause = 0, 0.0
        while not self._stopping.is_set():
            if pause and await self._stopped_within(pause):
                return
            try:
                batch = await self._ask(offset)
                pause = 0.0
            except InvalidToken:
                raise
            except Conflict:
                log.error("another process polls with the same token; waiting", pause_s=5)
                pause = 5.0
                continue
            except RetryAfter as error:
                pause = float(
                    error.retry_after if isinstance(error.retry_after, int) else error.retry_after.total_seconds()
                )
                continue
            except TelegramError as error:
                if not isinstance(error, NetworkError):
                    log.warning("Telegram refused getUpdates", error=type(error).__name__)
                pause = min(LONGEST_PAUSE_S, pause * 2) if pause else FIRST_PAUSE_S
                continue
            if batch:
                # Stored first: the next call with a higher offset is what acknowledges.
                for chat in await self._inbox.store(batch):
                    await self._leave(chat)
                offset = max(int(update["update_id"]) for update in batch) + 1

    async def _ask(self, offset: int) -> list[dict[str, Any]]:
        call = asyncio.ensure_future(
            self._request.raw(
                self._url,
                {"offset": offset, "timeout": LONG_POLL_S, "allowed_updates": json.dumps(ALLOWED)},
                timeout_s=LONG_POLL_S + 10,
            )
        )
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({call, stop}, return_when=asyncio.FIRST_COMPLETED)
            if call.done():
                return _updates_in(call.result())
            return []
        finally:
            for task in (call, stop):
                task.cancel()
            await asyncio.gather(call, stop, return_exceptions=True)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True


class Handler:
    """The job that handles one stored update."""

    def __init__(
        self, application: AnyApplication, units: UnitsOfWork, clock: Clock, scrub: Scrub, say_directly: SayDirectly
    ) -> None:
        self._application = application
        self._units = units
        self._clock = clock
        self._scrub = scrub
        self._say_directly = say_directly

    async def __call__(self, job: Job) -> None:
        request_id.set(f"u{job.subject}")
        while not await self._attempt(int(job.subject), job):
            """Again at once and in this job, so that the trader's next update keeps waiting for its turn."""

    async def _attempt(self, update_id: int, job: Job) -> bool:
        """True if nothing is left to do for this update."""
        async with self._units.reading() as u:
            stored = await u.inbox.get(update_id)
            trader = await u.traders.get(stored.trader_id) if stored is not None else None
        if stored is None or trader is None or stored.state is not UpdateState.WAITING:
            return True
        handling = Handling(update_id, trader, self._clock)
        try:
            await self._process(handling, stored.body)
            await self._carry_out(handling, job)
        except Exception as error:  # noqa: BLE001  # whatever it was: it is counted, and the next update goes on
            return await self._failed(update_id, trader, job, error)
        if handling.last_words is not None:
            await self._scrub()
            await self._say_directly(trader, handling.last_words)
        return True

    async def _process(self, handling: Handling, body: bytes) -> None:
        """Raises whatever a handler raised: python-telegram-bot swallows it, our error handler keeps it."""
        token = current.set(handling)
        try:
            update = Update.de_json(orjson.loads(body), self._application.bot)
            with speaking(handling.trader.language):
                await self._application.process_update(update)
        finally:
            current.reset(token)
        if handling.error is not None:
            raise handling.error

    async def _carry_out(self, handling: Handling, job: Job) -> None:
        """One transaction. After /forget everything of the trader goes in it, and the last message is kept nowhere."""
        async with self._units.writing() as u:
            if handling.last_words is not None:
                await u.traders.forget(handling.trader.id)
            else:
                if handling.effects:
                    # Before the jobs that the effects put: the trader reads that something begins before it does.
                    await u.jobs.put(jobs.send(handling.trader.id))
                await handling.carry_out(u)
                await u.inbox.finish(handling.update_id, UpdateState.DONE)
            await u.jobs.finish(job.id)
            await u.commit()

    async def _failed(self, update_id: int, trader: Trader, job: Job, error: Exception) -> bool:
        """Count it. After the last try the trader gets an apology, and True says that the update is over."""
        async with self._units.writing() as u:
            tries = await u.inbox.tried(update_id)
            if tries < MAX_TRIES:
                log.warning("an update failed; trying again", tries=tries, where=where(error))
                await u.commit()
                return False
            incident = new_incident()
            log.error("an update failed for good", incident=incident, where=where(error))
            with speaking(trader.language):
                await u.outbox.put(trader.id, sorry(incident), self._clock.now(), origin=update_id)
            await u.jobs.put(jobs.send(trader.id))
            await u.inbox.finish(update_id, UpdateState.FAILED)
            await u.jobs.finish(job.id)
            await u.commit()
        return True
