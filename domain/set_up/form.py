"""Fills 3Commas' form for setting a trade up again: pure, from what is known; what nobody knows is asked for, never invented.

Amounts: what is there now, never more than it. Source of the form's rules: 3Commas' documentation,
"create smart trade", and its help on Smart Sell and Smart Buy.
"""

from collections.abc import Sequence
from decimal import Decimal

from domain.plans import OrderType
from domain.ports import Deal
from domain.set_up.sources import Known, known_stop, known_targets, whole_shares
from domain.set_up.values import Caution, Field, FormField, Origin, SetUp, Tool, Unread
from domain.trades_view import LeftKind
from domain.trading import Side, exact_sum
from domain.values import MarketType


def fill(known: Known) -> SetUp:
    """The form with its cautions."""
    return _Form(known).fill()


class _Form:
    def __init__(self, known: Known) -> None:
        self._known = known
        self._left = known.left
        self._fields: list[FormField] = []
        self._cautions: list[Caution] = []
        self._units: Decimal | None = None

    def fill(self) -> SetUp:
        known, left = self._known, self._left
        tool, takes_over = choose_tool(known)
        self._put(Field.ACCOUNT, known.account_name, Origin.TRADE)
        self._put(Field.PAIR, known.pair, Origin.TRADE)
        self._put(Field.TOOL, tool.value, Origin.TOOL)
        if takes_over:
            self._put(Field.USE_EXISTING, "on", Origin.TOOL)
            self._warn(Caution.SECOND_ENTRY)
        if left.kind is LeftKind.GONE:
            self._warn(Caution.NOTHING_LEFT)
        if left.kind is LeftKind.UNKNOWN:
            self._warn(Caution.NOT_LOOKED)
        if known.market in (MarketType.USDM, MarketType.COINM):
            self._leverage()
        self._amount(takes_over)
        self._entry(takes_over)
        if not known.shown.single:
            self._targets()
            self._stop()
            if known.last is None:
                self._warn(Caution.PRICE_NOT_READ)
        if left.shared:
            self._warn(Caution.SHARED)
        if not known.others_read:
            self._warn(Caution.OTHERS_NOT_READ)
        self._orders_unread()
        if known.old_orders:
            self._warn(Caution.CANCEL_OLD_ORDERS)
        if known.old_entries:
            self._warn(Caution.CANCEL_OLD_ENTRIES)
        safety_left = self._not_carried_over(known.deal) if known.deal else 0
        leg = left.position.side if left.position and left.position.hedged else ""
        if leg:
            self._warn(Caution.HEDGE_LEG)
        return SetUp(
            tool,
            takes_over,
            known.pair,
            tuple(self._fields),
            tuple(dict.fromkeys(self._cautions)),
            leg=leg,
            old_orders=tuple(order.id for order in known.old_orders),
            old_entries=tuple(order.id for order in known.old_entries),
            repair_first=known.repair_first,
            safety_left=safety_left,
            plan_seen_at=known.kept_at if known.kept else None,
            last_price=known.last,
            unread=known.unread,
            liquidation_price=left.position.liquidation_price if left.position else None,
        )

    def _orders_unread(self) -> None:
        """Where it is not said already by what else could not be read."""
        unread = self._known.unread
        if Unread.ORDERS in unread and self._left.kind is not LeftKind.UNKNOWN:
            self._warn(Caution.ORDERS_NOT_READ)
        if Unread.OWNERS in unread and self._known.others_read:
            self._warn(Caution.ORDERS_UNCLEAR)

    def _not_carried_over(self, deal: Deal) -> int:
        """What a deal does and a SmartTrade does not; returns how many safety orders end with it."""
        left = max(deal.safety.most - deal.safety.filled, 0) if deal.safety else 0
        if left:
            self._warn(Caution.SAFETY_ORDERS_END)
        if deal.take_profit_trails or deal.stop_trails:
            self._warn(Caution.TRAILING_ENDS)
        if deal.closes_on_condition:
            self._warn(Caution.CONDITION_ENDS)
        return left

    # --- position -------------------------------------------------------------------------------------------------

    def _leverage(self) -> None:
        """A running position keeps what it has: exchanges refuse another margin mode while it is open."""
        position, shown = self._left.position, self._known.shown.leverage
        kept = self._known.kept.leverage if self._known.kept else None
        if position is not None and position.margin_mode is not None:
            self._put(Field.LEVERAGE_TYPE, position.margin_mode.value, Origin.POSITION)
        elif shown is not None and shown.kind:
            self._put(Field.LEVERAGE_TYPE, shown.kind, Origin.TRADE)
        elif kept is not None and kept.kind:
            self._put(Field.LEVERAGE_TYPE, kept.kind, Origin.STORED_PLAN)
        else:
            self._ask(Field.LEVERAGE_TYPE)
        values = (
            (position.leverage if position else None, Origin.POSITION),
            (shown.value if shown else None, Origin.TRADE),
            (kept.value if kept else None, Origin.STORED_PLAN),
        )
        self._first(Field.LEVERAGE, values)

    def _amount(self, takes_over: bool) -> None:
        left, planned = self._left, self._known.shown.entry.units
        if not takes_over:
            self._units = self._down(planned)
            self._first(Field.UNITS, ((self._units, Origin.TRADE),))
            return
        amount, origin = left.units if left.units is not None else planned, Origin.TRADE
        if left.position is not None:
            amount, origin = self._of_position(left.position.amount, amount)
        elif left.kind is LeftKind.COINS and left.free is not None and amount is not None and left.free < amount:
            ready = self._ready(left.free, left.held)
            if left.held is not None and left.held > ready:
                self._warn(Caution.NOT_ALL_FREE)
            if left.held is not None and self._down(left.held) != self._down(amount):
                self._warn(Caution.LESS_THAN_BEFORE)
            amount = min(ready, amount)
            origin = Origin.ONCE_CANCELLED if ready > left.free else Origin.BALANCE
        self._units = self._down(amount)
        self._first(Field.UNITS, ((self._units, origin),))
        rules = self._known.rules
        if rules and self._units is not None and self._too_small(self._units, self._known.last):
            self._warn(Caution.BELOW_MINIMUM)

    def _of_position(self, there: Decimal, amount: Decimal | None) -> tuple[Decimal, Origin]:
        """Its own part alone, where that is known: the rest is another trade's, or was added by hand, and the form may not close it."""
        known = amount is not None and (self._left.shared or bool(self._left.units))
        if amount is None or not known or amount >= there:
            return there, Origin.POSITION
        if not self._left.shared:
            self._warn(Caution.MORE_THAN_BEFORE)
        return amount, Origin.TRADE

    def _ready(self, free: Decimal, held: Decimal | None) -> Decimal:
        """Free now, and what the trade's own old orders hold: the form has them cancelled first."""
        freed = exact_sum(order.remaining for order in self._known.old_orders if order.side == Side.SELL)
        return free + freed if held is None else min(free + freed, held)

    def _entry(self, takes_over: bool) -> None:
        entry, position = self._known.shown.entry, self._left.position
        if takes_over:
            base = (position.entry_price if position else None, Origin.POSITION), (entry.price, Origin.TRADE)
            self._first(Field.PRICE, [(self._tick(price), origin) for price, origin in base])
            return
        if entry.order_type is None:
            self._ask(Field.ENTRY_TYPE)
        else:
            self._put(Field.ENTRY_TYPE, entry.order_type.value, Origin.TRADE)
        if entry.order_type is OrderType.CONDITIONAL:
            self._first(Field.ENTRY_TRIGGER, ((self._tick(entry.trigger), Origin.TRADE),))
        if entry.order_type in (OrderType.LIMIT, None):
            self._first(Field.PRICE, ((self._tick(entry.price), Origin.TRADE),))

    # --- targets --------------------------------------------------------------------------------------------------

    def _targets(self) -> None:
        targets, origin = known_targets(self._known)
        if not targets:
            kept = self._known.kept
            if kept is None or kept.targets_wanted:
                self._ask(Field.TARGET_PRICE, step=1)
            return
        shares = whole_shares([target.share for target in targets])
        for step, (target, share) in enumerate(zip(targets, shares, strict=True), start=1):
            kind = target.order_type or OrderType.LIMIT
            price = self._tick(target.price)
            self._put(Field.TARGET_TYPE, kind.value, origin, step)
            self._first(Field.TARGET_PRICE, ((price, origin),), step)
            self._first(Field.TARGET_SHARE, ((share, origin),), step)
            if target.trailing is not None:
                self._put(Field.TARGET_TRAILING, plain(target.trailing), origin, step)
            if price is not None and self._passed(price, gain=True):
                self._warn(Caution.TARGET_PASSED)
            if share is not None and self._units is not None:
                slice_ = self._down(self._units * share / 100)
                if slice_ is not None and self._too_small(slice_, price):
                    self._warn(Caution.TARGET_BELOW_MINIMUM)

    # --- stop -----------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        stop, origin = known_stop(self._known)
        if stop is None:
            kept = self._known.kept
            if self._known.deal is not None:
                self._warn(Caution.NO_STOP)
                return
            if kept is None or kept.stop_wanted:
                self._ask(Field.STOP_TRIGGER)
            return
        trigger = self._tick(stop.trigger)
        if stop.order_type is None:
            self._ask(Field.STOP_TYPE)
        else:
            self._put(Field.STOP_TYPE, stop.order_type.value, origin)
        self._first(Field.STOP_TRIGGER, ((trigger, origin),))
        if stop.order_type is OrderType.LIMIT:
            self._first(Field.STOP_PRICE, ((self._tick(stop.price), origin),))
        if stop.trailing is not None:
            self._put(Field.STOP_TRAILING, plain(stop.trailing), origin)
        if stop.timeout_s is not None:
            self._put(Field.STOP_TIMEOUT, plain(stop.timeout_s), origin)
        if stop.breakeven:
            self._put(Field.STOP_BREAKEVEN, "on", origin)
        if trigger is not None:
            self._judge_stop(trigger)

    def _judge_stop(self, trigger: Decimal) -> None:
        if self._passed(trigger, gain=False):
            self._warn(Caution.STOP_PASSED)
        position = self._left.position
        liquidation = position.liquidation_price if position else None
        if beyond_liquidation(trigger, liquidation, long=self._known.long):
            self._warn(Caution.STOP_BEYOND_LIQUIDATION)

    # --- small things ---------------------------------------------------------------------------------------------

    def _passed(self, price: Decimal, *, gain: bool) -> bool:
        """Whether the market stands beyond it already."""
        last = self._known.last
        if last is None:
            return False
        return last >= price if self._known.long is gain else last <= price

    def _too_small(self, amount: Decimal, price: Decimal | None) -> bool:
        rules = self._known.rules
        if rules is None:
            return False
        worth = None if price is None else amount * price * rules.contract_size
        return amount < rules.min_amount or (worth is not None and worth < rules.min_notional)

    def _down(self, amount: Decimal | None) -> Decimal | None:
        rules = self._known.rules
        return rules.round_amount(amount) if rules and amount is not None else amount

    def _tick(self, price: Decimal | None) -> Decimal | None:
        rules = self._known.rules
        return rules.round_price(price) if rules and price is not None else price

    def _first(self, name: Field, values: Sequence[tuple[Decimal | None, Origin]], step: int = 0) -> None:
        """The first value that is known; asked for if none is."""
        for value, origin in values:
            if value is not None:
                self._put(name, plain(value), origin, step)
                return
        self._ask(name, step)

    def _put(self, name: Field, value: str, origin: Origin, step: int = 0) -> None:
        self._fields.append(FormField(name, value, origin, step))

    def _ask(self, name: Field, step: int = 0) -> None:
        self._put(name, "", Origin.ASK, step)

    def _warn(self, caution: Caution) -> None:
        self._cautions.append(caution)


def choose_tool(known: Known) -> tuple[Tool, bool]:
    """The tool, and whether it takes over what is there. Where nobody could look, taking over is safer: it buys nothing."""
    left, shown = known.left, known.shown
    if shown.single:
        return (Tool.SIMPLE_BUY if known.long else Tool.SIMPLE_SELL), False
    if left.kind in (LeftKind.NOTHING_ENTERED, LeftKind.GONE):
        return (Tool.SMART_TRADE if known.long else Tool.SMART_COVER), False
    return (Tool.SMART_SELL if known.long else Tool.SMART_BUY), True


def beyond_liquidation(stop: Decimal, liquidation: Decimal | None, *, long: bool) -> bool:
    """Whether the exchange would have closed the position before the stop could fire."""
    if not liquidation:
        return False
    return stop <= liquidation if long else stop >= liquidation


def plain(number: Decimal) -> str:
    """Digits to copy: no exponent, no zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
