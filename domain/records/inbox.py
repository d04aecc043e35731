"""Telegram updates, stored before they are acknowledged."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """A Telegram update as it arrived. `body` is the raw JSON; empty once it was handled."""

    update_id: int
    trader_id: str
    state: UpdateState
    attempts: int
    body: bytes = field(repr=False)
    received_at: datetime | None = None


class Inbox(Protocol):
    async def add(self, update_id: int, trader_id: str, body: bytes, at: datetime) -> bool:
        """Seal and keep; False if this update is known already."""
        ...

    async def get(self, update_id: int) -> StoredUpdate | None: ...
    async def tried(self, update_id: int) -> int:
        """Count one more failed attempt; returns how many there were."""
        ...

    async def finish(self, update_id: int, state: UpdateState) -> None:
        """Mark and blank the body."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop finished ids older than 48 h."""
        ...
