"""The life of an order of Simple Trading: filled it is finished, cancelled by somebody else it is placed again."""

from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.state import Account
from sandbox.three_commas.venue_orders import VenueOrders
from sandbox.world import World


class SimpleLife:
    """Methods raise VenueRefused and VenueDown."""

    def __init__(self, world: World, orders: VenueOrders) -> None:
        self._world = world
        self._orders = orders

    def place(self, account: Account, trade: SimpleTrade) -> None:
        left = trade.units - trade.filled
        placed = self._orders.place(account, trade.pair, trade.side, left, trade.price, closes=trade.reduce_only)
        trade.venue_order = placed.order_id
        self._world.changed()

    def meet(self, account: Account, trade: SimpleTrade) -> None:
        """One contact."""
        if trade.venue_order is None:
            return
        found = self._orders.find(account, trade.venue_order)
        trade.filled = trade.units - found.quantity + found.executed
        if found.status == "FILLED":
            trade.status, trade.closed_at = "finished", self._world.clock.now()
        elif not found.open:
            self.place(account, trade)
