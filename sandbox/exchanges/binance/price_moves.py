"""What a new price does to open orders: stops wake, limit orders that were crossed are filled at their price.

Prices jump: what was passed on the way counts as touched. Trailing orders stay where they are.
"""

from decimal import Decimal

from sandbox.exchanges.binance.accounts import Accounts
from sandbox.exchanges.binance.fills import closable, closes, crossed, fill_futures, fill_spot, touched
from sandbox.exchanges.binance.state import EndedOrder, ExchangeAccount, FuturesOrder, OrderEnd, SpotOrder
from sandbox.exchanges.binance.symbols import Symbol

SPOT_MARKET = ("STOP_LOSS", "TAKE_PROFIT")
FUTURES_MARKET = ("STOP_MARKET", "TAKE_PROFIT_MARKET")
"""Types that are filled at whatever price as soon as they wake; on futures TAKE_PROFIT is one with a limit."""
TRAILING = "TRAILING_STOP_MARKET"


class PriceMoves(Accounts):
    """Carries prices and fills through the books."""

    def set_price(self, asset: str, worth: Decimal) -> None:
        """As in Accounts; then everything that is traded in this asset is looked at."""
        super().set_price(asset, worth)
        for account in self.state.accounts:
            self._spot_moves(account, asset)
            self._futures_move(account, asset)
        self.world.changed()

    def _spot_moves(self, account: ExchangeAccount, asset: str) -> None:
        for order in list(account.spot_orders):
            symbol = self.listed.spot[order.symbol]
            if asset in (symbol.base, symbol.quote) and order in account.spot_orders:
                self._meet_spot(account, order, symbol)

    def _meet_spot(self, account: ExchangeAccount, order: SpotOrder, symbol: Symbol) -> None:
        price = self.prices.of(symbol)
        left = order.quantity - order.executed
        if not order.stop_price or order.triggered:
            if crossed(order.side, order.price, price):
                self.fill_spot_order(account, order, left, order.price)
        elif touched(order.side, order.type, order.stop_price, price):
            order.triggered = True
            if order.type in SPOT_MARKET or crossed(order.side, order.price, price):
                self.fill_spot_order(account, order, left, price)

    def fill_spot_order(self, account: ExchangeAccount, order: SpotOrder, quantity: Decimal, price: Decimal) -> None:
        """A part or all of what is left. The other orders of its list end with the first fill."""
        fill_spot(account, order, self.listed.spot[order.symbol], quantity, price)
        if order.order_list_id != -1:
            for other in list(account.spot_orders):
                if other is not order and other.order_list_id == order.order_list_id:
                    self.end_spot(account, other, "EXPIRED")
        if order.executed >= order.quantity:
            order.price = price
            self.end_spot(account, order, "FILLED")
        self.world.changed()

    def _futures_move(self, account: ExchangeAccount, asset: str) -> None:
        for order in list(account.usdm_orders):
            symbol = self.listed.contracts[order.symbol]
            if asset in (symbol.base, symbol.quote) and order in account.usdm_orders:
                self._meet_futures(account, order, symbol)

    def _meet_futures(self, account: ExchangeAccount, order: FuturesOrder, symbol: Symbol) -> None:
        price = self.prices.of(symbol)
        if order.trigger_price is None:
            if crossed(order.side, order.price, price):
                self.fill_futures_order(account, order, order.quantity - order.executed, order.price)
        elif order.type != TRAILING and touched(order.side, order.type, order.trigger_price, price):
            plain = self._wake(account, order)
            if plain.type in FUTURES_MARKET or crossed(plain.side, plain.price, price):
                self.fill_futures_order(account, plain, plain.quantity, price)

    def _wake(self, account: ExchangeAccount, order: FuturesOrder) -> FuturesOrder:
        """The algo service hands over to a plain order with an id of its own. One that closes the position learns its size."""
        quantity = closable(account, order) if order.close_position else order.quantity
        plain = order.model_copy(
            update={
                "order_id": self._next_id(),
                "trigger_price": None,
                "quantity": quantity,
                "type": order.type if order.type in FUTURES_MARKET else "LIMIT",
                "placed": self.world.clock.now(),
            }
        )
        self.end_futures(account, order, "FILLED")
        account.usdm_orders.append(plain)
        return plain

    def fill_futures_order(
        self, account: ExchangeAccount, order: FuturesOrder, quantity: Decimal, price: Decimal
    ) -> None:
        """A part or all of what is left; an order that only closes is filled as far as there is a position, and then ends."""
        only_closes = closes(order)
        if only_closes:
            quantity = min(quantity, closable(account, order))
        if quantity > 0:
            symbol = self.listed.contracts[order.symbol]
            fill_futures(account, order, symbol, quantity, price, self.world.clock.now())
        if 0 < order.quantity <= order.executed:
            order.price = price
            self.end_futures(account, order, "FILLED")
        elif only_closes and not closable(account, order):
            self.end_futures(account, order, "EXPIRED")
        self._expire_reducing(account)
        self.world.changed()

    def _expire_reducing(self, account: ExchangeAccount) -> None:
        """Plain orders that only close end with the position; conditional ones sleep on until they are touched."""
        for order in list(account.usdm_orders):
            if order.trigger_price is None and closes(order) and not closable(account, order):
                self.end_futures(account, order, "EXPIRED")

    def end_spot(self, account: ExchangeAccount, order: SpotOrder, end: OrderEnd) -> EndedOrder:
        account.spot_orders = [row for row in account.spot_orders if row is not order]
        return self._remember(account, order, "spot", end)

    def end_futures(self, account: ExchangeAccount, order: FuturesOrder, end: OrderEnd) -> EndedOrder:
        account.usdm_orders = [row for row in account.usdm_orders if row is not order]
        return self._remember(account, order, "usdm", end)

    def _remember(
        self, account: ExchangeAccount, order: SpotOrder | FuturesOrder, market: str, end: OrderEnd
    ) -> EndedOrder:
        ended = EndedOrder.model_validate(
            {
                **order.model_dump(include={"order_id", "client_order_id", "symbol", "side", "quantity", "executed"}),
                "market": market,
                "price": order.price if order.executed else 0,
                "end": end,
                "ended": self.world.clock.now(),
            }
        )
        account.ended_orders.append(ended)
        return ended
