"""Names, notes and errors of strangers in every view: whatever they hold, nothing in the message becomes theirs (T11)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

import pytest

from bot.errors import ADVICE, reply_for
from bot.reply import Reply, split, to_json
from bot.texts import Html
from domain.errors import RightMissing, SupportError
from domain.findings import Finding
from domain.funds_view import AssetRow
from domain.guides import RepairGuide, Step
from domain.locked_funds import Excess, Lock, LockedAsset
from domain.looking.view import Unread
from domain.matching.verdict import Evidence
from domain.ports import Deal, OpenOrder, Trade
from domain.records import ExchangeAccount, Key
from domain.trading import Owner, Position
from sandbox.telegram.entities import AUTOMATIC, TEXT_LIMIT, formatted
from sandbox.telegram.state import Entity
from tests.bot.inventory import an_error, examples

NASTY = (
    "/forget @alex #x $BTC evil.example",
    "<b>x</b><a href='https://evil.example'>3Commas</a></code>",
    "&lt;a&gt; \u202e\u0007 mail@evil.example +491701234567",
)
FOREIGN_FIELDS: dict[type[Any], tuple[str, ...]] = {
    ExchangeAccount: ("name",),
    Key: ("label", "tail"),
    RepairGuide: ("name",),
    Owner: ("id", "name"),
    OpenOrder: ("id", "client_id", "type", "position_side"),
    Unread: ("part",),
    Lock: ("asset",),
    LockedAsset: ("asset",),
    Excess: ("asset",),
    AssetRow: ("asset",),
    Position: ("symbol",),
    Trade: ("pair", "error"),
    Deal: ("pair", "error", "bot_name"),
}
PRETEND_NAMES = ("Binance spot", "For reading", "portfolio")
"""Words that examples give as plain text where a stranger's may stand."""


def poisoned(value: Any, text: str) -> Any:
    """The same value with a stranger's text wherever one can stand."""
    if isinstance(value, Html | Enum):
        return value
    if isinstance(value, str):
        return text if value in PRETEND_NAMES else value
    if isinstance(value, Evidence):
        return value._replace(word=text)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(poisoned(one, text) for one in value))
    if isinstance(value, tuple | list | set | frozenset):
        return type(value)(poisoned(one, text) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: poisoned(getattr(value, f.name), text) for f in fields(value) if f.init}
        changes |= dict.fromkeys(FOREIGN_FIELDS.get(type(value), ()), text)
        if isinstance(value, Finding):
            changes["facts"] = {k: v if k == "until" else text for k, v in value.facts.items()}
        if isinstance(value, Step):
            changes["values"] = {k: text if isinstance(v, str) else v for k, v in value.values.items()}
        return replace(value, **changes)
    return value


def cases() -> Iterator[tuple[str, partial[Any]]]:
    """The examples of views that show something given."""
    return ((name, example) for name, example in examples() if example.args or example.keywords)


def entities(reply: Reply) -> list[tuple[str, str]]:
    """Kind and words of everything in the message that can be tapped, is formatted, or leads away."""
    found = []
    for part in split(reply.text):
        visible, marks = formatted(part, "HTML", "", TEXT_LIMIT)
        raw = visible.encode("utf-16-le")
        found += [(mark.type, _words(raw, mark)) for mark in marks]
    return found


def _words(raw: bytes, mark: Entity) -> str:
    return raw[2 * mark.offset : 2 * (mark.offset + mark.length)].decode("utf-16-le")


@pytest.mark.parametrize("text", NASTY, ids=["tappable", "markup", "escaped"])
@pytest.mark.parametrize(("name", "example"), cases(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_strangers_text_adds_nothing_that_can_be_tapped(name: str, example: partial[Any], text: str) -> None:
    clean: Reply = example()
    args = [poisoned(argument, text) for argument in example.args]
    reply: Reply = example.func(*args, **{key: poisoned(value, text) for key, value in example.keywords.items()})
    added = set(entities(reply)) - set(entities(clean))
    assert not {(kind, words) for kind, words in added if kind in AUTOMATIC | {"text_link", "text_mention"}}
    assert not {(kind, words) for kind, words in added if kind in ("bold", "italic") and words == "x"}
    for row in to_json(reply)["buttons"]:
        for button in row:
            assert not {"\u202e", "\u0007"} & set(button["label"])
            assert "evil" not in button.get("data", "")


def test_the_texts_reach_the_views() -> None:
    """Guards the guard: a good part of the views shows something of a stranger."""
    showing = [name for name, example in cases() if "evil.example" in _text(example)]
    assert len(showing) > 20


def _text(example: partial[Any]) -> str:
    args = [poisoned(argument, NASTY[0]) for argument in example.args]
    kwargs = {key: poisoned(value, NASTY[0]) for key, value in example.keywords.items()}
    return str(example.func(*args, **kwargs).text)


@pytest.mark.parametrize("text", NASTY, ids=["tappable", "markup", "escaped"])
@pytest.mark.parametrize("kind", ADVICE, ids=lambda kind: kind.__name__)
def test_what_a_service_said_stays_its_words(kind: type[Exception], text: str) -> None:
    error = an_error(kind)
    if isinstance(error, SupportError):
        error.said = error.code = text
    if isinstance(error, RightMissing):
        error.right = text
    reply = reply_for(error)
    assert reply is not None
    assert not {kind for kind, _ in entities(reply)} - {"code"}
