"""Orders that no living trade needs: which closed trade fits as the one that left them.

3Commas forgets the targets of a closed trade that were not executed. A price is compared where a plan was kept or a row is still
shown; else the pair, the side, the amount and the time must do, and the verdict says no more than "probably".
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain.matching.fits import FEE
from domain.matching.ids import ids_in, plain_id
from domain.matching.prefixes import known, near
from domain.matching.reading import SLACK, Reading
from domain.matching.verdict import Clue, Evidence, Standing, Sureness, Verdict, in_order
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, MarketRules, OwnerKind


class Fit(NamedTuple):
    """A closed trade that may have left an order."""

    trade: ClosedTrade
    sureness: Sureness
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class _Timeline:
    """Closed trades of one symbol by the time they began; `latest` is the latest end among those up to a place."""

    trades: list[ClosedTrade] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    latest: list[datetime] = field(default_factory=list)


class ClosedTrades:
    """Finds the closed trades that fit an order. `trades` by symbol."""

    def __init__(
        self,
        trades: Mapping[str, Sequence[ClosedTrade]],
        rules: Mapping[str, MarketRules],
        prefixes: Sequence[str],
        reading: Reading,
    ) -> None:
        self._rules = rules
        self._prefixes = prefixes
        self._learned = {prefix: Evidence(Clue.LEARNED_PREFIX, word=prefix) for prefix in prefixes}
        self._other = Evidence(Clue.OTHER_PREFIX, word=prefixes[0]) if prefixes else None
        self._now = reading.expected_at
        self._lines = {symbol: self._timeline(group) for symbol, group in trades.items()}

    def _timeline(self, trades: Iterable[ClosedTrade]) -> _Timeline:
        line = _Timeline()
        dated = [(trade.created_at, trade) for trade in trades if trade.created_at is not None]
        for created_at, trade in sorted(dated, key=lambda pair: (pair[0], pair[1].owner.id)):
            end = trade.closed_at or self._now
            line.trades.append(trade)
            line.starts.append(created_at)
            line.latest.append(max(end, line.latest[-1]) if line.latest else end)
        return line

    def fits(self, order: OpenOrder) -> list[Fit]:
        """Best grounds only; several are equally good."""
        placed_at, line = order.created_at, self._lines.get(order.symbol)
        if placed_at is None or line is None:
            return []
        named = ids_in(order.client_id)
        mark = self._mark(order)
        found: list[Fit] = []
        place = bisect_right(line.starts, placed_at + SLACK) - 1
        earliest = placed_at - SLACK
        while place >= 0 and line.latest[place] >= earliest:
            trade = line.trades[place]
            place -= 1
            if (trade.closed_at or self._now) < earliest:
                continue
            by_id = bool(named) and plain_id(trade.owner.id) in named
            fit = self._named(trade) if by_id else self._fit(order, trade, mark)
            if fit is not None:
                found.append(fit)
        if len(found) < 2:
            return found
        best = max(fit.sureness for fit in found)
        return [fit for fit in found if fit.sureness is best]

    def _mark(self, order: OpenOrder) -> Evidence | None:
        """What the beginning of its id says; None where no prefix was learned, it has no id, or it is nearly the learned one."""
        if not self._prefixes or not order.client_id:
            return None
        learned = self._learned.get(known(self._prefixes, order.client_id))
        return learned or (None if near(self._prefixes, order.client_id) else self._other)

    def _named(self, trade: ClosedTrade) -> Fit:
        return Fit(trade, Sureness.STRONG, (Evidence(Clue.KNOWN_ID, word=trade.owner.id), _ran(trade)))

    def _fit(self, order: OpenOrder, trade: ClosedTrade, mark: Evidence | None) -> Fit | None:
        rules = self._rules[order.symbol]
        closing = order.side != trade.side
        learned = mark is not None and mark.clue is Clue.LEARNED_PREFIX
        if order.amount > trade.units and order.amount > at_most(trade.units, rules.lot):
            safety = learned and not closing and trade.owner.kind is OwnerKind.DEAL
            return _found(trade, Sureness.PROBABLE, mark) if safety else None
        held = Evidence(Clue.WITHIN_UNITS, amount=trade.units)
        other = mark is not None and not learned
        price = _planned(order, trade, rules) if trade.known_prices else None
        if price is not None:
            sureness = Sureness.PROBABLE if other else Sureness.STRONG
            return _found(trade, sureness, mark, Evidence(Clue.PLANNED_PRICE, price=price), held)
        if other:
            return None
        if closing:
            return _found(trade, Sureness.PROBABLE, mark, Evidence(Clue.CLOSING_SIDE), held)
        if _at(order, trade.entry_price, rules):
            sureness = Sureness.STRONG if learned else Sureness.PROBABLE
            return _found(trade, sureness, mark, Evidence(Clue.ENTRY_PRICE, price=trade.entry_price), held)
        if learned and trade.owner.kind is OwnerKind.DEAL:
            return _found(trade, Sureness.PROBABLE, mark)  # a safety order: its price is its own
        return None


def _found(trade: ClosedTrade, sureness: Sureness, mark: Evidence | None, *grounds: Evidence) -> Fit:
    return Fit(trade, sureness, (*grounds, _ran(trade), *((mark,) if mark else ())))


def _ran(trade: ClosedTrade) -> Evidence:
    return Evidence(Clue.PLACED_WHILE_IT_RAN, since=trade.created_at, until=trade.closed_at, word=trade.status)


def at_most(units: Decimal, lot: Decimal) -> Decimal:
    """What a trade of so many units may have in orders."""
    return units + max(lot, FEE * units)


def _planned(order: OpenOrder, trade: ClosedTrade, rules: MarketRules) -> Decimal | None:
    for price in trade.known_prices:
        if _at(order, price, rules):
            return price
    return None


def _at(order: OpenOrder, price: Decimal | None, rules: MarketRules) -> bool:
    if price is None:
        return False
    wanted = rules.round_price(price)
    return any(rules.round_price(stands) == wanted for stands in (order.price, order.trigger) if stands is not None)


def judge(order: OpenOrder, fits: Sequence[Fit], reading: Reading) -> Verdict:
    """What becomes of an order that no living trade needs, once everything that speaks against leaving was looked at."""
    candidates = in_order(fit.trade.owner for fit in fits) if fits else ()
    unread = _unread(reading)
    if unread:
        return Verdict(order, Standing.UNKNOWN, evidence=unread, candidates=candidates)
    if order.created_at is None:
        return Verdict(order, Standing.UNKNOWN, evidence=(Evidence(Clue.NO_TIME),))
    if order.created_at > reading.expected_at - SLACK:
        late = (Evidence(Clue.PLACED_AFTER_READING, since=order.created_at),)
        return Verdict(order, Standing.UNKNOWN, evidence=late, candidates=candidates, reread=True)
    if not fits:
        return Verdict(order, Standing.UNKNOWN, evidence=(Evidence(Clue.NO_TRACE),))
    if any(fit.trade.closed_at is not None and fit.trade.closed_at > reading.expected_at - SLACK for fit in fits):
        just_now = (Evidence(Clue.CLOSED_JUST_NOW),)
        return Verdict(order, Standing.UNKNOWN, evidence=just_now, candidates=candidates, reread=True)
    if len(candidates) > 1:
        several = (Evidence(Clue.SEVERAL_FIT),)
        return Verdict(order, Standing.LEFTOVER, None, fits[0].sureness, several, candidates)
    return Verdict(order, Standing.LEFTOVER, candidates[0], fits[0].sureness, fits[0].evidence)


def _unread(reading: Reading) -> tuple[Evidence, ...]:
    if not reading.linked:
        return (Evidence(Clue.NOT_LINKED),)
    return tuple(Evidence(Clue.NOT_READ, word=part) for part in reading.unread)


def held_once(verdicts: dict[int, Verdict], trades: Iterable[ClosedTrade], rules: Mapping[str, MarketRules]) -> None:
    """A trade leaves no more than it held: where the orders that it fits are more, the weaker ones are nobody's for certain."""
    groups: dict[tuple[OwnerKind, str, str], list[int]] = {}
    for number, verdict in verdicts.items():
        owner, order = verdict.owner, verdict.order
        if verdict.standing is Standing.LEFTOVER and owner is not None and not order.conditional:
            groups.setdefault((owner.kind, owner.id, order.side), []).append(number)
    units = {(trade.owner.kind, trade.owner.id): trade for trade in trades} if groups else {}
    for (kind, owner_id, side), numbers in groups.items():
        trade = units[kind, owner_id]
        if side == trade.side and kind is OwnerKind.DEAL:
            continue  # safety orders of a deal may be more than it had bought
        lot = rules[verdicts[numbers[0]].order.symbol].lot
        in_all = sum((verdicts[number].order.remaining for number in numbers), Decimal(0))
        if in_all <= at_most(trade.units, lot):
            continue
        for number in numbers:
            if verdicts[number].sureness < Sureness.STRONG:
                more = (Evidence(Clue.MORE_THAN_UNITS, amount=trade.units),)
                verdicts[number] = Verdict(
                    verdicts[number].order, Standing.UNKNOWN, evidence=more, candidates=(trade.owner,)
                )
