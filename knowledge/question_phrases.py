"""Typed questions about the account: `knowledge/phrases.toml`."""

from functools import cache

from domain.phrases import Asked, Phrase, Phrases
from knowledge.files import FOLDER, BadKnowledge, Table, read_toml

GROUPS = ("about", "trouble", "told")


@cache
def phrases() -> Phrases:
    """Raises BadKnowledge."""
    table = read_toml(FOLDER / "phrases.toml")
    rows = [_phrase(row) for row in table.tables("phrase")]
    table.done()
    return Phrases(rows)


def _phrase(row: Table) -> Phrase:
    groups = tuple(words for name in GROUPS if (words := row.texts(name)))
    phrase = Phrase(Asked(row.text("look")), groups, row.flag("over_errors"))
    row.done()
    if len(groups) < 2:
        raise BadKnowledge(f"{row.where}: one word alone is no question")
    return phrase
