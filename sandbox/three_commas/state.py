"""Everything the pretend 3Commas remembers: one model, saved with the world. Amounts are Decimal, times aware UTC."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from sandbox.three_commas.grid_state import GridBot
from sandbox.three_commas.simple_state import SimpleTrade

Plan = Literal["free", "starter", "pro", "expert"]
Mode = Literal["real", "paper"]
KeysState = Literal["ok", "expire_soon", "expired"]
Side = Literal["buy", "sell"]
OrderType = Literal["market", "limit", "conditional"]
TokenKind = Literal["system", "self_generated"]

PAPER = "paper_trading"


class Behaviour(BaseModel):
    """Where the sources leave a choice, or where originals were seen to differ: one switch each."""

    permissions_info: Literal["list", "object", "missing"] = "list"
    """Shape of `users/permissions_info`, which is undocumented; "missing" answers 404."""
    json_joins: list[Literal["", "?"]] = ["", "?"]
    """What may stand between path and body in the signed string. Clients of both kinds are at work."""
    address_refusal: Literal["api_key_invalid_or_expired", "signature_invalid"] = "api_key_invalid_or_expired"
    """401 body for a caller outside a token's IP list; only the status is documented."""
    plan_gates_validate: bool = True
    """Whether `validate` answers the plan's 429 too, or 200 as for any valid token."""
    forced_mode_honoured: bool = True
    """`Forced-Mode` stands in older documentation only."""
    global_per_minute: int | None = 100
    plan_limits: bool = True
    """Requests a minute by plan: measured by a client, not documented."""
    refusals_before_ban: int = 20
    """How many 429 in a row an address may collect before it is banned with 418."""
    rate_refusal: Literal["text", "json"] = "text"
    """Form of the 429 for going too fast: plain text was seen, JSON would be easy to mistake for the plan's 429."""
    smart_trade_missing_status: Literal[400, 404] = 400
    locks_invalid_accounts: bool = False
    """Whether a dead key also sets `is_locked` and `lock_reason`; a documented example has them unset."""
    trade_rows_survive_closing: bool = False
    """Whether `/trades` of a closed SmartTrade still lists what was not executed (unconfirmed)."""
    cancel_leaves_orders: bool = False
    """The reported defect: a SmartTrade says `cancelled` while its orders still stand at the exchange."""
    futures_count_profit: bool = True
    """Whether the amounts of a futures account count the profit of open positions. The web app's control panel takes the profit
    off a total to tell the balance; for the API no source says it."""
    extra_keys: bool = True
    """Whether entities carry keys that no documentation names."""


class Token(BaseModel):
    """An API access token. `verifier` is the secret (system) or the public key in PEM (self-generated)."""

    key: str
    name: str
    kind: TokenKind
    verifier: str = Field(repr=False)
    permissions: list[str]
    ips: list[str]
    created_at: datetime
    answers: Literal["", "api_key_invalid", "signature_invalid", "forbidden", "plan", "rate", "banned"] = ""
    """What this token is always answered, whatever else is true; empty for the usual rules."""


class CachedHolding(BaseModel):
    """One asset as it was when the balances were last loaded."""

    asset: str
    free: Decimal
    locked: Decimal = Decimal(0)


class Account(BaseModel):
    """An exchange account at 3Commas: one market of one exchange account, with ONE key.

    The flags say what the last contact with the venue said; nothing else changes them.
    """

    id: int
    market_code: str
    name: str
    created_at: datetime
    updated_at: datetime
    api_key: str = ""
    secret: str = Field(default="", repr=False)
    passphrase: str = Field(default="", repr=False)
    customer_id: str | None = None
    subaccount_name: str | None = None
    """Set where the stored key belongs to a sub-account: no Fast Connect there."""
    exchange_account: str | None = None
    """Id of the exchange account at the venue, as the last good contact told."""
    connected_by: Literal["form", "fast_connect"] = "form"
    api_key_invalid: bool = False
    api_keys_state: KeysState = "ok"
    is_locked: bool = False
    lock_reason: str | None = None
    error: str = ""
    """The red line on the card in My Portfolio."""
    include_in_summary: bool = True
    holdings: list[CachedHolding] = Field(default_factory=list)
    loaded_at: datetime | None = None

    @property
    def mode(self) -> Mode:
        return "paper" if self.market_code == PAPER else "real"


class Target(BaseModel):
    """One take-profit step. `volume` is its share of the position in percent; `id` is the id of its trade row."""

    price: Decimal
    volume: Decimal = Decimal(100)
    order_type: Literal["market", "limit"] = "limit"
    trailing_percent: Decimal | None = None
    id: int = 0
    units: Decimal = Decimal(0)
    filled: Decimal = Decimal(0)
    status: str = "idle"
    closed_at: datetime | None = None
    venue_order: int | None = None
    """The exchange's own id of its order; no answer of the API tells it. The same below."""


