"""ENCRYPTION_KEYS: what is accepted, what is refused and with which words."""

import base64
import hashlib
import hmac
from base64 import urlsafe_b64encode

import pytest

from storage.vault.errors import BadKeys, MissingKey
from storage.vault.keys import KekState, KeyRing, new_key

ONE, TWO = (urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))
"""The same in every process, since they stand in the names of tests."""


def test_the_first_key_seals_and_all_open() -> None:
    ring = KeyRing.parse(f" new:{ONE} , old:{TWO} ")
    assert ring.active.id == "new"
    assert [ring.state(kek_id) for kek_id in ("new", "old", "gone")] == [
        KekState.ACTIVE,
        KekState.DECRYPT_ONLY,
        KekState.DISABLED,
    ]
    assert ring.get("old").material == base64.urlsafe_b64decode(TWO)


def test_a_key_without_a_name_is_named_by_its_own_hmac() -> None:
    material = base64.urlsafe_b64decode(ONE)
    assert KeyRing.parse(ONE).active.id == hmac.new(material, b"id", hashlib.sha256).hexdigest()[:8]


def test_padding_may_be_left_off() -> None:
    assert KeyRing.parse(ONE.rstrip("=")).active.material == KeyRing.parse(ONE).active.material


def test_new_keys_are_accepted_and_never_the_same() -> None:
    assert len({KeyRing.parse(new_key()).active.id for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " , ",
        "short",
        f"{ONE}x",
        ONE[:-2],
        f"bad name:{ONE}",
        f":{ONE}",
        f"{'n' * 33}:{ONE}",
        f"{ONE},nonsense",
    ],
)
def test_a_malformed_value_is_refused_in_a_sentence_that_does_not_quote_it(text: str | None) -> None:
    with pytest.raises(BadKeys) as refused:
        KeyRing.parse(text)
    assert str(refused.value).startswith("ENCRYPTION_KEYS")
    assert ONE[:12] not in str(refused.value)
    assert "nonsense" not in str(refused.value)


def test_a_malformed_entry_is_named_by_its_place() -> None:
    with pytest.raises(BadKeys, match="entry 2"):
        KeyRing.parse(f"{ONE},nonsense")


@pytest.mark.parametrize("text", [f"{ONE},{ONE}", f"a:{ONE},b:{ONE}", f"a:{ONE},a:{TWO}"])
def test_the_same_key_or_id_twice_is_refused(text: str) -> None:
    with pytest.raises(BadKeys, match="twice"):
        KeyRing.parse(text)


def test_a_key_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingKey, match="abcd1234"):
        KeyRing.parse(ONE).get("abcd1234")


def test_key_material_does_not_print() -> None:
    ring = KeyRing.parse(f"new:{ONE}")
    assert ONE[:12] not in repr(ring) + repr(ring.active)
    assert repr(ring.active.material) not in repr(ring.active)
