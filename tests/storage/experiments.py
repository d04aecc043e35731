"""Experiments on the vault: small in the tests, at full size in `tests/proof/vault.py`. Each returns what it counted."""

import base64
import random
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from storage.vault.errors import CannotOpen
from storage.vault.keys import KeyRing, new_key
from storage.vault.seal import _seal as seal_with_salt  # the salt is random in use; here both sides need the same
from storage.vault.seal import context
from storage.vault.vault import DataKey, Place, Vault
from storage.vault.wrap import LocalWrapper
from tests.storage import reference_seal
from tests.storage.clock import StillClock


def make_vault(deployment_id: str = "deployment") -> Vault:
    return Vault(LocalWrapper(KeyRing.parse(new_key())), deployment_id, bytes(32), StillClock())


@dataclass(frozen=True)
class Sealed:
    key: DataKey
    place: Place
    revision: int
    record: bytes


def sealed_records(vault: Vault) -> list[Sealed]:
    """Records of three traders, in all kinds of places; each trader has a key of his own and one of a credential."""
    found = []
    for trader_id in ("ann", "ben", "cid"):
        keys = [vault.new_data_key(trader_id, generation)[0] for generation in (1, 2)]
        parts = product(keys, ("key", "repair"), ("1", "2"), ("about", "secret"), (0, 1, 2))
        for key, purpose, record_id, field, revision in parts:
            place = Place(purpose, trader_id, record_id, field)
            found.append(Sealed(key, place, revision, vault.seal(key, place, revision, b"the same text")))
    return found


def opens(vault: Vault, key: DataKey, place: Place, revision: int, record: bytes) -> bool:
    try:
        vault.open(key, place, revision, record)
    except CannotOpen:
        return False
    return True


def swaps_accepted(tries: int, seed: int = 1) -> int:
    """Move records to places that are not theirs: any other row, and the same row with one thing changed."""
    vault, chance = make_vault(), random.Random(seed)
    records = sealed_records(vault)
    accepted = 0
    for number in range(tries):
        one, other = chance.sample(records, 2)
        if number % 2:
            accepted += opens(vault, other.key, other.place, other.revision, one.record)
        else:
            place, revision = chance.choice(
                [
                    (replace(one.place, purpose="screen"), one.revision),
                    (replace(one.place, trader_id="dan"), one.revision),
                    (replace(one.place, record_id="3"), one.revision),
                    (replace(one.place, field="venue_state"), one.revision),
                    (one.place, one.revision + 1),
                ]
            )
            accepted += opens(vault, one.key, place, revision, one.record)
    return accepted


def damages(record: bytes) -> Iterator[bytes]:
    """Every single bit flipped; every truncation from either end; one byte more."""
    for position, bit in product(range(len(record)), range(8)):
        damaged = bytearray(record)
        damaged[position] ^= 1 << bit
        yield bytes(damaged)
    for length in range(len(record)):
        yield record[:length]
        yield record[len(record) - length :]
    yield record + b"\0"


def damage_accepted(records: int) -> tuple[int, int]:
    """How many damaged records were tried and how many opened."""
    vault = make_vault()
    tried = accepted = 0
    for one in sealed_records(vault)[:records]:
        for damaged in damages(one.record):
            tried += 1
            accepted += opens(vault, one.key, one.place, one.revision, damaged)
    return tried, accepted


def implementations_differ(inputs: int, seed: int = 1) -> int:
    """Random keys, places, texts and salts, sealed by ours and by the one written from the standards."""
    chance = random.Random(seed)
    differ = 0
    for _ in range(inputs):
        key, salt = chance.randbytes(32), chance.randbytes(32)
        parts: list[str | int] = [
            chance.choice(("", "key", "ключ", chance.randbytes(3).hex(), chance.randrange(1 << 62)))
            for _ in range(chance.randrange(9))
        ]
        plaintext = chance.randbytes(chance.choice((0, 1, 59, 60, 61, chance.randrange(200))))
        ours = seal_with_salt(key, context(parts), plaintext, salt)
        differ += ours != reference_seal.seal(key, reference_seal.context(parts), plaintext, salt)
    return differ


ENCODINGS = ("as it is", "UTF-16", "hex", "base64", "URL-safe base64", "percent-encoded")
WINDOW = 12


def needles(text: str) -> set[bytes]:
    """What would give the text away, in six encodings: WINDOW bytes of each, base64 at all three alignments."""
    raw = text.encode()
    found = {raw, text.encode("utf-16-le"), raw.hex().encode(), raw.hex().upper().encode()}
    found.add(b"".join(b"%%%02X" % byte for byte in raw))
    found.add(urllib.parse.quote(text, safe="").encode())
    for offset in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found.add(encode(bytes(offset) + raw)[4 if offset else 0 :])
    return {form[:WINDOW] for form in found}


def hits(haystack: bytes, texts: Iterable[str]) -> int:
    """At how many positions one of the texts shows."""
    wanted = set().union(*(needles(text) for text in texts))
    return sum(haystack[i : i + WINDOW] in wanted for i in range(len(haystack) - WINDOW + 1))
