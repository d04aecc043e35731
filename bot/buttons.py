"""Buttons and what they carry: a kind and ids, never a decision; packed into Telegram's 64 bytes, unpacked with suspicion.

A button stays clickable for years, so each kind has a digit that moves when its fields do, and a press acts on the world as it is now.
"""

import re
from dataclasses import dataclass, fields
from typing import ClassVar

MAX_BYTES = 64
SEPARATOR = ":"
VALUE = re.compile(r"[A-Za-z0-9_.-]*")
"""What a value may be made of: names and ids of ours. One byte each, so characters count."""


class BadButton(ValueError):
    """Data that no button of ours carries: foreign, old, or made up."""


@dataclass(frozen=True, slots=True)
class ButtonData:
    prefix: ClassVar[str] = ""

    def pack(self) -> str:
        """Raises ValueError for what could not be unpacked again."""
        values = [str(getattr(self, f.name)) for f in fields(self)]
        if not all(VALUE.fullmatch(value) for value in values):
            raise ValueError(f"{type(self).__name__} holds something that is no name or id of ours")
        text = SEPARATOR.join([self.prefix, *values])
        if len(text) > MAX_BYTES:
            raise ValueError(f"{type(self).__name__} is longer than {MAX_BYTES} bytes")
        return text


@dataclass(frozen=True, slots=True)
class Open(ButtonData):
    """Do what a command does, perhaps for one thing: Open("update", account_id)."""

    prefix: ClassVar[str] = "o1"
    command: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Choose(ButtonData):
    """An answer to a question of a conversation. `question` is `flow.step`; a question that is over answers with how it stands."""

    prefix: ClassVar[str] = "c1"
    flow: str
    step: str
    choice: str


@dataclass(frozen=True, slots=True)
class Show(ButtonData):
    """Show one thing: Show("key", key_id)."""

    prefix: ClassVar[str] = "s1"
    what: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Confirm(ButtonData):
    """The only button that decides: a single-use nonce, of which the conversation keeps the hash."""

    prefix: ClassVar[str] = "n1"
    nonce: str


KINDS: tuple[type[ButtonData], ...] = (Open, Choose, Show, Confirm)
BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def unpack(text: str) -> ButtonData:
    """Raises BadButton."""
    prefix, *values = text.split(SEPARATOR)
    kind = BY_PREFIX.get(prefix)
    if kind is None or len(values) != len(fields(kind)) or len(text.encode()) > MAX_BYTES:
        raise BadButton
    if not all(VALUE.fullmatch(value) for value in values):
        raise BadButton
    return kind(*values)


@dataclass(frozen=True, slots=True)
class Press:
    """A button that talks to the bot."""

    label: str
    data: ButtonData
    style: str = ""
    """"", "primary", "danger" or "success"; the words carry the meaning, older clients show it plain."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A button that copies up to 256 characters."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address from our own fixed list or from 3Commas' market list."""

    label: str
    url: str


Button = Press | Copy | Link
