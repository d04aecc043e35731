"""A question whose button decides: it carries a single-use nonce, of which the conversation keeps the hash."""

import hashlib
import hmac
import secrets

from bot.flows.flow import Said
from domain.records import Json

_HASH = "nonce"


def new_nonce(memory: Json) -> str:
    """Made where the question is put; what an earlier button of it carries decides nothing any more."""
    nonce = secrets.token_hex(12)
    memory[_HASH] = _hash(nonce)
    return nonce


def awaits_confirmation(memory: Json) -> bool:
    """Whether the open question is one of these; anywhere else their button is an old one."""
    return _HASH in memory


def is_confirmed(said: Said, memory: Json) -> bool:
    return bool(said.nonce) and hmac.compare_digest(_hash(said.nonce), str(memory.get(_HASH, "")))


def _hash(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
