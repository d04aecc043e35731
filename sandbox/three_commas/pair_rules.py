"""Which pairs a market has and in which steps: those of the venue behind it, or a short list where none is emulated."""

from collections.abc import Mapping
from decimal import Decimal

from sandbox.exchanges.venue import SymbolRules
from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.markets import Market
from sandbox.three_commas.pairs import ASSETS, QUOTE

USUAL_MIN_TOTAL = Decimal(5)


def pairs_of(accounts: Accounts, market: Market) -> Mapping[str, SymbolRules]:
    """By the name that 3Commas gives a pair."""
    if not market.market:
        rows = [SymbolRules(f"{a}{QUOTE}", a, QUOTE, s.price, s.lot, USUAL_MIN_TOTAL) for a, s in ASSETS.items()]
    else:
        rows = list(accounts.venue_of(market.code).symbols(market.market).values())
    return {f"{row.quote}_{row.name if market.futures else row.base}": row for row in rows}
