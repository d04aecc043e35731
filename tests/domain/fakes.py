"""Small stand-ins for the domain's ports: a clock that is moved, a store in memory, services that answer from tables."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from domain.errors import SupportError
from domain.findings import Finding, Subject, Symptom
from domain.markets import MarketListing
from domain.ports import (
    Balance,
    Contact,
    Deal,
    KeyRights,
    LoadedBalances,
    OpenOrder,
    ThreeCommasAccount,
    Trade,
)
from domain.records import AccountLink, ExchangeAccount, Issue, Key, KeyState, Repair, RepairState, TradePlan, Use
from domain.values import THREE_COMMAS, Credentials, KeyKind, MarketType, Secret, VenueState

NOW = datetime(2026, 3, 20, 10, 42, tzinfo=UTC)
TRADER = "trader"
TOKEN = "token"
KEY = "key"


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


class FakeClock:
    """Waiting moves the time on at once; `waited` tells how long it was."""

    def __init__(self, now: datetime = NOW) -> None:
        self.time = now
        self.waited: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def wait(self, seconds: float, *, until: Callable[[], bool] | None = None) -> None:
        self.waited.append(seconds)
        for _ in range(10):  # whoever waits for a change sees it before the time has passed
            await asyncio.sleep(0)
        self.time += timedelta(seconds=seconds)


# --- store -----------------------------------------------------------------------------------------------------------


class FakeKeys:
    def __init__(self) -> None:
        self.rows: dict[str, Key] = {}
        self.secrets: dict[str, tuple[Credentials, VenueState]] = {}

    async def list(self, trader_id: str, service: str | None = None) -> Sequence[Key]:
        return [k for k in self.rows.values() if k.trader_id == trader_id and service in (None, k.service)]

    async def get(self, key_id: str) -> Key | None:
        return self.rows.get(key_id)

    async def update(self, key: Key) -> None:
        self.rows[key.id] = key

    async def open(self, key_id: str) -> tuple[Credentials, VenueState] | None:
        credentials = self.secrets.get(key_id)
        return (credentials[0], dict(credentials[1])) if credentials else None

    async def remember(self, key_id: str, state: VenueState) -> None:
        self.secrets[key_id] = (self.secrets[key_id][0], dict(state))

    async def remove(self, key_id: str) -> None:
        self.rows.pop(key_id, None)
        self.secrets.pop(key_id, None)


class FakeAccounts:
    def __init__(self) -> None:
        self.rows: dict[str, ExchangeAccount] = {}
        self.pairs: set[tuple[str, str]] = set()

    async def list(self, trader_id: str) -> Sequence[ExchangeAccount]:
        return [a for a in self.rows.values() if a.trader_id == trader_id]

    async def get(self, account_id: str) -> ExchangeAccount | None:
        return self.rows.get(account_id)

    async def put(self, account: ExchangeAccount) -> None:
        self.rows[account.id] = account

    async def accounts_of(self, key_id: str) -> Sequence[str]:
        return sorted(a for a, k in self.pairs if k == key_id)

    async def keys_of(self, account_id: str) -> Sequence[str]:
        return sorted(k for a, k in self.pairs if a == account_id)

    async def attach(self, account_id: str, key_id: str) -> None:
        self.pairs.add((account_id, key_id))


class FakeIssues:
    def __init__(self) -> None:
        self.rows: dict[str, Issue] = {}

    async def open(self, trader_id: str) -> Sequence[Issue]:
        return [i for i in self.rows.values() if i.trader_id == trader_id and i.solved_at is None]

    async def on(self, subject: Subject) -> Sequence[Issue]:
        return [i for i in self.rows.values() if i.finding.subject == subject and i.solved_at is None]

    async def raise_(self, trader_id: str, finding: Finding, at: datetime) -> Issue:
        for issue in await self.open(trader_id):
            if issue.finding.identity == finding.identity:
                self.rows[issue.id] = replace(issue, finding=finding)
                return self.rows[issue.id]
        issue = Issue(f"issue-{len(self.rows)}", trader_id, finding, at)
        self.rows[issue.id] = issue
        return issue

    async def solve(self, issue_id: str, at: datetime) -> bool:
        issue = self.rows[issue_id]
        if issue.solved_at is not None:
            return False
        self.rows[issue_id] = replace(issue, solved_at=at)
        return True

    def standing(self) -> set[Symptom]:
        return {i.finding.symptom for i in self.rows.values() if i.solved_at is None}


class FakeLog:
    def __init__(self) -> None:
        self.uses: list[Use] = []

    async def add(self, trader_id: str, use: Use) -> None:
        self.uses.append(use)


class FakePlans:
    def __init__(self) -> None:
        self.rows: dict[int, TradePlan] = {}

    async def put(self, plan: TradePlan) -> None:
        self.rows[plan.trade_id] = plan


class FakeRepairs:
    def __init__(self) -> None:
        self.rows: dict[str, Repair] = {}

    async def put(self, repair: Repair) -> None:
        self.rows[repair.id] = repair

    async def get(self, repair_id: str) -> Repair | None:
        return self.rows.get(repair_id)

    async def noticed(self, trader_id: str) -> Sequence[Repair]:
        return [one for one in self.rows.values() if (one.trader_id, one.state) == (trader_id, RepairState.NOTICED)]

    async def move(self, repair_id: str, expected: RepairState, repair: Repair) -> bool:
        if self.rows[repair_id].state is not expected:
            return False
        self.rows[repair_id] = repair
        return True


class FakeUnits:
    """One store; `writing` fails the test if two transactions overlap."""

    def __init__(self) -> None:
        self.keys = FakeKeys()
        self.accounts = FakeAccounts()
        self.issues = FakeIssues()
        self.access_log = FakeLog()
        self.plans = FakePlans()
        self.repairs = FakeRepairs()
        self._writers = 0

    def _unit(self) -> Any:
        unit = SimpleNamespace(committed=False, **{k: v for k, v in vars(self).items() if not k.startswith("_")})

        async def commit() -> None:
            unit.committed = True

        unit.commit = commit
        return unit

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        yield self._unit()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Any]:
        self._writers += 1
        assert self._writers == 1, "two writers at once"
        try:
            yield self._unit()
        finally:
            self._writers -= 1

    # What tests put in.

    def token(self, token_id: str = TOKEN) -> Key:
        return self._key(Key(token_id, TRADER, THREE_COMMAS, KeyKind.RSA, KeyState.LIVE, days_ago(1)))

    def key(self, key_id: str = KEY, *, accounts: Sequence[str] = (), venue: str = "binance", **known: Any) -> Key:
        key = self._key(Key(key_id, TRADER, venue, KeyKind.ED25519, KeyState.LIVE, days_ago(1), **known))
        self.accounts.pairs |= {(account, key_id) for account in accounts}
        return key

    def _key(self, key: Key) -> Key:
        self.keys.rows[key.id] = key
        self.keys.secrets[key.id] = (Credentials(key.id, Secret("pretend"), key.kind), {})
        return key

    def account(self, account_id: str, three_commas_id: int | None = None, **known: Any) -> ExchangeAccount:
        link = AccountLink(TOKEN, three_commas_id) if three_commas_id is not None else None
        defaults: dict[str, Any] = {"venue": "binance", "market_type": MarketType.SPOT, "name": account_id}
        account = ExchangeAccount(account_id, TRADER, link=link, created_at=days_ago(1), **{**defaults, **known})
        self.accounts.rows[account_id] = account
        return account


# --- 3Commas ---------------------------------------------------------------------------------------------------------


def listed(account_id: int = 41, market_code: str = "binance", **known: Any) -> ThreeCommasAccount:
    fine: dict[str, Any] = {
        "name": f"Account {account_id}",
        "exchange_name": "Binance Spot",
        "key_invalid": False,
        "keys_state": "ok",
        "locked": False,
        "lock_reason": "",
        "usd_amount": Decimal(1000),
    }
    return ThreeCommasAccount(id=account_id, market_code=market_code, **{**fine, **known})


def trade(trade_id: int = 118, account_id: int = 41, **known: Any) -> Trade:
    defaults: dict[str, Any] = {
        "pair": "USDT_ETH",
        "type": "smart_trade",
        "status": "waiting_targets",
        "error": "",
        "created_at": days_ago(40),
        "closed_at": None,
    }
    return Trade(trade_id, account_id, **{**defaults, **known})


def failed(trade_id: int = 118, account_id: int = 41, *, error: str, at: datetime) -> Trade:
    return trade(trade_id, account_id, status="failed", error=error, closed_at=at)


def deal(deal_id: int = 77, account_id: int = 41, error: str = "") -> Deal:
    return Deal(deal_id, account_id, "Bot", "USDT_BTC", "bought", bool(error), error, days_ago(50), days_ago(2))


@dataclass
class FakeThreeCommas:
    """Answers from its fields. `errors` are raised instead, by part: "accounts", "load:41", "failed" ...; `asked` logs."""

    real: list[ThreeCommasAccount] = field(default_factory=list)
    contacts: dict[int, Contact] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    loaded: dict[int, ThreeCommasAccount] = field(default_factory=dict)
    trades_by_status: dict[str, list[Trade]] = field(default_factory=dict)
    active_deals: list[Deal] = field(default_factory=list)
    rights: frozenset[str] | None = frozenset({"ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ"})
    errors: dict[str, SupportError] = field(default_factory=dict)
    errors_once: dict[str, SupportError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def _ask(self, part: str) -> None:
        self.asked.append(part)
        await asyncio.sleep(0)
        error = self.errors_once.pop(part, None) or self.errors.get(part)
        if error is not None:
            raise error

    async def validate(self, credentials: Credentials) -> None:
        await self._ask("validate")

    async def permissions(self, credentials: Credentials) -> frozenset[str] | None:
        await self._ask("permissions")
        return self.rights

    async def accounts(self, credentials: Credentials) -> Sequence[ThreeCommasAccount]:
        await self._ask("accounts")
        return self.real

    async def account(self, credentials: Credentials, account_id: int) -> ThreeCommasAccount:
        await self._ask(f"account:{account_id}")
        return next(a for a in self.real if a.id == account_id)

    async def load_balances(self, credentials: Credentials, account_id: int) -> LoadedBalances:
        await self._ask(f"load:{account_id}")
        contact = self.contacts.get(account_id, Contact.WORKS)
        fresh = self.loaded.get(account_id) or next((a for a in self.real if a.id == account_id), None)
        return LoadedBalances(contact, fresh, self.said.get(account_id, ""))

    async def trades(
        self, credentials: Credentials, status: str, since: datetime | None = None, pair: str = ""
    ) -> Sequence[Trade]:
        await self._ask(f"{status}:{pair}" if pair else status)
        if pair:
            return [one for trades in self.trades_by_status.values() for one in trades if one.pair == pair]
        return self.trades_by_status.get(status, [])

    async def deals(self, credentials: Credentials, scope: str, since: datetime | None = None) -> Sequence[Deal]:
        await self._ask("deals")
        return self.active_deals

    async def market_list(self) -> Sequence[MarketListing]:
        return []


# --- exchanges -------------------------------------------------------------------------------------------------------


READS_ONLY = KeyRights(reading=True, spot=False, futures=False, withdrawals=False, ip_restricted=True)


@dataclass
class FakeExchange:
    """One venue for all keys. `errors` by part: "rights", "spot", "usdm"."""

    told: KeyRights = READS_ONLY
    wallets: dict[MarketType, list[Balance]] = field(default_factory=dict)
    worth: dict[str, Decimal] = field(default_factory=dict)
    errors: dict[str, SupportError] = field(default_factory=dict)
    errors_once: dict[str, SupportError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def _ask(self, part: str) -> None:
        self.asked.append(part)
        await asyncio.sleep(0)
        error = self.errors_once.pop(part, None) or self.errors.get(part)
        if error is not None:
            raise error

    async def rights(self, credentials: Credentials, state: VenueState) -> KeyRights:
        await self._ask("rights")
        return self.told

    async def balances(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Balance]:
        await self._ask(market.value)
        return self.wallets.get(market, [])

    async def open_orders(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[OpenOrder]:
        raise AssertionError("a check does not list orders")

    async def prices(self, assets: Sequence[str]) -> Mapping[str, Decimal]:
        await self._ask("prices")
        return {asset: self.worth[asset] for asset in assets if asset in self.worth}


@dataclass
class FakeExchanges:
    exchange: FakeExchange = field(default_factory=FakeExchange)

    def ids(self) -> Sequence[str]:
        return ["binance"]

    def of(self, venue: str) -> FakeExchange:
        if venue not in self.ids():
            raise KeyError(venue)
        return self.exchange
