"""Which credential was used when, and for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a credential (L6)."""

    key_id: str
    at: datetime
    purpose: str
    """"check", "connect", "repair watch" ..."""
    trigger: str
    """"command", "button", "watch"."""
    result: str
    """"ok" or the name of the error."""


class AccessLog(Protocol):
    async def add(self, trader_id: str, use: Use) -> None: ...
    async def of(self, key_id: str, limit: int = 20) -> Sequence[Use]:
        """Newest first."""
        ...
