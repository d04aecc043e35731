"""What a contact with the venue brings: orders that were filled meanwhile finish their steps, what 3Commas watches is placed.

A contact follows a refresh, a new key, and every move of the market that the venue tells. An account whose key is dead has none, so
everything there stands still. An order that somebody took out of the book is not noticed by SmartTrades, deals and grids, which go on
listing it; Simple Trading places it again. Not emulated: trailing, conditional entries, adding and reducing funds.
"""

from collections.abc import Callable, Iterable
from functools import partial

from sandbox.exchanges.venue import VenueDown, VenueRefused
from sandbox.three_commas.accounts import Accounts, key_is_refused
from sandbox.three_commas.deal_life import DealLife
from sandbox.three_commas.errors import ApiError
from sandbox.three_commas.grid_life import GridLife
from sandbox.three_commas.simple_life import SimpleLife
from sandbox.three_commas.smart_trade_life import SmartTradeLife
from sandbox.three_commas.state import Account, ThreeCommasState, User
from sandbox.three_commas.statuses import FINAL_DEAL, FINAL_SMART_TRADE
from sandbox.three_commas.venue_orders import NO_ORDER, VenueOrders
from sandbox.world import World


class Lifecycle:
    """Follows the orders of every account. Never raises for what a venue says."""

    def __init__(
        self,
        world: World,
        state: ThreeCommasState,
        accounts: Accounts,
        orders: VenueOrders,
        smart_trades: SmartTradeLife,
    ) -> None:
        self._world = world
        self._state = state
        self._accounts = accounts
        self._orders = orders
        self.smart_trades = smart_trades
        self.deals = DealLife(world, state, orders)
        self.grids = GridLife(world, state, orders)
        self.simple = SimpleLife(world, orders)

    def market_moved(self) -> None:
        """Contact every account that has something open."""
        for person, user in self._state.users.items():
            for account in user.accounts:
                self.contact(person, account)

    def contact(self, person: int, account: Account) -> None:
        """Nothing is asked where nothing is open, where the key is known to be dead, and on paper."""
        user = self._state.user(person)
        steps = [*self._steps(user, account)]
        if not steps or account.api_key_invalid or account.mode == "paper" or not self._is_let_in(person, account):
            return
        for step in steps:
            try:
                step()
            except VenueDown:
                return
            except VenueRefused:
                continue  # this one stays as it is; the next contact tries again
        self._world.changed()

    def _steps(self, user: User, account: Account) -> Iterable[Callable[[], None]]:
        for trade in user.smart_trades:
            if trade.account_id == account.id and trade.status not in FINAL_SMART_TRADE:
                yield partial(self.smart_trades.meet, account, trade)
        for deal in user.deals:
            if deal.account_id == account.id and deal.status not in FINAL_DEAL:
                yield partial(self.deals.meet, account, deal)
        for bot in user.grid_bots:
            if bot.account_id == account.id and bot.is_enabled:
                yield partial(self.grids.meet, account, bot)
        for order in user.simple_trades:
            if order.account_id == account.id and order.closed_at is None:
                yield partial(self.simple.meet, account, order)

    def _is_let_in(self, person: int, account: Account) -> bool:
        """Ask for an order that is not there: a key that reads is told so, and one that is refused is dead from now on."""
        try:
            self._orders.find(account, NO_ORDER)
        except VenueRefused as refusal:
            if key_is_refused(refusal):
                self._accounts.mark_dead(person, account)
                return False
        except (VenueDown, ApiError):
            return False
        return True
