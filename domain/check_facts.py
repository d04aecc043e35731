"""What the services answered during one check, apart from what it means; as JSON a later job goes on from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.causes import Cause
from domain.check_view import NotLooked
from domain.ports import Contact, KeyRights, ThreeCommasAccount
from domain.records import Json
from domain.values import MarketType

KEEPS_FOR = timedelta(hours=1)
"""Older answers are asked again. A plan with five requests a minute needs about ten minutes for twenty accounts."""

ACCOUNTS, FAILED, ACTIVE, DEALS, FINISHED, RIGHTS = "accounts", "failed", "active", "deals", "finished", "rights"


def load_part(three_commas_id: int) -> str:
    """The name of the part "make 3Commas ask the exchange of this account"."""
    return f"load:{three_commas_id}"


def balances_part(market: MarketType) -> str:
    return f"balances:{market}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """3Commas asked the exchange at `at`."""

    contact: Contact
    at: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class TradeError:
    """A SmartTrade that failed with a text. `at` is when it was closed, or made if 3Commas does not say."""

    account_id: int
    trade_id: int
    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DealError:
    """A bot trade in error. Its error carries no date."""

    account_id: int
    deal_id: int
    text: str


@dataclass(slots=True)
class ChainFacts:
    """What every chain of questions shares. `missed` holds the parts that could not be seen, by name."""

    missed: dict[str, NotLooked] = field(default_factory=dict)
    stopped: NotLooked | None = None
    """The service refused the credentials themselves: nothing more was asked."""
    waiting_until: datetime | None = None
    looked_at: datetime | None = None
    over: bool = False
    """Nothing more is asked in this run."""

    def why_not(self, *parts: str) -> NotLooked | None:
        """Why these parts have no answer; None while they may still get one."""
        missed = next((self.missed[part] for part in parts if part in self.missed), None)
        if self.stopped is not None or missed is not None:
            return self.stopped or missed
        if not self.over:
            return None
        if self.waiting_until is not None:
            return NotLooked("TooManyRequests", self.waiting_until, Cause.RATE_LIMITED)
        return next(iter(self.missed.values()), NotLooked("Unavailable"))


@dataclass(slots=True)
class TokenFacts(ChainFacts):
    """Answers of 3Commas to one token. None: not answered yet."""

    refused: str = ""
    """"TokenRefused" or "PlanWithoutApi"."""
    listed: dict[int, ThreeCommasAccount] | None = None
    """Real exchange accounts by their id at 3Commas."""
    paper: int = 0
    loads: dict[int, Loaded] = field(default_factory=dict)
    failed: tuple[TradeError, ...] | None = None
    active: dict[int, int] | None = None
    """Living SmartTrades per account."""
    deals: tuple[DealError, ...] | None = None
    finished: dict[int, datetime] | None = None
    """When the last finished SmartTrade of an account was closed."""
    traded: dict[int, datetime] = field(default_factory=dict)
    """When the newest living trade or deal of an account was made whose entry went through: the key traded then or later."""

    def entered(self, account_id: int, made_at: datetime) -> None:
        """An order of something that was made then has gone through."""
        self.traded[account_id] = max(made_at, self.traded.get(account_id, made_at))

    def to_json(self) -> Json:
        return {
            "paper": self.paper,
            "listed": None if self.listed is None else [_account_json(a) for a in self.listed.values()],
            "loads": {str(i): [x.contact.value, x.at.isoformat(), x.said] for i, x in self.loads.items()},
            "failed": None
            if self.failed is None
            else [[e.account_id, e.trade_id, e.text, _iso(e.at)] for e in self.failed],
            "active": None if self.active is None else {str(i): n for i, n in self.active.items()},
            "deals": None if self.deals is None else [[e.account_id, e.deal_id, e.text] for e in self.deals],
            "finished": None if self.finished is None else {str(i): at.isoformat() for i, at in self.finished.items()},
            "traded": {str(i): at.isoformat() for i, at in self.traded.items()},
            **_chain_json(self),
        }

    @classmethod
    def from_json(cls, kept: Json) -> "TokenFacts":
        failed, deals = kept["failed"], kept["deals"]
        return cls(
            paper=kept["paper"],
            listed=None if kept["listed"] is None else {a["id"]: _account(a) for a in kept["listed"]},
            loads={
                int(i): Loaded(Contact(c), datetime.fromisoformat(at), said)
                for i, (c, at, said) in kept["loads"].items()
            },
            failed=None if failed is None else tuple(TradeError(a, t, x, _time(at)) for a, t, x, at in failed),
            active=None if kept["active"] is None else {int(i): n for i, n in kept["active"].items()},
            deals=None if deals is None else tuple(DealError(*row) for row in deals),
            finished=None
            if kept["finished"] is None
            else {int(i): datetime.fromisoformat(at) for i, at in kept["finished"].items()},
            traded={int(i): datetime.fromisoformat(at) for i, at in kept.get("traded", {}).items()},
            **_chain(kept),
        )


@dataclass(slots=True)
class KeyFacts(ChainFacts):
    """Answers of an exchange to one of the bot's own keys."""

    rights: KeyRights | None = None
    refused: tuple[Cause, ...] = ()
    """Causes in the order to test, if the exchange refused the key itself."""
    address: str | None = None
    """Our address as the exchange saw it, or those we know to be ours; the ones to put on an IP list."""
    code: str = ""
    reached: set[MarketType] = field(default_factory=set)
    """Wallets whose balances were read."""
    lacking: dict[MarketType, str] = field(default_factory=dict)
    """The right that a wallet needs and the key has not; "" if the exchange does not name it."""

    def to_json(self) -> Json:
        return {
            "rights": None if self.rights is None else _rights_json(self.rights),
            "refused": [cause.value for cause in self.refused],
            "address": self.address,
            "code": self.code,
            "reached": sorted(self.reached),
            "lacking": {market.value: right for market, right in self.lacking.items()},
            **_chain_json(self),
        }

    @classmethod
    def from_json(cls, kept: Json) -> "KeyFacts":
        return cls(
            rights=None if kept["rights"] is None else _rights(kept["rights"]),
            refused=tuple(Cause(cause) for cause in kept["refused"]),
            address=kept["address"],
            code=kept["code"],
            reached={MarketType(market) for market in kept["reached"]},
            lacking={MarketType(market): right for market, right in kept["lacking"].items()},
            **_chain(kept),
        )


