"""The life of a grid bot: a line that was filled is answered by an order one step on the other side."""

from decimal import Decimal

from sandbox.three_commas.grid_state import GridBot, GridOrder
from sandbox.three_commas.state import Account, ThreeCommasState
from sandbox.three_commas.venue_orders import VenueOrders
from sandbox.world import World


class GridLife:
    """Methods raise VenueRefused and VenueDown."""

    def __init__(self, world: World, state: ThreeCommasState, orders: VenueOrders) -> None:
        self._world = world
        self._state = state
        self._orders = orders

    def place(self, account: Account, bot: GridBot) -> None:
        """Send every active line that is not at the venue yet."""
        for line in bot.lines:
            if line.status != "Active" or line.venue_order is not None:
                continue
            sells = line.order_type == "SELL"
            placed = self._orders.place(
                account, bot.pair, "sell" if sells else "buy", line.quantity, line.rate, closes=False
            )
            line.venue_order = placed.order_id
        self._world.changed()

    def meet(self, account: Account, bot: GridBot) -> None:
        """One contact."""
        for line in [line for line in bot.lines if line.status == "Active" and line.venue_order is not None]:
            found = self._orders.find(account, line.venue_order or 0)
            line.remaining = line.quantity - found.executed
            if found.status != "FILLED":
                continue
            line.status, line.remaining = "Filled", Decimal(0)
            line.updated_at = bot.updated_at = self._world.clock.now()
            bot.lines.append(self._answer(bot, line))
        self.place(account, bot)

    def _answer(self, bot: GridBot, line: GridOrder) -> GridOrder:
        bought = line.order_type == "BUY"
        now = self._world.clock.now()
        return GridOrder(
            order_type="SELL" if bought else "BUY",
            quantity=line.quantity,
            remaining=line.quantity,
            rate=line.rate + bot.step if bought else line.rate - bot.step,
            created_at=now,
            updated_at=now,
            id=self._state.take_order_id(),
        )
