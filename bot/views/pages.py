"""Lists in pages. A button carries the key of the row after which to go on, never a position: rows may come and go underneath."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.buttons import Button, Press, Show
from bot.texts import Html, say

MAX_ROWS = 8
_KEY_LENGTH = 10
_ALL = "all"
_FEW = "few"

T = TypeVar("T")


def short_key(*parts: str) -> str:
    """A name for a thing whose own id is too long for a button; the same for the same parts, whenever it is made."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trader stands in a list: on which screen, after which row, and whether everything is listed."""

    screen: str
    after: str = ""
    every: bool = False

    def pack(self) -> str:
        """As a button carries it."""
        return ".".join((self.screen, _ALL if self.every else _FEW, self.after))

    @classmethod
    def unpack(cls, text: str) -> "Place":
        """Whatever is not understood is the beginning."""
        screen, _, rest = text.partition(".")
        kind, _, after = rest.partition(".")
        return cls(screen, after, kind == _ALL)


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """The rows of one page. `before` and `next` are keys after which the neighbouring pages begin; None: there is none."""

    rows: Sequence[T]
    first: int
    """Number of the first row, from 1."""
    of: int
    before: str | None
    next: str | None


def cut(rows: Sequence[T], key: Callable[[T], str], after: str) -> Slice[T]:
    """The page that follows the row `after`; the first one where that row is not there (any more)."""
    keys = [key(row) for row in rows]
    start = keys.index(after) + 1 if after in keys else 0
    if start >= len(rows):
        start = 0
    end = start + MAX_ROWS
    before = None
    if start:
        before = keys[start - MAX_ROWS - 1] if start > MAX_ROWS else ""
    return Slice(rows[start:end], start + 1, len(rows), before, keys[end - 1] if end < len(rows) else None)


def rows_here(page: Slice[T]) -> list[Html]:
    """Which rows of how many a page shows; nothing where all of them stand on it."""
    last = page.first + len(page.rows) - 1
    return [say("page-rows", first=page.first, last=last, of=page.of)] if len(page.rows) < page.of else []


def turning(what: str, place: Place, page: Slice[T]) -> tuple[Button, ...]:
    """Buttons to the neighbouring pages."""
    row: list[Button] = []
    if page.before is not None:
        row.append(Press(say("button-page-before"), Show(what, Place(place.screen, page.before, place.every).pack())))
    if page.next is not None:
        row.append(Press(say("button-page-next"), Show(what, Place(place.screen, page.next, place.every).pack())))
    return tuple(row)
