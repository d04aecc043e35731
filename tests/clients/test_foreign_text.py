"""Texts of other services before anybody keeps or shows them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.foreign_text import LONGEST, name, said

SIGNATURE = "b6130780791de71c7850ab5e39d4850abf8ee4cddd864b0a4dca386a7b0da51a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Invalid API-key, IP, or permissions for action.", "Invalid API-key, IP, or permissions for action."),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("left\u202eright\u2066x\u200b", "left right x"),
        ("bell\x07 null\x00", "bell null"),
        (f"signature {SIGNATURE} is wrong", "signature … is wrong"),
        ("see https://api.example/v1/x?signature=abc&apiKey=def now", "see https://api.example/v1/x now"),
        ("<!DOCTYPE html><html>one moment</html>", ""),
        ("  <html>", ""),
        ("price < 5", "price < 5"),
        (None, ""),
        (5, ""),
    ],
)
def test_what_an_error_says_is_cleaned(text: object, expected: str) -> None:
    assert said(text) == expected


def test_secrets_of_the_request_are_cut_even_if_they_are_short() -> None:
    assert said("key abc123 is bad", hide=("abc123", "")) == "key … is bad"


def test_a_long_name_that_a_person_gave_stays() -> None:
    assert name("Binance-Futures-Main-Account-2023-Backup") == "Binance-Futures-Main-Account-2023-Backup"


def test_long_words_without_digits_are_no_keys() -> None:
    assert (
        said("available_with_leverage_long_and_short_is_missing") == "available_with_leverage_long_and_short_is_missing"
    )


@given(st.text(max_size=1000))
def test_nothing_invisible_and_nothing_long_gets_through(text: str) -> None:
    for cleaned in (name(text), said(text)):
        assert len(cleaned) <= LONGEST
        assert all(unicodedata.category(c)[0] != "C" for c in cleaned)
        assert cleaned == cleaned.strip()


@given(st.text("0123456789abcdef", min_size=64, max_size=64).filter(lambda t: not t.isdigit() and not t.isalpha()))
def test_no_hex_signature_gets_through(signature: str) -> None:
    assert signature not in said(f"Signature={signature}, rejected")
