"""Buttons carry names and ids only, fit Telegram's 64 bytes, and come back as what they were or not at all."""

from dataclasses import fields
from string import ascii_letters, digits

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.buttons import KINDS, MAX_BYTES, BadButton, ButtonData, Choose, Confirm, Copy, Link, Open, Press, unpack
from bot.reply import MAX_LABEL, Reply, from_json, to_json
from bot.texts import Html
from bot.texts.markup import escape

NAMES = st.text(ascii_letters + digits + "_.-", max_size=13)
"""Four of them with separators and prefix stay below 64."""
OURS = st.sampled_from(KINDS).flatmap(lambda kind: st.builds(kind, **{f.name: NAMES for f in fields(kind)}))


@settings(derandomize=True)
@given(OURS)
def test_what_is_packed_comes_back(data: ButtonData) -> None:
    assert unpack(data.pack()) == data
    assert len(data.pack().encode()) <= MAX_BYTES


@settings(max_examples=500, derandomize=True)
@given(st.text() | st.lists(st.text(max_size=20), max_size=5).map(":".join).map(lambda rest: f"o1:{rest}"))
@example("")
@example("o1")
@example("o1::")
@example("o1:check:")
@example("o1:check:а")  # a Cyrillic letter
@example("o1:check:²")
@example("n1:" + "x" * 64)
@example("o1:check:a\n")
@example("o2:check:")
def test_data_that_anybody_may_send_is_a_button_of_ours_or_refused(text: str) -> None:
    try:
        data = unpack(text)
    except BadButton:
        return
    assert data.pack() == text


@pytest.mark.parametrize("value", ["a:b", "a b", "é", "²", "a\n", "<b>", "x" * 62])
def test_what_would_not_come_back_is_not_packed(value: str) -> None:
    with pytest.raises(ValueError, match="Open"):
        Open(value).pack()


def test_a_kind_has_a_digit_of_its_own() -> None:
    assert len({kind.prefix for kind in KINDS}) == len(KINDS)
    assert all(kind.prefix[1:].isdigit() for kind in KINDS)


def test_a_nonce_does_not_show_when_the_button_is_printed_as_json_only_to_its_owner() -> None:
    reply = Reply(Html("x"), ((Press("Yes", Confirm("0123456789abcdef")),),))
    assert from_json(to_json(reply)) == reply


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<b>Main</b>", "<b>Main</b>"),
        ("Tom &amp; Co", "Tom &amp; Co"),
        (Html("<b>Main</b> &amp; <code>co</code>"), "Main & co"),
        (escape("Tom & <Co>"), "Tom & <Co>"),
        ("one\u202etwo\u0000three\nfour", "onetwothree four"),
        ("\u200b \u2060", "?"),
        ("", "?"),
    ],
)
def test_a_label_shows_foreign_text_as_it_is_and_our_own_without_markup(label: str, shown: str) -> None:
    (row,) = to_json(Reply(Html("x"), ((Press(label, Open("check")),),)))["buttons"]
    assert row[0]["label"] == shown


def test_a_label_is_cut_to_what_a_phone_can_show() -> None:
    (row,) = to_json(Reply(Html("x"), ((Press("n" * 1000, Open("check")),),)))["buttons"]
    assert len(row[0]["label"]) == MAX_LABEL


@pytest.mark.parametrize("text", ["", "x" * 257])
def test_a_copy_button_outside_telegrams_limits_is_our_defect(text: str) -> None:
    with pytest.raises(ValueError, match="256"):
        to_json(Reply(Html("x"), ((Copy("Copy", text),),)))


def test_every_kind_of_button_is_kept() -> None:
    row = (Press("a", Choose("f", "s", "c"), "primary"), Copy("b", "text: é"), Link("c", "https://example.org/?a=1"))
    reply = Reply(Html("x"), (row,))
    assert from_json(to_json(reply)) == reply
