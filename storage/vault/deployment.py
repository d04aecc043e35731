"""Opening the vault at the start: who we are, and whether the master keys at hand are the right ones (K7, K9)."""

import secrets
from typing import Final

from sqlalchemy import func, select
from sqlmodel import col

from domain.values import Clock
from storage.tables import DeploymentRow, MasterKeyRow, UserKeyRow
from storage.transaction import Transaction
from storage.vault.errors import CannotOpen, MissingKey, WrongKey
from storage.vault.keys import KEY_BYTES, KekState, KeyRing
from storage.vault.seal import context, seal, unseal
from storage.vault.vault import Vault
from storage.vault.wrap import LocalWrapper

_CANARY: Final = b"this opens under the right master key"


async def open_vault(transaction: Transaction, ring: KeyRing, clock: Clock) -> Vault:
    """Verify every master key that was used here, then open; the first start makes the deployment.

    Writes what is new (the caller commits). Raises WrongKey, MissingKey, before anything is written.
    """
    wrapper = LocalWrapper(ring)
    row = await transaction.first(DeploymentRow)
    if row is None:
        row = DeploymentRow(id=secrets.token_hex(16), kek_id=wrapper.key_id, secret=b"")
        secret = secrets.token_bytes(KEY_BYTES)
        row.secret = wrapper.wrap(deployment_parts(row.id), secret)
        await transaction.add(row)
    else:
        await _verify(transaction, ring, row)
        secret = wrapper.unwrap(deployment_parts(row.id), row.secret, row.kek_id)
    await _record_states(transaction, ring, row.id, clock)
    return Vault(wrapper, row.id, secret, clock)


def deployment_parts(deployment_id: str) -> list[str | int]:
    """What the deployment's secret is bound to when it is wrapped."""
    return ["deployment", deployment_id]


async def needed(transaction: Transaction) -> dict[str, int]:
    """How many data keys, and the deployment's secret, hang on each master key."""
    statement = select(col(UserKeyRow.kek_id), func.count()).group_by(col(UserKeyRow.kek_id))
    counted = {str(row[0]): int(row[1]) for row in await transaction.execute(statement)}
    for row in await transaction.all(DeploymentRow):
        counted[row.kek_id] = counted.get(row.kek_id, 0) + 1
    return counted


async def _record_states(transaction: Transaction, ring: KeyRing, deployment_id: str, clock: Clock) -> None:
    """Keep the state of every master key, and a canary for each that is new."""
    known = {row.id: row for row in await transaction.all(MasterKeyRow)}
    for key in ring:
        if key.id not in known:
            canary = seal(key.material, _canary_place(deployment_id, key.id), _CANARY)
            row = MasterKeyRow(id=key.id, state=ring.state(key.id), canary=canary, first_seen_at=clock.now())
            await transaction.add(row)
    for row in known.values():
        if row.state != ring.state(row.id):
            await transaction.update(MasterKeyRow, {"state": ring.state(row.id)}, id=row.id)


async def _verify(transaction: Transaction, ring: KeyRing, deployment: DeploymentRow) -> None:
    for row in await transaction.all(MasterKeyRow):
        if row.id in ring:
            try:
                unseal(ring.get(row.id).material, _canary_place(deployment.id, row.id), row.canary)
            except CannotOpen:
                raise WrongKey(row.id) from None
    for kek_id in await needed(transaction):
        if ring.state(kek_id) is KekState.DISABLED:
            raise MissingKey(kek_id)


def _canary_place(deployment_id: str, kek_id: str) -> bytes:
    return context(["canary", deployment_id, kek_id])
