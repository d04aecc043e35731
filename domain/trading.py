"""Orders, positions and trades as values: what stands at an exchange, and what 3Commas says it has there.

Amounts are in base coin (contracts where a market counts contracts), prices in quote, all Decimal; times are aware UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import reduce

_EXACT = Context(prec=160)
"""Some services write 36 decimals; the usual 28 digits would round such an amount up."""


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """To the last digit: rounding could say that there is more than there is."""
    return reduce(_EXACT.add, amounts, Decimal(0))


class Side(StrEnum):
    BUY = "buy"
    SELL = "sell"


class MarginMode(StrEnum):
    CROSS = "cross"
    ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class MarketRules:
    """The rules of one symbol. Rounding lives here and nowhere else."""

    symbol: str
    """ccxt's unified name, such as "ETH/USDT" or "BTC/USDT:USDT"."""
    id: str
    """The exchange's own name, such as "ETHUSDT"."""
    base: str
    quote: str
    tick: Decimal
    """Smallest step of a price."""
    lot: Decimal
    """Smallest step of an amount."""
    min_amount: Decimal = Decimal(0)
    min_notional: Decimal = Decimal(0)
    contract_size: Decimal = Decimal(1)

    def round_price(self, price: Decimal) -> Decimal:
        """To the nearest tick, half up."""
        if not self.tick or not _EXACT.remainder(price, self.tick):
            return price
        steps = _EXACT.divide(price, self.tick).to_integral_value(ROUND_HALF_UP)
        return _EXACT.multiply(steps, self.tick)

    def round_amount(self, amount: Decimal) -> Decimal:
        """Down to the lot: never more than there is."""
        return _EXACT.multiply(_EXACT.divide_int(amount, self.lot), self.lot) if self.lot else amount


@dataclass(frozen=True, slots=True)
class Position:
    """An open futures position."""

    symbol: str
    side: str
    """"long" or "short"."""
    amount: Decimal
    """Always positive."""
    entry_price: Decimal
    mark_price: Decimal | None
    unrealised: Decimal | None
    """Profit in quote."""
    leverage: Decimal | None
    margin_mode: MarginMode | None
    liquidation_price: Decimal | None
    hedged: bool
    """The account holds long and short of one contract side by side."""


class OwnerKind(StrEnum):
    SMART_TRADE = "smart_trade"
    DEAL = "deal"
    GRID = "grid"
    SIMPLE = "simple"
    """Simple Trading: 3Commas places such an order again if it is cancelled at the exchange."""


class Purpose(StrEnum):
    ENTRY = "entry"
    TAKE_PROFIT = "take_profit"
    STOP_LOSS = "stop_loss"
    SAFETY = "safety"
    GRID_LINE = "grid_line"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Owner:
    """A thing at 3Commas that places orders. `id` as 3Commas writes it (a uuid for Simple Trading)."""

    kind: OwnerKind
    id: str
    name: str = ""
    """Of the bot, for deals and grids; foreign text."""


@dataclass(frozen=True, slots=True)
class ExpectedOrder:
    """An order that 3Commas says is live at the exchange. Its ids are 3Commas' own: no answer holds the exchange's."""

    owner: Owner
    account_id: int
    """3Commas account."""
    pair: str
    """QUOTE_BASE, as 3Commas writes it."""
    side: Side
    price: Decimal | None
    remaining: Decimal
    amount: Decimal
    purpose: Purpose
    trade_id: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedTrade:
    """A SmartTrade or deal that is over; it may have left orders behind."""

    owner: Owner
    account_id: int
    pair: str
    side: Side
    """Of the entry."""
    entry_price: Decimal | None
    units: Decimal
    status: str
    """"failed", "cancelled", "finished"."""
    created_at: datetime | None
    closed_at: datetime | None
    known_prices: tuple[Decimal, ...] = ()
    """Of its targets and entry, from a stored plan or from rows that 3Commas still shows."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One coin in 3Commas' balance table. `on_orders` is all that 3Commas tells about locked funds."""

    asset: str
    total: Decimal
    available: Decimal
    on_orders: Decimal
    usd_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Rates:
    """3Commas' price and limits of a pair (`currency_rates`). None where it does not tell."""

    last: Decimal
    bid: Decimal | None
    ask: Decimal | None
    price_step: Decimal | None
    lot_step: Decimal | None
    min_lot: Decimal | None
    min_total: Decimal | None