@dataclass(slots=True)
class Facts:
    """All answers of one check, by token id and key id."""

    began_at: datetime
    tokens: dict[str, TokenFacts] = field(default_factory=dict)
    keys: dict[str, KeyFacts] = field(default_factory=dict)

    def to_json(self) -> Json:
        return {
            "began_at": self.began_at.isoformat(),
            "tokens": {i: facts.to_json() for i, facts in self.tokens.items() if not facts.stopped},
            "keys": {i: facts.to_json() for i, facts in self.keys.items() if not facts.stopped},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None, now: datetime) -> "Facts":
        """Go on from `kept`, or begin anew if there is nothing or it is too old."""
        if not kept or now - datetime.fromisoformat(kept["began_at"]) > KEEPS_FOR:
            return cls(now)
        return cls(
            datetime.fromisoformat(kept["began_at"]),
            {i: TokenFacts.from_json(facts) for i, facts in kept["tokens"].items()},
            {i: KeyFacts.from_json(facts) for i, facts in kept["keys"].items()},
        )


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _chain_json(facts: ChainFacts) -> Json:
    """`missed` is left out on purpose: what could not be seen is asked again."""
    return {"looked_at": _iso(facts.looked_at)}


def _chain(kept: Json) -> dict[str, Any]:
    return {"looked_at": _time(kept["looked_at"])}


def _account_json(account: ThreeCommasAccount) -> Json:
    return {
        "id": account.id,
        "name": account.name,
        "exchange_name": account.exchange_name,
        "market_code": account.market_code,
        "key_invalid": account.key_invalid,
        "keys_state": account.keys_state,
        "locked": account.locked,
        "lock_reason": account.lock_reason,
        "usd_amount": None if account.usd_amount is None else str(account.usd_amount),
    }


def _account(kept: Json) -> ThreeCommasAccount:
    amount = kept["usd_amount"]
    return ThreeCommasAccount(**{**kept, "usd_amount": None if amount is None else Decimal(amount)})


_RIGHTS = ("reading", "spot", "futures", "margin", "withdrawals", "transfers", "ip_restricted")


def _rights_json(rights: KeyRights) -> Json:
    kept: Json = {name: getattr(rights, name) for name in _RIGHTS}
    return {**kept, "made_at": _iso(rights.made_at), "trading_expires_at": _iso(rights.trading_expires_at)}


def _rights(kept: Json) -> KeyRights:
    times = {name: _time(kept[name]) for name in ("made_at", "trading_expires_at")}
    return KeyRights(**{**{name: kept[name] for name in _RIGHTS}, **times})
