"""How 3Commas' market codes map to (ccxt id, market type), and the rest of what its market list tells.

Source of the codes: 3Commas' public market list (`GET /ver1/accounts/market_list`, copy of May 2025) and its API reference.
"""

from dataclasses import dataclass

from domain.values import MarketType


@dataclass(frozen=True, slots=True)
class Market:
    """Where a 3Commas account trades. `venue` is the ccxt id."""

    venue: str
    market_type: MarketType


MARKETS: dict[str, Market] = {
    "binance": Market("binance", MarketType.SPOT),
    "binance_margin": Market("binance", MarketType.MARGIN),
    "binance_futures": Market("binance", MarketType.USDM),
    "binance_futures_coin": Market("binance", MarketType.COINM),
    "binance_futures_eea": Market("binance", MarketType.USDM),
    "binance_us": Market("binanceus", MarketType.SPOT),
    "binance_tr": Market("binancetr", MarketType.SPOT),
    "bybit_spot": Market("bybit", MarketType.SPOT),
    "bybit_usdt_perpetual": Market("bybit", MarketType.USDM),
    "bybit": Market("bybit", MarketType.COINM),
    "okex": Market("okx", MarketType.SPOT),
    "okex_futures": Market("okx", MarketType.USDM),
    "kucoin": Market("kucoin", MarketType.SPOT),
    "kraken": Market("kraken", MarketType.SPOT),
    "gate_io": Market("gate", MarketType.SPOT),
    "gate_io_usdt_perpetual": Market("gate", MarketType.USDM),
    "gate_io_btc_perpetual": Market("gate", MarketType.COINM),
    "bitget_usdt_futures": Market("bitget", MarketType.USDM),
    "huobi": Market("htx", MarketType.SPOT),
    "coinbase_advanced": Market("coinbase", MarketType.SPOT),
    "coinbase_advanced_perpetual": Market("coinbase", MarketType.USDM),
    "gemini": Market("gemini", MarketType.SPOT),
    "bitfinex": Market("bitfinex", MarketType.SPOT),
    "bitstamp": Market("bitstamp", MarketType.SPOT),
}

PAPER = "paper_trading"
"""Accounts with this code are 3Commas' own pretend money: left out, and said."""


@dataclass(frozen=True, slots=True)
class MarketListing:
    """One row of 3Commas' market list. `trusted_ips` are single addresses or CIDR ranges."""

    market_code: str
    name: str
    help_link: str
    required_fields: tuple[str, ...]
    """Such as ("api_key", "secret", "passphrase")."""
    flows: frozenset[str]
    """Subset of {"form", "fast_connect"}."""
    trusted_ips: tuple[str, ...]
    """Empty in a snapshot: old addresses are worse than none."""
    ips_input: str = "inline"

    @property
    def has_fast_connect(self) -> bool:
        return "fast_connect" in self.flows


VENUE_NAMES: dict[str, str] = {
    "binance": "Binance",
    "binanceus": "Binance US",
    "binancetr": "Binance TR",
    "bybit": "Bybit",
    "okx": "OKX",
    "kucoin": "KuCoin",
    "kraken": "Kraken",
    "gate": "Gate",
    "bitget": "Bitget",
    "htx": "HTX",
    "coinbase": "Coinbase Advanced",
    "gemini": "Gemini",
    "bitfinex": "Bitfinex",
    "bitstamp": "Bitstamp",
}
"""How the exchanges call themselves."""
