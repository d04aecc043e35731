"""What handling one update wants to happen, collected first and carried out in one transaction at the end.

Before that transaction a handler only reads (and answers the tap, and deletes a message that holds a secret: both may be
repeated harmlessly). So a kill at any point repeats the update and never doubles an effect.
"""

import secrets
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.reply import Reply, to_json
from domain.records import Job, Trader, UnitOfWork
from domain.values import Clock

Effect = Callable[[UnitOfWork], Awaitable[None]]
STRIP = {"strip": True}
"""An outbox body that takes the buttons off a screen."""


class Overtaken(Exception):
    """Somebody else moved the conversation meanwhile; the update is handled again on the world as it is now."""


@dataclass
class Handling:
    """One update on its way. Handlers reach it through their context."""

    update_id: int
    trader: Trader
    clock: Clock
    effects: list[Effect] = field(default_factory=list)
    error: BaseException | None = None
    last_words: Reply | None = None
    """/forget was confirmed: everything of the trader goes, and this is sent from memory afterwards."""

    def say(self, reply: Reply, *, screen: str | None = None) -> None:
        """Queue a message; with `screen` it takes the place of what that screen shows."""
        body = to_json(reply)
        trader_id, update_id, now = self.trader.id, self.update_id, self.clock.now()

        async def put(u: UnitOfWork) -> None:
            await u.outbox.put(trader_id, body, now, screen=screen, origin=update_id)

        self.effects.append(put)

    def strip(self, screen: str) -> None:
        """Take the buttons off a message, so that the chat reads as a protocol."""
        trader_id, update_id, now = self.trader.id, self.update_id, self.clock.now()

        async def put(u: UnitOfWork) -> None:
            await u.outbox.put(trader_id, dict(STRIP), now, screen=screen, origin=update_id)

        self.effects.append(put)

    def effect(self, effect: Effect) -> None:
        self.effects.append(effect)

    def put(self, job: Job) -> None:
        async def put(u: UnitOfWork) -> None:
            await u.jobs.put(job)

        self.effect(put)

    def new_screen(self, kind: str) -> str:
        """A name for a message that will be rewritten. The same update makes the same first names again after a kill."""
        return f"{kind}-{self.update_id}-{len(self.effects)}"

    async def carry_out(self, u: UnitOfWork) -> None:
        for effect in self.effects:
            await effect(u)


current: ContextVar[Handling] = ContextVar("handling")


def new_id() -> str:
    """A random id of ours: 16 characters that fit into a button."""
    return secrets.token_hex(8)
