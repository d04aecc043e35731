"""Messages that are rewritten in place."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.records.json_object import Json


@dataclass(frozen=True, slots=True)
class Screen:
    """A message that is rewritten in place. `shows` is the digest of what it shows now; `memory` is sealed and is what
    its next version builds on (which parts of a check are done)."""

    id: str
    trader_id: str
    message_id: int | None
    shows: str = ""
    memory: Json = field(default_factory=dict, repr=False)


class Screens(Protocol):
    async def get(self, screen_id: str) -> Screen | None: ...
    async def put(self, screen: Screen, at: datetime) -> None:
        """Keep it as it is now; `at` says from when on it grows old."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were put last before then; returns how many."""
        ...
