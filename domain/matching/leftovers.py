"""Orders that no living trade needs: which closed trade fits as the one that left them.

3Commas forgets the targets of a closed trade that were not executed. A price is compared where a plan was kept or a row is still
shown; else the pair, the side, the amount and the time must do, and the verdict says no more than "probably".
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from domain.matching.ladder import FEE, ids_in, in_order, plain_id
from domain.matching.prefixes import known
from domain.matching.reading import SLACK, Reading
from domain.matching.verdict import Clue, Evidence, Standing, Sureness, Verdict
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, MarketRules, OwnerKind, Side


@dataclass(frozen=True, slots=True)
class Fit:
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
        self._now = reading.expected_at
        self._lines = {symbol: self._timeline(group) for symbol, group in trades.items()}
        self._ids = {
            known: trade for group in trades.values() for trade in group if (known := plain_id(trade.owner.id))
        }

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
        named = {self._ids.get(token) for token in ids_in(order.client_id)} - {None} if self._ids else set()
        found: list[Fit] = []
        place = bisect_right(line.starts, placed_at + SLACK) - 1
        while place >= 0 and line.latest[place] >= placed_at - SLACK:
            trade = line.trades[place]
            place -= 1
            if (trade.closed_at or self._now) >= placed_at - SLACK and (fit := self._fit(order, trade, trade in named)):
                found.append(fit)
        best = max((fit.sureness for fit in found), default=Sureness.NONE)
        return [fit for fit in found if fit.sureness is best]

    def _fit(self, order: OpenOrder, trade: ClosedTrade, named: bool) -> Fit | None:
        rules = self._rules[order.symbol]
        ran = Evidence(Clue.PLACED_WHILE_IT_RAN, since=trade.created_at, until=trade.closed_at, word=trade.status)
        if named:
            return Fit(trade, Sureness.STRONG, (Evidence(Clue.KNOWN_ID, word=trade.owner.id), ran))
        prefix = known(self._prefixes, order.client_id)
        other = bool(self._prefixes and order.client_id and not prefix)
        mark = (Evidence(Clue.LEARNED_PREFIX, word=prefix),) if prefix else ()
        if other:
            mark = (Evidence(Clue.OTHER_PREFIX, word=self._prefixes[0]),)
        closing = order.side != trade.side.value
        within = order.amount <= at_most(trade.units, rules.lot)
        held = (Evidence(Clue.WITHIN_UNITS, amount=trade.units),)
        if within and (price := _planned(order, trade, rules)) is not None:
            sureness = Sureness.PROBABLE if other else Sureness.STRONG
            return Fit(trade, sureness, (Evidence(Clue.PLANNED_PRICE, price=price), *held, ran, *mark))
        if other:
            return None
        if closing and within:
            return Fit(trade, Sureness.PROBABLE, (Evidence(Clue.CLOSING_SIDE), *held, ran, *mark))
        if not closing and within and _at(order, trade.entry_price, rules):
            sureness = Sureness.STRONG if prefix else Sureness.PROBABLE
            return Fit(trade, sureness, (Evidence(Clue.ENTRY_PRICE, price=trade.entry_price), *held, ran, *mark))
        if not closing and prefix and trade.owner.kind is OwnerKind.DEAL:
            return Fit(trade, Sureness.PROBABLE, (ran, *mark))  # a safety order: its price is its own
        return None


def at_most(units: Decimal, lot: Decimal) -> Decimal:
    """What a trade of so many units may have in orders."""
    return units + max(lot, FEE * units)


def _planned(order: OpenOrder, trade: ClosedTrade, rules: MarketRules) -> Decimal | None:
    return next((price for price in trade.known_prices if _at(order, price, rules)), None)


def _at(order: OpenOrder, price: Decimal | None, rules: MarketRules) -> bool:
    if price is None:
        return False
    wanted = rules.round_price(price)
    return any(rules.round_price(stands) == wanted for stands in (order.price, order.trigger) if stands is not None)


def judge(order: OpenOrder, fits: Sequence[Fit], reading: Reading) -> Verdict:
    """What becomes of an order that no living trade needs, once everything that speaks against leaving was looked at."""
    candidates = in_order(fit.trade.owner for fit in fits)
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
    units = {trade.owner: trade for trade in trades}
    groups: dict[tuple[ClosedTrade, Side], list[int]] = {}
    for number, verdict in verdicts.items():
        owner, order = verdict.owner, verdict.order
        if verdict.standing is Standing.LEFTOVER and owner in units and not order.conditional:
            groups.setdefault((units[owner], Side(order.side)), []).append(number)
    for (trade, side), numbers in groups.items():
        if side is trade.side and trade.owner.kind is OwnerKind.DEAL:
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
