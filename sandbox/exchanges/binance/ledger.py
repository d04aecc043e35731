"""Arithmetic of wallets: what is locked by open orders and positions, what is free, what a position is worth."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sandbox.exchanges.binance.fills import USUAL_LEVERAGE, closes
from sandbox.exchanges.binance.state import ZERO, BinanceState, ExchangeAccount, FuturesOrder, Position, SpotOrder
from sandbox.exchanges.binance.symbols import MarketList, Symbol

MAINTENANCE_RATE = Decimal("0.005")
"""Share of the notional that keeps a position alive: the first bracket of every contract here."""


class Prices:
    """What things cost now, in USDT per unit, and per symbol in its quote coin."""

    def __init__(self, state: BinanceState, listed: MarketList) -> None:
        self._state = state
        self._listed = listed

    def worth(self, asset: str) -> Decimal:
        """USDT for one unit; 0 for a coin without a market, as the original values it."""
        if asset in self._state.prices:
            return self._state.prices[asset]
        known = self._listed.assets.get(asset)
        return known.worth if known is not None else ZERO

    def of(self, symbol: Symbol) -> Decimal:
        """Price of a symbol in its quote coin, on its tick."""
        price = self.worth(symbol.base) / self.worth(symbol.quote)
        return max(price.quantize(symbol.tick), symbol.tick)


def lock_of(order: SpotOrder, symbol: Symbol) -> tuple[str, Decimal]:
    """Asset and amount that a spot order locks by itself."""
    remaining = order.quantity - order.executed
    if order.side == "SELL":
        return symbol.base, remaining
    return symbol.quote, remaining * order.price


def spot_locks(account: ExchangeAccount, listed: MarketList) -> dict[str, Decimal]:
    """Locked amount per asset. The orders of one OCO lock once, the larger amount of the pair."""
    per_list: dict[tuple[int, str], Decimal] = {}
    for order in account.spot_orders:
        asset, amount = lock_of(order, listed.spot[order.symbol])
        group = (order.order_list_id if order.order_list_id != -1 else -order.order_id, asset)
        per_list[group] = max(per_list.get(group, ZERO), amount)
    locked: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for (_, asset), amount in per_list.items():
        locked[asset] += amount
    return dict(locked)


@dataclass(frozen=True)
class PositionFigures:
    """What a position comes to at the current price, in the margin coin."""

    mark_price: Decimal
    notional: Decimal
    """Signed like the amount."""
    unrealized_profit: Decimal
    initial_margin: Decimal
    maintenance_margin: Decimal
    liquidation_price: Decimal
    """0 where the wallet outlives any price."""


@dataclass(frozen=True)
class FuturesFigures:
    """One margin coin of the USDⓈ-M wallet."""

    wallet: Decimal
    unrealized_profit: Decimal
    position_margin: Decimal
    order_margin: Decimal
    maintenance_margin: Decimal

    @property
    def margin_balance(self) -> Decimal:
        return self.wallet + self.unrealized_profit

    @property
    def initial_margin(self) -> Decimal:
        return self.position_margin + self.order_margin

    @property
    def available(self) -> Decimal:
        return max(ZERO, self.margin_balance - self.initial_margin)


def position_figures(position: Position, symbol: Symbol, prices: Prices, wallet: Decimal) -> PositionFigures:
    """`wallet` is the balance of the margin coin, which stands behind a cross position.

    The liquidation price follows the formula for one position in one-way mode, without the bracket's deduction:
    https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93
    """
    mark = prices.of(symbol)
    notional = position.amount * mark
    initial = abs(notional) / position.leverage
    backing = wallet if position.margin_type == "cross" else initial
    liquidation = (backing - position.amount * position.entry_price) / (
        abs(position.amount) * MAINTENANCE_RATE - position.amount
    )
    return PositionFigures(
        mark_price=mark,
        notional=notional,
        unrealized_profit=position.amount * (mark - position.entry_price),
        initial_margin=initial,
        maintenance_margin=abs(notional) * MAINTENANCE_RATE,
        liquidation_price=max(ZERO, liquidation).quantize(symbol.tick),
    )


def order_margin(order: FuturesOrder, leverage: int) -> Decimal:
    """What an open order takes of the margin, in the quote coin."""
    if order.trigger_price is not None or closes(order):
        return ZERO
    return (order.quantity - order.executed) * order.price / leverage


def futures_figures(account: ExchangeAccount, listed: MarketList, prices: Prices) -> dict[str, FuturesFigures]:
    """Per margin coin. Plain orders that open something lock margin; conditional and closing ones do not."""
    leverage = {position.symbol: position.leverage for position in account.positions}
    found: dict[str, FuturesFigures] = {}
    for coin, wallet in account.usdm.items():
        positions = [
            position_figures(row, listed.contracts[row.symbol], prices, wallet)
            for row in account.positions
            if listed.contracts[row.symbol].quote == coin
        ]
        orders = [
            order_margin(row, leverage.get(row.symbol, USUAL_LEVERAGE))
            for row in account.usdm_orders
            if listed.contracts[row.symbol].quote == coin
        ]
        found[coin] = FuturesFigures(
            wallet=wallet,
            unrealized_profit=sum((row.unrealized_profit for row in positions), ZERO),
            position_margin=sum((row.initial_margin for row in positions), ZERO),
            order_margin=sum(orders, ZERO),
            maintenance_margin=sum((row.maintenance_margin for row in positions), ZERO),
        )
    return found
