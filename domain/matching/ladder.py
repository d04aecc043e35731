"""The orders of living trades: who needs an order, told by id, then by price and amount, then by price and time.

A level looks only at what the levels before it left. Orders and rows that are alike form a knot; a knot with one owner is his, any
other stays ambiguous. Nothing is solved by trying combinations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from domain.matching.fits import LEVELS, Fits, older, same_book, same_price, timed_by_amount
from domain.matching.ids import ids_in, plain_id
from domain.matching.slots import Slot, slot_order
from domain.matching.verdict import Clue, Evidence, Standing, Sureness, Verdict, in_order
from domain.ports import OpenOrder
from domain.trading import MarketRules, Owner

_Place = tuple[list[int], list[Slot]]
"""Orders and slots that stand at one price, or in one book."""


@dataclass(slots=True)
class Ladder:
    """`verdicts` by the order's place in the listing. `slots` that stay open found no order."""

    orders: Mapping[int, OpenOrder]
    slots: Sequence[Slot]
    rules: Mapping[str, MarketRules]
    verdicts: dict[int, Verdict] = field(default_factory=dict)

    def climb(self) -> None:
        """All levels. Ask for every order only once."""
        self._by_id()
        waiting = self._at_one_price()
        for fits, sureness in LEVELS:
            waiting = [place for place in waiting if self._level(*place, fits, sureness)]
        for numbers, slots in self._without_price():
            self._level(numbers, slots, timed_by_amount, Sureness.PROBABLE)

    # --- L0 ---------------------------------------------------------------------------------------------------------

    def _by_id(self) -> None:
        """The client order id holds an id that 3Commas shows us: never confirmed, costs nothing."""
        named: dict[str, list[Slot]] = {}
        for slot in self.slots:
            row, owner = plain_id(slot.expected.trade_id), plain_id(slot.expected.owner.id)
            if row:
                named.setdefault(row, []).append(slot)
            if owner and owner != row:
                named.setdefault(owner, []).append(slot)
        for number, order in self.orders.items() if named else ():
            tokens = ids_in(order.client_id)
            if not tokens:
                continue
            hits = [(token, slot) for token in tokens for slot in named.get(token, ()) if same_book(order, slot)]
            owners = {slot.expected.owner for _, slot in hits}
            if len(owners) != 1:
                continue
            free = [slot for _, slot in hits if slot.open and same_price(order, slot)]
            for slot in free[:1]:
                slot.open = False
            evidence = (Evidence(Clue.KNOWN_ID, word=hits[0][0]),)
            found = free[0].expected if free else None
            self.verdicts[number] = Verdict(
                order, Standing.OWNED, owners.pop(), Sureness.CERTAIN, evidence, expected=found
            )

    # --- L1 to L3 ---------------------------------------------------------------------------------------------------

    def _at_one_price(self) -> list[_Place]:
        """Orders and slots of one symbol, side and price. A stop order stands at its trigger, too."""
        books: dict[tuple[str, str], dict[Decimal, _Place]] = {}
        places: list[_Place] = []
        for slot in self.slots:
            expected = slot.expected
            if expected.price is None:
                continue
            price = slot.rules.round_price(expected.price)
            book = books.setdefault((slot.symbol, expected.side), {})
            place = book.get(price)
            if place is None:
                book[price] = place = ([], [])
                places.append(place)
            place[1].append(slot)
        for number, order in self.orders.items():
            here = books.get((order.symbol, order.side))
            if here is None:
                continue
            rules = self.rules[order.symbol]
            at = here.get(rules.round_price(order.price)) if order.price is not None else None
            if at is not None:
                at[0].append(number)
            if order.trigger is not None:
                triggered = here.get(rules.round_price(order.trigger))
                if triggered is not None and triggered is not at:
                    triggered[0].append(number)
        return [place for place in places if place[0]]

    def _without_price(self) -> Iterable[_Place]:
        slots: dict[tuple[str, str], list[Slot]] = {}
        for slot in self.slots:
            if slot.expected.price is None and slot.open:
                slots.setdefault((slot.symbol, slot.side), []).append(slot)
        numbers: dict[tuple[str, str], list[int]] = {}
        for number, order in self.orders.items() if slots else ():
            numbers.setdefault((order.symbol, order.side), []).append(number)
        return [(numbers[key], slots[key]) for key in sorted(slots.keys() & numbers.keys())]

    def _level(self, numbers: Sequence[int], slots: Sequence[Slot], fits: Fits, sureness: Sureness) -> bool:
        """False if nothing is left here for the next level."""
        if len(numbers) == 1 == len(slots):
            return self._pair(numbers[0], slots[0], fits, sureness)
        free_numbers = [number for number in numbers if number not in self.verdicts]
        free_slots = [slot for slot in slots if slot.open]
        if not free_numbers or not free_slots:
            return False
        for knot in self._knots(free_numbers, free_slots, fits):
            if self._untie(knot, sureness):
                continue
            for part in self._without_older(knot):
                if not self._untie(part, min(sureness, Sureness.STRONG)):
                    self._leave(part)
        return True

    def _pair(self, number: int, slot: Slot, fits: Fits, sureness: Sureness) -> bool:
        """One order, one row: nothing to untie. Most of a large account is like this. False as in `_level`."""
        if not slot.open or number in self.verdicts:
            return False
        order = self.orders[number]
        grounds = fits(order, slot)
        if not grounds:
            return True
        self._own(number, slot.expected.owner, sureness, grounds, slot)
        slot.open = False
        return False

    def _own(self, number: int, owner: Owner, sureness: Sureness, grounds: tuple[Evidence, ...], slot: Slot) -> None:
        """The order that stood before its row was made is less sure."""
        order = self.orders[number]
        stood_before = older(order, slot)
        if stood_before is not None:
            sureness, grounds = min(sureness, Sureness.STRONG), (*grounds, stood_before)
        self.verdicts[number] = Verdict(order, Standing.OWNED, owner, sureness, grounds, (), slot.expected)

    def _without_older(self, knot: "_Knot") -> list["_Knot"]:
        """What is left of a knot without the orders that stood before the rows that they fit were made."""
        edges = [
            (number, slot, (*grounds, Evidence(Clue.PLACED_SINCE, since=slot.expected.created_at)))
            for number, slot, grounds in knot.edges
            if not older(self.orders[number], slot)
        ]
        return _tie(edges) if 0 < len(edges) < len(knot.edges) else [knot]

    def _knots(self, numbers: Sequence[int], slots: Sequence[Slot], fits: Fits) -> list["_Knot"]:
        edges = [
            (number, slot, grounds)
            for number in numbers
            for slot in slots
            if (grounds := fits(self.orders[number], slot))
        ]
        return _tie(edges)

    def _untie(self, knot: "_Knot", sureness: Sureness) -> bool:
        """True if every order of the knot has found its one owner."""
        owners = {slot.expected.owner for slot in knot.slots}
        if len(owners) > 1 or len(knot.numbers) > len(knot.slots):
            return False
        grounds: dict[int, tuple[Evidence, ...]] = {}
        for number, _, evidence in knot.edges:
            grounds.setdefault(number, evidence)
        (owner,) = owners
        alone = len(knot.slots) == 1
        for number in knot.numbers:
            if alone:
                self._own(number, owner, sureness, grounds[number], knot.slots[0])
            else:
                evidence = (*grounds[number], Evidence(Clue.SAME_OWNER))
                self.verdicts[number] = Verdict(self.orders[number], Standing.OWNED, owner, sureness, evidence)
        for slot in knot.slots[: len(knot.numbers)]:
            slot.open = False
        return True

    def _leave(self, knot: "_Knot") -> None:
        """Several may be meant: none is named, and none of the rows is missing for certain."""
        candidates = in_order(slot.expected.owner for slot in knot.slots)
        uneven = len(knot.numbers) != len(knot.slots)
        for number, evidence in {number: evidence for number, _, evidence in knot.edges}.items():
            self.verdicts[number] = Verdict(
                self.orders[number],
                Standing.AMBIGUOUS,
                evidence=(*evidence, Evidence(Clue.SEVERAL_FIT)),
                candidates=candidates,
                reread=uneven,
            )
        for place, slot in enumerate(knot.slots):
            slot.open, slot.certain = place >= len(knot.numbers), False


