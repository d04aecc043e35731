"""The vault: one deployment's secrets, and data keys by which records are sealed.

Knows no tables: `data_keys.py` keeps the data keys, `deployment.py` opens the vault at the start.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from domain.values import Clock
from storage.vault.keys import KEY_BYTES
from storage.vault.seal import FORMAT, context, seal, unseal
from storage.vault.wrap import KeyWrapper

CACHED_FOR: Final = timedelta(minutes=5)
"""How long an unwrapped data key may stay in memory (K10)."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key (DEK), unwrapped."""

    id: str
    material: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WrappedDataKey:
    """A data key as it is kept. `trader_id` and `generation` are bound into the wrapping."""

    id: str
    trader_id: str
    generation: int
    kek_id: str
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands. A record opens here and nowhere else (K2)."""

    purpose: str
    """Kind of thing, such as "conversation"."""
    trader_id: str
    record_id: str
    field: str


class Vault:
    """Seals and opens. Callers name places and data keys; they never supply key material or nonces (K5)."""

    def __init__(self, wrapper: KeyWrapper, deployment_id: str, secret: bytes, clock: Clock) -> None:
        self._wrapper = wrapper
        self._deployment_id = deployment_id
        self._secret = secret
        self._clock = clock
        self._index_key = self.derive("telegram id")
        self._unwrapped: dict[str, tuple[datetime, DataKey]] = {}

    def derive(self, purpose: str) -> bytes:
        """32 bytes for a purpose of its own, the same for the life of the deployment; they do not rotate (K7)."""
        return hmac.digest(self._secret, context(["reconnect derived", purpose]), hashlib.sha256)

    def lookup(self, telegram_id: int) -> bytes:
        """By what a Telegram id is found again. A plain hash could be guessed: there are few ids (K7)."""
        return hmac.digest(self._index_key, str(telegram_id).encode(), hashlib.sha256)

    def seal(self, key: DataKey, place: Place, revision: int, plaintext: bytes) -> bytes:
        return seal(key.material, self._bound(key, place, revision), plaintext)

    def open(self, key: DataKey, place: Place, revision: int, record: bytes) -> bytes:
        """Raises CannotOpen."""
        return unseal(key.material, self._bound(key, place, revision), record)

    def new_data_key(self, trader_id: str, generation: int) -> tuple[DataKey, WrappedDataKey]:
        """A fresh data key, and what is to be kept of it."""
        key = DataKey(secrets.token_hex(16), secrets.token_bytes(KEY_BYTES))
        return key, self.wrap(key, trader_id, generation)

    def wrap(self, key: DataKey, trader_id: str, generation: int) -> WrappedDataKey:
        """Under the master key that seals now."""
        wrapped = self._wrapper.wrap(self._parts(trader_id, key.id, generation), key.material)
        return WrappedDataKey(key.id, trader_id, generation, self._wrapper.key_id, wrapped)

    def unwrap(self, kept: WrappedDataKey) -> DataKey:
        """Raises CannotOpen, MissingKey."""
        parts = self._parts(kept.trader_id, kept.id, kept.generation)
        return DataKey(kept.id, self._wrapper.unwrap(parts, kept.wrapped, kept.kek_id))

    def remembered(self, name: str) -> DataKey | None:
        """A data key that was unwrapped under this name within the last five minutes."""
        found = self._unwrapped.get(name)
        if found is None:
            return None
        if found[0] <= self._clock.now():
            del self._unwrapped[name]
            return None
        return found[1]

    def remember(self, name: str, key: DataKey) -> None:
        now = self._clock.now()
        for stale in (*self._stale(now), name):
            self._unwrapped.pop(stale, None)
        self._unwrapped[name] = (now + CACHED_FOR, key)

    def let_go(self, name: str) -> None:
        self._unwrapped.pop(name, None)

    def _stale(self, now: datetime) -> list[str]:
        """The oldest stand first; only they are looked at."""
        stale = []
        for name, (until, _) in self._unwrapped.items():
            if until > now:
                break
            stale.append(name)
        return stale

    def _bound(self, key: DataKey, place: Place, revision: int) -> bytes:
        return context(
            [
                FORMAT,
                place.purpose,
                self._deployment_id,
                place.trader_id,
                place.record_id,
                place.field,
                revision,
                key.id,
            ]
        )

    def _parts(self, trader_id: str, dek_id: str, generation: int) -> list[str | int]:
        return ["dek", self._deployment_id, trader_id, dek_id, generation]

    def __repr__(self) -> str:
        return f"Vault({self._deployment_id})"
