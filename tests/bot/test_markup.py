"""Text of strangers never becomes anything but text: no tag, no command, no mention, no link outside <code> (T11)."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.texts import Html, code, foreign, pre, say, speaking
from bot.texts.markup import MAX_FOREIGN, clean, escape
from bot.texts.say import NoSuchSentence, amount, moment
from sandbox.telegram.entities import TEXT_LIMIT, formatted

NASTY = [
    "/forget",
    "do /forget@bot now",
    "@alex",
    "#tag",
    "$BTC",
    "example.com",
    "http://evil.example/x",
    "tg://user?id=1",
    "a@b.co",
    "+491701234567",
    "4111 1111 1111 1111",
    "<b>bold</b>",
    '<a href="https://evil.example">3Commas</a>',
    "</code><b>out",
    "&lt;b&gt;",
    "&#60;b&#62;",
    '"><a href="x">',
    "\u202e/tegrof",
    "\u200b/forget",
    "ｅｘａｍｐｌｅ．ｃｏｍ",
    "пример.рф",
    "münchen.de",
    "www.x.io",
    "xn--e1afmkfd.xn--p1ai",
    "1.2.3.4",
]
FOREIGN = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from([*NASTY, " ", "\n", "\u202e", "(", ")", "."]), max_size=6).map("".join),
)


def entities(markup: Html) -> list[str]:
    """What Telegram makes of it, its own findings included."""
    return [entity.type for entity in formatted(f"name: {markup} end", "HTML", "", TEXT_LIMIT)[1]]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(FOREIGN)
@example("/forget")
@example("\u2024com")
def test_foreign_text_makes_no_entity_but_code(text: str) -> None:
    assert set(entities(foreign(text))) <= {"code"}
    assert set(entities(code(text))) <= {"code"}


@pytest.mark.parametrize("text", NASTY)
def test_what_could_be_tapped_is_shown_whole_as_code(text: str) -> None:
    assert set(entities(foreign(text))) <= {"code"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(FOREIGN)
def test_a_sentence_takes_a_plain_text_as_foreign(text: str) -> None:
    assert set(entities(say("account-name", name=text))) <= {"code"}
    assert set(entities(say("connect-linked", name=text))) <= {"code"}


@settings(max_examples=300, derandomize=True)
@given(st.text(max_size=600))
def test_clean_text_has_no_character_that_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")]
    assert len(cleaned) <= MAX_FOREIGN
    assert cleaned == cleaned.strip()
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\u202eabc\u202c", "abc"),
        ("a\u200bb\u200db\u2060\ufeff", "abb"),
        ("a\r\n\tb", "a b"),
        ("\x00\x1b[31mred", "[31mred"),
        ("\u2066x\u2069", "x"),
        ("é\u00ad", "é"),
        ("\ud800x", "x"),
    ],
)
def test_control_bidi_and_invisible_characters_go(text: str, left: str) -> None:
    assert clean(text) == left


def test_nothing_at_all_is_shown_as_a_question_mark() -> None:
    assert foreign("\u200b") == "<code>?</code>"


def test_joining_escapes_what_is_no_markup() -> None:
    assert Html("<b>a</b>") + "<i>" == "<b>a</b>&lt;i&gt;"
    assert isinstance(Html("a") + "b", Html)


def test_a_block_keeps_every_line() -> None:
    assert pre("-----BEGIN\n<a>\n") == "<pre>-----BEGIN\n&lt;a&gt;\n</pre>"


@settings(derandomize=True)
@given(st.text())
def test_our_own_plain_text_is_escaped(text: str) -> None:
    assert "<" not in escape(text)
    assert '"' not in escape(text)


def test_an_unknown_sentence_and_a_missing_value_are_defects() -> None:
    with pytest.raises(NoSuchSentence):
        say("no-such-sentence")
    with pytest.raises(ValueError, match="connect-linked"):
        say("connect-linked")
    with pytest.raises(TypeError):
        say("connect-linked", name=1.5)


def test_a_language_without_sentences_is_english() -> None:
    with speaking("xx"):
        assert say("button-back") == "Back"
    with speaking("../en"):
        assert say("button-back") == "Back"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1310", None, "1,310"),
        ("0.00000001", None, "0.00000001"),
        ("1E-8", None, "0.00000001"),
        ("1E+3", None, "1,000"),
        ("-1234567.5", None, "-1,234,567.5"),
        ("2.005", 2, "2.00"),
    ],
)
def test_a_figure_is_grouped_and_never_in_exponent_form(value: str, places: int | None, shown: str) -> None:
    assert amount(Decimal(value), places) == shown


def test_a_moment_is_shown_in_the_readers_own_zone_with_utc_inside() -> None:
    at = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
    assert moment(at, "clock") == '<tg-time unix="1795516920" format="t">10:42 UTC</tg-time>'
    assert say("away-heading", since=date(2024, 3, 1), known="yes").startswith("Since 1 March 2024 ")


@pytest.mark.parametrize("text", [text for text in NASTY if not text.startswith(("</code>", "&lt;", "\u202e"))])
def test_what_an_app_might_make_tappable_is_code(text: str) -> None:
    """More careful than the pretend Telegram, which does not find everything that an app finds."""
    assert foreign(text).startswith("<code>") or "<" in text
