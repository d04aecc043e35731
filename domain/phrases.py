"""Typed questions about the account, and the look that answers each: a small set of words, honest where it is not sure.

A question is understood if it names what it is about and what is wrong with it. Words that are written a little otherwise count as well.
A text that only names what it is about is a guess, and is never acted upon: the closest looks are offered.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

LONGEST = 300
"""Characters that are read. Whoever writes more tells a story; its beginning says what it is about."""
CHOICES = 2
_FUZZY_FROM = 5
"""Letters; shorter words are too alike."""
_ALIKE = 0.84
_A_CODE = re.compile(r"\d{3}")
"""Who gives the code of an error has its text, and that says more than a telling of it."""


class Asked(StrEnum):
    """Looks that a question can lead to."""

    CHECK = "check"
    FUNDS = "funds"
    ORDERS = "orders"
    POSITIONS = "positions"
    TRADES = "trades"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One kind of question. Every group has to be met by one of its words or runs of words; the first says what it is about."""

    look: Asked
    groups: tuple[tuple[str, ...], ...]
    over_errors: bool = False
    """It tells of an error message in the trader's own words: that question, although the text is an error text as well."""


@dataclass(frozen=True, slots=True)
class Understood:
    """`looks`: the one that is meant if `sure`, else the closest ones, at most two."""

    looks: tuple[Asked, ...]
    sure: bool
    over_errors: bool = False


class Phrases:
    """All phrases, ready to be searched."""

    def __init__(self, rows: Iterable[Phrase]) -> None:
        self.rows = tuple(rows)
        runs = (run for row in self.rows for group in row.groups for run in group)
        self._words = sorted({word for run in runs for word in run.split()})

    def understand(self, text: str) -> Understood | None:
        """None: it names nothing of this. No text raises."""
        folded = self._fold(text)
        share: dict[Asked, float] = {}
        met: list[Phrase] = []
        for row in self.rows:
            hits = [any(f" {run} " in folded for run in group) for group in row.groups]
            if all(hits):
                met.append(row)
            if hits[0]:
                share[row.look] = max(share.get(row.look, 0), sum(hits) / len(hits))
        looks = tuple(dict.fromkeys(row.look for row in met))
        if len(looks) == 1:
            told = any(row.over_errors for row in met) and _A_CODE.search(text) is None
            return Understood(looks, sure=True, over_errors=told)
        closest = looks or tuple(sorted(share, key=lambda look: -share[look]))
        return Understood(closest[:CHOICES], sure=False) if closest else None

    def _fold(self, text: str) -> str:
        """Small words with one blank between and around them; those that are nearly one of ours are written as ours."""
        plain = text[:LONGEST].lower().replace("\u2019", "").replace("'", "")
        return f" {' '.join(self._ours(word) for word in re.findall(r'[a-z0-9]+', plain))} "

    def _ours(self, word: str) -> str:
        if len(word) < _FUZZY_FROM or word in self._words:
            return word
        near = get_close_matches(word, self._words, n=1, cutoff=_ALIKE)
        return near[0] if near else word
