"""Reads the data files of this package and refuses what their readers do not expect: a mistyped field is a defect, not a silence."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent
T = TypeVar("T")


class BadKnowledge(ValueError):
    """A data file breaks its own rules; the message names file and field."""


class Table:
    """One table of a data file, read field by field; `done` fails if a field was left unread."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self.where = where
        self._values = values
        self._read: set[str] = set()

    def text(self, name: str, default: str | None = None) -> str:
        return self._get(name, str, default)

    def number(self, name: str) -> int | None:
        self._read.add(name)
        value = self._values.get(name)
        if value is not None and not isinstance(value, int):
            raise BadKnowledge(f"{self.where}: {name} is no number")
        return value

    def flag(self, name: str) -> bool:
        return self._get(name, bool, False)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._get(name, list, [])
        if not all(isinstance(v, str) for v in values):
            raise BadKnowledge(f"{self.where}: {name} holds something else than text")
        return tuple(values)

    def value(self, name: str, kind: type[T]) -> T:
        return self._get(name, kind, None)

    def optional(self, name: str, kind: type[T]) -> T | None:
        return self._get(name, kind, None) if name in self._values else None

    def table(self, name: str) -> "Table":
        return Table(f"{self.where} [{name}]", self._get(name, dict, {}))

    def tables(self, name: str) -> list["Table"]:
        rows = self._get(name, list, [])
        return [Table(f"{self.where} [[{name}]] {i + 1}", row) for i, row in enumerate(rows)]

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def done(self) -> None:
        unread = sorted(set(self._values) - self._read)
        if unread:
            raise BadKnowledge(f"{self.where}: {unread[0]} is not expected here")

    def _get(self, name: str, kind: type[T], default: T | None) -> T:
        self._read.add(name)
        value = self._values.get(name, default)
        if not isinstance(value, kind):
            raise BadKnowledge(f"{self.where}: {name} is missing or no {kind.__name__}")
        return value


def read_toml(path: Path) -> Table:
    """Raises BadKnowledge, with the file's name."""
    try:
        return Table(path.name, tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise BadKnowledge(f"{path.name}: {error}") from error