class Stop(BaseModel):
    """A stop loss. `trigger` is watched by 3Commas; an order exists only once it is touched."""

    trigger: Decimal
    order_type: Literal["market", "limit"] = "market"
    limit: Decimal | None = None
    trailing_percent: Decimal | None = None
    breakeven: bool = False
    timeout_s: int | None = None
    id: int = 0
    status: str = "idle"
    closed_at: datetime | None = None
    venue_order: int | None = None


class Leverage(BaseModel):
    kind: Literal["cross", "isolated", "custom"]
    value: Decimal


class SmartTrade(BaseModel):
    """A SmartTrade with its whole plan. What the API forgets at closing is left out by the view, not here:
    the history page of the web app still shows it."""

    id: int
    account_id: int
    pair: str
    """QUOTE_BASE, on futures QUOTE_SYMBOL."""
    side: Side
    units: Decimal
    entry: Decimal
    entry_order_type: OrderType = "market"
    entry_id: int = 0
    entry_status: str = "finished"
    entry_venue_order: int | None = None
    instant: bool = False
    skip_enter_step: bool = False
    entered: Decimal
    """Amount of the position that was really entered."""
    status: str
    error: str | None = None
    leverage: Leverage | None = None
    targets: list[Target] = Field(default_factory=list)
    stop: Stop | None = None
    note: str = ""
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    closed_price: Decimal | None = None
    frozen_price: Decimal | None = None
    """The price at the last contact before the account's key died: the profit shown stands still from there."""

    @property
    def exits(self) -> list[Target | Stop]:
        """Everything that could end the position: targets, then the stop."""
        return [*self.targets, *([self.stop] if self.stop else [])]


class DealOrder(BaseModel):
    """One order of a DCA deal, as `market_orders` lists it."""

    order_type: Literal["BUY", "SELL"]
    kind: Literal["Base", "Safety", "Manual Safety", "Take Profit", "Stop Loss"]
    status: Literal["Active", "Filled", "Finished", "Cancelled", "Inactive"]
    quantity: Decimal
    rate: Decimal
    remaining: Decimal = Decimal(0)
    id: int = 0
    created_at: datetime | None = None
    """With its deal, unless said otherwise."""
    venue_order: int | None = None


class Deal(BaseModel):
    """A deal of a DCA bot. `error` is what `error_message` shows while it stands still."""

    id: int
    bot_id: int
    account_id: int
    pair: str
    strategy: Literal["long", "short"] = "long"
    status: str = "bought"
    bought_amount: Decimal
    bought_average_price: Decimal
    sold_amount: Decimal = Decimal(0)
    sold_average_price: Decimal = Decimal(0)
    take_profit_percent: Decimal
    take_profit_trails: bool = False
    """3Commas watches the price itself: the take profit is listed as active without an order at the exchange."""
    stop_loss_percent: Decimal = Decimal(0)
    max_safety_orders: int = 0
    orders: list[DealOrder] = Field(default_factory=list)
    error: str | None = None
    failed_message: str | None = None
    note: str | None = None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None
    frozen_price: Decimal | None = None
    """As for a SmartTrade."""


class Bot(BaseModel):
    id: int
    name: str
    account_id: int
    pairs: list[str]
    is_enabled: bool = True
    strategy: Literal["long", "short"] = "long"
    created_at: datetime
    updated_at: datetime


class User(BaseModel):
    """One person's 3Commas: `person` is the Telegram user id that owns everything in every emulator."""

    person: int
    plan: Plan = "pro"
    plan_ended: bool = False
    mode: Mode = "real"
    tokens: list[Token] = Field(default_factory=list)
    accounts: list[Account] = Field(default_factory=list)
    smart_trades: list[SmartTrade] = Field(default_factory=list)
    deals: list[Deal] = Field(default_factory=list)
    bots: list[Bot] = Field(default_factory=list)
    grid_bots: list[GridBot] = Field(default_factory=list)
    simple_trades: list[SimpleTrade] = Field(default_factory=list)


class ThreeCommasState(BaseModel):
    users: dict[int, User] = Field(default_factory=dict)
    behaviour: Behaviour = Field(default_factory=Behaviour)
    next_account_id: int = 41
    next_order_id: int = 700_001
    """Shared by the trade rows of SmartTrades and the orders of deals and grid bots; never an id of the exchange."""

    def user(self, person: int) -> User:
        """The person's record; somebody who was never here gets an empty one."""
        return self.users.setdefault(person, User(person=person))

    def take_order_id(self) -> int:
        self.next_order_id += 1
        return self.next_order_id - 1
