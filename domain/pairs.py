"""3Commas writes a pair QUOTE_BASE, an exchange its own way; one is found from the other through the market's id, never guessed.

Source: 3Commas' documentation, "all market pairs": spot `USDT_SOL`; Binance USDⓈ-M `USDT_BTCUSDT`; COIN-M `BTC_BTCUSD_PERP`;
Gate perpetual `USDT_DOGE_USDT`. Split at the first underscore only: left the quote (or margin) coin, right the base coin on spot
and the exchange's name of the contract on futures.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.trading import MarketRules
from domain.values import MarketType

_SEPARATORS = re.compile(r"[-_/:. ]")
_FUTURES = frozenset({MarketType.USDM, MarketType.COINM})
_CONTRACT_TAILS = ("_UMCBL", "_PERP", "-PERP-INTX", "-PERP", "_SWAP", "-SWAP")
"""What exchanges hang behind the coins of a perpetual contract."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as 3Commas writes it, taken apart."""

    left: str
    right: str

    @classmethod
    def of(cls, text: str) -> "Pair | None":
        left, underscore, right = text.partition("_")
        return cls(left, right) if left and underscore and right else None


def likely_symbols(pair: str, market: MarketType) -> tuple[str, ...]:
    """Names in ccxt's way under which a pair may be listed. Ask the exchange for their rules, then see `symbols_of`."""
    parts = Pair.of(pair)
    if parts is None:
        return ()
    if market not in _FUTURES:
        return (f"{parts.right}/{parts.left}",)
    name = parts.right
    for tail in _CONTRACT_TAILS:
        name = name.removesuffix(tail)
    quotes = ("USD", "USDT", "USDC") if market is MarketType.COINM else (parts.left, "USDT", "USDC")
    bases = {_SEPARATORS.sub("", name.removesuffix(quote)): quote for quote in quotes if name.endswith(quote)}
    if market is MarketType.COINM:
        return tuple(f"{base}/{quote}:{parts.left}" for base, quote in bases.items() if base)
    return tuple(f"{base}/{quote}:{quote}" for base, quote in bases.items() if base)


def symbols_of(pairs: Iterable[str], rules: Iterable[MarketRules], market: MarketType) -> Mapping[str, str]:
    """The symbol of each pair that is exactly one of the markets in `rules`; all others are left out.

    An exchange's name is compared without case and separators. A pair that fits two markets fits none.
    """
    by_name: dict[str, set[str]] = {}
    for rule in rules:
        for name in _names(rule, market):
            by_name.setdefault(name, set()).add(rule.symbol)
    found: dict[str, str] = {}
    for pair in set(pairs):
        hits = by_name.get(_key(pair, market), set())
        if len(hits) == 1:
            (found[pair],) = hits
    return found


def _names(rule: MarketRules, market: MarketType) -> set[str]:
    """What the right side of a pair says on futures, and both sides in the exchange's order on spot."""
    if market in _FUTURES:
        return {_plain(rule.id)}
    return {_plain(rule.base + rule.quote), _plain(rule.id)}


def _key(pair: str, market: MarketType) -> str:
    parts = Pair.of(pair)
    if parts is None:
        return ""
    return _plain(parts.right) if market in _FUTURES else _plain(parts.right + parts.left)


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", name).upper()
