"""What /check shows: frozen snapshots, each fuller than the one before."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.causes import Cause
from domain.findings import Finding
from domain.ports import KeyRights
from domain.records import ExchangeAccount, Json, Key


class Sight(StrEnum):
    """How one thing looks. NOT_LOOKED is never the same as FINE."""

    LOOKING = "looking"
    """Asked, or about to be."""
    FINE = "fine"
    BROKEN = "broken"
    WARNING = "warning"
    """Works now and will stop, or works and is not safe."""
    NOT_LOOKED = "not_looked"
    """We could not see; `not_looked` says why."""
    NOT_ATTACHED = "not_attached"
    """Nothing of this kind belongs to the exchange account."""


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Why something could not be seen."""

    error: str
    """Name of a class of `domain.errors`, "KeyGone", or "Undecided": 3Commas asked and got an answer that decides nothing."""
    retry_at: datetime | None = None
    """When it may be asked again; None if any time."""
    cause: Cause = Cause.NOT_LOOKED
    """CLOCK_OFF, EXCHANGE_DOWN and the like where that is known; all of them are on our side or the service's."""
    right: str = ""
    """The right that is not granted, for "RightMissing"."""


@dataclass(frozen=True, slots=True)
class ThreeCommasSight:
    """3Commas' own key for an exchange account, as far as 3Commas tells."""

    state: Sight
    not_looked: NotLooked | None = None
    flags_bad: bool = False
    """3Commas' stored flags say that the key is broken. They are as old as its last contact with the exchange: with FINE
    they were old, with NOT_LOOKED they are all there is."""
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeySight:
    """What one of the bot's own keys reaches of one exchange account. Says nothing about the account's health."""

    key_id: str
    state: Sight
    not_looked: NotLooked | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands still on an exchange account. None: not known (yet, or `not_looked` says why)."""

    trades: int | None = None
    """SmartTrades that failed because of the key since it last worked; while it is broken the living ones as well."""
    deals: int | None = None
    """Bot trades that are in error because of the key."""
    first_error_at: datetime | None = None
    not_looked: NotLooked | None = None


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One exchange account. `findings` are about the account alone; those about keys and tokens stand with these."""

    account: ExchangeAccount
    three_commas: ThreeCommasSight
    reach: tuple[KeySight, ...] = ()
    """Empty: the bot has no key of its own here."""
    findings: tuple[Finding, ...] = ()
    standing: Standing = Standing()
    looked_at: datetime | None = None

    @property
    def state(self) -> Sight:
        """What 3Commas sees; where it is not attached, what the bot's own keys reach."""
        if self.three_commas.state is not Sight.NOT_ATTACHED:
            return self.three_commas.state
        states = {sight.state for sight in self.reach}
        order = (Sight.LOOKING, Sight.NOT_LOOKED, Sight.BROKEN, Sight.WARNING, Sight.FINE)
        return next((state for state in order if state in states), Sight.NOT_ATTACHED)


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One 3Commas token of the trader."""

    token: Key
    state: Sight
    not_looked: NotLooked | None = None
    findings: tuple[Finding, ...] = ()
    paper_accounts: int = 0
    """Left out: 3Commas' pretend money."""
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One of the bot's own keys at an exchange."""

    key: Key
    state: Sight
    not_looked: NotLooked | None = None
    findings: tuple[Finding, ...] = ()
    rights: KeyRights | None = None
    """As the exchange told just now; None if it did not."""
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckView:
    """One snapshot of a check."""

    rows: tuple[AccountRow, ...]
    tokens: tuple[TokenRow, ...]
    keys: tuple[KeyRow, ...]
    complete: bool
    """Nothing is left to ask. An incomplete last snapshot has run out of patience: go on with `resume`."""
    waiting_until: datetime | None
    """A service lets nothing through before then."""
    at: datetime
    resume: Json = field(default_factory=dict, repr=False)
    """With an incomplete last snapshot: what was answered so far, to go on from later. Holds names and figures of the
    trader, so keep it sealed."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them: accounts first, then tokens, then keys."""
        groups: tuple[tuple[AccountRow | TokenRow | KeyRow, ...], ...] = (self.rows, self.tokens, self.keys)
        return tuple(finding for group in groups for row in group for finding in row.findings)
