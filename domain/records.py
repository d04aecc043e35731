"""Everything that is kept, as values, and the stores that keep it.

Ids, bytes, times and states; no table rows and no Telegram types. Stores seal and open what must be sealed; a caller sees
plain values and never a key. The stores stand on one transaction, the unit of work:

    async with units.writing() as u:          async with units.reading() as u:
        ...                                       ...
        await u.commit()

Leaving without `commit()` rolls back.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from domain.findings import Finding, Subject
from domain.values import Credentials, KeyKind, MarketType, VenueState

Json = dict[str, Any]
"""A JSON object: text, integers, booleans, None, lists and objects of these. Money travels as text."""


@dataclass(frozen=True, slots=True)
class Trader:
    """Somebody who talks to the bot. `id` is ours and random; `telegram_id` is kept as HMAC and sealed only."""

    id: str
    telegram_id: int = field(repr=False)
    language: str = "en"
    reachable: bool = True
    """False after the trader blocked the bot."""
    created_at: datetime | None = None


class Traders(Protocol):
    async def by_telegram_id(self, telegram_id: int) -> Trader | None: ...
    async def meet(self, telegram_id: int, language: str, at: datetime) -> Trader:
        """The trader with this Telegram id; made, with a data key of his own, at first contact."""
        ...

    async def get(self, trader_id: str) -> Trader | None: ...
    async def set_language(self, trader_id: str, language: str) -> None: ...
    async def set_reachable(self, trader_id: str, reachable: bool) -> None: ...
    async def forget(self, trader_id: str) -> None:
        """Delete the data keys first, then every row of the trader; bare update ids stay (K8, L4)."""
        ...


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """A Telegram update as it arrived. `body` is the raw JSON; empty once it was handled."""

    update_id: int
    trader_id: str
    state: UpdateState
    attempts: int
    body: bytes = field(repr=False)
    received_at: datetime | None = None


class Inbox(Protocol):
    async def add(self, update_id: int, trader_id: str, body: bytes, at: datetime) -> bool:
        """Seal and keep; False if this update is known already."""
        ...

    async def get(self, update_id: int) -> StoredUpdate | None: ...
    async def tried(self, update_id: int) -> int:
        """Count one more failed attempt; returns how many there were."""
        ...

    async def finish(self, update_id: int, state: UpdateState) -> None:
        """Mark and blank the body."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop finished ids older than 48 h."""
        ...


class OutgoingState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    """Overtaken by a newer text for the same screen, or the trader cannot be reached."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to say. `screen` names a message that may be rewritten later; None is said once and left alone."""

    id: int
    trader_id: str
    screen: str | None
    body: Json = field(repr=False)
    """A reply as `bot.reply` writes it."""
    attempts: int = 0
    not_before: datetime | None = None
    origin: int | None = None
    """The update that this answers."""


class Outbox(Protocol):
    async def put(
        self, trader_id: str, body: Json, at: datetime, *, screen: str | None = None, origin: int | None = None
    ) -> int:
        """Queue it. A waiting text for the same screen is overtaken: the newer one takes its place in the order."""
        ...

    async def get(self, outgoing_id: int) -> Outgoing | None: ...
    async def waiting(self, trader_id: str) -> Sequence[Outgoing]:
        """In order."""
        ...

    async def traders_waiting(self) -> Sequence[str]: ...
    async def finish(self, outgoing_id: int, state: OutgoingState) -> None:
        """Mark and blank the body."""
        ...

    async def postpone(self, outgoing_id: int, until: datetime, *, count: bool = True) -> None:
        """Not before then; `count` it as a failed attempt."""
        ...

    async def drop_for(self, trader_id: str) -> None:
        """The trader cannot be reached: drop everything that waits."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop finished rows (blank already) that were put before then."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """A message that is rewritten in place. `shows` is the digest of what it shows now; `memory` is sealed and is what
    its next version builds on (which parts of a check are done)."""

    id: str
    trader_id: str
    message_id: int | None
    shows: str = ""
    memory: Json = field(default_factory=dict, repr=False)


class Screens(Protocol):
    async def get(self, screen_id: str) -> Screen | None: ...
    async def put(self, screen: Screen, at: datetime) -> None:
        """Keep it as it is now; `at` says from when on it grows old."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were put last before then; returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a trader stands in a flow. One per trader. `memory` is sealed and never holds a secret."""

    trader_id: str
    flow: str
    step: str
    memory: Json = field(repr=False)
    expires_at: datetime
    version: int = 0
    screen: str | None = None


