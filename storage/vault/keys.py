"""Master keys (KEKs) as ENCRYPTION_KEYS names them: the first seals, all open."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from storage.vault.errors import BadKeys, MissingKey

KEY_BYTES = 32
_BODY = re.compile(r"[A-Za-z0-9_-]{43}=?")
"""32 bytes, and nothing that could fail to decode."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_HOW = (
    "Each entry is 32 bytes in URL-safe base64, as `python -m bot new-key` prints it, with an optional `id:` in front."
)


class KekState(StrEnum):
    """Exactly one master key is active (K9)."""

    ACTIVE = "active"
    """Seals and opens."""
    DECRYPT_ONLY = "decrypt_only"
    """Opens what it sealed earlier, or waits for its turn."""
    DISABLED = "disabled"
    """Once known, not in ENCRYPTION_KEYS any more, and not needed by anything stored."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    id: str
    material: bytes = field(repr=False)


def new_key() -> str:
    """A fresh master key as text for ENCRYPTION_KEYS."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def key_id(material: bytes) -> str:
    """The id of a key that was given none: the first 8 hex digits of HMAC-SHA-256(key, "id")."""
    return hmac.digest(material, b"id", hashlib.sha256).hex()[:8]


class KeyRing:
    """The master keys at hand, in order."""

    def __init__(self, keys: tuple[MasterKey, ...]) -> None:
        if not keys:
            raise BadKeys(f"ENCRYPTION_KEYS is missing: keys of traders are kept encrypted. {_HOW}")
        self._keys = {key.id: key for key in keys}
        self._active = keys[0]
        if len(self._keys) != len(keys) or len({key.material for key in keys}) != len(keys):
            raise BadKeys("ENCRYPTION_KEYS holds the same key or the same id twice. Name each key once.")

    @classmethod
    def parse(cls, text: str | None) -> "KeyRing":
        """Read ENCRYPTION_KEYS. Raises BadKeys, which never quotes what it read."""
        entries = [entry.strip() for entry in (text or "").split(",") if entry.strip()]
        return cls(tuple(_master_key(number, entry) for number, entry in enumerate(entries, start=1)))

    @property
    def active(self) -> MasterKey:
        return self._active

    def __iter__(self) -> Iterator[MasterKey]:
        return iter(self._keys.values())

    def __contains__(self, kek_id: object) -> bool:
        return kek_id in self._keys

    def get(self, kek_id: str) -> MasterKey:
        """Raises MissingKey."""
        try:
            return self._keys[kek_id]
        except KeyError:
            raise MissingKey(kek_id) from None

    def state(self, kek_id: str) -> KekState:
        if kek_id == self._active.id:
            return KekState.ACTIVE
        return KekState.DECRYPT_ONLY if kek_id in self._keys else KekState.DISABLED

    def __repr__(self) -> str:
        return f"KeyRing({', '.join(self._keys)})"


def _master_key(number: int, entry: str) -> MasterKey:
    name, colon, body = entry.rpartition(":")
    if not _BODY.fullmatch(body):
        raise BadKeys(f"ENCRYPTION_KEYS: entry {number} is not a key. {_HOW}")
    material = base64.urlsafe_b64decode(body.rstrip("=") + "=")
    if not colon:
        return MasterKey(key_id(material), material)
    if not _ID.fullmatch(name):
        raise BadKeys(
            f"ENCRYPTION_KEYS: the id of entry {number} may have 1 to 32 letters, digits, dots, dashes and underscores."
        )
    return MasterKey(name, material)
