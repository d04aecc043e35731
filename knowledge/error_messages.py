"""The error messages that are written down: `knowledge/messages/*.toml`, one file per origin. Their sentences: `bot/texts/en/messages.ftl`."""

from functools import cache

from domain.causes import Cause
from domain.meanings import Meaning, Meanings, Remedy, Side
from knowledge.files import FOLDER, BadKnowledge, Table, read_toml


@cache
def meanings() -> Meanings:
    """Raises BadKnowledge."""
    rows: list[Meaning] = []
    names: list[tuple[str, str]] = []
    for path in sorted((FOLDER / "messages").glob("*.toml")):
        table = read_toml(path)
        origin = table.text("origin")
        names += [(word, origin) for word in table.texts("named")]
        rows += [_meaning(row, origin) for row in table.tables("message")]
        table.texts("sources")
        table.done()
    _check(rows)
    return Meanings(rows, names)


def _meaning(row: Table, origin: str) -> Meaning:
    meaning = Meaning(
        id=row.text("id"),
        origin=origin,
        side=Side(row.text("side", Side.ANY)),
        codes=row.texts("codes"),
        texts=row.texts("texts"),
        remedy=Remedy(row.text("remedy")),
        causes=tuple(Cause(cause) for cause in row.texts("causes")),
        article=row.text("article", ""),
        refines=row.text("refines", ""),
        named_only=row.flag("named_only"),
    )
    row.done()
    if not meaning.codes and not meaning.texts:
        raise BadKnowledge(f"{row.where}: nothing to recognise it by")
    return meaning


def _check(rows: list[Meaning]) -> None:
    ids = [row.id for row in rows]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise BadKnowledge(f"{twice[0]} is written down twice")
    lost = sorted({row.refines for row in rows if row.refines} - set(ids))
    if lost:
        raise BadKnowledge(f"{lost[0]} is refined but not written down")
