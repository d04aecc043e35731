"""The coins of all wallets as one list, wallet by wallet, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.views.pages import short_key
from domain.funds_view import AssetRow, FundsView, WalletRow

SMALL_USD = Decimal(1)
"""Coins that are worth less and of which nothing is locked are summed up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A coin with the wallet that it lies in."""

    row: AssetRow
    wallet: WalletRow

    @property
    def key(self) -> str:
        """Names it in a button; the same in every picture that shows it."""
        return short_key(self.wallet.sight.account.id, self.row.asset)

    @property
    def small(self) -> bool:
        return not self.row.locked and self.row.worth is not None and self.row.worth < SMALL_USD


def entries(view: FundsView, *, every: bool) -> Sequence[Entry]:
    found = [Entry(row, wallet) for wallet in view.wallets for row in wallet.assets if row.total]
    return found if every else [one for one in found if not one.small]


def small_ones(view: FundsView) -> Sequence[Entry]:
    return [one for one in entries(view, every=True) if one.small]
