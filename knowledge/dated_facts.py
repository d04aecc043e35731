"""What changed while traders were away: `knowledge/away.toml`."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from domain.away import Fact
from knowledge.files import FOLDER, Table, read_toml


@cache
def dated_facts() -> Sequence[Fact]:
    """In the order of the file. Raises BadKnowledge."""
    table = read_toml(FOLDER / "away.toml")
    facts = tuple(_fact(row) for row in table.tables("fact"))
    table.done()
    return facts


def _fact(row: Table) -> Fact:
    fact = Fact(
        id=row.text("id"),
        happened=row.optional("happened", date),
        venues=frozenset(row.texts("venues")),
        checked=row.value("checked", date),
        sources=row.texts("sources"),
    )
    row.done()
    return fact
