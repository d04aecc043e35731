"""Findings with a stable id over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.findings import Finding, Subject


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding with a stable id over time."""

    id: str
    trader_id: str
    finding: Finding
    first_seen_at: datetime
    solved_at: datetime | None = None


class Issues(Protocol):
    async def open(self, trader_id: str) -> Sequence[Issue]: ...
    async def get(self, issue_id: str) -> Issue | None: ...
    async def raise_(self, trader_id: str, finding: Finding, at: datetime) -> Issue:
        """Keep it, or refresh what is known under the same identity; the id and `first_seen_at` stay."""
        ...

    async def solve(self, issue_id: str, at: datetime) -> bool:
        """False if it was solved already."""
        ...

    async def on(self, subject: Subject) -> Sequence[Issue]:
        """Those that stand on this subject."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were solved before then; returns how many. What stands stays, however old it is."""
        ...
