"""What is written down about the key page of each exchange: `knowledge/venues/<ccxt id>.toml`."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from domain.guides import AddressRules, Rights, Separator, VenueGuide
from domain.values import MarketType
from knowledge.files import FOLDER, BadKnowledge, Table, read_toml


@cache
def venue_guides() -> Mapping[str, VenueGuide]:
    """By ccxt id. Raises BadKnowledge."""
    guides = [_guide(read_toml(path)) for path in sorted((FOLDER / "venues").glob("*.toml"))]
    return {guide.venue: guide for guide in guides}


def _guide(table: Table) -> VenueGuide:
    guide = VenueGuide(
        venue=table.text("venue"),
        name=table.text("name"),
        checked=table.value("checked", date),
        sources=table.texts("sources"),
        key_page=table.texts("key_page"),
        create=table.texts("create"),
        addresses=_addresses(table.table("addresses")),
        rights=_by_market(table.table("rights")),
        edit=table.texts("edit"),
        create_with_public_key=table.texts("create_with_public_key"),
        reading_only=_rights(table.table("reading_only")) if "reading_only" in table.names() else None,
        notes=table.texts("notes"),
        edit_notes=table.texts("edit_notes"),
        market_notes=_notes_by_market(table.table("market_notes")),
        fast_connect_notes=table.texts("fast_connect_notes"),
        sub_account_notes=table.texts("sub_account_notes"),
    )
    table.done()
    return guide


def _addresses(table: Table) -> AddressRules:
    rules = AddressRules(
        label=table.text("label", ""),
        limit=table.number("limit"),
        separator=Separator(table.text("separator", Separator.COMMA)),
    )
    table.done()
    return rules


def _rights(table: Table) -> Rights:
    rights = Rights(tick=table.texts("tick"), leave_off=table.texts("leave_off"))
    table.done()
    if not rights.tick or not rights.leave_off:
        raise BadKnowledge(f"{table.where}: name what to tick and what to leave off")
    return rights


def _by_market(table: Table) -> Mapping[MarketType, Rights]:
    return {MarketType(name): _rights(table.table(name)) for name in table.names()}


def _notes_by_market(table: Table) -> Mapping[MarketType, tuple[str, ...]]:
    return {MarketType(name): table.texts(name) for name in table.names()}
