"""What waits to be said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.records.json_object import Json


class OutgoingState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    """Overtaken by a newer text for the same screen, or the trader cannot be reached."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to say. `screen` names a message that may be rewritten later; None is said once and left alone."""

    id: int
    trader_id: str
    screen: str | None
    body: Json = field(repr=False)
    """A reply as `bot.reply` writes it."""
    attempts: int = 0
    not_before: datetime | None = None
    origin: int | None = None
    """The update that this answers."""


class Outbox(Protocol):
    async def put(
        self, trader_id: str, body: Json, at: datetime, *, screen: str | None = None, origin: int | None = None
    ) -> int:
        """Queue it. A waiting text for the same screen is overtaken: the newer one takes its place in the order."""
        ...

    async def get(self, outgoing_id: int) -> Outgoing | None: ...
    async def waiting(self, trader_id: str) -> Sequence[Outgoing]:
        """In order."""
        ...

    async def traders_waiting(self) -> Sequence[str]: ...
    async def finish(self, outgoing_id: int, state: OutgoingState) -> None:
        """Mark and blank the body."""
        ...

    async def postpone(self, outgoing_id: int, until: datetime, *, count: bool = True) -> None:
        """Not before then; `count` it as a failed attempt."""
        ...

    async def drop_for(self, trader_id: str) -> None:
        """The trader cannot be reached: drop everything that waits."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop finished rows (blank already) that were put before then."""
        ...