@dataclass(slots=True)
class _Knot:
    """Orders and slots that hang together by fitting."""

    edges: list[tuple[int, Slot, tuple[Evidence, ...]]]
    numbers: list[int] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)


def _tie(edges: Sequence[tuple[int, Slot, tuple[Evidence, ...]]]) -> list[_Knot]:
    """The connected parts, whatever the order of the edges."""
    if len(edges) == 1:
        return [_Knot(list(edges), [edges[0][0]], [edges[0][1]])]
    of_number: dict[int, _Knot] = {}
    of_slot: dict[int, _Knot] = {}
    knots: dict[int, _Knot] = {}
    for edge in edges:
        number, slot, _ = edge
        one, other = of_number.get(number), of_slot.get(id(slot))
        knot = one or other or _Knot([])
        knots[id(knot)] = knot
        if one is not None and other is not None and one is not other:
            knot, gone = (one, other) if len(one.edges) >= len(other.edges) else (other, one)
            del knots[id(gone)]
            knot.edges += gone.edges
            knot.numbers += gone.numbers
            knot.slots += gone.slots
            of_number.update(dict.fromkeys(gone.numbers, knot))
            of_slot.update(dict.fromkeys(map(id, gone.slots), knot))
        knot.edges.append(edge)
        if number not in of_number:
            knot.numbers.append(number)
        if id(slot) not in of_slot:
            knot.slots.append(slot)
        of_number[number], of_slot[id(slot)] = knot, knot
    for knot in knots.values():
        knot.numbers.sort()
        knot.slots.sort(key=lambda slot: slot_order(slot.expected))
    return list(knots.values())
