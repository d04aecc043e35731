"""From the error text of a trade, a deal or a connection to its causes.

Raw codes of the venue first, then 3Commas' own sentences, then words that several venues share.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.causes import Cause
from domain.trade_error_table import CODES, KEY_ADDRESS_OR_RIGHT, SAYS_IN_WORDS, WORDS, Group, Meaning
from domain.values import MarketType

__all__ = ["ABOUT_THE_KEY", "KEY_ADDRESS_OR_RIGHT", "ErrorText", "Group", "classify", "trading_right"]

ABOUT_THE_KEY = frozenset(
    {
        Cause.KEY_UNKNOWN,
        Cause.KEY_EXPIRED,
        Cause.SECRET_WRONG,
        Cause.PASSPHRASE_WRONG,
        Cause.IP_NOT_ALLOWED,
        Cause.PERMISSION_MISSING,
        Cause.ACCOUNT_RESTRICTED,
        Cause.REGION_BLOCKED,
    }
)
"""Causes that stop every trade of an exchange account, not only the one that met them."""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a text means. `causes` is empty where the order itself broke a rule, or where nobody knows."""

    group: Group
    causes: tuple[Cause, ...] = ()
    right: str = ""
    """Word of `KeyRights` for the right that the text names; "" if it names none."""
    code: str = ""
    """The venue's raw code, if the text holds one that we know."""

    @property
    def about_key(self) -> bool:
        return any(cause in ABOUT_THE_KEY for cause in self.causes)

    @property
    def cause(self) -> Cause:
        """One cause, AMBIGUOUS if several share the text, UNKNOWN if there is none."""
        if len(self.causes) > 1:
            return Cause.AMBIGUOUS
        return self.causes[0] if self.causes else Cause.UNKNOWN


def trading_right(market: MarketType) -> str:
    """The right, in the words of `KeyRights`, that trading on this market type needs."""
    return {MarketType.SPOT: "spot", MarketType.MARGIN: "margin"}.get(market, "futures")


def classify(venue: str, text: str) -> ErrorText:
    """`venue` is a ccxt id, or "" if it is not known: then only codes that one venue alone uses are believed."""
    low = text[:_LONGEST].translate(_MINUS_SIGNS).lower()
    found = _by_code(_FAMILY.get(venue, venue), low)
    return found or _by_words(low) or ErrorText(Group.UNKNOWN)


_LONGEST = 2000
_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"))
_FAMILY = {
    "binanceus": "binance",
    "binancetr": "binance",
    "binanceusdm": "binance",
    "binancecoinm": "binance",
    "myokx": "okx",
    "okxus": "okx",
    "bybiteu": "bybit",
    "gateeu": "gate",
    "kucoinfutures": "kucoin",
}


def _written(code: str) -> str:
    """A pattern for one code; people and programs put a blank behind the minus sign."""
    return r"-\s?" + re.escape(code[1:]) if code.startswith("-") else re.escape(code)


def _pattern(codes: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the codes, standing by itself."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_written(code) for code in codes)})(?!\w)")


_PATTERNS = {venue: _pattern(codes) for venue, codes in CODES.items()}
_EVERYWHERE = {
    code: meaning for codes in CODES.values() for code, meaning in codes.items() if code.startswith("-") or ":" in code
}
"""Codes that say by themselves whose they are: Binance's minus sign, Kraken's colon. A bare number or word proves nothing."""
_ANYWHERE = _pattern(_EVERYWHERE)
_IN_WORDS = _pattern(SAYS_IN_WORDS)


def _by_code(venue: str, low: str) -> ErrorText | None:
    codes = CODES.get(venue, _EVERYWHERE)
    code = _found(_PATTERNS.get(venue, _ANYWHERE), low)
    return _read(code, codes[code], low) if code else None


def _found(pattern: re.Pattern[str], low: str) -> str:
    found = pattern.search(low)
    return "" if found is None else re.sub(r"-\s", "-", found.group(), count=1)


def _read(code: str, meaning: Meaning, low: str) -> ErrorText:
    group, causes = meaning
    return ErrorText(group, causes, _right(low) if Cause.PERMISSION_MISSING in causes else "", code)


def _by_words(low: str) -> ErrorText | None:
    code = _found(_IN_WORDS, low)
    for fragments, meaning in WORDS:
        if all(_contains(low, fragment) for fragment in fragments):
            return _read(code, meaning, low)
    return ErrorText(Group.UNKNOWN, code=code) if code else None


def _contains(low: str, fragment: str) -> bool:
    """Short fragments are words: the "ip" of "script" is no address."""
    return re.search(rf"\b{re.escape(fragment)}\b", low) is not None if len(fragment) < 4 else fragment in low


def _right(low: str) -> str:
    for word, right in (("futures", "futures"), ("margin", "margin"), ("spot", "spot"), ("withdraw", "withdrawals")):
        if word in low:
            return right
    return ""
