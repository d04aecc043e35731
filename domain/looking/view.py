"""What the views of all looks have in common."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.check_view import NotLooked, Sight
from domain.records import ExchangeAccount, Json, Key


@dataclass(frozen=True, slots=True)
class Source:
    """One credential that was asked: a 3Commas token or one of the bot's own keys."""

    key: Key
    state: Sight
    """LOOKING, FINE or NOT_LOOKED: a part could not be read."""
    not_looked: NotLooked | None = None
    paper_accounts: int = 0
    """Left out: 3Commas' pretend money."""
    real_accounts: int | None = None
    """Of a token: exchange accounts that it shows. 0 where 3Commas shows those of its demo mode, or none; None: not asked, or no answer."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the answers that could not be read: "active_trades", "expected:smart_trade:118" ..."""

    part: str
    why: NotLooked


@dataclass(frozen=True, slots=True)
class AccountSight:
    """How far an exchange account could be read with a key of the bot. Several accounts: one and the same at the exchange."""

    accounts: tuple[ExchangeAccount, ...]
    key_ids: tuple[str, ...] = ()
    """Empty: the bot has no key of its own here."""
    state: Sight = Sight.NOT_ATTACHED
    not_looked: NotLooked | None = None
    looked_at: datetime | None = None

    @property
    def account(self) -> ExchangeAccount:
        """The one to name."""
        return self.accounts[0]


@dataclass(frozen=True, slots=True)
class Progress:
    """Requests answered, of those known to be needed; `of` grows while more becomes known."""

    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One picture out of a growing series."""

    sources: tuple[Source, ...]
    progress: Progress
    complete: bool
    """Nothing is left to ask. An incomplete last snapshot has run out of patience: go on with `resume`."""
    waiting_until: datetime | None
    """A service lets nothing through before then, and everything else was asked. None while a run goes on."""
    at: datetime
    resume: Json = field(repr=False)
    """What was answered, to go on from later; empty but in an incomplete last snapshot. Holds figures of the trader: keep it sealed."""

    @property
    def waits(self) -> bool:
        """Nothing is asked at the moment. False again as soon as the look goes on."""
        return self.waiting_until is not None and self.at < self.waiting_until

    @property
    def nothing_connected(self) -> bool:
        """Neither a token nor a key: lead by hand."""
        return not self.sources
