"""Everything that the pretend Binance remembers: accounts, wallets, orders, positions, API keys, prices, switches."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

Market = Literal["spot", "usdm"]
Side = Literal["BUY", "SELL"]
PositionSide = Literal["BOTH", "LONG", "SHORT"]
OrderEnd = Literal["FILLED", "CANCELED", "EXPIRED"]
KeyKind = Literal["hmac", "ed25519", "rsa"]
ZERO = Decimal(0)
LARGE_LIST = 3000
"""Spot symbols of the real exchange, about; a fifth as many USDⓈ-M contracts."""


class Rights(BaseModel):
    """The boxes beside an API key."""

    reading: bool = True
    spot_and_margin_trading: bool = False
    futures: bool = False
    margin: bool = False
    withdrawals: bool = False
    universal_transfer: bool = False
    internal_transfer: bool = False
    vanilla_options: bool = False
    portfolio_margin: bool = False


class ApiKey(BaseModel):
    """One API key. `secret` is set for HMAC keys, `public_key_pem` for Ed25519 and RSA keys."""

    key: str
    account_id: str
    label: str
    kind: KeyKind
    secret: str = Field(default="", repr=False)
    public_key_pem: str = ""
    rights: Rights = Field(default_factory=Rights)
    ips: list[str] | None = None
    """Trusted addresses; None is unrestricted."""
    created: datetime
    trading_until: datetime | None = None
    """When trading rights lapse; the key itself stays."""
    deleted: datetime | None = None


class SpotOrder(BaseModel):
    """An open spot order. Orders of one OCO share an order list id (-1 is none)."""

    order_id: int
    order_list_id: int = -1
    client_order_id: str
    symbol: str
    side: Side
    type: str = "LIMIT"
    price: Decimal
    quantity: Decimal
    executed: Decimal = ZERO
    stop_price: Decimal = ZERO
    triggered: bool = False
    """The stop price was touched: from then on it works as a limit order."""
    placed: datetime


class FuturesOrder(BaseModel):
    """An open USDⓈ-M order. With a trigger price it lives in the algo service and not among the plain orders."""

    order_id: int
    client_order_id: str
    symbol: str
    side: Side
    position_side: PositionSide = "BOTH"
    type: str = "LIMIT"
    price: Decimal = ZERO
    quantity: Decimal
    executed: Decimal = ZERO
    trigger_price: Decimal | None = None
    activate_price: Decimal | None = None
    """Of a trailing order: from where on it follows the price."""
    callback_rate: Decimal | None = None
    """Of a trailing order, in per cent."""
    reduce_only: bool = False
    close_position: bool = False
    placed: datetime


class EndedOrder(BaseModel):
    """An order that is no longer open, with the average price of what was filled (0 if nothing was)."""

    order_id: int
    client_order_id: str
    market: Market
    symbol: str
    side: Side
    price: Decimal
    quantity: Decimal
    executed: Decimal
    end: OrderEnd
    ended: datetime


class Position(BaseModel):
    """An open USDⓈ-M position; `amount` in base coins, negative for a short."""

    symbol: str
    side: PositionSide = "BOTH"
    amount: Decimal
    entry_price: Decimal
    leverage: int = 20
    margin_type: Literal["cross", "isolated"] = "cross"
    updated: datetime


class ExchangeAccount(BaseModel):
    """A main account or one of its sub-accounts. Wallets hold totals; what is locked follows from orders and positions."""

    id: str
    uid: int
    person_id: int
    name: str
    main_id: str | None = None
    opened: datetime
    futures_opened: datetime | None
    agreement_accepted: bool = True
    hedge_mode: bool = False
    multi_assets_margin: bool = False
    spot: dict[str, Decimal] = Field(default_factory=dict)
    usdm: dict[str, Decimal] = Field(default_factory=dict)
    spot_orders: list[SpotOrder] = Field(default_factory=list)
    usdm_orders: list[FuturesOrder] = Field(default_factory=list)
    positions: list[Position] = Field(default_factory=list)
    ended_orders: list[EndedOrder] = Field(default_factory=list)

    @property
    def is_sub(self) -> bool:
        return self.main_id is not None


class Switches(BaseModel):
    """Where reports about the real exchange differ: each side can be chosen."""

    futures_read_needs_futures_right: bool = False
    asymmetric_needs_ip: bool = True
    """Whether Ed25519 and RSA keys need an IP list before trading rights, as HMAC keys do."""
    deleted_key_answers: Literal[-2008, -2015] = -2008
    """-2008 is said on /api only; sapi and fapi say -2015 for an unknown or deleted key in any case."""


class BinanceState(BaseModel):
    accounts: list[ExchangeAccount] = Field(default_factory=list)
    keys: list[ApiKey] = Field(default_factory=list)
    prices: dict[str, Decimal] = Field(default_factory=dict)
    """Worth of one unit in USDT, where it differs from the list's own price."""
    symbol_count: int = LARGE_LIST
    switches: Switches = Field(default_factory=Switches)
    clock_offset_ms: int = 0
    """How far the clock of the exchange is ahead of the world's."""
    next_id: int = 38_120_554_101
