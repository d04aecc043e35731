"""Pretend guides."""

from domain.guides import Holder, ListSource, RepairGuide, Way
from domain.markets import MarketListing
from domain.own_key_guides import own_key_guide
from domain.ports import Addresses
from domain.update_keys import ChosenListing, RepairCase, repair_guide
from domain.values import KeyKind
from knowledge.venue_guides import venue_guides

ADDRESSES = tuple(f"198.51.100.{n}" for n in range(8, 40))
LISTING = MarketListing(
    "binance",
    "Binance",
    "https://help.3commas.io/en/articles/3568667",
    ("api_key", "secret"),
    frozenset({"form", "fast_connect"}),
    ADDRESSES,
)
CHOSEN = ChosenListing(ListSource.LIVE, LISTING)


def fast_connect() -> RepairGuide:
    return repair_guide(RepairCase("binance", "Binance spot", Holder.MAIN), CHOSEN, None)


def by_hand() -> RepairGuide:
    return repair_guide(RepairCase("binance", "Binance spot", Holder.MAIN, way=Way.BY_HAND), CHOSEN, None)


def sub_account() -> RepairGuide:
    return repair_guide(RepairCase("binance", "Binance sub", Holder.SUB), CHOSEN, None)


def own_pair(public_pem: str) -> RepairGuide:
    return own_key_guide(venue_guides()["binance"], KeyKind.ED25519, Addresses(("203.0.113.7",)), public_pem=public_pem)


def own_key() -> RepairGuide:
    return own_key_guide(venue_guides()["binance"], KeyKind.HMAC, Addresses())
