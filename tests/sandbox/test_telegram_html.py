"""Telegram's HTML: what it means, and how it is refused."""

import pytest

from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from sandbox.telegram.errors import Refused
from sandbox.telegram.html import parse_html


def kinds(raw: str) -> list[tuple[str, int, int]]:
    return [(entity.type, entity.offset, entity.length) for entity in parse_html(raw)[1]]


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
        ),
        ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<B>loud</B>", "loud", [("bold", 0, 4)]),
        ("<b>out<i>in</i></b>", "outin", [("bold", 0, 5), ("italic", 3, 2)]),
        ("<b></b>nothing", "nothing", []),
        ("<i>a</>", "a", [("italic", 0, 1)]),
        ("<i other = 'x'>a</i >", "a", [("italic", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("\U0001f4c8<b>up</b>", "\U0001f4c8up", [("bold", 2, 2)]),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&#8722;2015 &#x2212;1121", "−2015 −1121", []),
        ("&nbsp; &copy; &#99999999;", "&nbsp; &copy; &#99999999;", []),
        ("<a href='nonsense'>x</a>", "x", []),
    ],
)
def test_markup_becomes_text_and_entities(raw: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert parse_html(raw)[0] == text
    assert kinds(raw) == expected


def test_a_link_is_completed_and_kept() -> None:
    assert parse_html('<a href="help.3Commas.io?x=1&amp;y=2">guide</a>')[1][0].url == "http://help.3commas.io/?x=1&y=2"


def test_code_in_a_block_gives_it_a_language() -> None:
    (entity,) = parse_html('<pre><code class="language-pem">KEY</code></pre>')[1]
    assert (entity.type, entity.language, entity.length) == ("pre", "pem", 3)


def test_code_alone_has_no_language() -> None:
    (entity,) = parse_html('<code class="language-pem">KEY</code>')[1]
    assert (entity.type, entity.language) == ("code", None)


def test_a_moment_carries_its_time_and_its_look() -> None:
    (entity,) = parse_html('<tg-time unix="1741000000" format="r">in March</tg-time>')[1]
    assert (entity.type, entity.unix_time, entity.date_time_format, entity.length) == ("date_time", 1741000000, "r", 8)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a <value>", 'Unsupported start tag "value" at byte offset 2'),
        ("price < 5", 'Unsupported start tag "" at byte offset 6'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="no">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="soon">x</tg-time>', 'Invalid Unix time specified in the tag "tg-time"'),
        (
            "&#55357;",
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units",
        ),
    ],
)
def test_broken_markup_is_refused_in_the_originals_words(raw: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(raw)
    assert (refused.value.code, refused.value.description) == (400, f"Bad Request: can't parse entities: {words}")


def test_the_limit_counts_what_is_seen_not_the_markup() -> None:
    text, _ = formatted(f"<b>{'x' * TEXT_LIMIT}</b>", "HTML", "", TEXT_LIMIT)
    assert len(text) == TEXT_LIMIT


def test_the_limit_counts_code_points_so_a_large_emoji_is_one() -> None:
    assert len(formatted("\U0001f4c8" * TEXT_LIMIT, "", "", TEXT_LIMIT)[0]) == TEXT_LIMIT
    with pytest.raises(Refused, match="message is too long"):
        formatted("\U0001f4c8" * (TEXT_LIMIT + 1), "", "", TEXT_LIMIT)


def test_raw_text_over_32_kilobytes_is_refused_even_if_little_of_it_is_seen() -> None:
    with pytest.raises(Refused, match="message caption is too long"):
        formatted("<b></b>" * 5000, "HTML", "", CAPTION_LIMIT)


def test_code_takes_no_other_formatting_inside() -> None:
    _, entities = formatted("<b>a<code>b</code>c</b>", "HTML", "", TEXT_LIMIT)
    assert [(e.type, e.offset, e.length) for e in entities] == [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]


def test_foreign_text_becomes_tappable_outside_of_code() -> None:
    text = "/forget @helper #tag $BTC see example.com or a@b.io 12/24"
    found = {text[e.offset : e.offset + e.length]: e.type for e in formatted(text, "", "", TEXT_LIMIT)[1]}
    assert found == {
        "/forget": "bot_command",
        "@helper": "mention",
        "#tag": "hashtag",
        "$BTC": "cashtag",
        "example.com": "url",
        "a@b.io": "email",
    }
    assert [e.type for e in formatted(f"<code>{text}</code>", "HTML", "", TEXT_LIMIT)[1]] == ["code"]


def test_blanks_around_the_text_go_and_entities_move_along() -> None:
    text, entities = formatted("\n  a <b>b</b> \n", "HTML", "", TEXT_LIMIT)
    assert text == "a b"
    assert (entities[0].offset, entities[0].length) == (2, 1)


def test_control_characters_and_direction_marks_are_cleaned() -> None:
    text, entities = formatted("a\r\n\x07\u202e<b>b</b>", "HTML", "", TEXT_LIMIT)
    assert text == "a\n b"
    assert (entities[0].offset, entities[0].length) == (3, 1)
