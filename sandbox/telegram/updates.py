"""What waits for the bot, and the one consumer that may fetch it.

Lives and texts as in the public Bot API server: a message waits 24 hours, a tap 150 seconds; whoever polls while
another poll waits ends that one with 409; the first such refusal is instant, later ones within three seconds are not.
"""

import asyncio
from typing import Any

from sandbox.telegram.errors import OTHER_POLLER, WEBHOOK_IS_ACTIVE, WEBHOOK_WAS_SET, Refused, conflict
from sandbox.telegram.state import PendingUpdate, TelegramState
from sandbox.world import World

MESSAGE_LIFE_S = 24 * 3600
TAP_LIFE_S = 150
MUST_BE_ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """The queue of one bot. `conflict_pause_s` is how long a repeated 409 is held back."""

    def __init__(self, world: World, state: TelegramState) -> None:
        self.conflict_pause_s = 3.0
        self._world = world
        self._state = state
        self._waiting: asyncio.Future[Refused | None] | None = None
        self._pause: asyncio.Future[None] | None = None
        self._next_instant_conflict_s = 0.0
        self._closing = False

    def put(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; None if the bot did not ask for that kind."""
        allowed = self._state.allowed_updates
        if kind not in allowed if allowed else kind in MUST_BE_ASKED_FOR:
            return None
        self._state.last_update_id += 1
        update_id = self._state.last_update_id
        self._append(PendingUpdate(update_id=update_id, kind=kind, at=self._world.clock.now(), body=body))
        return update_id

    def put_raw(self, update: dict[str, Any]) -> int:
        """Queue any JSON as an update; `update_id` is filled in where it is missing."""
        kind = next((name for name in update if name != "update_id"), "unknown")
        update_id = int(update.get("update_id", self._state.last_update_id + 1))
        self._state.last_update_id = max(self._state.last_update_id, update_id)
        body = update.get(kind, {})
        self._append(PendingUpdate(update_id=update_id, kind=kind, at=self._world.clock.now(), body=body))
        return update_id

    def _append(self, update: PendingUpdate) -> None:
        self._state.updates.append(update)
        self._world.changed()
        self._end_wait(None)

    def pending(self) -> list[PendingUpdate]:
        """What is still alive, oldest first; the rest is forgotten."""
        now = self._world.clock.now()

        def alive(update: PendingUpdate) -> bool:
            life_s = TAP_LIFE_S if update.kind == "callback_query" else MESSAGE_LIFE_S
            return (now - update.at).total_seconds() <= life_s

        self._state.updates = [update for update in self._state.updates if alive(update)]
        return self._state.updates

    def drop(self) -> None:
        self._state.updates = []
        self._world.changed()

    async def fetch(
        self, offset: int, limit: int, timeout_s: int, allowed: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """getUpdates. `offset` acknowledges everything below it; negative counts from the end. Raises Refused (409)."""
        if self._state.webhook.url:
            raise conflict(WEBHOOK_IS_ACTIVE)
        self._end_wait(conflict(OTHER_POLLER))
        if allowed is not None:
            self._state.allowed_updates = allowed
        self._acknowledge(offset)
        if not self.pending() and timeout_s > 0 and not self._closing:
            await self._wait(timeout_s)
        return [{"update_id": u.update_id, u.kind: u.body} for u in self.pending() if u.update_id >= offset][:limit]

    def _acknowledge(self, offset: int) -> None:
        before = len(self._state.updates)
        if offset < 0:
            self._state.updates = self._state.updates[offset:]
        elif offset > 0:
            self._state.updates = [u for u in self._state.updates if u.update_id >= offset]
        if len(self._state.updates) != before:
            self._world.changed()

    async def _wait(self, timeout_s: int) -> None:
        """Until something arrives, the time is over, or another request ends it (then Refused is raised)."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Refused | None] = loop.create_future()
        self._waiting = waiting
        await asyncio.wait({waiting}, timeout=timeout_s)
        if self._waiting is waiting:
            self._waiting = None
        refusal = waiting.result() if waiting.done() else None
        if refusal is not None:
            await self._hold_back(loop)
            raise refusal

    async def _hold_back(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop.time() < self._next_instant_conflict_s and not self._closing:
            self._pause = self._pause or loop.create_future()
            await asyncio.wait({self._pause}, timeout=self.conflict_pause_s)
        else:
            self._next_instant_conflict_s = loop.time() + self.conflict_pause_s

    def _end_wait(self, refusal: Refused | None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(refusal)

    def webhook_was_set(self) -> None:
        self._end_wait(conflict(WEBHOOK_WAS_SET))

    def wake(self) -> None:
        """The world ends: whoever waits gets an empty answer at once."""
        self._closing = True
        self._end_wait(None)
        if self._pause is not None and not self._pause.done():
            self._pause.set_result(None)
