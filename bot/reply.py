"""What the bot says, as a value: text, buttons, a file. Views make it, the outbox keeps it, the sender sends it."""

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.buttons import Button, Copy, Link, Press, unpack
from bot.texts.markup import Html, clean

MAX_TEXT = 4096
"""Characters after the markup is taken away."""
MAX_CAPTION = 1024
MAX_COPY = 256
MAX_LABEL = 64
"""Ours; Telegram allows more than a phone can show."""
TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")


@dataclass(frozen=True, slots=True)
class Document:
    """A small file that goes with the message."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message. `text` is Telegram HTML; rows of buttons stand below it."""

    text: Html
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    silent: bool = False
    picture: bytes = field(default=b"", repr=False)
    """A PNG with the text as its caption; a message of its own, never a screen: a text cannot be rewritten into a picture."""
    asks: str = ""
    """Placeholder of the input field while the bot waits for an answer in text; makes the message a ForceReply where it has no buttons."""

    def with_buttons(self, *rows: Sequence[Button]) -> "Reply":
        return replace(self, buttons=(*self.buttons, *(tuple(row) for row in rows if row)))

    def after(self, *paragraphs: Html) -> "Reply":
        """The same with paragraphs in front."""
        return replace(self, text=Html("\n\n".join([*paragraphs, self.text])))


def visible_length(text: str) -> int:
    """Characters that count for Telegram: without markup, entities as one."""
    return len(re.sub(r"&(lt|gt|amp|quot|#\w+);", "x", TAG.sub("", text)))


def split(text: Html, limit: int = MAX_TEXT) -> list[Html]:
    """Parts of at most `limit` visible characters, cut at line ends; open tags are closed and opened again."""
    if visible_length(text) <= limit:
        return [text]
    parts: list[Html] = []
    open_tags: list[str] = []
    current = ""
    for line in text.split("\n"):
        pieces = [line] if visible_length(line) < limit // 2 else _slices(line, limit // 2)
        for piece in pieces:
            if current and visible_length(current) + visible_length(piece) + 1 > limit:
                parts.append(Html(current + "".join(f"</{_name(t)}>" for t in reversed(open_tags))))
                current = "".join(open_tags)
            current += ("\n" if current and piece is pieces[0] and current != "".join(open_tags) else "") + piece
            _track(piece, open_tags)
    parts.append(Html(current))
    return parts


def _slices(line: str, size: int) -> list[str]:
    """A very long line in pieces that cut neither a tag nor an entity."""
    tokens = re.findall(r"<[^>]*>|&[^;\s]{1,8};|[^<&]|[<&]", line)
    pieces, current, length = [], "", 0
    for token in tokens:
        current += token
        length += 0 if token.startswith("<") and token.endswith(">") else 1
        if length >= size:
            pieces.append(current)
            current, length = "", 0
    return [*pieces, current] if current else pieces


def _name(tag: str) -> str:
    match = TAG.match(tag)
    assert match is not None
    return match.group(2)


def _track(piece: str, open_tags: list[str]) -> None:
    for match in TAG.finditer(piece):
        if match.group(1):
            if open_tags:
                open_tags.pop()
        else:
            open_tags.append(match.group(0))


# --- Keeping ---------------------------------------------------------------------------------------------------


def to_json(reply: Reply) -> dict[str, Any]:
    """As the outbox keeps it."""
    return {
        "text": str(reply.text),
        "buttons": [[_button_out(b) for b in row] for row in reply.buttons],
        "document": None
        if reply.document is None
        else {"name": reply.document.name, "content": base64.b64encode(reply.document.content).decode()},
        "picture": base64.b64encode(reply.picture).decode(),
        "silent": reply.silent,
        "asks": reply.asks,
    }


def from_json(body: dict[str, Any]) -> Reply:
    document = body.get("document")
    return Reply(
        Html(body["text"]),
        tuple(tuple(_button_in(b) for b in row) for row in body["buttons"]),
        None if document is None else Document(document["name"], base64.b64decode(document["content"])),
        body.get("silent", False),
        base64.b64decode(body.get("picture", "")),
        body.get("asks", ""),
    )


def plain(text: str) -> str:
    """A sentence where nothing is parsed."""
    return html.unescape(TAG.sub("", text))


def _label(text: str) -> str:
    """The words on a button. Ours are markup; a plain `str` is foreign. Telegram refuses a message with an empty one."""
    return clean(plain(text) if isinstance(text, Html) else text, MAX_LABEL) or "?"


def _button_out(button: Button) -> dict[str, str]:
    label = _label(button.label)
    match button:
        case Press(_, data, style):
            return {"label": label, "data": data.pack(), "style": style}
        case Copy(_, text):
            if not 1 <= len(text) <= MAX_COPY:
                raise ValueError("a copy button holds 1 to 256 characters")
            return {"label": label, "copy": text}
        case Link(_, url):
            return {"label": label, "url": url}


def _button_in(row: dict[str, str]) -> Button:
    if "data" in row:
        return Press(row["label"], unpack(row["data"]), row.get("style", ""))
    if "copy" in row:
        return Copy(row["label"], row["copy"])
    return Link(row["label"], row["url"])
