"""What /orders shows: frozen snapshots, each fuller than the one before."""

from dataclasses import dataclass

from domain.check_view import NotLooked, Sight
from domain.locked_funds import Excess, Lock, LockedAsset
from domain.looking.view import AccountSight, Snapshot, Unread
from domain.matching.verdict import Missing, Standing, Verdict
from domain.records import ExchangeAccount
from domain.trading import ExpectedOrder


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with its verdict and what it locks."""

    verdict: Verdict
    lock: Lock | None = None
    """None: it locks nothing (reduce-only, a sleeping futures order)."""

    @property
    def id(self) -> str:
        """The exchange's id, to copy. With the symbol it names the order."""
        return self.verdict.order.id


@dataclass(frozen=True, slots=True)
class OrderBook:
    """The open orders of one exchange account, leftovers first."""

    sight: AccountSight
    owners: Sight = Sight.LOOKING
    """LOOKING: owners are not told yet. FINE: all of 3Commas was read. NOT_LOOKED: `unread` was not, so nothing is called left
    over. NOT_ATTACHED: no 3Commas account is linked."""
    unread: tuple[Unread, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    missing: tuple[Missing, ...] = ()
    """What 3Commas expects here and the exchange does not show."""
    locked: tuple[LockedAsset, ...] = ()
    """By all orders; worth most first. Without worth while owners are LOOKING: nobody has asked for prices yet."""
    left_locked: tuple[LockedAsset, ...] = ()
    """By leftovers."""

    def of(self, standing: Standing) -> tuple[OrderRow, ...]:
        return tuple(row for row in self.orders if row.verdict.standing is standing)


@dataclass(frozen=True, slots=True)
class AccountWithoutKey:
    """What 3Commas alone tells of an account where the bot has no key: totals, and the orders that it expects."""

    account: ExchangeAccount
    state: Sight
    """FINE: the balance table is fresh. WARNING: 3Commas could not refresh it, so it is old."""
    not_looked: NotLooked | None = None
    expected: tuple[ExpectedOrder, ...] = ()
    trades: Sight = Sight.LOOKING
    """FINE: all of the living trades' orders were read, and only then is an excess told. NOT_LOOKED: some could not be read."""
    coins: tuple[Excess, ...] = ()
    """Coins of which something is locked; excess first. Empty on futures: margin is not comparable."""


@dataclass(frozen=True, slots=True)
class OrdersView(Snapshot):
    """One snapshot of /orders."""

    books: tuple[OrderBook, ...] = ()
    without_key: tuple[AccountWithoutKey, ...] = ()

    @property
    def orders(self) -> tuple[OrderRow, ...]:
        """All of them, book by book."""
        return tuple(row for book in self.books for row in book.orders)
