"""Pairs as 3Commas writes them, QUOTE_BASE or on futures QUOTE_SYMBOL, and the limits of each."""

from dataclasses import dataclass
from decimal import Decimal

QUOTE = "USDT"


@dataclass(frozen=True)
class Steps:
    """Rules for one asset against USDT: price step and lot step."""

    price: Decimal
    lot: Decimal


ASSETS: dict[str, Steps] = {
    asset: Steps(Decimal(price), Decimal(lot))
    for asset, price, lot in (
        ("BTC", "0.01", "0.00001"),
        ("ETH", "0.01", "0.0001"),
        ("BNB", "0.01", "0.001"),
        ("SOL", "0.01", "0.001"),
        ("XRP", "0.0001", "0.1"),
        ("ADA", "0.0001", "0.1"),
        ("DOGE", "0.00001", "1"),
        ("DOT", "0.001", "0.01"),
        ("LTC", "0.01", "0.001"),
        ("LINK", "0.01", "0.01"),
        ("AVAX", "0.01", "0.01"),
        ("TRX", "0.0001", "0.1"),
    )
}


def base_of(pair: str) -> str:
    """The asset traded: `USDT_SOL` and `USDT_SOLUSDT` both give SOL. Only the first underscore separates."""
    quote, _, symbol = pair.partition("_")
    return symbol.removesuffix(quote) or symbol


def quote_of(pair: str) -> str:
    return pair.partition("_")[0]


def is_futures(pair: str) -> bool:
    return base_of(pair) != pair.partition("_")[2]
