"""Where help is found: `knowledge/resources.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.files import FOLDER, read_toml


@dataclass(frozen=True, slots=True)
class HelpResource:
    """A page to open. Its title is the text `resource-<id>`."""

    id: str
    link: str

    @property
    def title(self) -> str:
        """Text key."""
        return f"resource-{self.id}"


@cache
def help_resources() -> Mapping[str, HelpResource]:
    """By id, in the order in which to show them. Raises BadKnowledge."""
    table = read_toml(FOLDER / "resources.toml")
    table.value("checked", date)
    found: dict[str, HelpResource] = {}
    for row in table.tables("resource"):
        resource = HelpResource(row.text("id"), row.text("link"))
        row.done()
        found[resource.id] = resource
    table.done()
    return found
