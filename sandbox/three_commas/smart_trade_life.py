"""The life of a SmartTrade: its orders at the venue, its targets and its stop, its cancelling."""

from decimal import Decimal

from sandbox.exchanges.venue import OrderState, VenueDown, VenueRefused
from sandbox.three_commas.accounts import Accounts, key_is_refused
from sandbox.three_commas.pairs import base_of
from sandbox.three_commas.state import Account, Behaviour, Side, SmartTrade, Stop, Target
from sandbox.three_commas.venue_orders import VenueOrders
from sandbox.world import World

LIVE = "order_placed"


class SmartTradeLife:
    """Methods raise VenueRefused and VenueDown unless they say otherwise."""

    def __init__(self, world: World, behaviour: Behaviour, accounts: Accounts, orders: VenueOrders) -> None:
        self._world = world
        self._behaviour = behaviour
        self._accounts = accounts
        self._orders = orders

    def place(self, account: Account, trade: SmartTrade) -> None:
        """Send every order that the trade lists as placed and that is not at the venue yet."""
        if trade.entry_status == LIVE and trade.entry_venue_order is None:
            left = trade.units - trade.entered
            placed = self._orders.place(account, trade.pair, trade.side, left, trade.entry, closes=False)
            trade.entry_venue_order = placed.order_id
        for target in trade.targets:
            if target.status == LIVE and target.venue_order is None:
                placed = self._orders.place(
                    account, trade.pair, way_out(trade), target.units, target.price, closes=True
                )
                target.venue_order = placed.order_id
        self._world.changed()

    def meet(self, account: Account, trade: SmartTrade) -> None:
        """One contact: what was filled is finished, what is due is done."""
        match trade.status:
            case "waiting_position":
                self._follow_entry(account, trade)
            case "waiting_targets" | "stop_loss_in_progress":
                self._follow_exits(account, trade)
            case "cancellation_pending":
                self.cancel(account, trade)

    def cancel(self, account: Account, trade: SmartTrade) -> None:
        """Take its orders out of the book and end it; coins and position stay. Raises nothing.

        A venue that is down leaves it pending until the next contact. With a key that is refused, and with the reported
        defect switched on, it ends all the same, and its orders go on standing.
        """
        trade.status = "cancellation_pending"
        self._touch(trade)
        try:
            if not self._behaviour.cancel_leaves_orders and not account.api_key_invalid:
                self._withdraw(account, trade)
        except VenueDown:
            return
        except VenueRefused:
            pass  # the key is refused: nothing can be reached there
        if trade.entry_status not in ("finished", "smart_sell"):
            trade.entry_status = "cancelled"
        self._end(trade, "cancelled")

    def _follow_entry(self, account: Account, trade: SmartTrade) -> None:
        if trade.entry_venue_order is None:
            return
        found = self._orders.find(account, trade.entry_venue_order)
        trade.entered = max(trade.entered, found.executed)
        if found.status == "FILLED":
            trade.entry_status, trade.status = "finished", "waiting_targets"
            for target in trade.targets:
                target.status = LIVE if target.order_type == "limit" else "to_process"
            if trade.stop is not None:
                trade.stop.status = "to_process"
            self._touch(trade)
            self.place(account, trade)

    def _follow_exits(self, account: Account, trade: SmartTrade) -> None:
        for target in trade.targets:
            self._follow_target(account, trade, target)
        if trade.targets and all(target.status == "finished" for target in trade.targets):
            trade.closed_price = trade.targets[-1].price
            self._end(trade, "finished")
        elif trade.stop is not None:
            self._follow_stop(account, trade, trade.stop)

    def _follow_target(self, account: Account, trade: SmartTrade, target: Target) -> None:
        if target.status == LIVE and target.venue_order is not None:
            found = self._orders.find(account, target.venue_order)
        elif target.status == "to_process" and target.trailing_percent is None and self._reached(trade, target.price):
            found = self._orders.place(account, trade.pair, way_out(trade), target.units, None, closes=True)
            target.venue_order = found.order_id
        else:
            return
        target.filled = found.executed
        if found.status == "FILLED":
            target.status, target.closed_at = "finished", self._world.clock.now()
        self._touch(trade)

    def _follow_stop(self, account: Account, trade: SmartTrade, stop: Stop) -> None:
        if stop.status == LIVE and stop.venue_order is not None:
            found = self._orders.find(account, stop.venue_order)
        elif stop.status == "to_process" and stop.trailing_percent is None and self._lost(trade, stop.trigger):
            self._withdraw(account, trade)
            sent = self._close_rest(account, trade, stop.limit if stop.order_type == "limit" else None)
            if sent is None:
                return
            found = sent
            stop.venue_order, stop.status, trade.status = found.order_id, LIVE, "stop_loss_in_progress"
        else:
            return
        if found.status == "FILLED":
            stop.status, stop.closed_at = "finished", self._world.clock.now()
            trade.closed_price = found.price
            self._end(trade, "stop_loss_finished")

    def _close_rest(self, account: Account, trade: SmartTrade, limit: Decimal | None) -> OrderState | None:
        """An order for what the targets have not taken out. None if the venue refuses it: the trade has failed then."""
        rest = trade.entered - sum((target.filled for target in trade.targets), Decimal(0))
        try:
            return self._orders.place(account, trade.pair, way_out(trade), rest, limit, closes=True)
        except VenueRefused as refusal:
            trade.error = f"{refusal.message} ({refusal.code})"
            self._end(trade, "failed")
            return None

    def _withdraw(self, account: Account, trade: SmartTrade) -> None:
        """Cancel whatever of it stands at the venue. One that is gone already is none of its business any more."""
        for order_id in live_orders(trade):
            try:
                self._orders.cancel(account, order_id)
            except VenueRefused as refusal:
                if key_is_refused(refusal):
                    raise

    def _reached(self, trade: SmartTrade, price: Decimal) -> bool:
        now = self._accounts.worth(base_of(trade.pair))
        return now >= price if trade.side == "buy" else now <= price

    def _lost(self, trade: SmartTrade, trigger: Decimal) -> bool:
        now = self._accounts.worth(base_of(trade.pair))
        return now <= trigger if trade.side == "buy" else now >= trigger

    def _end(self, trade: SmartTrade, status: str) -> None:
        """What was not executed is over; the view leaves it out."""
        for step in trade.exits:
            if step.status != "finished":
                step.status = "cancelled"
        trade.status, trade.closed_at = status, self._world.clock.now()
        self._touch(trade)

    def _touch(self, trade: SmartTrade) -> None:
        trade.updated_at = self._world.clock.now()
        self._world.changed()


def way_out(trade: SmartTrade) -> Side:
    return "sell" if trade.side == "buy" else "buy"


def live_orders(trade: SmartTrade) -> list[int]:
    """The venue's ids of what stands there."""
    steps = [(step.status, step.venue_order) for step in trade.exits]
    entry = [(trade.entry_status, trade.entry_venue_order)]
    return [order_id for status, order_id in (*entry, *steps) if status == LIVE and order_id is not None]
