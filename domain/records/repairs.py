"""Repairs that somebody is at, watched for the change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.findings import Subject
from domain.records.json_object import Json


class RepairState(StrEnum):
    WATCHING = "watching"
    NOTICED = "noticed"
    TOLD = "told"
    """The trader said that it is done; nothing was seen."""
    GIVEN_UP = "given_up"
    """Half an hour passed; a button looks again."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Somebody is repairing something at 3Commas or at an exchange, and we watch for the change."""

    id: str
    trader_id: str
    subject: Subject
    state: RepairState
    began_at: datetime
    memory: Json = field(default_factory=dict, repr=False)
    """What stood before, how it is done (fast_connect, by_hand), main or sub; sealed."""
    ended_at: datetime | None = None


class Repairs(Protocol):
    async def put(self, repair: Repair) -> None: ...
    async def get(self, repair_id: str) -> Repair | None: ...
    async def watching(self, trader_id: str) -> Sequence[Repair]: ...
    async def noticed(self, trader_id: str) -> Sequence[Repair]:
        """Those whose change was seen, oldest first."""
        ...

    async def move(self, repair_id: str, expected: RepairState, repair: Repair) -> bool:
        """Compare and set on the state."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that began before then, whatever became of them; returns how many. None is watched for so long."""
        ...
