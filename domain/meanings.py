"""What the text of an error means: any text that a trader pastes, matched against messages that are written down.

Codes are found in any writing ("-2015", "code: 2015", a typographic minus), sentences by fragments whatever their case and punctuation.
A text that nobody wrote down means nothing here: the answer is an empty list, not a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from domain.causes import Cause
from domain.values import MarketType

LONGEST_TEXT = 8_000


class Side(StrEnum):
    """Where a message comes up. The same number can mean another thing on spot than on futures."""

    ANY = "any"
    SPOT = "spot"
    FUTURES = "futures"

    def covers(self, market: MarketType) -> bool:
        futures = market in (MarketType.USDM, MarketType.COINM)
        return self is Side.ANY or (self is Side.FUTURES) == futures


class Remedy(StrEnum):
    """What helps: the button to offer beside the words."""

    NEW_KEY = "new_key"
    TELL_APART = "tell_apart"
    """Several faults share this text: test them in the order of `causes`."""
    ADDRESSES = "addresses"
    RIGHTS = "rights"
    TOKEN = "token"
    """The 3Commas token, not the key of an exchange."""
    PLAN = "plan"
    WAIT = "wait"
    AT_EXCHANGE = "at_exchange"
    """Something to accept, finish or ask about at the exchange."""
    LOOK = "look"
    """Look at the exchange first: what was asked may have been carried out."""
    FUNDS = "funds"
    """Free balance or margin."""
    ORDER = "order"
    """Price, amount or kind of the order."""
    POSITION = "position"
    """Position, leverage or mode of a futures account."""
    NOTHING = "nothing"
    """Harmless."""
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One message that is written down. `causes` stand in the order in which to test them."""

    id: str
    origin: str
    """ccxt id, or "three_commas"."""
    side: Side
    codes: tuple[str, ...]
    texts: tuple[str, ...]
    """Fragments, each enough by itself."""
    remedy: Remedy
    causes: tuple[Cause, ...] = ()
    article: str = ""
    refines: str = ""
    """The id of a more general message that this one makes superfluous."""
    named_only: bool = False
    """Too common a wording: counts only where the exchange is known or named."""

    @property
    def what(self) -> str:
        """Text key of the explanation."""
        return f"message-{self.id}.what"

    @property
    def do(self) -> str:
        """Text key of what to do."""
        return f"message-{self.id}.do"


@dataclass(frozen=True, slots=True)
class _Match:
    meaning: Meaning
    by_code: bool
    span: tuple[int, int] | None
    """Where its longest fragment stands in the folded text."""

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0] if self.span else 0

    @property
    def strength(self) -> tuple[bool, bool, int]:
        return (
            self.by_code and self.span is not None,
            bool(self.meaning.refines),
            self.length or (4 if self.by_code else 0),
        )


class Meanings:
    """All messages that are written down, ready to be searched. `names` are words by which a text names an exchange."""

    def __init__(self, rows: Iterable[Meaning], names: Iterable[tuple[str, str]] = ()) -> None:
        self.rows = tuple(rows)
        self._names = [(_fold(word).strip(), venue) for word, venue in names]
        self._texts = {row.id: tuple(_fold(t).strip() for t in row.texts) for row in self.rows}

    def understand(self, text: str, *, venue: str | None = None, market: MarketType | None = None) -> list[Meaning]:
        """Most specific first. `venue` and `market`: of the account that the text is about, where that is known.

        Without `market` a number that means two things comes back twice: see `asks_for_market`. No text raises.
        """
        text = _plain(text)
        folded = _fold(text)
        named = {v for word, v in self._names if f" {word} " in folded}
        known = named | ({venue} if venue else set())
        matches = [
            match
            for row in self.rows
            if (market is None or row.side.covers(market))
            and (match := self._match(row, text, folded, known)) is not None
        ]
        return [m.meaning for m in sorted(_undominated(matches), key=lambda m: m.strength, reverse=True)]

    def by_id(self, meaning_id: str) -> Meaning:
        """Raises KeyError."""
        for row in self.rows:
            if row.id == meaning_id:
                return row
        raise KeyError(meaning_id)

    def _match(self, row: Meaning, text: str, folded: str, known: set[str]) -> _Match | None:
        elsewhere = bool(known) and row.origin not in known and row.origin != "three_commas"
        if elsewhere or (row.named_only and row.origin not in known):
            return None
        by_code = any(_has_code(code, text, named=row.origin in known) for code in row.codes)
        spans = [
            (at + 1, at + 1 + len(fragment))
            for fragment in self._texts[row.id]
            if (at := folded.find(f" {fragment} ")) >= 0
        ]
        span = max(spans, key=lambda s: s[1] - s[0], default=None)
        return _Match(row, by_code, span) if by_code or span else None


def asks_for_market(meanings: Sequence[Meaning]) -> bool:
    """Whether spot or futures decides what this text means."""
    sides = {(m.origin, m.side) for m in meanings}
    return any((origin, Side.SPOT) in sides and (origin, Side.FUTURES) in sides for origin, _ in sides)


def _undominated(matches: Sequence[_Match]) -> list[_Match]:
    refined = {m.meaning.refines for m in matches}
    kept = []
    for match in matches:
        inside = match.span is not None and not match.by_code and any(_within(match, other) for other in matches)
        if not inside and match.meaning.id not in refined:
            kept.append(match)
    return kept


def _within(one: _Match, other: _Match) -> bool:
    if one.span is None or other.span is None or other.length <= one.length:
        return False
    return other.span[0] <= one.span[0] and one.span[1] <= other.span[1]


_MINUS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_CODE_WORD = r"(?:code|error|err|retcode|errno|status|ошибка|код|código|fehler|hata)"


def _plain(text: str) -> str:
    """One kind of minus, no invisible characters, small letters."""
    folded = unicodedata.normalize("NFKC", _MINUS.sub("-", text[:LONGEST_TEXT]))
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cs")).lower().strip()


def _fold(text: str) -> str:
    """Words separated and surrounded by one blank each; punctuation goes, the underscore of code words stays."""
    return (
        f" {' '.join(re.sub(r'[^0-9a-z_]+', ' ', text.lower().replace(chr(0x2019), '').replace(chr(39), '')).split())} "
    )


def _has_code(code: str, text: str, *, named: bool) -> bool:
    number = code.lstrip("-")
    return number in text and _code_pattern(code, named).search(text) is not None


@cache
def _code_pattern(code: str, named: bool) -> re.Pattern[str]:
    """Bounded by the messages that are written down. A number without a sign needs more beside it than one with a minus."""
    digits = re.escape(code.lstrip("-"))
    after_word = rf"\b{_CODE_WORD}\b\W{{0,6}}{digits}(?!\w|[.,]\d)"
    alone = rf"^\W*{digits}\W*$"
    if code.startswith("-"):
        return re.compile(rf"(?<![\w.])-\s?{digits}(?!\w|[.,]\d)|{after_word}|{alone}")
    bracketed = rf"[\[(]\s*{digits}\s*[\])]|^{digits}\s*[:,-]"
    plainly = rf"|(?<![\w.,-]){digits}(?!\w|[.,]\d)" if named else ""
    return re.compile(rf"{after_word}|{alone}|{bracketed}{plainly}")
