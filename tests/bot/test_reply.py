"""Long replies are cut so that every part is a message of its own, and nothing of the text is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import MAX_TEXT, Document, Reply, from_json, plain, split, to_json, visible_length
from bot.texts import Html
from sandbox.telegram.entities import TEXT_LIMIT, formatted
from sandbox.telegram.html import parse_html

LIMIT = 60
WORDS = st.text("ab <>&\"'é\U0001f4c8", max_size=30).map(lambda text: str(plain_escape(text)))
LEAVES = WORDS | st.just("\n") | st.integers(70, 200).map(lambda length: "x" * length)


def plain_escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        ["b", "i", "code", "pre", "blockquote expandable", 'a href="https://example.org/?a=1&amp;b=2"']
    )
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>", tag=tags, parts=st.lists(inner, max_size=3)
    )


MARKUP = st.lists(st.recursive(LEAVES, tagged, max_leaves=6), max_size=6).map("".join)


def squeezed(text: str) -> str:
    """Without white space: a cut may take the place of a line's end."""
    return re.sub(r"\s", "", text)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(MARKUP)
def test_every_part_stands_alone_and_nothing_is_lost(text: str) -> None:
    parts = split(Html(text), LIMIT)
    shown = [parse_html(part)[0] for part in parts]  # refuses tags that are open and entities that are cut
    assert all(len(part) <= LIMIT for part in shown)
    assert squeezed("".join(shown)) == squeezed(parse_html(text)[0])


def styled(parts: list[Html] | list[str]) -> list[tuple[str, frozenset[str]]]:
    """Each visible character that is no blank, with the tags that it stands in."""
    found = []
    for part in parts:
        visible, entities = parse_html(part)
        raw = visible.encode("utf-16-le")
        at = 0
        for character in visible:
            inside = frozenset(e.type for e in entities if e.offset <= at < e.offset + e.length)
            at += len(character.encode("utf-16-le")) // 2
            if not character.isspace():
                found.append((character, inside))
        assert at == len(raw) // 2
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(MARKUP)
def test_a_tag_that_spans_a_cut_goes_on_behind_it(text: str) -> None:
    assert styled(split(Html(text), LIMIT)) == styled([text])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(MARKUP)
def test_the_visible_length_is_telegrams(text: str) -> None:
    assert visible_length(text) == len(parse_html(text)[0])


def test_a_reply_that_fits_is_one_message_as_it_is() -> None:
    text = Html("x" * MAX_TEXT + "<b></b>")
    assert split(text) == [text]


def test_lines_stay_whole_where_they_can() -> None:
    text = Html("\n".join(f"<b>line {n}</b> " + "y" * 90 for n in range(100)))
    parts = split(text)
    assert len(parts) == 3
    for part in parts:
        assert part.startswith("<b>line ")
        assert part.endswith("y" * 90)
        assert formatted(part, "HTML", "", TEXT_LIMIT)


def test_blank_lines_inside_a_part_are_kept() -> None:
    text = Html("a\n\nb" + "\n" + "c" * LIMIT)
    assert split(text, LIMIT)[0].startswith("a\n\nb")


def test_plain_words_are_what_is_seen() -> None:
    assert plain("<b>Tom</b> &amp; <code>&lt;b&gt;</code> &#x27;s") == "Tom & <b> 's"


def test_a_reply_is_kept_with_its_file() -> None:
    reply = Reply(Html("<b>x</b>"), (), Document("a.pem", b"\x00\xff"), silent=True, asks="a key")
    assert from_json(to_json(reply)) == reply
    assert "\\xff" not in repr(reply)


def test_paragraphs_go_before_and_buttons_behind() -> None:
    reply = Reply(Html("b")).after(Html("a")).with_buttons((), ())
    assert (reply.text, reply.buttons) == ("a\n\nb", ())
