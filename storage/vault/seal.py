"""Sealed records: AES-256-GCM under a key that is derived freshly for every record (K1-K3, K6).

    record  = 0x01 | salt (32) | commitment (32) | AES-256-GCM(padded plaintext), nonce 12 zero bytes
    keys    = HKDF-SHA-256(ikm = data key, salt, info = LABEL | context, 64 bytes) = encryption key | commitment

The nonce may be constant because no encryption key is used twice. The commitment ties a record to one data key: AES-GCM
alone lets a forger craft a text that two keys open. The context stands in the derivation and as associated data, so a
record opens in the one place it was sealed for and nowhere else.
"""

import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.vault.errors import CannotOpen

FORMAT: Final = 1
LABEL: Final = b"reconnect sealed record"
SALT_BYTES: Final = 32
COMMITMENT_BYTES: Final = 32
TAG_BYTES: Final = 16
BLOCK: Final = 64
"""Plaintexts are padded to multiples of this, so that a length tells little."""
_NONCE: Final = bytes(12)
_HEAD: Final = 1 + SALT_BYTES + COMMITMENT_BYTES
_LENGTH: Final = 4


def context(parts: Sequence[str | int]) -> bytes:
    """Parts as one string of bytes that no other list of parts gives: each is preceded by its length."""
    encoded = [str(part).encode() for part in parts]
    return len(encoded).to_bytes(2) + b"".join(len(part).to_bytes(4) + part for part in encoded)


def seal(key: bytes, bound_to: bytes, plaintext: bytes) -> bytes:
    """Seal under `key` for the place `bound_to`, which `context` made. The salt is ours: callers supply no nonce (K5)."""
    return _seal(key, bound_to, plaintext, secrets.token_bytes(SALT_BYTES))


def unseal(key: bytes, bound_to: bytes, record: bytes) -> bytes:
    """Raises CannotOpen, without a reason."""
    if len(record) < _HEAD + BLOCK + TAG_BYTES or record[0] != FORMAT:
        raise CannotOpen
    salt = record[1 : 1 + SALT_BYTES]
    encryption_key, commitment = _derive(key, salt, bound_to)
    if not hmac.compare_digest(commitment, record[1 + SALT_BYTES : _HEAD]):
        raise CannotOpen
    try:
        padded = AESGCM(encryption_key).decrypt(_NONCE, record[_HEAD:], bound_to)
    except InvalidTag:
        raise CannotOpen from None
    return _unpad(padded)


def _seal(key: bytes, bound_to: bytes, plaintext: bytes, salt: bytes) -> bytes:
    encryption_key, commitment = _derive(key, salt, bound_to)
    ciphertext = AESGCM(encryption_key).encrypt(_NONCE, _pad(plaintext), bound_to)
    return bytes((FORMAT,)) + salt + commitment + ciphertext


def _derive(key: bytes, salt: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    material = HKDF(SHA256(), 32 + COMMITMENT_BYTES, salt, LABEL + bound_to).derive(key)
    return material[:32], material[32:]


def _pad(plaintext: bytes) -> bytes:
    filled = len(plaintext).to_bytes(_LENGTH) + plaintext
    return filled + bytes(-len(filled) % BLOCK)


def _unpad(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH])
    return padded[_LENGTH : _LENGTH + length]
