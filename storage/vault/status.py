"""Whether the master keys at hand open what is stored; for `doctor`."""

from dataclasses import dataclass

from storage.tables import KeyRow, MasterKeyRow, TraderRow, UserKeyRow
from storage.transaction import Transaction
from storage.vault.data_keys import WRITTEN_ONCE, kept
from storage.vault.deployment import needed
from storage.vault.errors import VaultError
from storage.vault.keys import KekState, KeyRing
from storage.vault.vault import DataKey, Place, Vault


@dataclass(frozen=True, slots=True)
class MasterKeyStatus:
    id: str
    state: KekState
    needed_by: int
    """Data keys, and the deployment's secret, that are wrapped under it. At 0 it may be taken out."""


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """`opened` counts the data keys, traders and credentials that were opened; `closed` names those that were not."""

    keys: tuple[MasterKeyStatus, ...]
    opened: int
    closed: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.closed


async def vault_status(transaction: Transaction, ring: KeyRing, vault: Vault) -> VaultStatus:
    """Opens every data key, and with them every trader's record and every credential."""
    counted = await needed(transaction)
    keys = tuple(
        MasterKeyStatus(row.id, ring.state(row.id), counted.get(row.id, 0))
        for row in await transaction.all(MasterKeyRow, order=("first_seen_at",))
    )
    opened, closed = 0, list[str]()
    by_owner: dict[str, DataKey] = {}
    for row in await transaction.all(UserKeyRow):
        try:
            by_owner[row.dek_id if row.key_id else row.trader_id] = vault.unwrap(kept(row))
            opened += 1
        except VaultError:
            closed.append(f"data key {row.dek_id}, wrapped under {row.kek_id}")
    records = [
        (f"trader {row.id}", row.id, Place("trader", row.id, row.id, "sealed"), row.revision, row.sealed)
        for row in await transaction.all(TraderRow)
    ] + [
        (f"key {row.id}", row.dek_id, Place("key", row.trader_id, row.id, "secret"), WRITTEN_ONCE, row.secret)
        for row in await transaction.all(KeyRow)
    ]
    for name, owner, place, revision, record in records:
        try:
            vault.open(by_owner[owner], place, revision, record)
            opened += 1
        except (VaultError, KeyError):
            closed.append(name)
    return VaultStatus(keys, opened, tuple(closed))
