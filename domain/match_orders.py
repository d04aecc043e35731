"""Whose order is this: the orders of one exchange account against 3Commas' living and closed trades.

The exchange lists every order and knows no trade; 3Commas knows its trades and shows no order id. What both have is pair, side, price,
amount and time. The ladder: an id inside the client order id; price and amount; price and nearly the amount; price and time. What is
left may belong to another program, to a trade that is over, or to nobody that we can see. See `docs/matching.md`.
"""

import asyncio
import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.matching.fits import exact, same_price, too_old
from domain.matching.ladder import Ladder
from domain.matching.leftovers import ClosedTrades, held_once, judge
from domain.matching.prefixes import Foreign, foreign, known, learn
from domain.matching.reading import SLACK, Reading
from domain.matching.slots import Slot, slot_order
from domain.matching.unseen import doubt
from domain.matching.verdict import Clue, Evidence, Matching, Missing, Standing, Sureness, Verdict, in_order
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, ExpectedOrder, MarketRules

__all__ = [
    "Book",
    "Clue",
    "Evidence",
    "Matching",
    "Missing",
    "Reading",
    "Standing",
    "Sureness",
    "Verdict",
    "match",
    "match_off_loop",
]

_NOTHING = Decimal(0)

LARGE = 1_000
"""Orders and trades together, from which on matching leaves the event loop: some seven milliseconds."""


@dataclass(frozen=True, slots=True)
class Book:
    """Both sides of one exchange account (one venue, one market type)."""

    venue: str
    orders: Sequence[OpenOrder]
    expected: Sequence[ExpectedOrder]
    closed: Sequence[ClosedTrade]
    symbols: Mapping[str, str]
    """3Commas' pair to the exchange's symbol (`pairs.symbols_of`); strange pairs are left out."""
    rules: Mapping[str, MarketRules]
    """By symbol. Without its rules a symbol's figures must be equal to the last digit."""
    reading: Reading
    own: Collection[int] | None = None
    """3Commas accounts whose missing orders are told. Orders of others may lie here, too, if they are this very account at the
    exchange; None: all."""


def match(book: Book) -> Matching:
    """Pure, and the same whatever the order of the input. About 7 µs per order or trade."""
    with _collector_paused():
        return _match(book)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing here makes a cycle, and all that is made lives until the end: to walk through it in between took a quarter of the time,
    with the event loop held meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _match(book: Book) -> Matching:
    orders = dict(enumerate(book.orders))
    rules = _Rules(book.rules)
    others = {number: who for number, order in orders.items() if (who := foreign(book.venue, order.client_id))}
    slots, strange = _slots(book, rules)
    ours = {number: order for number, order in orders.items() if number not in others} if others else orders
    ladder = Ladder(ours, slots, rules)
    ladder.climb()
    verdicts = ladder.verdicts
    if not book.reading.complete:
        verdicts = {number: _capped(verdict) for number, verdict in verdicts.items()}
    prefixes = learn(v.order.client_id for v in verdicts.values() if v.sureness is Sureness.CERTAIN)
    marks = {prefix: Evidence(Clue.LEARNED_PREFIX, word=prefix) for prefix in prefixes}
    waiting = [slot for slot in slots if slot.open]
    places = _by_place(waiting)
    closed = ClosedTrades(_by_symbol(book), rules, prefixes, book.reading)
    for number, verdict in verdicts.items():
        verdicts[number] = _doubted(verdict, closed) or _marked(verdict, marks)
    for number, who in others.items():
        verdicts[number] = _foreign(orders[number], who, places)
    rest = {
        number: judge(order, closed.fits(order), book.reading)
        for number, order in ours.items()
        if number not in verdicts
    }
    held_once(rest, book.closed, rules)
    for number, verdict in rest.items():
        rest[number] = _last_doubts(verdict, places, marks, strange=bool(strange))
    doubt(rest, book.closed)
    verdicts.update(rest)
    missing = [Missing(slot.expected, slot.certain) for slot in waiting] + [
        Missing(one, certain=False) for one in strange
    ]
    return Matching(
        tuple(verdicts[number] for number in orders),
        tuple(sorted(_told(missing, book), key=lambda one: slot_order(one.expected))),
        prefixes,
    )


async def match_off_loop(book: Book) -> Matching:
    """In a thread where it would hold the event loop."""
    if len(book.orders) + len(book.expected) + len(book.closed) < LARGE:
        return match(book)
    return await asyncio.to_thread(match, book)


class _Rules(dict[str, MarketRules]):
    """Rules of every symbol; where the exchange does not tell them, figures must be equal."""

    def __missing__(self, symbol: str) -> MarketRules:
        self[symbol] = MarketRules(symbol, "", "", "", tick=Decimal(0), lot=Decimal(0))
        return self[symbol]


