"""Short answers in Markdown with TOML front matter between lines of `+++`: `knowledge/articles/<id>.md`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from knowledge.files import FOLDER, BadKnowledge, Table

FENCE = "+++\n"
WORD = re.compile(r"[\w’']+")
SMALL_WORDS = frozenset(
    {"a", "an", "and", "are", "at", "can", "did", "do", "does", "for", "have", "how", "i", "in", "is", "it"}
    | {"my", "of", "on", "or", "the", "to", "was", "what", "which", "why", "with"}
)
"""Tell no question from another."""


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

    def answers(self, words: frozenset[str]) -> int:
        """How many words of a question this article goes by, as `telling_words` cuts them; 0: it is no answer."""
        phrases = [telling_words(phrase) for phrase in (self.title, *self.also_asked_as)]
        return max(
            len(words & phrase) if phrase <= words or 1 < len(words & phrase) == len(words) else 0 for phrase in phrases
        )

    def paragraphs(self) -> tuple[str, ...]:
        """The body cut at its blank lines, without line breaks inside a paragraph; list items keep theirs."""
        blocks = (block.strip() for block in self.body.split("\n\n"))
        return tuple(block if block.startswith(("- ", "1. ")) else " ".join(block.split()) for block in blocks if block)


def telling_words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower())) - SMALL_WORDS


def answer_to(question: str, among: Iterable[Article]) -> Article | None:
    """The article that a question in somebody's own words is about; None where no phrase of one fits whole."""
    words = telling_words(question)
    best = max(among, key=lambda article: article.answers(words), default=None)
    return best if best is not None and best.answers(words) else None


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