class Conversations(Protocol):
    async def get(self, trader_id: str) -> Conversation | None: ...
    async def save(self, conversation: Conversation, expected_version: int | None) -> bool:
        """Compare and set: False if somebody else moved it. None expects that there is none yet."""
        ...

    async def end(self, trader_id: str, expected_version: int) -> bool: ...
    async def prune(self, now: datetime) -> int:
        """Drop those that have expired by `now`; returns how many."""
        ...


class KeyState(StrEnum):
    PENDING = "pending"
    """A pair made by the bot whose key id has not come back; lives 24 h."""
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Key:
    """The bot's own access to a service: a key at an exchange, or a token at 3Commas. Its secret is not in here."""

    id: str
    trader_id: str
    service: str
    """A ccxt id, or THREE_COMMAS."""
    kind: KeyKind
    state: KeyState
    created_at: datetime
    """When it came to us."""
    label: str = ""
    tail: str = ""
    """Last four characters of the key id."""
    rights: tuple[str, ...] = ()
    """As last seen, in the words of the service; empty if not known."""
    made_at: datetime | None = None
    """When it was made at the service, where the service tells."""
    public_pem: str = ""
    """The public half of a pair made by the bot."""
    last_used_at: datetime | None = None


class Keys(Protocol):
    """Keys of traders. `open` is called by `domain/access.py` alone."""

    async def list(self, trader_id: str, service: str | None = None) -> Sequence[Key]: ...
    async def get(self, key_id: str) -> Key | None: ...
    async def add(self, key: Key, credentials: Credentials) -> None:
        """Keep it under a data key of its own. For a pending pair `credentials.api_key` is empty."""
        ...

    async def update(self, key: Key) -> None:
        """Label, rights, state, tail, times; never the secret."""
        ...

    async def confirm(self, key: Key, api_key: str) -> None:
        """A pending pair got its key id: it becomes live, sealed again under a fresh data key."""
        ...

    async def replace(self, key: Key, credentials: Credentials) -> None:
        """New credentials for the same key; the old data key is deleted in the same transaction (L3)."""
        ...

    async def remove(self, key_id: str) -> None: ...
    async def open(self, key_id: str) -> tuple[Credentials, VenueState] | None: ...
    async def remember(self, key_id: str, state: VenueState) -> None: ...
    async def drop_stale_pairs(self, before: datetime) -> int:
        """Remove pairs that are pending since before then."""
        ...


@dataclass(frozen=True, slots=True)
class AccountLink:
    """The 3Commas account of an exchange account, as the token `token_id` sees it."""

    token_id: str
    three_commas_id: int


@dataclass(frozen=True, slots=True)
class ExchangeAccount:
    """What the trader thinks in, one row of /check."""

    id: str
    trader_id: str
    venue: str
    """ccxt id"""
    market_type: MarketType
    name: str
    market_code: str = ""
    """3Commas' code, where it is known."""
    is_sub: bool | None = None
    """None: nobody said yet."""
    link: AccountLink | None = None
    created_at: datetime | None = None
    apart_from: tuple[str, ...] = ()
    """Keys of which the trader said that they are not of this account; they are never linked with it unasked."""


