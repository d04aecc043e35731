"""What changed while a trader was away: dated facts, of which only those are named that can apply to him."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, or that happens to keys which are left alone. Sentences: `away-<id>.what` and `.do`."""

    id: str
    happened: date | None
    """The day on which it was over; it concerns who was away on it. None: at any time."""
    venues: frozenset[str]
    """ccxt ids; empty: whatever the exchange."""
    checked: date
    sources: tuple[str, ...]

    @property
    def what(self) -> str:
        """Text key of what happened."""
        return f"away-{self.id}.what"

    @property
    def do(self) -> str:
        """Text key of what it means today."""
        return f"away-{self.id}.do"


def what_changed(since: date | None, venues: Collection[str] | None, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that can apply, the latest dated one first, then the undated ones in their order.

    `since` is about when he last used it, None if he does not know; `venues` are the ccxt ids of his exchanges, None or empty if they
    are not known. What is not known rules nothing out.
    """
    possible = [
        fact
        for fact in facts
        if (since is None or fact.happened is None or since <= fact.happened)
        and (not venues or not fact.venues or not fact.venues.isdisjoint(venues))
    ]
    return sorted(possible, key=lambda fact: (fact.happened is None, -(fact.happened or date.min).toordinal()))
