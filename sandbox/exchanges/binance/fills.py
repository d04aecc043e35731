"""What a fill does to wallets and positions. Commission is not taken.

Futures follow https://www.binance.com/en/support/faq/how-to-use-hedge-mode-on-binance-futures-360041513552: in hedge mode each leg is
opened by one side and closed by the other; in one-way mode an order first closes what stands against it and may turn the position.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.exchanges.binance.state import (
    ZERO,
    ExchangeAccount,
    FuturesOrder,
    Position,
    PositionSide,
    Side,
    SpotOrder,
)
from sandbox.exchanges.binance.symbols import Symbol

USUAL_LEVERAGE = 20
MarginType = Literal["cross", "isolated"]


def fill_spot(account: ExchangeAccount, order: SpotOrder, symbol: Symbol, quantity: Decimal, price: Decimal) -> None:
    """Coins change hands. The order stays where it is; `executed` grows."""
    sign = 1 if order.side == "BUY" else -1
    account.spot[symbol.base] = account.spot.get(symbol.base, ZERO) + sign * quantity
    account.spot[symbol.quote] = account.spot.get(symbol.quote, ZERO) - sign * quantity * price
    order.executed += quantity


def position_of(account: ExchangeAccount, symbol: str, leg: PositionSide) -> Position | None:
    return next((row for row in account.positions if (row.symbol, row.side) == (symbol, leg)), None)


def closes(order: FuturesOrder) -> bool:
    """Whether the order may only make a position smaller: it says so, or its side closes its leg."""
    if order.reduce_only or order.close_position:
        return True
    return order.position_side == ("LONG" if order.side == "SELL" else "SHORT")


def closable(account: ExchangeAccount, order: FuturesOrder) -> Decimal:
    """What there is to close for an order that only closes; never below 0."""
    held = position_of(account, order.symbol, order.position_side)
    if held is None or (held.amount > 0) == (order.side == "BUY"):
        return ZERO
    return abs(held.amount)


def fill_futures(
    account: ExchangeAccount, order: FuturesOrder, symbol: Symbol, quantity: Decimal, price: Decimal, at: datetime
) -> None:
    """The position changes, and what a closed part earned or lost goes to the wallet. `executed` grows."""
    signed = quantity if order.side == "BUY" else -quantity
    held = position_of(account, order.symbol, order.position_side)
    before = held.amount if held is not None else ZERO
    closed = min(abs(before), quantity) if before * signed < 0 else ZERO
    if held is not None and closed:
        direction = 1 if before > 0 else -1
        profit = (price - held.entry_price) * closed * direction
        account.usdm[symbol.quote] = account.usdm.get(symbol.quote, ZERO) + profit
    after = before + signed
    account.positions = [row for row in account.positions if row is not held]
    if after != 0:
        account.positions.append(_position(order, held, before, after, price, at))
    order.executed += quantity


def _position(
    order: FuturesOrder, held: Position | None, before: Decimal, after: Decimal, price: Decimal, at: datetime
) -> Position:
    """The entry price is averaged where the position grew, new where it turned, and kept where it shrank."""
    entry = price
    if held is not None and before * after > 0:
        grew = abs(after) > abs(before)
        entry = (held.entry_price * before + price * (after - before)) / after if grew else held.entry_price
    leverage, margin_type = settings_of(held)
    return Position(
        symbol=order.symbol,
        side=order.position_side,
        amount=after,
        entry_price=entry,
        leverage=leverage,
        margin_type=margin_type,
        updated=at,
    )


def settings_of(held: Position | None) -> tuple[int, MarginType]:
    """Leverage and margin mode of a contract; those of a fresh account where no position tells."""
    return (held.leverage, held.margin_type) if held is not None else (USUAL_LEVERAGE, "cross")


def touched(side: Side, kind: str, trigger: Decimal, price: Decimal) -> bool:
    """Whether a price wakes a conditional order. Stops follow the price, profits wait for it to come."""
    rising = (side == "BUY") != kind.startswith("TAKE_PROFIT")
    return price >= trigger if rising else price <= trigger


def crossed(side: Side, limit: Decimal, price: Decimal) -> bool:
    """Whether a limit order finds somebody at this price."""
    return price <= limit if side == "BUY" else price >= limit