class ExchangeAccounts(Protocol):
    async def list(self, trader_id: str) -> Sequence[ExchangeAccount]: ...
    async def get(self, account_id: str) -> ExchangeAccount | None: ...
    async def put(self, account: ExchangeAccount) -> None: ...
    async def remove(self, account_id: str) -> None: ...
    async def keys_of(self, account_id: str) -> Sequence[str]: ...
    async def accounts_of(self, key_id: str) -> Sequence[str]: ...
    async def attach(self, account_id: str, key_id: str) -> None: ...
    async def detach(self, account_id: str, key_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding with a stable id over time."""

    id: str
    trader_id: str
    finding: Finding
    first_seen_at: datetime
    solved_at: datetime | None = None


class Issues(Protocol):
    async def open(self, trader_id: str) -> Sequence[Issue]: ...
    async def get(self, issue_id: str) -> Issue | None: ...
    async def raise_(self, trader_id: str, finding: Finding, at: datetime) -> Issue:
        """Keep it, or refresh what is known under the same identity; the id and `first_seen_at` stay."""
        ...

    async def solve(self, issue_id: str, at: datetime) -> bool:
        """False if it was solved already."""
        ...

    async def on(self, subject: Subject) -> Sequence[Issue]:
        """Those that stand on this subject."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were solved before then; returns how many. What stands stays, however old it is."""
        ...


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a credential (L6)."""

    key_id: str
    at: datetime
    purpose: str
    """"check", "connect", "repair watch" ..."""
    trigger: str
    """"command", "button", "watch"."""
    result: str
    """"ok" or the name of the error."""


class AccessLog(Protocol):
    async def add(self, trader_id: str, use: Use) -> None: ...
    async def of(self, key_id: str, limit: int = 20) -> Sequence[Use]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True)
class TradePlan:
    """What a SmartTrade was to do, as seen while it lived; 3Commas forgets it when the trade fails."""

    trader_id: str
    trade_id: int
    seen_at: datetime
    plan: Json = field(repr=False)


class TradePlans(Protocol):
    async def put(self, plan: TradePlan) -> None:
        """The newest version per trade is kept."""
        ...

    async def get(self, trader_id: str, trade_id: int) -> TradePlan | None: ...


class RepairState(StrEnum):
    WATCHING = "watching"
    NOTICED = "noticed"
    TOLD = "told"
    """The trader said that it is done; nothing was seen."""
    GIVEN_UP = "given_up"
    """Half an hour passed; a button looks again."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Somebody is repairing something at 3Commas or at an exchange, and we watch for the change."""

    id: str
    trader_id: str
    subject: Subject
    state: RepairState
    began_at: datetime
    memory: Json = field(default_factory=dict, repr=False)
    """What stood before, how it is done (fast_connect, by_hand), main or sub; sealed."""
    ended_at: datetime | None = None


class Repairs(Protocol):
    async def put(self, repair: Repair) -> None: ...
    async def get(self, repair_id: str) -> Repair | None: ...
    async def watching(self, trader_id: str) -> Sequence[Repair]: ...
    async def move(self, repair_id: str, expected: RepairState, repair: Repair) -> bool:
        """Compare and set on the state."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that began before then, whatever became of them; returns how many. None is watched for so long."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Work to do later or elsewhere. Carries ids, never secrets; may run twice.

    Jobs of one `order_key` run one after the other, in the order they were put; different ones side by side.
    A delayed job carries no order key. `dedup_key`: a job that waits with the same key makes a second one void.
    """

    kind: str
    subject: str
    order_key: str | None = None
    not_before: datetime | None = None
    dedup_key: str | None = None
    id: int = 0


class Jobs(Protocol):
    async def put(self, job: Job) -> None:
        """In the caller's transaction; it may start as soon as that commits."""
        ...

    async def finish(self, job_id: int) -> None:
        """In the transaction of its effects, so that it does not run again; the loop does it otherwise."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that failed for good and were due last before then; returns how many."""
        ...


JobHandler = Callable[[Job], Awaitable[None]]


class UnitOfWork(Protocol):
    """One transaction. Nobody else commits."""

    traders: Traders
    inbox: Inbox
    outbox: Outbox
    screens: Screens
    conversations: Conversations
    keys: Keys
    accounts: ExchangeAccounts
    issues: Issues
    access_log: AccessLog
    plans: TradePlans
    repairs: Repairs
    jobs: Jobs

    async def commit(self) -> None: ...


class UnitsOfWork(Protocol):
    """Where transactions come from. Never held open over a network call."""

    def writing(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]: ...


class JobLoop(Protocol):
    """Runs jobs until told to stop. Implemented in `storage/jobs`."""

    async def run(self, handlers: Mapping[str, JobHandler]) -> None:
        """Until `drain` was called and what had begun is finished."""
        ...

    def drain(self) -> None:
        """Take no new job; finish what was begun."""
        ...

    async def idle(self) -> None:
        """Return once nothing runs and nothing is due (for tests and benchmarks)."""
        ...
