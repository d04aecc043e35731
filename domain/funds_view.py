"""What /funds shows: wallets with what is free, what is locked and what locks it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.check_view import NotLooked
from domain.locked_funds import LockedAsset
from domain.looking.view import AccountSight, Snapshot


class FundsSource(StrEnum):
    """Who told the figures."""

    EXCHANGE = "exchange"
    THREE_COMMAS = "three_commas"
    """Its balance table, where the bot has no key or is refused with it: as old as 3Commas' last contact, see the sight."""


@dataclass(frozen=True, slots=True)
class AssetRow:
    """One coin of one wallet. `locks` is what the open orders hold of it; None where they were not read."""

    asset: str
    total: Decimal
    free: Decimal
    locked: Decimal
    price: Decimal | None = None
    """In USD; None: nobody prices it, and it counts as nothing."""
    locks: LockedAsset | None = None
    unrealised: Decimal = Decimal(0)
    """Profit of open positions, of either sign: not in `total`, yet `free` is what they leave to use."""

    @property
    def worth(self) -> Decimal | None:
        return None if self.price is None else self.total * self.price

    @property
    def locked_worth(self) -> Decimal | None:
        return None if self.price is None else self.locked * self.price


@dataclass(frozen=True, slots=True)
class WalletRow:
    """One wallet at an exchange, coins that are worth most first."""

    sight: AccountSight
    source: FundsSource
    assets: tuple[AssetRow, ...] = ()
    orders_read: bool = False
    positions: int | None = None
    """Open ones, of futures; None where they were not read."""
    three_commas_worth: Decimal | None = None
    """What 3Commas shows for the account in USD, loaded for this look; None if it was not."""
    priced: bool = True
    """Prices were asked for. Before that no coin is worth anything yet, and orders may still come."""
    own_key: NotLooked | None = None
    """Why the bot's own key reads nothing here, where 3Commas' table stands in for it."""

    @property
    def worth(self) -> Decimal:
        """In USD; coins without a price count as nothing."""
        return sum((row.worth or Decimal(0) for row in self.assets), Decimal(0))

    @property
    def locked_worth(self) -> Decimal:
        return sum((row.locked_worth or Decimal(0) for row in self.assets), Decimal(0))

    @property
    def unrealised_worth(self) -> Decimal:
        """Profit of open positions in USD, of either sign."""
        priced = (row.unrealised * row.price for row in self.assets if row.price is not None)
        return sum(priced, Decimal(0))

    @property
    def unpriced(self) -> tuple[AssetRow, ...]:
        return tuple(row for row in self.assets if row.price is None)


@dataclass(frozen=True, slots=True)
class FundsView(Snapshot):
    """One snapshot of /funds. A wallet that two accounts share is counted once."""

    wallets: tuple[WalletRow, ...] = ()

    @property
    def worth(self) -> Decimal:
        return sum((wallet.worth for wallet in self.wallets), Decimal(0))

    @property
    def locked_worth(self) -> Decimal:
        return sum((wallet.locked_worth for wallet in self.wallets), Decimal(0))
