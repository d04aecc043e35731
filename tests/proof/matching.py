"""Whose order is it: right, wrong and unsure verdicts in generated worlds whose truth is known."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from domain.match_orders import Reading, Standing, Verdict, match
from domain.trading import Owner
from tests.domain.fakes import NOW
from tests.domain.worlds import Maker, Truth, World

WORLDS = 1_000

KINDS: dict[str, Callable[[int], World]] = {
    "ordinary, one row in ten moved, filled or rounded between the readings": lambda seed: Maker(seed).make(),
    "every second row moved, filled or rounded": lambda seed: Maker(seed, trouble=0.5).make(),
    "orders alike: 40 prices, up to 40 trades": lambda seed: Maker(seed, most=40, prices=40).make(),
    "nothing alive, no prefix to learn": lambda seed: Maker(seed, most=0, over=6, strangers=4).make(),
    "one part unread": lambda seed: _partly_unread(seed),
    "a third of the living trades at another trader's 3Commas": lambda seed: Maker(seed, hidden=0.33).make(),
}


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


def run() -> list[tuple[str, str, str]]:
    """Per kind of world and per truth. "Taken for leftovers" counts orders that a living trade needs: the one error that costs."""
    rows = []
    for kind, make in KINDS.items():
        counts: Counter[tuple[Truth, Outcome]] = Counter()
        harmful = 0
        for seed in range(WORLDS):
            world = make(seed)
            for verdict in match(world.book).verdicts:
                truth, owner = world.truth[verdict.order.id]
                counts[truth, judge(verdict, truth, owner)] += 1
                harmful += truth is Truth.LIVING and verdict.standing is Standing.LEFTOVER
        for truth in Truth:
            told = ", ".join(f"{counts[truth, outcome]:,} {outcome}" for outcome in Outcome)
            if truth is Truth.LIVING:
                told += f"; {harmful:,} {_mistaken(kind)}"
            whole = sum(counts[truth, outcome] for outcome in Outcome)
            if whole:
                rows.append((f"{kind}: orders of {truth}", f"{WORLDS:,} worlds, {whole:,} orders", told))
    return rows


def judge(verdict: Verdict, truth: Truth, owner: Owner | None) -> Outcome:
    """A named owner must be the true one; naming none is unsure, unless another program is named for what is none."""
    match verdict.standing:
        case Standing.AMBIGUOUS | Standing.UNKNOWN:
            return Outcome.UNSURE
        case Standing.FOREIGN:
            right = truth is Truth.STRANGER
        case Standing.OWNED:
            right = truth is Truth.LIVING and verdict.owner == owner
        case Standing.LEFTOVER if verdict.owner is None:
            return Outcome.UNSURE if truth is Truth.LEFT and owner in verdict.candidates else Outcome.WRONG
        case Standing.LEFTOVER:
            right = truth is Truth.LEFT and verdict.owner == owner
    return Outcome.RIGHT if right else Outcome.WRONG


def _partly_unread(seed: int) -> World:
    world = Maker(seed).make()
    return replace(world, book=replace(world.book, reading=Reading(NOW, unread=("grids",))))


def _mistaken(kind: str) -> str:
    """Trades that no answer shows cannot be told from none: counted, and no failure of the experiment."""
    return "mistaken for leftovers" if "another trader" in kind else "taken for leftovers"