_Places = Mapping[tuple[str, str], Sequence[Slot]]
"""Rows that found no order, by symbol and side."""


def _slots(book: Book, rules: _Rules) -> tuple[list[Slot], list[ExpectedOrder]]:
    """Rows in an order of their own, each once; and those whose pair the exchange does not know by that name."""
    slots: list[Slot] = []
    strange: list[ExpectedOrder] = []
    seen: set[tuple[object, ...]] = set()
    for expected in sorted(book.expected, key=slot_order):
        if expected.remaining <= _NOTHING:
            continue
        if expected.trade_id:
            row = (expected.owner.kind, expected.owner.id, expected.trade_id)
            if row in seen:
                continue
            seen.add(row)
        symbol = book.symbols.get(expected.pair)
        if symbol is None:
            strange.append(expected)
        else:
            slots.append(Slot(expected, symbol, rules[symbol]))
    return slots, strange


def _by_symbol(book: Book) -> dict[str, list[ClosedTrade]]:
    groups: dict[str, list[ClosedTrade]] = {}
    for trade in book.closed:
        symbol = book.symbols.get(trade.pair)
        if symbol is not None:
            groups.setdefault(symbol, []).append(trade)
    return groups


def _by_place(slots: Iterable[Slot]) -> _Places:
    places: dict[tuple[str, str], list[Slot]] = {}
    for slot in slots:
        places.setdefault((slot.symbol, slot.side), []).append(slot)
    return places


def _capped(verdict: Verdict) -> Verdict:
    """What was not read might fit as well."""
    return verdict._replace(sureness=min(verdict.sureness, Sureness.STRONG))


def _doubted(verdict: Verdict, closed: ClosedTrades) -> Verdict | None:
    """A living trade that fits by time alone loses to doubt where a closed one fits by its plan."""
    if verdict.sureness is Sureness.PROBABLE and verdict.standing is Standing.OWNED:
        planned = [fit.trade.owner for fit in closed.fits(verdict.order) if fit.sureness > Sureness.PROBABLE]
        if planned and verdict.owner is not None:
            candidates = in_order([verdict.owner, *planned])
            evidence = (*verdict.evidence, Evidence(Clue.SEVERAL_FIT))
            return Verdict(verdict.order, Standing.AMBIGUOUS, evidence=evidence, candidates=candidates)
    return None


_Marks = Mapping[str, Evidence]
"""A learned prefix is a ground by itself."""


def _marked(verdict: Verdict, marks: _Marks) -> Verdict:
    """With the learned prefix as one more ground, where the order bears it."""
    prefix = known(marks, verdict.order.client_id)
    return _with(verdict, marks[prefix]) if prefix else verdict


def _with(one: Verdict, more: Evidence) -> Verdict:
    order, standing, owner, sureness, evidence, candidates, expected, reread = one
    return Verdict(order, standing, owner, sureness, (*evidence, more), candidates, expected, reread)


def _foreign(order: OpenOrder, who: Foreign, places: _Places) -> Verdict:
    mark = Evidence(Clue.FOREIGN_PREFIX, word=who.who)
    for slot in places.get((order.symbol, order.side), ()):
        if same_price(order, slot) and (grounds := exact(order, slot)):
            slot.certain = False
            return Verdict(order, Standing.AMBIGUOUS, evidence=(mark, *grounds), candidates=(slot.expected.owner,))
    return Verdict(order, Standing.FOREIGN, evidence=(mark,))


def _last_doubts(verdict: Verdict, places: _Places, marks: _Marks, *, strange: bool) -> Verdict:
    """A living trade that misses an order of this pair and side may have moved it: then it is not left over."""
    order = verdict.order
    placed_at = order.created_at
    moved = [
        slot
        for slot in places.get((order.symbol, order.side), ())
        if placed_at is None or not too_old(placed_at, slot.expected)
    ]
    if moved:
        for slot in moved:
            slot.certain = False
        owners = [verdict.owner] if verdict.owner else []
        candidates = in_order([*(slot.expected.owner for slot in moved), *owners, *verdict.candidates])
        evidence = (Evidence(Clue.MAY_BE_MOVED), *verdict.evidence)
        return Verdict(order, Standing.AMBIGUOUS, evidence=evidence, candidates=candidates, reread=True)
    if verdict.standing is not Standing.UNKNOWN:
        return verdict
    if strange:
        verdict = _with(verdict, Evidence(Clue.STRANGE_PAIR))
    return _marked(verdict, marks)


def _told(missing: Iterable[Missing], book: Book) -> Iterable[Missing]:
    """Rows of this account only. One that was made a moment ago may still be on its way to the exchange."""
    for one in missing:
        made = one.expected.created_at
        fresh = made is not None and made > book.reading.expected_at - SLACK
        if book.own is None or one.expected.account_id in book.own:
            yield replace(one, certain=one.certain and not fresh)
