"""Short answers in Markdown with TOML front matter between lines of `+++`: `knowledge/articles/<id>.md`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge.files import FOLDER, BadKnowledge, Table

FENCE = "+++\n"


@dataclass(frozen=True, slots=True)
class Article:
    """One question, one answer. `codes` are ids of error messages that it explains; `body` is Markdown."""

    id: str
    title: str
    also_asked_as: tuple[str, ...]
    codes: tuple[str, ...]
    checked: date
    sources: tuple[str, ...]
    body: str

    def paragraphs(self) -> tuple[str, ...]:
        """The body cut at its blank lines, without line breaks inside a paragraph; list items keep theirs."""
        blocks = (block.strip() for block in self.body.split("\n\n"))
        return tuple(block if block.startswith(("- ", "1. ")) else " ".join(block.split()) for block in blocks if block)


@cache
def articles() -> Mapping[str, Article]:
    """By id. Raises BadKnowledge."""
    return {path.stem: _article(path) for path in sorted((FOLDER / "articles").glob("*.md"))}


def _article(path: Path) -> Article:
    parts = path.read_text("utf-8").split(FENCE, 2)
    if len(parts) != 3 or parts[0]:
        raise BadKnowledge(f"{path.name}: front matter between two lines of +++ is missing")
    try:
        front = Table(path.name, tomllib.loads(parts[1]))
    except tomllib.TOMLDecodeError as error:
        raise BadKnowledge(f"{path.name}: {error}") from error
    article = Article(
        id=path.stem,
        title=front.text("title"),
        also_asked_as=front.texts("also_asked_as"),
        codes=front.texts("codes"),
        checked=front.value("checked", date),
        sources=front.texts("sources"),
        body=parts[2].strip(),
    )
    front.done()
    return article
