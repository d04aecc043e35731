"""The rules of markets, out of ccxt's tables.

ccxt keeps steps and limits as binary floats. Each was read from a short decimal text, and the shortest text of a float gives exactly
that back, so `Decimal(repr(x))` is what the venue wrote.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from clients.exchanges.quirks import Markets
from domain.trading import MarketRules
from domain.values import MarketType

FLAG = {MarketType.SPOT: "spot", MarketType.MARGIN: "spot", MarketType.USDM: "linear", MarketType.COINM: "inverse"}
"""The field of ccxt's market structure that is true for a market type."""


def rules_of(markets: Markets, symbols: Sequence[str], market: MarketType) -> Mapping[str, MarketRules]:
    """By ccxt's unified name; what is not listed on that market is left out."""
    found = ((symbol, markets.get(symbol)) for symbol in symbols)
    return {symbol: _rules(symbol, row) for symbol, row in found if row is not None and row.get(FLAG[market])}


def _rules(symbol: str, row: Mapping[str, Any]) -> MarketRules:
    precision, limits = row.get("precision") or {}, row.get("limits") or {}
    return MarketRules(
        symbol=symbol,
        id=str(row["id"]),
        base=str(row["base"]),
        quote=str(row["quote"]),
        tick=_exact(precision.get("price")),
        lot=_exact(precision.get("amount")),
        min_amount=_exact((limits.get("amount") or {}).get("min")),
        min_notional=_exact((limits.get("cost") or {}).get("min")),
        contract_size=_exact(row.get("contractSize")) or Decimal(1),
    )


def _exact(value: object) -> Decimal:
    """0 where the venue names no step and no limit."""
    return Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else Decimal(0)
