"""What was found about an exchange account, a key or a token, and how we know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.causes import Cause


class SubjectKind(StrEnum):
    ACCOUNT = "account"
    """An exchange account: the trouble is at 3Commas' own key for it, or told by the trader."""
    KEY = "key"
    """The bot's own key at an exchange."""
    TOKEN = "token"
    """The bot's 3Commas token."""


@dataclass(frozen=True, slots=True)
class Subject:
    kind: SubjectKind
    id: str


class Symptom(StrEnum):
    """What shows. The first block is seen by looking, the second is told by a trader."""

    THREE_COMMAS_KEY_REFUSED = "three_commas_key_refused"
    """3Commas itself says that its key for this exchange account does not work."""
    THREE_COMMAS_KEY_EXPIRES = "three_commas_key_expires"
    THREE_COMMAS_STATE_UNKNOWN = "three_commas_state_unknown"
    """3Commas asked the exchange and got an answer that decides nothing."""
    THREE_COMMAS_TRADING_REFUSED = "three_commas_trading_refused"
    """Balances load, but trades failed with a text that names a right, an address or a restriction."""
    THREE_COMMAS_TRADING_UNPROVEN = "three_commas_trading_unproven"
    """Balances load again since `since.at`, after a repair; only a trade can prove that the new key may trade."""
    KEY_REFUSED = "key_refused"
    """The exchange refuses the bot's own key: a fact about our reach, not about the account."""
    KEY_LACKS_RIGHT = "key_lacks_right"
    KEY_CAN_WITHDRAW = "key_can_withdraw"
    KEY_WITHOUT_IP_LIST = "key_without_ip_list"
    KEY_EXPIRES = "key_expires"
    TOKEN_REFUSED = "token_refused"
    TOKEN_LACKS_RIGHT = "token_lacks_right"
    PLAN_WITHOUT_API = "plan_without_api"
    NOT_LOOKED = "not_looked"

    TOLD_INVALID_API = "told_invalid_api"
    TOLD_UPNL_FROZEN = "told_upnl_frozen"
    TOLD_CANNOT_TRADE = "told_cannot_trade"
    TOLD_BALANCES_EMPTY = "told_balances_empty"
    TOLD_ERROR_TEXT = "told_error_text"


class Evidence(StrEnum):
    LOOKED = "looked"
    TOLD = "told"


class Severity(StrEnum):
    """`broken` stops trading, `warning` will, `blind` limits what we can see, `note` is worth knowing."""

    BROKEN = "broken"
    WARNING = "warning"
    BLIND = "blind"
    NOTE = "note"


class SinceSource(StrEnum):
    FIRST_SEEN = "first_seen"
    TRADE_ERROR = "trade_error"
    """The earliest dated error of a trade on this account."""


@dataclass(frozen=True, slots=True)
class Since:
    at: datetime
    source: SinceSource


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that we could not see.

    `causes` is the order in which to test when `cause` is AMBIGUOUS. `facts` are the figures that a view may name
    (right, address, code, said, trades); values are plain text, foreign text is escaped by the view.
    """

    subject: Subject
    symptom: Symptom
    cause: Cause
    severity: Severity
    evidence: Evidence = Evidence.LOOKED
    causes: tuple[Cause, ...] = ()
    since: Since | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[SubjectKind, str, Symptom]:
        """What stays the same while the finding stands; raising and solving go by it."""
        return (self.subject.kind, self.subject.id, self.symptom)
