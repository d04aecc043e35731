"""What a person pastes where a key, a secret or the key of a self-made pair is expected."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.key_shapes import SHAPES
from domain.pasted import Expecting, Field, Flaw, Pasted, PastedPair, read_api_key, read_pair
from domain.values import THREE_COMMAS, KeyKind

# Patterns, so that nothing here looks like somebody's key.
KEY = "kEy9" * 16
SECRET = "sEc7" * 16
HEX_KEY = "0a1b2c3d" * 8
HEX_SECRET = "9f8e7d6c" * 16
PUBLIC = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA" + "AbC1" * 11 + "\n-----END PUBLIC KEY-----\n"
OTHER_PUBLIC = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA" + "XyZ2" * 11 + "\n-----END PUBLIC KEY-----\n"
PRIVATE = "-----BEGIN PRIVATE " + "KEY-----\nMC4CAQAwBQYDK2VwBCIEI" + "QqQ3" * 10 + "\n-----END PRIVATE " + "KEY-----"

BINANCE_KEY = Expecting("binance")
BINANCE_SECRET = Expecting("binance", Field.SECRET, given_key=KEY)
BINANCE_PAIR = Expecting("binance", kind=KeyKind.ED25519, own_public_pem=PUBLIC)
TOKEN_KEY = Expecting(THREE_COMMAS)
TOKEN_SECRET = Expecting(THREE_COMMAS, Field.SECRET, given_key=HEX_KEY)


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"  {KEY}\n",
        f'"{KEY}"',
        f"`{KEY}`,",
        f"API Key: {KEY}",
        f"API Key\n{KEY}",
        f"here is my key: {KEY}.",
        f"{KEY[:20]}\n{KEY[20:]}",
        f"{KEY[:20]} {KEY[20:40]} {KEY[40:]}",
        f"please take {KEY[:40]}\n{KEY[40:]}",
        f"{KEY[:30]}\u200b{KEY[30:]}\ufeff",
        f"BINANCE_API_KEY={KEY}",
        f'{{"apiKey": "{KEY}"}}',
        f"X-MBX-APIKEY: {KEY}",
        f"Access Key = «{KEY}»",
        f"{KEY}\n\n{KEY}",
        "".join(chr(ord(c) + 0xFEE0) for c in KEY),
    ],
)
def test_decoration_around_a_key_is_taken_off(text: str) -> None:
    assert read_api_key(text, BINANCE_KEY) == Pasted(KEY)


@pytest.mark.parametrize(
    ("text", "expecting", "flaw"),
    [
        ("", BINANCE_KEY, Flaw.NOTHING),
        ("where do I find it?", BINANCE_KEY, Flaw.NOTHING),
        ("Where is it? " + "I see 2 keys on that page " * 3, BINANCE_KEY, Flaw.NOTHING),
        (KEY[:-1], BINANCE_KEY, Flaw.TOO_SHORT),
        ("My key 1", BINANCE_KEY, Flaw.TOO_SHORT),
        (KEY + "x", BINANCE_KEY, Flaw.TOO_LONG),
        (KEY[:6] + "****" + KEY[-4:], BINANCE_KEY, Flaw.MASKED),
        (KEY[:6] + "…" + KEY[-4:], BINANCE_KEY, Flaw.MASKED),
        (KEY[:30] + "ключ" + KEY[34:], BINANCE_KEY, Flaw.TRANSLATED),
        (KEY[:30] + " де " + KEY[32:], BINANCE_KEY, Flaw.TRANSLATED),
        ("https://www.binance.com/en/my/settings/api-management", BINANCE_KEY, Flaw.LINK),
        (f"Secret Key: {SECRET}", BINANCE_KEY, Flaw.SECRET_WHERE_KEY),
        (f"Clave secreta: {SECRET}", BINANCE_KEY, Flaw.SECRET_WHERE_KEY),
        (f"API Key: {KEY}\nSecret Key: {SECRET}", BINANCE_KEY, Flaw.BOTH_AT_ONCE),
        (f"{KEY}\n{SECRET}", BINANCE_PAIR, Flaw.BOTH_AT_ONCE),
        (f"{KEY} {SECRET} {SECRET[::-1]}", BINANCE_KEY, Flaw.SEVERAL),
        (KEY, BINANCE_SECRET, Flaw.KEY_AGAIN),
        (f"API Key: {SECRET}", BINANCE_SECRET, Flaw.KEY_WHERE_SECRET),
        (PRIVATE, BINANCE_PAIR, Flaw.PRIVATE_KEY),
        (PRIVATE[:60], BINANCE_PAIR, Flaw.PRIVATE_KEY),
        (PRIVATE.split("\n")[1], BINANCE_PAIR, Flaw.PRIVATE_KEY),
        (PUBLIC, BINANCE_PAIR, Flaw.OWN_PUBLIC_HALF),
        (PUBLIC[:70], BINANCE_PAIR, Flaw.OWN_PUBLIC_HALF),
        (PUBLIC.split("\n")[1], BINANCE_PAIR, Flaw.OWN_PUBLIC_HALF),
        (PUBLIC.replace("\n", " "), BINANCE_PAIR, Flaw.OWN_PUBLIC_HALF),
        (OTHER_PUBLIC, BINANCE_PAIR, Flaw.PUBLIC_KEY),
        (OTHER_PUBLIC[:40], BINANCE_PAIR, Flaw.HALF_PEM),
        ("-----END PUBLIC KEY-----", BINANCE_KEY, Flaw.HALF_PEM),
        ("-----BEGIN ", BINANCE_KEY, Flaw.HALF_PEM),
        (HEX_SECRET, BINANCE_KEY, Flaw.THREE_COMMAS_KEY),
        (HEX_SECRET, TOKEN_KEY, Flaw.SECRET_WHERE_KEY),
        (f"{HEX_KEY}\n{HEX_SECRET}", TOKEN_KEY, Flaw.BOTH_AT_ONCE),
        (HEX_KEY, TOKEN_SECRET, Flaw.KEY_AGAIN),
        ("abc123", TOKEN_KEY, Flaw.TOO_SHORT),
    ],
)
def test_what_is_certainly_something_else_is_named(text: str, expecting: Expecting, flaw: Flaw) -> None:
    assert read_api_key(text, expecting) is flaw


@pytest.mark.parametrize(
    ("text", "expecting", "doubt"),
    [
        (HEX_KEY, BINANCE_KEY, Flaw.THREE_COMMAS_KEY),
        (KEY, TOKEN_KEY, Flaw.EXCHANGE_KEY),
        (HEX_KEY[::-1], TOKEN_SECRET, Flaw.KEY_WHERE_SECRET),
        (f"Ключ API: {KEY}", BINANCE_KEY, Flaw.TRANSLATED),
        (f"API-Schlüssel: {KEY}", BINANCE_KEY, Flaw.TRANSLATED),
        (HEX_KEY, TOKEN_KEY, None),
        (HEX_SECRET, TOKEN_SECRET, None),
    ],
)
def test_what_only_looks_odd_is_read_with_a_doubt(text: str, expecting: Expecting, doubt: Flaw | None) -> None:
    """Only the service knows its keys, so the value is tried and the doubt is said if it is refused."""
    read = read_api_key(text, expecting)
    assert isinstance(read, Pasted)
    assert read.doubt is doubt


def test_a_secret_that_comes_with_the_key_once_more_is_read() -> None:
    assert read_api_key(f"{KEY}\n{SECRET}", BINANCE_SECRET) == Pasted(SECRET)


def test_a_3commas_secret_may_be_broken_over_lines() -> None:
    text = f"{HEX_SECRET[:70]}\n{HEX_SECRET[70:]}"
    assert read_api_key(text, TOKEN_SECRET) == Pasted(HEX_SECRET)


def test_a_3commas_key_may_be_broken_in_the_middle() -> None:
    assert read_api_key(f"{HEX_KEY[:30]}\n{HEX_KEY[30:]}", TOKEN_KEY) == Pasted(HEX_KEY)


@pytest.mark.parametrize(
    ("text", "service", "key", "secret", "sure"),
    [
        (f"API Key: {KEY}\nSecret Key: {SECRET}", "binance", KEY, SECRET, True),
        (f"Secret Key\n{SECRET}\nAPI Key\n{KEY}", "binance", KEY, SECRET, True),
        (f"{KEY}\nsecret {SECRET}", "binance", KEY, SECRET, True),
        (f"{SECRET}\nkey: {KEY}", "binance", KEY, SECRET, True),
        (f"{KEY} {SECRET}", "binance", KEY, SECRET, False),
        (f"key and secret:\n{KEY}\n{SECRET}", "binance", KEY, SECRET, False),
        (json.dumps({"secret": SECRET, "apiKey": KEY}), "binance", KEY, SECRET, True),
        (f"BINANCE_API_SECRET='{SECRET}'\nBINANCE_API_KEY='{KEY}'", "binance", KEY, SECRET, True),
        (f"API Key: {KEY[:30]}\n{KEY[30:]}\nSecret: {SECRET}", "binance", KEY, SECRET, True),
        (f"{HEX_SECRET}\n{HEX_KEY}", THREE_COMMAS, HEX_KEY, HEX_SECRET, True),
        ("tc_demo_key_0001 tc_demo_secret_0001", THREE_COMMAS, "tc_demo_key_0001", "tc_demo_secret_0001", True),
    ],
)
def test_key_and_secret_in_one_message_are_told_apart(
    text: str, service: str, key: str, secret: str, sure: bool
) -> None:
    pair = read_pair(text, service)
    assert isinstance(pair, PastedPair)
    assert (pair.api_key, pair.secret.reveal(), pair.sure_of_order) == (key, secret, sure)


def test_words_of_a_sentence_are_not_glued_together_to_a_key() -> None:
    words = "automatically authenticating cryptocurrency exchange credentials help"
    assert len(words.replace(" ", "")) == 64
    assert read_api_key(words, BINANCE_KEY) is Flaw.NOTHING


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        (KEY, Flaw.ONE_MISSING),
        ("", Flaw.NOTHING),
        (PRIVATE, Flaw.PRIVATE_KEY),
        (PUBLIC, Flaw.PUBLIC_KEY),
        (f"{KEY} {SECRET} {SECRET[::-1]}", Flaw.SEVERAL),
    ],
)
def test_a_pair_that_is_none_is_named(text: str, flaw: Flaw) -> None:
    assert read_pair(text, "binance") is flaw


def test_what_was_read_does_not_print() -> None:
    pair = read_pair(f"{KEY} {SECRET}", "binance")
    shown = repr((pair, read_api_key(KEY, BINANCE_KEY), BINANCE_SECRET))
    assert KEY not in shown
    assert SECRET not in shown


def test_flaws_that_showed_a_secret_say_so() -> None:
    assert Flaw.BOTH_AT_ONCE.shows_secret
    assert Flaw.PRIVATE_KEY.shows_secret
    assert not Flaw.OWN_PUBLIC_HALF.shows_secret


LETTERS = string.ascii_letters + string.digits
keys = st.text(LETTERS, min_size=60, max_size=60).map(lambda body: "aB3d" + body)
blanks = st.text(" \t\r\n\u00a0\u200b\u2060\ufeff", max_size=4)
labels = st.sampled_from(["", "API Key:", "api_key=", "Key -", "my key is", '"apiKey":', "KEY", "Binance API key:\n"])
quotes = st.sampled_from(["", '"', "'", "`", "“", "**", "```"])


@given(keys, labels, quotes, blanks, blanks)
def test_any_decoration_around_a_good_key_is_cleaned(key: str, label: str, quote: str, before: str, after: str) -> None:
    read = read_api_key(f"{before}{label} {quote}{key}{quote}{after}", BINANCE_KEY)
    assert isinstance(read, Pasted)
    assert read.text == key


@given(keys, st.integers(4, 60), st.sampled_from([" ", "\n", "\r\n", "\u200b", "\u00a0"]))
def test_a_break_anywhere_in_the_middle_is_closed(key: str, at: int, gap: str) -> None:
    read = read_api_key(key[:at] + gap + key[at:], BINANCE_KEY)
    assert isinstance(read, Pasted)
    assert read.text == key


@given(st.text(max_size=300), st.sampled_from(sorted(SHAPES)), st.sampled_from(list(Field)))
def test_no_text_raises(text: str, service: str, wanted: Field) -> None:
    read_api_key(text, Expecting(service, wanted, own_public_pem=PUBLIC, given_key=KEY))
    read_pair(text, service)
