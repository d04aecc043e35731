"""Where each trader stands in a flow."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.records.json_object import Json


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a trader stands in a flow. One per trader. `memory` is sealed and never holds a secret."""

    trader_id: str
    flow: str
    step: str
    memory: Json = field(repr=False)
    expires_at: datetime
    version: int = 0
    screen: str | None = None


class Conversations(Protocol):
    async def get(self, trader_id: str) -> Conversation | None: ...
    async def save(self, conversation: Conversation, expected_version: int | None) -> bool:
        """Compare and set: False if somebody else moved it. None expects that there is none yet."""
        ...

    async def end(self, trader_id: str, expected_version: int) -> bool: ...
    async def prune(self, now: datetime) -> int:
        """Drop those that have expired by `now`; returns how many."""
        ...
