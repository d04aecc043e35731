"""Rotation: every data key is wrapped again under the first master key, while everything else goes on (L1).

Records are not touched: only what wraps their data keys changes. A row is changed only if it is still wrapped as it was
read, so rotation may run beside the bot, twice at once, and be interrupted at any point; the next run takes up the rest.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlmodel import col

from domain.values import Clock
from storage.database import Database
from storage.tables import DeploymentRow, UserKeyRow
from storage.transaction import Transaction
from storage.vault.data_keys import kept
from storage.vault.deployment import deployment_parts, record_states
from storage.vault.keys import KeyRing
from storage.vault.vault import Vault
from storage.vault.wrap import LocalWrapper

BATCH: Final = 500
"""Data keys per transaction: about 10 ms, so that writers of the bot wait no longer."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of it."""

    kek_id: str
    """Everything hangs on this master key now."""
    rewrapped: int
    left: int
    """Wrapped under another key; 0 unless somebody sealed under one meanwhile."""


async def rewrap_all(database: Database, ring: KeyRing, vault: Vault, clock: Clock, *, batch: int = BATCH) -> Rotation:
    """Raises MissingKey and CannotOpen; what was done by then stays done."""
    done = 0
    async with database.writing() as connection:
        transaction = Transaction(connection)
        deployment_id = await _rewrap_deployment(transaction, ring)
        await record_states(transaction, ring, deployment_id, clock)
        await transaction.commit()
    while True:
        async with database.writing() as connection:
            transaction = Transaction(connection)
            rows = await transaction.all(UserKeyRow, col(UserKeyRow.kek_id) != ring.active.id, limit=batch)
            for row in rows:
                done += await _rewrap(transaction, vault, row)
            await transaction.commit()
        if not rows:
            break
    async with database.reading() as connection:
        statement = select(func.count()).where(col(UserKeyRow.kek_id) != ring.active.id)
        left = (await Transaction(connection).execute(statement)).scalar()
    return Rotation(ring.active.id, done, int(left or 0))


async def _rewrap(transaction: Transaction, vault: Vault, row: UserKeyRow) -> int:
    new = vault.wrap(vault.unwrap(kept(row)), row.trader_id, row.generation)
    return await transaction.update(
        UserKeyRow,
        col(UserKeyRow.dek_id) == row.dek_id,
        col(UserKeyRow.kek_id) == row.kek_id,
        values={"kek_id": new.kek_id, "wrapped": new.wrapped},
    )


async def _rewrap_deployment(transaction: Transaction, ring: KeyRing) -> str:
    wrapper = LocalWrapper(ring)
    row = await transaction.first(DeploymentRow)
    assert row is not None
    if row.kek_id != wrapper.key_id:
        parts = deployment_parts(row.id)
        secret = wrapper.wrap(parts, wrapper.unwrap(parts, row.secret, row.kek_id))
        await transaction.update(
            DeploymentRow,
            col(DeploymentRow.id) == row.id,
            col(DeploymentRow.kek_id) == row.kek_id,
            values={"kek_id": wrapper.key_id, "secret": secret},
        )
    return row.id
