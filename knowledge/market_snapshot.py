"""3Commas' market list as it was, for when today's cannot be read: `knowledge/markets.toml`. Without addresses."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from domain.markets import MarketListing
from knowledge.files import FOLDER, BadKnowledge, Table, read_toml

FLOWS = frozenset({"form", "fast_connect"})


@cache
def market_snapshot() -> Mapping[str, MarketListing]:
    """By market code. Raises BadKnowledge."""
    table = read_toml(FOLDER / "markets.toml")
    table.value("checked", date)
    table.texts("sources")
    listings = [_listing(row) for row in table.tables("market")]
    table.done()
    return {listing.market_code: listing for listing in listings}


def _listing(row: Table) -> MarketListing:
    listing = MarketListing(
        market_code=row.text("code"),
        name=row.text("name"),
        help_link=row.text("help_link", ""),
        required_fields=row.texts("required"),
        flows=frozenset(row.texts("flows")),
        trusted_ips=(),
    )
    row.done()
    if not listing.flows <= FLOWS or not listing.required_fields:
        raise BadKnowledge(f"{row.where}: flows or fields are not those of the market list")
    return listing
