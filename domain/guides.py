"""The values of a repair guide: ordered steps that a view turns into sentences, and what is written down about an exchange's key page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.values import MarketType


class Holder(StrEnum):
    """Whose key it is at the exchange."""

    MAIN = "main"
    SUB = "sub"
    NOT_SURE = "not_sure"


class Way(StrEnum):
    FAST_CONNECT = "fast_connect"
    """3Commas and the exchange make the key between themselves."""
    BY_HAND = "by_hand"


class Task(StrEnum):
    """What has to change. Only a new key has to be entered at 3Commas."""

    NEW_KEY = "new_key"
    ADDRESSES = "addresses"
    RIGHTS = "rights"


class When(StrEnum):
    NOW = "now"
    ONCE_IT_WORKS = "once_it_works"
    """To be held back until balances load again."""


class NotFast(StrEnum):
    """Why Fast Connect is not the way. The sentence is `guide-not-fast-<value>`."""

    SUB_ACCOUNT = "sub-account"
    HOLDER_UNKNOWN = "holder-unknown"
    NOT_OFFERED = "not-offered"
    FUTURES_FORBIDDEN = "futures-forbidden"
    LIST_NOT_READ = "list-not-read"
    """Today's market list could not be read, and Fast Connect is only promised where it stands there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, or one thing to know (ids that begin with "note-"). The sentence is `guide-<id>`."""

    id: str
    when: When = When.NOW
    path: tuple[str, ...] = ()
    """What to press, in order, as the screens name it."""
    ticks: tuple[str, ...] = ()
    leave_off: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Fields of 3Commas' form, by the names of its market list: "api_key", "secret", "passphrase", "customer_id"."""
    copies: tuple[str, ...] = ()
    """Texts for copy buttons, each at most 256 characters."""
    link: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """Further words of ours that the sentence may name."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """Figures and foreign text that the sentence may name."""

    @property
    def sentence(self) -> str:
        """Text key."""
        return f"guide-{self.id}"

    def own_words(self) -> dict[str, str]:
        """Plain text of ours for the sentence, not escaped. Fields are left to the view: it knows the language."""
        return {
            "path": " → ".join(self.path),
            "ticks": ", ".join(self.ticks),
            "leave_off": ", ".join(self.leave_off),
            **self.words,
        }


@dataclass(frozen=True, slots=True)
class Rights:
    """Boxes on an exchange's key page, by the names they have there."""

    tick: tuple[str, ...]
    leave_off: tuple[str, ...]


class Separator(StrEnum):
    """What stands between two addresses. The value is its name in the sentences."""

    BLANK = "blank"
    COMMA = "comma"
    LINE = "line"

    @property
    def text(self) -> str:
        return {"blank": " ", "comma": ",", "line": "\n"}[self.value]


@dataclass(frozen=True, slots=True)
class AddressRules:
    """How a key is bound to addresses at this exchange."""

    label: str = ""
    """Name of the choice or the field; empty where it is not known."""
    limit: int | None = None
    """Addresses per key; None: not known."""
    separator: Separator = Separator.COMMA


@dataclass(frozen=True, slots=True)
class VenueGuide:
    """What is written down about making keys at one exchange. Notes are step ids of their own, without "guide-"."""

    venue: str
    """ccxt id"""
    name: str
    checked: date
    sources: tuple[str, ...]
    key_page: tuple[str, ...]
    create: tuple[str, ...]
    """From the key page to the form of a new key."""
    addresses: AddressRules
    rights: Mapping[MarketType, Rights]
    edit: tuple[str, ...] = ()
    """From the key page to the form of a key that is there; empty where it is not known."""
    create_with_public_key: tuple[str, ...] = ()
    """The same for a key of a self-made pair; empty where the exchange takes none."""
    reading_only: Rights | None = None
    notes: tuple[str, ...] = ()
    """For every key made by hand."""
    edit_notes: tuple[str, ...] = ()
    """For a key that stays and is changed."""
    market_notes: Mapping[MarketType, tuple[str, ...]] = field(default_factory=dict)
    fast_connect_notes: tuple[str, ...] = ()
    sub_account_notes: tuple[str, ...] = ()


class ListSource(StrEnum):
    """Where the fields, flows and addresses come from."""

    LIVE = "live"
    SNAPSHOT = "snapshot"
    """Shipped with this program: no addresses."""
    NOWHERE = "nowhere"
    """Today's list could not be read, and the shipped one lacks this market code."""


@dataclass(frozen=True, slots=True)
class RepairGuide:
    """How to repair one exchange account's key, or a key or token of the bot."""

    steps: tuple[Step, ...]
    notes: tuple[Step, ...] = ()
    task: Task = Task.NEW_KEY
    way: Way = Way.BY_HAND
    can_fast_connect: bool = False
    why_not_fast: NotFast | None = None
    list_source: ListSource = ListSource.NOWHERE
    name: str = ""
    """Foreign text where it comes from the market list."""
    help_link: str = ""

    def due(self, when: When) -> tuple[Step, ...]:
        """The steps of this moment, in order."""
        return tuple(step for step in self.steps if step.when is when)
