"""Data keys (DEKs) wrapped under a master key (K4), behind the one interface that a key service would offer (K10)."""

from collections.abc import Sequence
from typing import Protocol

from storage.vault.keys import KeyRing
from storage.vault.seal import context, seal, unseal


class KeyWrapper(Protocol):
    """Wraps small secrets. `parts` say what is wrapped; the id of the master key is added by the wrapper."""

    @property
    def key_id(self) -> str:
        """Id of the master key that wraps now."""
        ...

    def wrap(self, parts: Sequence[str | int], secret: bytes) -> bytes: ...

    def unwrap(self, parts: Sequence[str | int], wrapped: bytes, key_id: str) -> bytes:
        """Raises MissingKey, CannotOpen."""
        ...


class LocalWrapper:
    """Wraps with master keys that lie in this process."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    @property
    def key_id(self) -> str:
        return self._ring.active.id

    def wrap(self, parts: Sequence[str | int], secret: bytes) -> bytes:
        key = self._ring.active
        return seal(key.material, context([*parts, key.id]), secret)

    def unwrap(self, parts: Sequence[str | int], wrapped: bytes, key_id: str) -> bytes:
        key = self._ring.get(key_id)
        return unseal(key.material, context([*parts, key.id]), wrapped)
