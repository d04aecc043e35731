"""Placing, cancelling and looking up orders, by a key that was let in or by a person at the desk.

Refusals: https://developers.binance.com/docs/binance-spot-api-docs/errors and
https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code
"""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from sandbox.exchanges.binance import errors
from sandbox.exchanges.binance.fills import closable, crossed
from sandbox.exchanges.binance.ledger import futures_figures, spot_locks
from sandbox.exchanges.binance.price_moves import PriceMoves
from sandbox.exchanges.binance.state import (
    ZERO,
    EndedOrder,
    ExchangeAccount,
    FuturesOrder,
    Market,
    PositionSide,
    SpotOrder,
)
from sandbox.exchanges.binance.symbols import Symbol
from sandbox.exchanges.venue import OrderState, OrderStatus, OrderWish


class Orders(PriceMoves):
    """The order book of the pretend Binance: nobody trades in it but prices."""

    _listeners: list[Callable[[], None]]

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def set_price(self, asset: str, worth: Decimal) -> None:
        super().set_price(asset, worth)
        self._tell()

    def cancel_at_desk(self, account_id: str, order_id: int) -> None:
        """What the button beside an order does. Raises KeyError for an order that is not open any more."""
        self._cancel(self.account(account_id), order_id)
        self._tell()

    def fill_order(self, order_id: int, quantity: Decimal) -> None:
        """Somebody takes a part of an open limit order, or all of it. Raises KeyError, and ValueError beyond what is left."""
        account, order = self._wherever(order_id)
        if not 0 < quantity <= order.quantity - order.executed or order.price <= 0:
            raise ValueError(f"order {order_id} cannot be filled by {quantity}")
        if isinstance(order, SpotOrder):
            self.fill_spot_order(account, order, quantity, order.price)
        else:
            self.fill_futures_order(account, order, quantity, order.price)
        self._tell()

    def _wherever(self, order_id: int) -> tuple[ExchangeAccount, SpotOrder | FuturesOrder]:
        for account in self.state.accounts:
            with suppress(KeyError):
                return account, self._open_order(account, order_id)
        raise KeyError(order_id)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _open_order(self, account: ExchangeAccount, order_id: int) -> SpotOrder | FuturesOrder:
        spot = next((order for order in account.spot_orders if order.order_id == order_id), None)
        found = spot or next((order for order in account.usdm_orders if order.order_id == order_id), None)
        if found is None:
            raise KeyError(order_id)
        return found

    def _cancel(self, account: ExchangeAccount, order_id: int) -> OrderState:
        """Orders of one list go together."""
        order = self._open_order(account, order_id)
        self.world.changed()
        if isinstance(order, FuturesOrder):
            return _ended(self.end_futures(account, order, "CANCELED"))
        for other in list(account.spot_orders):
            if other is not order and order.order_list_id != -1 and other.order_list_id == order.order_list_id:
                self.end_spot(account, other, "CANCELED")
        return _ended(self.end_spot(account, order, "CANCELED"))

    def _find(self, account: ExchangeAccount, order_id: int) -> OrderState:
        """Raises BinanceError -2013."""
        ended = next((order for order in account.ended_orders if order.order_id == order_id), None)
        if ended is not None:
            return _ended(ended)
        try:
            order = self._open_order(account, order_id)
        except KeyError:
            raise errors.no_such_order() from None
        status: OrderStatus = "PARTIALLY_FILLED" if order.executed else "NEW"
        return OrderState(order_id, status, order.quantity, order.executed, order.price)

    def _place(self, account: ExchangeAccount, market: Market, wish: OrderWish) -> OrderState:
        """Raises BinanceError for what the filters or the balance do not allow."""
        listed = self.listed.spot if market == "spot" else self.listed.contracts
        symbol = listed.get(wish.symbol)
        if symbol is None:
            raise errors.invalid_symbol()
        self._meet_filters(symbol, market, wish)
        if market == "spot":
            return self._place_spot(account, symbol, wish)
        return self._place_futures(account, symbol, wish)

    def _meet_filters(self, symbol: Symbol, market: Market, wish: OrderWish) -> None:
        price = wish.price if wish.price is not None else self.prices.of(symbol)
        if wish.quantity <= 0 or wish.quantity % symbol.step:
            raise errors.lot_size(market)
        if wish.price is not None and (price <= 0 or price % symbol.tick):
            raise errors.price_filter(market)
        if not wish.closes and wish.quantity * price < symbol.min_notional:
            raise errors.notional_too_small(market, symbol.min_notional)

    def _place_spot(self, account: ExchangeAccount, symbol: Symbol, wish: OrderWish) -> OrderState:
        now = self.prices.of(symbol)
        order = SpotOrder(
            order_id=self._next_id(),
            client_order_id=wish.client_order_id,
            symbol=symbol.name,
            side=wish.side,
            type="MARKET" if wish.price is None else "LIMIT",
            price=now if wish.price is None else wish.price,
            quantity=wish.quantity,
            placed=self.world.clock.now(),
        )
        account.spot_orders.append(order)
        locks = spot_locks(account, self.listed)
        if any(locked > account.spot.get(asset, ZERO) for asset, locked in locks.items()):
            account.spot_orders.remove(order)
            raise errors.insufficient_balance()
        if wish.price is None or crossed(order.side, order.price, now):
            self.fill_spot_order(account, order, order.quantity, now)
        self.world.changed()
        return self._find(account, order.order_id)

    def _place_futures(self, account: ExchangeAccount, symbol: Symbol, wish: OrderWish) -> OrderState:
        now = self.prices.of(symbol)
        order = FuturesOrder(
            order_id=self._next_id(),
            client_order_id=wish.client_order_id,
            symbol=symbol.name,
            side=wish.side,
            position_side=_leg(account, wish),
            type="MARKET" if wish.price is None else "LIMIT",
            price=now if wish.price is None else wish.price,
            quantity=wish.quantity,
            reduce_only=wish.closes and not account.hedge_mode,
            placed=self.world.clock.now(),
        )
        if wish.closes and not closable(account, order):
            raise errors.reduce_only_rejected()
        account.usdm_orders.append(order)
        figures = futures_figures(account, self.listed, self.prices).get(symbol.quote)
        if not wish.closes and (figures is None or figures.initial_margin > figures.margin_balance):
            account.usdm_orders.remove(order)
            raise errors.margin_insufficient()
        if wish.price is None or crossed(order.side, order.price, now):
            self.fill_futures_order(account, order, order.quantity, now)
        self.world.changed()
        return self._find(account, order.order_id)


def _leg(account: ExchangeAccount, wish: OrderWish) -> PositionSide:
    """A client that has asked for the position mode names the leg in hedge mode, and none in one-way mode."""
    if not account.hedge_mode:
        return "BOTH"
    return "LONG" if (wish.side == "BUY") != wish.closes else "SHORT"


def _ended(order: EndedOrder) -> OrderState:
    return OrderState(order.order_id, order.end, order.quantity, order.executed, order.price)
