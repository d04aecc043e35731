"""How client order ids begin: those of other programs, and those that 3Commas uses on an account, learned from certain matches.

3Commas documents no prefix of its own, so none is written here. Sources of the others: ccxt 4.5.90 (its `broker` options), Binance's
own apps, Gate's documentation of the field `text`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

SHORTEST = 4
"""Shorter beginnings are shared by chance."""

BY_CHANCE = 2
"""So many letters at the end of what two ids begin with may be alike by chance: one in sixteen to sixty pairs has one."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A beginning that tells who placed an order: "ccxt" (a program built on it), "app" (the exchange's own), "api"."""

    venues: frozenset[str]
    prefix: str
    who: str
    whole: bool = False
    """It is the whole id, not only its beginning."""


_BINANCE = frozenset({"binance", "binanceus", "binancetr"})
_GATE = frozenset({"gate"})

FOREIGN: tuple[Foreign, ...] = (
    Foreign(_BINANCE, "x-TKT5PX2F", "ccxt"),
    Foreign(_BINANCE, "x-cvBPrNm9", "ccxt"),
    Foreign(_BINANCE, "x-xcKtGhcu", "ccxt"),
    Foreign(frozenset({"okx"}), "6b9ad766b55dBCDE", "ccxt"),
    Foreign(frozenset({"htx"}), "AA03022abc", "ccxt"),
    Foreign(_BINANCE, "web_", "app"),
    Foreign(_BINANCE, "ios_", "app"),
    Foreign(_BINANCE, "android_", "app"),
    Foreign(_GATE, "web", "app", whole=True),
    Foreign(_GATE, "app", "app", whole=True),
    Foreign(_GATE, "api", "api", whole=True),
)


def foreign(venue: str, client_id: str) -> Foreign | None:
    """Whose beginning this is, if it is one of another program at this exchange."""
    here, beginnings = _at(venue)
    if not client_id.startswith(beginnings):
        return None
    return next(
        (one for one in here if client_id == one.prefix or (not one.whole and client_id.startswith(one.prefix))), None
    )


@cache
def _at(venue: str) -> tuple[tuple[Foreign, ...], tuple[str, ...]]:
    here = tuple(one for one in FOREIGN if venue in one.venues)
    return here, tuple(one.prefix for one in here)


def learn(client_ids: Iterable[str]) -> tuple[str, ...]:
    """What two or more of these ids begin with alike, sorted. Give it ids of orders that 3Commas certainly placed."""
    groups: dict[str, set[str]] = {}
    for client_id in client_ids:
        if len(client_id) >= SHORTEST:
            groups.setdefault(client_id[:SHORTEST], set()).add(client_id)
    learned = (_beginning(group) for group in groups.values() if len(group) > 1)
    return tuple(sorted(prefix for prefix in learned if prefix))


def near(prefixes: Iterable[str], client_id: str) -> bool:
    """Whether this id begins as a learned prefix does but for its end: of two ids, one more letter may be alike by chance."""
    return any(client_id.startswith(prefix[: max(SHORTEST, len(prefix) - BY_CHANCE)]) for prefix in prefixes)


def known(prefixes: Iterable[str], client_id: str) -> str:
    """The learned prefix that this id begins with, or ""."""
    for prefix in prefixes:
        if client_id.startswith(prefix):
            return prefix
    return ""


def _beginning(client_ids: set[str]) -> str:
    """Alike up to a point where ids part by chance; a number that has begun belongs to what is different."""
    first, last = min(client_ids), max(client_ids)
    alike = next((place for place, letter in enumerate(first) if not last.startswith(letter, place)), len(first))
    common = first[:alike]
    at_separator = re.match(r".*[-_:./]", common)
    if at_separator and len(at_separator[0]) >= SHORTEST:
        return at_separator[0]
    trimmed = common.rstrip("0123456789")
    return trimmed if len(trimmed) >= SHORTEST else ""
