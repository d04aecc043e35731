"""Accounts, wallets, orders and positions: what a story or a person at the desk puts there."""

from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.exchanges.binance.access import find_account
from sandbox.exchanges.binance.ledger import Prices, spot_locks
from sandbox.exchanges.binance.state import (
    ZERO,
    BinanceState,
    ExchangeAccount,
    FuturesOrder,
    Market,
    Position,
    PositionSide,
    Side,
    SpotOrder,
)
from sandbox.exchanges.binance.symbols import MarketList, Symbol, market_list
from sandbox.world import World

USUAL_AGE = timedelta(days=3 * 365)


class Accounts:
    """The books of the pretend Binance. Ids are text; amounts and prices are Decimal; times are aware UTC."""

    def __init__(self, world: World, symbols: int | None = None) -> None:
        self.world = world
        self.state = world.part("binance", BinanceState)
        if symbols is not None:
            self.state.symbol_count = symbols

    @property
    def listed(self) -> MarketList:
        return market_list(self.state.symbol_count)

    @property
    def prices(self) -> Prices:
        return Prices(self.state, self.listed)

    def account(self, account_id: str) -> ExchangeAccount:
        """Raises KeyError."""
        return find_account(self.state, account_id)

    def accounts_of(self, person_id: int) -> list[ExchangeAccount]:
        """The person's accounts, main ones first."""
        return sorted((a for a in self.state.accounts if a.person_id == person_id), key=lambda a: a.is_sub)

    def main_of(self, account: ExchangeAccount) -> ExchangeAccount:
        return account if account.main_id is None else self.account(account.main_id)

    def add_account(
        self,
        person_id: int,
        name: str,
        *,
        main: str | None = None,
        opened: datetime | None = None,
        futures: bool = True,
        futures_opened: datetime | None = None,
        agreement_accepted: bool = True,
    ) -> ExchangeAccount:
        """A new main account, or a sub-account of the account with the id `main`.

        opened           three years ago unless said otherwise
        futures          False: the futures account was never opened
        futures_opened   together with the account unless said otherwise
        """
        since = opened or self.world.clock.now() - USUAL_AGE
        number = self._next_id()
        account = ExchangeAccount(
            id=f"bn{number}",
            uid=350_000_000 + len(self.state.accounts) * 7919 + number % 7919,
            person_id=person_id,
            name=name,
            main_id=self.account(main).id if main is not None else None,
            opened=since,
            futures_opened=(futures_opened or since) if futures else None,
            agreement_accepted=agreement_accepted,
        )
        self.state.accounts.append(account)
        self.world.changed()
        return account

    def accept_agreement(self, account_id: str) -> None:
        """The user agreement that is asked for once, on the API Management page, before the first new key."""
        self.main_of(self.account(account_id)).agreement_accepted = True
        self.world.changed()

    def set_hedge_mode(self, account_id: str, on: bool) -> None:
        """Long and short of one contract side by side. Raises ValueError while there are orders or positions."""
        account = self.account(account_id)
        if account.usdm_orders or account.positions:
            raise ValueError("the position mode cannot be changed while orders or positions are open")
        account.hedge_mode = on
        self.world.changed()

    def open_futures(self, account_id: str) -> None:
        account = self.account(account_id)
        account.futures_opened = account.futures_opened or self.world.clock.now()
        self.world.changed()

    def set_price(self, asset: str, worth: Decimal) -> None:
        """Worth of one unit of `asset` in USDT, more than 0."""
        if not worth.is_finite() or worth <= 0:
            raise ValueError(f"a price is more than 0, not {worth}")
        self.state.prices[asset] = worth
        self.world.changed()

    def price(self, asset: str) -> Decimal:
        """Worth of one unit in USDT; 0 for a coin without a market."""
        return self.prices.worth(asset)

    def put_balance(self, account_id: str, asset: str, total: Decimal, market: Market = "spot") -> None:
        """Set what a wallet holds in all, free and locked together. Raises ValueError for less than is locked."""
        account = self.account(account_id)
        if market == "spot" and total < spot_locks(account, self.listed).get(asset, ZERO):
            raise ValueError(f"open orders lock more {asset} than {total}")
        wallet = account.spot if market == "spot" else account.usdm
        wallet[asset] = total
        self.world.changed()

    def put_order(
        self,
        account_id: str,
        symbol: str,
        side: Side,
        quantity: Decimal,
        price: Decimal,
        *,
        market: Market = "spot",
        type: str = "LIMIT",
        executed: Decimal = ZERO,
        stop_price: Decimal | None = None,
        activate_price: Decimal | None = None,
        callback_rate: Decimal | None = None,
        order_list_id: int = -1,
        client_order_id: str = "",
        reduce_only: bool = False,
        close_position: bool = False,
        position_side: PositionSide = "BOTH",
        placed: datetime | None = None,
    ) -> int:
        """An open order, as if it had been placed; returns its order id.

        `symbol` is the exchange's own name, such as ETHUSDT. A USDⓈ-M order with a stop price lives in the algo
        service. Raises ValueError for an unlisted symbol and for a spot order that the free balance does not cover.
        """
        account = self.account(account_id)
        self._listed_symbol(symbol, market)
        order_id = self._next_id()
        common = {
            "order_id": order_id,
            "client_order_id": client_order_id or f"web_{order_id:x}",
            "symbol": symbol,
            "side": side,
            "type": type,
            "price": price,
            "quantity": quantity,
            "executed": executed,
            "placed": placed or self.world.clock.now(),
        }
        if market == "spot":
            order = SpotOrder.model_validate(
                {**common, "order_list_id": order_list_id, "stop_price": stop_price if stop_price is not None else ZERO}
            )
            self._add_covered(account, order)
        else:
            account.usdm_orders.append(
                FuturesOrder.model_validate(
                    {
                        **common,
                        "position_side": position_side,
                        "trigger_price": stop_price,
                        "activate_price": activate_price,
                        "callback_rate": callback_rate,
                        "reduce_only": reduce_only,
                        "close_position": close_position,
                    }
                )
            )
        self.world.changed()
        return order_id

    def remove_order(self, account_id: str, order_id: int) -> None:
        """As if the order had been cancelled: what it locked is free. Raises KeyError."""
        account = self.account(account_id)
        spot = [row for row in account.spot_orders if row.order_id != order_id]
        usdm = [row for row in account.usdm_orders if row.order_id != order_id]
        if len(spot) + len(usdm) == len(account.spot_orders) + len(account.usdm_orders):
            raise KeyError(order_id)
        account.spot_orders, account.usdm_orders = spot, usdm
        self.world.changed()

    def put_position(
        self,
        account_id: str,
        symbol: str,
        amount: Decimal,
        entry_price: Decimal,
        *,
        leverage: int = 20,
        isolated: bool = False,
        side: PositionSide = "BOTH",
        updated: datetime | None = None,
    ) -> None:
        """Set the USDⓈ-M position in a contract: base coins, negative for a short; 0 closes it."""
        account = self.account(account_id)
        self._listed_symbol(symbol, "usdm")
        account.positions = [row for row in account.positions if (row.symbol, row.side) != (symbol, side)]
        if amount != 0:
            account.positions.append(
                Position(
                    symbol=symbol,
                    side=side,
                    amount=amount,
                    entry_price=entry_price,
                    leverage=leverage,
                    margin_type="isolated" if isolated else "cross",
                    updated=updated or self.world.clock.now(),
                )
            )
        self.world.changed()

    def _add_covered(self, account: ExchangeAccount, order: SpotOrder) -> None:
        account.spot_orders.append(order)
        for asset, locked in spot_locks(account, self.listed).items():
            if locked > account.spot.get(asset, ZERO):
                account.spot_orders.remove(order)
                raise ValueError(f"the account holds too little {asset} for this order")

    def _listed_symbol(self, symbol: str, market: Market) -> Symbol:
        found = (self.listed.spot if market == "spot" else self.listed.contracts).get(symbol)
        if found is None:
            raise ValueError(f"{symbol} is not listed on {market}")
        return found

    def _next_id(self) -> int:
        self.state.next_id += 1
        return self.state.next_id
