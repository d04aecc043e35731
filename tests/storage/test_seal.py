"""The record format: known answers, a second implementation, and everything that must not open."""

import hashlib

import pytest

from storage.vault.errors import CannotOpen
from storage.vault.seal import _seal, context, seal, unseal
from tests.storage import reference_seal
from tests.storage.experiments import damage_accepted, implementations_differ, swaps_accepted

KEYS = [hashlib.sha256(b"key %d" % number).digest() for number in range(10)]
SALTS = [hashlib.sha256(b"salt %d" % number).digest() for number in range(10)]
ANSWERS: list[tuple[list[str | int], bytes, str]] = [
    # context, plaintext, SHA-256 of the record under KEYS[i] and SALTS[i]
    (["1"], b"", "3a308c48 aab8d38f 99c172d4 b3d3cf07 051630ca bc5a6647 100bd8ba 7b384a02"),
    (["a", "b"], b"x", "3dbfd942 e89c836a 45e4ef7b 5f5bcf6e 9ed83149 21d1295b 411bafd4 60e47b9b"),
    (["ab", ""], b"x", "9e6b21e5 008d3bde 57c35d07 784b0ed5 2fbc4404 baff747c d0ffa485 62b33651"),
    (["", "ab"], b"x", "47ca8883 3c1905ee 0b09e601 e2b11054 53454468 2de7fcad 2f77804e 584b9f65"),
    (
        [1, "conversation", "d", "t", "t", "memory", 1, "k"],
        b'{"step":"key"}',
        "7a1ad13d e4f3ba96 b6197642 c78dec5f 74f3bd83 76b7c740 ae75481f 4aa091be",
    ),
    (
        [1, "conversation", "d", "t", "t", "memory", 2, "k"],
        b'{"step":"key"}',
        "e7cf72ff 7cce8a8d ab502474 5f3bfee7 577c497c 53cdc96b 7b9aeb9a 094b3127",
    ),
    (
        [1, "key", "d", "t", "key-1", "secret", 0, "k"],
        b"s" * 60,
        "8e07fc90 65135ed8 bd02a830 7487af4d 894765d7 b4eeb2c6 09e61e6d 4e34f432",
    ),
    (
        [1, "key", "d", "t", "key-1", "secret", 0, "k"],
        b"s" * 61,
        "8e29d8df 9a7e7928 81501e17 394ad706 fc9cacb5 d45808dc d3b0de8d 0696a46b",
    ),
    (
        ["dek", "d", "t", "k", 1, "kek"],
        bytes(range(32)),
        "0eec0e90 e15aadf6 17dcf3e1 ea7e86ec 5a3f7a24 80e6b991 0d07fd00 87f2f9dd",
    ),
    (
        [1, "outgoing", "d", "t", "n", "body", 0, "k"],
        "Привет, 世界".encode(),
        "0a78b3f9 ead8fc7a 17ef5c50 5ba64a7c 7f2e56cd 9df735a5 84dcafdf a069529a",
    ),
]


@pytest.mark.parametrize("number", range(10))
def test_a_record_is_the_same_bytes_as_ever(number: int) -> None:
    """A change here makes everything that is stored unreadable."""
    parts, plaintext, answer = ANSWERS[number]
    record = _seal(KEYS[number], context(parts), plaintext, SALTS[number])
    assert hashlib.sha256(record).digest() == bytes.fromhex(answer)
    assert reference_seal.seal(KEYS[number], reference_seal.context(parts), plaintext, SALTS[number]) == record
    assert unseal(KEYS[number], context(parts), record) == plaintext


def test_the_second_implementation_knows_aes() -> None:
    """FIPS 197, appendix C.3."""
    round_keys = reference_seal.expand(bytes(range(32)))
    block = bytes(byte * 0x11 for byte in range(16))
    assert reference_seal.encrypt_block(round_keys, block)[:4].hex() == "8ea2b7ca"


def test_two_implementations_agree() -> None:
    assert implementations_differ(150) == 0


def test_a_record_opens_in_its_own_place_only() -> None:
    assert swaps_accepted(4_000) == 0


def test_a_damaged_record_does_not_open() -> None:
    tried, accepted = damage_accepted(4)
    assert tried > 4_000
    assert accepted == 0


def test_a_record_of_another_format_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unseal(KEYS[0], b"", b"\x02" + seal(KEYS[0], b"", b"x")[1:])


@pytest.mark.parametrize(("short", "long"), [(0, 60), (61, 124)])
def test_lengths_are_hidden_in_steps_of_64_bytes(short: int, long: int) -> None:
    assert len(seal(KEYS[0], b"", bytes(short))) == len(seal(KEYS[0], b"", bytes(long)))
    assert len(seal(KEYS[0], b"", bytes(long + 1))) == len(seal(KEYS[0], b"", bytes(long))) + 64


def test_zeros_at_the_end_of_a_text_survive_the_padding() -> None:
    assert unseal(KEYS[0], b"", seal(KEYS[0], b"", b"x\0\0")) == b"x\0\0"


def test_contexts_cannot_be_joined_in_two_ways() -> None:
    assert len({context(parts) for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"])}) == 5


def test_the_reason_of_a_failure_is_not_told() -> None:
    record = seal(KEYS[0], b"here", b"x")
    failures = set()
    for key, place, damaged in (
        (KEYS[1], b"here", record),
        (KEYS[0], b"there", record),
        (KEYS[0], b"here", record[:-1] + b"\0"),
    ):
        with pytest.raises(CannotOpen) as failure:
            unseal(key, place, damaged)
        failures.add(
            (
                str(failure.value),
                failure.value.__cause__,
                failure.value.__suppress_context__ or None is failure.value.__context__,
            )
        )
    assert failures == {("a sealed record cannot be opened", None, True)}
