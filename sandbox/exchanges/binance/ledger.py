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
    isolated_wallet: Decimal = ZERO
    """What was set aside for it from the wallet when it was entered; 0 for a cross position."""

    @property
    def isolated_margin(self) -> Decimal:
        """What stands behind an isolated position now: its wallet and its profit."""
        return self.isolated_wallet + self.unrealized_profit if self.isolated_wallet else ZERO


@dataclass(frozen=True)
class FuturesFigures:
    """One margin coin of the USDⓈ-M wallet. What is said of cross leaves the isolated positions out."""

    wallet: Decimal
    order_margin: Decimal
    positions: tuple[PositionFigures, ...] = ()

    @property
    def unrealized_profit(self) -> Decimal:
        return sum((row.unrealized_profit for row in self.positions), ZERO)

    @property
    def position_margin(self) -> Decimal:
        return sum((row.initial_margin for row in self.positions), ZERO)

    @property
    def maintenance_margin(self) -> Decimal:
        return sum((row.maintenance_margin for row in self.positions), ZERO)

    @property
    def cross_wallet(self) -> Decimal:
        return self.wallet - sum((row.isolated_wallet for row in self.positions), ZERO)

    @property
    def cross_unrealized_profit(self) -> Decimal:
        return sum((row.unrealized_profit for row in self._cross), ZERO)

    @property
    def margin_balance(self) -> Decimal:
        return self.wallet + self.unrealized_profit

    @property
    def initial_margin(self) -> Decimal:
        return self.position_margin + self.order_margin

    @property
    def available(self) -> Decimal:
        """By the formula of https://www.binance.com/en/support/faq/5d62f8be18d24544b5b6156094c16bf7."""
        taken = sum((row.initial_margin for row in self._cross), ZERO) + self.order_margin
        return max(ZERO, self.cross_wallet + self.cross_unrealized_profit - taken)

    @property
    def _cross(self) -> tuple[PositionFigures, ...]:
        return tuple(row for row in self.positions if not row.isolated_wallet)


def position_figures(position: Position, symbol: Symbol, prices: Prices, wallet: Decimal) -> PositionFigures:
    """`wallet` is the balance of the margin coin, which stands behind a cross position.

    The liquidation price follows the formula for one position in one-way mode, without the bracket's deduction:
    https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93
    """
    mark = prices.of(symbol)
    notional = position.amount * mark
    initial = abs(notional) / position.leverage
    set_aside = abs(position.amount) * position.entry_price / position.leverage
    isolated = position.margin_type == "isolated"
    backing = set_aside if isolated else wallet
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
        isolated_wallet=set_aside if isolated else ZERO,
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
        positions = tuple(
            position_figures(row, listed.contracts[row.symbol], prices, wallet)
            for row in account.positions
            if listed.contracts[row.symbol].quote == coin
        )
        orders = [
            order_margin(row, leverage.get(row.symbol, USUAL_LEVERAGE))
            for row in account.usdm_orders
            if listed.contracts[row.symbol].quote == coin
        ]
        found[coin] = FuturesFigures(wallet=wallet, order_margin=sum(orders, ZERO), positions=positions)
    return found
