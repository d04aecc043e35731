"""Data keys in the database, and the sealing of rows with them, within one transaction."""

import secrets
from typing import Any

import orjson
from sqlmodel import col

from storage.tables import UserKeyRow
from storage.transaction import Transaction
from storage.vault.errors import DataKeyGone
from storage.vault.vault import DataKey, Place, Vault, WrappedDataKey

WRITTEN_ONCE = 0
"""Revision of what is sealed once and never again under the same data key."""

_TRADERS_OWN = col(UserKeyRow.key_id).is_(None)


def fresh_revision() -> int:
    """A number that no earlier sealing of the record had. Random: a counter would need a read before each write."""
    return secrets.randbits(62)


def kept(row: UserKeyRow) -> WrappedDataKey:
    return WrappedDataKey(row.dek_id, row.trader_id, row.generation, row.kek_id, row.wrapped)


class DataKeys:
    """One data key per trader and one per credential (L3). Unwrapped ones are remembered by the vault, briefly."""

    def __init__(self, transaction: Transaction, vault: Vault) -> None:
        self._transaction = transaction
        self._vault = vault

    async def make(self, trader_id: str, key_id: str | None = None, generation: int = 1) -> DataKey:
        """A trader's own, or with `key_id` that of a credential."""
        key, wrapped = self._vault.new_data_key(trader_id, generation)
        await self._transaction.add(
            UserKeyRow(
                dek_id=key.id,
                trader_id=trader_id,
                key_id=key_id,
                generation=generation,
                kek_id=wrapped.kek_id,
                wrapped=wrapped.wrapped,
            )
        )
        self._vault.remember(key.id if key_id else trader_id, key)
        return key

    async def of_trader(self, trader_id: str) -> DataKey:
        """Raises DataKeyGone after /forget. A remembered key seals nothing then: its rows need a trader to belong to."""
        return await self._get(trader_id, _TRADERS_OWN, trader_id=trader_id)

    async def of_credential(self, dek_id: str) -> DataKey:
        """Raises DataKeyGone."""
        return await self._get(dek_id, dek_id=dek_id)

    async def replace(self, trader_id: str, key_id: str, dek_id: str) -> DataKey:
        """The next generation for a credential; the old one is deleted and with it all that it sealed."""
        old = await self._transaction.first(UserKeyRow, dek_id=dek_id)
        await self.delete(dek_id)
        return await self.make(trader_id, key_id, old.generation + 1 if old is not None else 1)

    async def delete(self, dek_id: str) -> None:
        await self._transaction.delete(UserKeyRow, dek_id=dek_id)
        self._vault.let_go(dek_id)

    async def delete_all_of(self, trader_id: str) -> None:
        """Everything sealed for this trader is unreadable from here on (L4)."""
        rows = await self._transaction.all(UserKeyRow, trader_id=trader_id)
        await self._transaction.delete(UserKeyRow, trader_id=trader_id)
        for name in (trader_id, *(row.dek_id for row in rows)):
            self._vault.let_go(name)

    async def _get(self, name: str, *fixed: Any, **equal: str) -> DataKey:
        key = self._vault.remembered(name)
        if key is None:
            row = await self._transaction.first(UserKeyRow, *fixed, **equal)
            if row is None:
                raise DataKeyGone(name)
            key = self._vault.unwrap(kept(row))
            self._vault.remember(name, key)
        return key


class SealedFields:
    """Seals and opens columns. Without `key` the trader's own data key is used."""

    def __init__(self, keys: DataKeys, vault: Vault) -> None:
        self._keys = keys
        self._vault = vault

    async def seal(self, place: Place, revision: int, plaintext: bytes, key: DataKey | None = None) -> bytes:
        return self._vault.seal(key or await self._keys.of_trader(place.trader_id), place, revision, plaintext)

    async def open(self, place: Place, revision: int, record: bytes, key: DataKey | None = None) -> bytes:
        """Raises CannotOpen, DataKeyGone."""
        return self._vault.open(key or await self._keys.of_trader(place.trader_id), place, revision, record)

    async def seal_json(self, place: Place, revision: int, value: Any, key: DataKey | None = None) -> bytes:
        return await self.seal(place, revision, orjson.dumps(value), key)

    async def open_json(self, place: Place, revision: int, record: bytes, key: DataKey | None = None) -> Any:
        """Raises CannotOpen, DataKeyGone."""
        return orjson.loads(await self.open(place, revision, record, key))
