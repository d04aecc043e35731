"""What matching says of an order: whose it is, how sure that is, and on what grounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple

from domain.ports import OpenOrder
from domain.trading import ExpectedOrder, Owner


class Standing(StrEnum):
    """To whom an order belongs."""

    OWNED = "owned"
    """A living trade, deal, grid or simple trade of 3Commas needs it."""
    LEFTOVER = "leftover"
    """Nothing living needs it, and a trade that is over fits as the one that left it."""
    FOREIGN = "foreign"
    """Another program or the exchange's own app placed it."""
    UNKNOWN = "unknown"
    """We do not know. Never the same as left over."""
    AMBIGUOUS = "ambiguous"
    """Several may own it, at least one of them alive."""


class Sureness(IntEnum):
    """How sure the owner is; it compares. Nothing here is proof: no answer of 3Commas holds the exchange's order id."""

    NONE = 0
    """No owner is named."""
    PROBABLE = 1
    STRONG = 2
    CERTAIN = 3
    """A known id, or pair, side, price and amount are those of exactly one order of a living trade, all parts read."""


class Clue(StrEnum):
    """Grounds of a verdict. The comment names the figures that come with each."""

    KNOWN_ID = "known_id"
    """`word`: the id of 3Commas that the client order id holds."""
    SAME_PRICE = "same_price"
    """`price`."""
    SAME_AMOUNT = "same_amount"
    """`amount`: what remains, within half a lot."""
    CLOSE_AMOUNT = "close_amount"
    """`amount`: what 3Commas says remains; a fee, or a fill that it has not seen yet, makes the difference."""
    SAME_SIZE = "same_size"
    """`amount`: the whole order has this size; it is partly filled."""
    PLACED_TOGETHER = "placed_together"
    """`seconds` between the order and its row at 3Commas."""
    PLACED_SINCE = "placed_since"
    """`since`: when 3Commas' row was made; others that are alike stood before."""
    SAME_OWNER = "same_owner"
    """Several orders are alike, and all of them belong to this one."""
    LEARNED_PREFIX = "learned_prefix"
    """`word`: how the ids of orders begin that 3Commas certainly placed on this account; this one begins so, too."""
    OTHER_PREFIX = "other_prefix"
    """`word`: the learned prefix; this order's id begins otherwise."""
    FOREIGN_PREFIX = "foreign_prefix"
    """`word`: whose prefix it is, see `prefixes.FOREIGN`."""
    PLANNED_PRICE = "planned_price"
    """`price`: a price of the closed trade's own plan."""
    ENTRY_PRICE = "entry_price"
    """`price`: the closed trade's entry price."""
    CLOSING_SIDE = "closing_side"
    """It would close what the trade had opened."""
    WITHIN_UNITS = "within_units"
    """`amount`: what the closed trade held, no less than the order."""
    MORE_THAN_UNITS = "more_than_units"
    """`amount`: what the closed trade held; the orders that fit it are more than that in all."""
    PLACED_WHILE_IT_RAN = "placed_while_it_ran"
    """`since` and `until`: when the closed trade ran; `word`: how it ended, as in `ClosedTrade.status`."""
    OLDER_THAN_TRADE = "older_than_trade"
    """`seconds`: so much older is the order than the row at 3Commas that it fits."""
    MAY_BE_MOVED = "may_be_moved"
    """A living trade misses an order of this pair and side: this may be it, at a new price."""
    PLACED_AFTER_READING = "placed_after_reading"
    """It was placed after 3Commas had been read."""
    CLOSED_JUST_NOW = "closed_just_now"
    """The trade that fits was closed so shortly before that its orders may still be on their way out."""
    NO_TIME = "no_time"
    """The exchange does not say when it was placed."""
    SEVERAL_FIT = "several_fit"
    """`candidates` of the verdict."""
    STRANGE_PAIR = "strange_pair"
    """A living trade's pair is not known under that name at the exchange."""
    NOT_LINKED = "not_linked"
    """No 3Commas account is linked: the owner cannot be known."""
    NOT_READ = "not_read"
    """`word`: a part of 3Commas' answers that could not be read."""
    UNSEEN_TRADES = "unseen_trades"
    """`word`: how this order begins, and two or more others that nothing at 3Commas explains."""
    NO_TRACE = "no_trace"
    """3Commas shows nothing that fits. Its signal bots' entries are shown by no answer at all."""


class Evidence(NamedTuple):
    """One ground, with its figures. A tuple, since a large account has tens of thousands of them."""

    clue: Clue
    price: Decimal | None = None
    amount: Decimal | None = None
    seconds: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    word: str = ""
    """An id, a prefix or the name of a part: our own words or the exchange's, escape before showing."""


class Verdict(NamedTuple):
    """Whose `order` is. `owner` is None where it is not known, and for a leftover that several closed trades fit."""

    order: OpenOrder
    standing: Standing
    owner: Owner | None = None
    sureness: Sureness = Sureness.NONE
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Owner, ...] = ()
    """Those that may own it, where no single one is named."""
    expected: ExpectedOrder | None = None
    """The row at 3Commas that this order is, for an owned one."""
    reread: bool = False
    """It may be another picture a moment later: read both sides again before anything is said."""


@dataclass(frozen=True, slots=True)
class Missing:
    """3Commas says that this order is live, and the exchange does not show it: cancelled there, filled a moment ago, or the key is stale."""

    expected: ExpectedOrder
    certain: bool = True
    """False: it is one of several alike, or its pair is strange, or it may be one of the orders whose owner is not known."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Orders of one exchange account, in the order in which they came, and the expected orders that nothing was found for."""

    verdicts: tuple[Verdict, ...] = ()
    missing: tuple[Missing, ...] = ()
    prefixes: tuple[str, ...] = ()
    """How the client order ids begin that 3Commas places on this account, learned from certain matches."""

    @property
    def reread(self) -> bool:
        """Worth a second reading: something may have moved between the two."""
        return any(verdict.reread for verdict in self.verdicts) or any(one.certain for one in self.missing)


def in_order(owners: Iterable[Owner]) -> tuple[Owner, ...]:
    """Each once, in an order that does not hang on the listing."""
    each = set(owners)
    return (
        tuple(each)
        if len(each) < 2
        else tuple(sorted(each, key=lambda owner: (owner.kind.value, owner.id.rjust(40), owner.name)))
    )
