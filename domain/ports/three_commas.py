"""3Commas as the domain asks it: accounts, SmartTrades, deals, and the orders that they expect at an exchange."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.markets import MarketListing
from domain.trading import ExpectedOrder, Holding, Purpose, Rates, Side
from domain.values import Credentials


@dataclass(frozen=True, slots=True)
class ThreeCommasAccount:
    """An exchange account as 3Commas lists it. The flags are as old as 3Commas' last contact with the exchange."""

    id: int
    name: str
    exchange_name: str
    market_code: str
    key_invalid: bool
    keys_state: str
    """"ok", "expire_soon", "expired", or a word that we do not know."""
    locked: bool
    lock_reason: str
    usd_amount: Decimal | None
    updated_at: datetime | None = None


class Contact(StrEnum):
    """What came of making 3Commas ask the exchange (`load_balances`)."""

    WORKS = "works"
    KEY_REFUSED = "key_refused"
    UNDECIDED = "undecided"
    """The exchange answered with something else, or not at all: says nothing about the key."""


@dataclass(frozen=True, slots=True)
class LoadedBalances:
    contact: Contact
    account: ThreeCommasAccount | None = None
    said: str = ""
    """Foreign text, cleaned."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A SmartTrade as the list shows it."""

    id: int
    account_id: int
    pair: str
    """QUOTE_BASE, as 3Commas writes it."""
    type: str
    status: str
    error: str
    """Foreign text; empty if none."""
    created_at: datetime | None
    closed_at: datetime | None
    plan: Mapping[str, object] = field(default_factory=dict, repr=False)
    """Entry, targets, stop, leverage, as 3Commas sent them; JSON with numbers as text."""
    entered_amount: Decimal | None = None
    """What the entry bought (or sold short) so far (`data.entered_amount`); None where 3Commas does not tell."""
    closed_amount: Decimal | None = None
    """What its targets, its stop or a closing took out again (`data.closed_amount`)."""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DealStep:
    """One of several take profits of a deal."""

    price: Decimal | None
    share: Decimal | None
    """Per cent of what was bought."""
    done: bool


@dataclass(frozen=True, slots=True)
class Safety:
    """Safety orders of a deal, as 3Commas counts them."""

    most: int
    filled: int
    standing: int
    """In the book of the exchange."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A trade of a DCA bot."""

    id: int
    account_id: int
    bot_name: str
    pair: str
    status: str
    has_error: bool
    error: str
    created_at: datetime | None
    updated_at: datetime | None
    closed_at: datetime | None = None
    strategy: str = ""
    """"long" or "short"; empty where 3Commas does not tell."""
    bought_amount: Decimal | None = None
    """What its base and safety orders got so far (`bought_amount`), in base coin."""
    bought_average_price: Decimal | None = None
    take_profit_price: Decimal | None = None
    stop_loss_price: Decimal | None = None
    """None: the deal has no stop, or 3Commas does not tell."""
    take_profit_trails: bool = False
    """3Commas watches its take profit: no order of it stands at the exchange, although it is called active."""
    bought_volume: Decimal | None = None
    """What was spent on `bought_amount`, in quote."""
    sold_amount: Decimal | None = None
    """What was taken out again, in base coin."""
    take_profit_percent: Decimal | None = None
    """None where steps or a condition close it, or 3Commas does not tell."""
    take_profit_of: str = ""
    """What the per cent are of: "total" (all that was bought), "base" (its base order alone), or empty: not told."""
    take_profit_steps: tuple[DealStep, ...] = ()
    closes_on_condition: bool = False
    """A signal of the market closes it, not a price."""
    stop_trails: bool = False
    leverage_type: str = ""
    """"cross", "isolated", or empty: not told, or left as it stood at the exchange."""
    leverage: Decimal | None = None
    safety: Safety | None = None


@dataclass(frozen=True, slots=True)
class TradeRow:
    """One step of a SmartTrade (`/v2/smart_trades/:id/trades`), or one order of a deal (`/ver1/deals/:id/market_orders`)."""

    id: int
    purpose: Purpose
    status: str
    order_type: str
    side: Side
    price: Decimal | None
    """Limit price."""
    trigger: Decimal | None
    amount: Decimal
    realised: Decimal
    percentage: Decimal | None
    """Share of the position."""


class ThreeCommas(Protocol):
    """3Commas' public API, read with the trader's token. Facts: reference of the API, checked in tests.

    Raises TokenRefused (401), RightMissing (403), PlanWithoutApi (429 with a word about the plan), TooManyRequests, Unavailable, Surprise.
    """

    async def validate(self, credentials: Credentials) -> None:
        """Returns if the token is accepted. Says nothing about the plan."""
        ...

    async def permissions(self, credentials: Credentials) -> frozenset[str] | None:
        """Names such as ACCOUNTS_READ; None where 3Commas does not tell."""
        ...

    async def accounts(self, credentials: Credentials) -> Sequence[ThreeCommasAccount]: ...

    async def account(self, credentials: Credentials, account_id: int) -> ThreeCommasAccount: ...

    async def load_balances(self, credentials: Credentials, account_id: int) -> LoadedBalances:
        """Make 3Commas ask the exchange now. It only reads, so it may be repeated."""
        ...

    async def trades(
        self, credentials: Credentials, status: str, since: datetime | None = None, pair: str = ""
    ) -> Sequence[Trade]:
        """`status`: "active", "failed", "cancelled", "finished", "all". All pages; of one pair where it is named."""
        ...

    async def deals(self, credentials: Credentials, scope: str, since: datetime | None = None) -> Sequence[Deal]:
        """`scope`: "active", "finished" (everything that is over), "failed" ... `since` goes by the day of creation. All pages."""
        ...

    async def trade(self, credentials: Credentials, trade_id: int) -> Trade:
        """One SmartTrade in whatever state. Raises NotThere."""
        ...

    async def deal(self, credentials: Credentials, deal_id: int) -> Deal:
        """One deal in whatever state. Raises NotThere."""
        ...

    async def expected_of_trade(self, credentials: Credentials, trade: Trade) -> Sequence[ExpectedOrder]:
        """Orders of a living SmartTrade that stand at the exchange (`/v2/smart_trades/:id/trades`)."""
        ...

    async def rows_of_trade(self, credentials: Credentials, trade_id: int) -> Sequence[TradeRow]:
        """All steps of a SmartTrade that 3Commas still shows, live or not."""
        ...

    async def rows_of_deal(self, credentials: Credentials, deal_id: int) -> Sequence[TradeRow]:
        """All orders of a deal that 3Commas still shows, live or not; `status` is "active", "filled", "cancelled" ..."""
        ...

    async def expected_of_deal(self, credentials: Credentials, deal: Deal) -> Sequence[ExpectedOrder]:
        """Live orders of a deal (`/ver1/deals/:id/market_orders`)."""
        ...

    async def grid_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        """Live orders of all enabled grid bots."""
        ...

    async def simple_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        """Live orders of Simple Trading (`/ver1/trades`)."""
        ...

    async def holdings(self, credentials: Credentials, account_id: int) -> Sequence[Holding]:
        """The balance table (`account_table_data`), a cache: `load_balances` first."""
        ...

    async def rates(self, market_code: str, pair: str) -> Rates:
        """Price and limits of a pair; needs no token. NotThere for a pair that the market does not have."""
        ...

    async def market_list(self) -> Sequence[MarketListing]:
        """The public list; needs no token. Kept for an hour."""
        ...
