"""The bot's own keys and tokens; secrets are handed out by `open` only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.values import Credentials, KeyKind, VenueState


class KeyState(StrEnum):
    PENDING = "pending"
    """A pair made by the bot whose key id has not come back; lives 24 h."""
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Key:
    """The bot's own access to a service: a key at an exchange, or a token at 3Commas. Its secret is not in here."""

    id: str
    trader_id: str
    service: str
    """A ccxt id, or THREE_COMMAS."""
    kind: KeyKind
    state: KeyState
    created_at: datetime
    """When it came to us."""
    label: str = ""
    tail: str = ""
    """Last four characters of the key id."""
    rights: tuple[str, ...] = ()
    """As last seen, in the words of the service; empty if not known."""
    made_at: datetime | None = None
    """When it was made at the service, where the service tells."""
    public_pem: str = ""
    """The public half of a pair made by the bot."""
    last_used_at: datetime | None = None


class Keys(Protocol):
    """Keys of traders. `open` is called by `domain/access.py` alone."""

    async def list(self, trader_id: str, service: str | None = None) -> Sequence[Key]: ...
    async def get(self, key_id: str) -> Key | None: ...
    async def add(self, key: Key, credentials: Credentials) -> None:
        """Keep it under a data key of its own. For a pending pair `credentials.api_key` is empty."""
        ...

    async def update(self, key: Key) -> None:
        """Label, rights, state, tail, times; never the secret."""
        ...

    async def confirm(self, key: Key, api_key: str) -> None:
        """A pending pair got its key id: it becomes live, sealed again under a fresh data key."""
        ...

    async def replace(self, key: Key, credentials: Credentials) -> None:
        """New credentials for the same key; the old data key is deleted in the same transaction (L3)."""
        ...

    async def remove(self, key_id: str) -> None: ...
    async def open(self, key_id: str) -> tuple[Credentials, VenueState] | None: ...
    async def remember(self, key_id: str, state: VenueState) -> None: ...
    async def drop_stale_pairs(self, before: datetime) -> int:
        """Remove pairs that are pending since before then."""
        ...
