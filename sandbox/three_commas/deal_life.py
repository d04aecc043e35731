"""The life of a DCA deal: safety orders that were filled move its take profit, a filled take profit completes it."""

from decimal import Decimal

from sandbox.exchanges.venue import VenueRefused
from sandbox.three_commas.accounts import key_is_refused
from sandbox.three_commas.deal_views import take_profit_price
from sandbox.three_commas.state import Account, Deal, DealOrder, ThreeCommasState
from sandbox.three_commas.venue_orders import VenueOrders
from sandbox.world import World

SAFETY = ("Safety", "Manual Safety")


class DealLife:
    """Methods raise VenueRefused and VenueDown."""

    def __init__(self, world: World, state: ThreeCommasState, orders: VenueOrders) -> None:
        self._world = world
        self._state = state
        self._orders = orders

    def place(self, account: Account, deal: Deal) -> None:
        """Send every active order that is not at the venue yet, but for a take profit that trails."""
        for order in deal.orders:
            if order.status != "Active" or order.venue_order is not None:
                continue
            if order.kind == "Take Profit" and deal.take_profit_trails:
                continue
            order.rate = self._orders.on_tick(account, deal.pair, order.rate)
            placed = self._orders.place(
                account,
                deal.pair,
                "buy" if order.order_type == "BUY" else "sell",
                order.remaining,
                order.rate,
                closes=order.kind not in ("Base", *SAFETY),
            )
            order.venue_order = placed.order_id
        self._world.changed()

    def meet(self, account: Account, deal: Deal) -> None:
        """One contact."""
        for order in [order for order in deal.orders if order.status == "Active" and order.venue_order is not None]:
            found = self._orders.find(account, order.venue_order or 0)
            order.remaining = order.quantity - found.executed
            if found.status != "FILLED":
                continue
            order.status, order.remaining = "Filled", Decimal(0)
            deal.updated_at = self._world.clock.now()
            if order.kind in SAFETY:
                self._bought_more(account, deal, order, found.price)
            elif order.kind == "Take Profit":
                self._complete(account, deal, order, found.price)
                return

    def _bought_more(self, account: Account, deal: Deal, order: DealOrder, price: Decimal) -> None:
        spent = deal.bought_amount * deal.bought_average_price + order.quantity * price
        deal.bought_amount += order.quantity
        deal.bought_average_price = spent / deal.bought_amount
        for old in deal.orders:
            if old.kind == "Take Profit" and old.status == "Active":
                self._withdraw(account, old)
        deal.orders.append(
            DealOrder(
                order_type="SELL" if deal.strategy == "long" else "BUY",
                kind="Take Profit",
                status="Active",
                quantity=deal.bought_amount,
                remaining=deal.bought_amount,
                rate=take_profit_price(deal),
                id=self._state.take_order_id(),
                created_at=self._world.clock.now(),
            )
        )
        self.place(account, deal)

    def _complete(self, account: Account, deal: Deal, order: DealOrder, price: Decimal) -> None:
        deal.sold_amount, deal.sold_average_price = order.quantity, price
        for other in deal.orders:
            if other.status == "Active":
                self._withdraw(account, other)
        deal.status, deal.closed_at = "completed", self._world.clock.now()

    def _withdraw(self, account: Account, order: DealOrder) -> None:
        order.status = "Cancelled"
        if order.venue_order is None:
            return
        try:
            self._orders.cancel(account, order.venue_order)
        except VenueRefused as refusal:
            if key_is_refused(refusal):
                raise
