"""Rotation: every data key is wrapped again under the first master key, while everything else goes on (L1).

Records are not touched: only what wraps their data keys changes. A row is changed only if it is still wrapped as it was
read, so rotation may run beside the bot, twice at once, and be interrupted at any point; the next run takes up the rest.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, update

from storage.database import Database
from storage.tables import DeploymentRow, UserKeyRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import kept
from storage.vault.deployment import deployment_parts, needed
from storage.vault.keys import KeyRing
from storage.vault.vault import Vault
from storage.vault.wrap import LocalWrapper

BATCH: Final = 500
"""Data keys per transaction: about 10 ms, so that writers of the bot wait no longer."""

_KEYS: Final = table_of(UserKeyRow)
_MOVE: Final = (
    update(_KEYS)
    .where(_KEYS.c.dek_id == bindparam("which"), _KEYS.c.kek_id == bindparam("old"))
    .values(kek_id=bindparam("kek_id"), wrapped=bindparam("wrapped"))
)


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of it."""

    kek_id: str
    """Everything hangs on this master key now."""
    rewrapped: int
    left: int
    """Wrapped under another key; 0 unless somebody sealed under one meanwhile."""


async def rewrap_all(database: Database, ring: KeyRing, vault: Vault, *, batch: int = BATCH) -> Rotation:
    """Raises MissingKey and CannotOpen; what was done by then stays done."""
    async with database.writing() as connection:
        transaction = Transaction(connection)
        await _rewrap_deployment(transaction, ring)
        await transaction.commit()
    done = 0
    for kek_id in await _others(database, ring):
        while moved := await _rewrap_batch(database, vault, kek_id, batch):
            done += moved
    left = sum((await _others(database, ring)).values())
    return Rotation(ring.active.id, done, left)


async def _others(database: Database, ring: KeyRing) -> dict[str, int]:
    """Master keys that something hangs on and that are not the active one."""
    async with database.reading() as connection:
        counted = await needed(Transaction(connection))
    return {kek_id: number for kek_id, number in counted.items() if kek_id != ring.active.id}


async def _rewrap_batch(database: Database, vault: Vault, kek_id: str, batch: int) -> int:
    """One transaction; how many data keys it moved. 0: nothing hangs on this master key any more."""
    async with database.writing() as connection:
        transaction = Transaction(connection)
        rows = await transaction.all(UserKeyRow, limit=batch, kek_id=kek_id)
        if not rows:
            return 0
        fresh = [vault.wrap(vault.unwrap(kept(row)), row.trader_id, row.generation) for row in rows]
        result = await transaction.execute(
            _MOVE, [{"which": key.id, "old": kek_id, "kek_id": key.kek_id, "wrapped": key.wrapped} for key in fresh]
        )
        await transaction.commit()
        return result.rowcount


async def _rewrap_deployment(transaction: Transaction, ring: KeyRing) -> None:
    wrapper = LocalWrapper(ring)
    row = await transaction.first(DeploymentRow)
    assert row is not None
    if row.kek_id != wrapper.key_id:
        parts = deployment_parts(row.id)
        secret = wrapper.wrap(parts, wrapper.unwrap(parts, row.secret, row.kek_id))
        fresh = {"kek_id": wrapper.key_id, "secret": secret}
        await transaction.update(DeploymentRow, fresh, id=row.id, kek_id=row.kek_id)
