"""Keys of traders: what is known about each under the trader's data key, its secret under a data key of its own (L3)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.records import Key, KeyState
from domain.values import Credentials, KeyKind, Secret, VenueState
from storage.tables import AccountKeyRow, AccountRow, KeyRow, KeyUseRow
from storage.transaction import Transaction
from storage.vault.data_keys import WRITTEN_ONCE, DataKeys, SealedFields, fresh_revision
from storage.vault.vault import DataKey, Place


class KeyStore:
    """Implements `domain.records.Keys`."""

    def __init__(self, transaction: Transaction, fields: SealedFields, keys: DataKeys) -> None:
        self._transaction = transaction
        self._fields = fields
        self._data_keys = keys

    async def list(self, trader_id: str, service: str | None = None) -> Sequence[Key]:
        chosen: dict[str, Any] = (
            {"trader_id": trader_id} if service is None else {"trader_id": trader_id, "service": service}
        )
        rows = await self._transaction.all(KeyRow, order=("created_at", "id"), **chosen)
        return [await self._key(row) for row in rows]

    async def get(self, key_id: str) -> Key | None:
        row = await self._row(key_id)
        return None if row is None else await self._key(row)

    async def add(self, key: Key, credentials: Credentials) -> None:
        data_key = await self._data_keys.make(key.trader_id, key.id)
        row = KeyRow(
            id=key.id,
            trader_id=key.trader_id,
            service=key.service,
            created_at=key.created_at,
            **await self._about(key),
            **await self._credential(key, credentials, data_key),
        )
        await self._transaction.add(row)

    async def update(self, key: Key) -> None:
        await self._write(key.id, await self._about(key))

    async def confirm(self, key: Key, api_key: str) -> None:
        opened = await self.open(key.id)
        if opened is None:
            return
        pending, _ = opened
        live = replace(key, state=KeyState.LIVE)
        await self.replace(live, Credentials(api_key, pending.secret, pending.kind))

    async def replace(self, key: Key, credentials: Credentials) -> None:
        row = await self._row(key.id)
        if row is None:
            return
        data_key = await self._data_keys.replace(key.trader_id, key.id, row.dek_id)
        await self._write(key.id, await self._about(key) | await self._credential(key, credentials, data_key))

    async def remove(self, key_id: str) -> None:
        row = await self._row(key_id)
        if row is None:
            return
        await self._data_keys.delete(row.dek_id)
        await self._transaction.delete(KeyUseRow, key_id=key_id)
        await self._transaction.delete(AccountKeyRow, key_id=key_id)
        await self._transaction.update(AccountRow, {"token_id": None}, token_id=key_id)
        await self._transaction.delete(KeyRow, id=key_id)

    async def open(self, key_id: str) -> tuple[Credentials, VenueState] | None:
        row = await self._row(key_id)
        if row is None:
            return None
        data_key = await self._data_keys.of_credential(row.dek_id)
        secret = await self._fields.open_json(_place(row, "secret"), WRITTEN_ONCE, row.secret, data_key)
        state = await self._fields.open_json(_place(row, "venue_state"), row.state_revision, row.venue_state, data_key)
        return Credentials(secret["api_key"], Secret(secret["secret"]), KeyKind(row.kind)), state

    async def remember(self, key_id: str, state: VenueState) -> None:
        row = await self._row(key_id)
        if row is not None:
            data_key = await self._data_keys.of_credential(row.dek_id)
            await self._write(key_id, await self._venue_state(row, state, data_key))

    async def drop_stale_pairs(self, before: datetime) -> int:
        pending = await self._transaction.all(KeyRow, state=KeyState.PENDING)
        stale = [row for row in pending if row.created_at < before]
        for row in stale:
            await self.remove(row.id)
        return len(stale)

    async def _row(self, key_id: str) -> KeyRow | None:
        return await self._transaction.first(KeyRow, id=key_id)

    async def _write(self, key_id: str, values: dict[str, Any]) -> None:
        await self._transaction.update(KeyRow, values, id=key_id)

    async def _credential(self, key: Key, credentials: Credentials, data_key: DataKey) -> dict[str, Any]:
        """Columns of the secret and an empty venue state, under a data key that sealed nothing yet."""
        secret = {"api_key": credentials.api_key, "secret": credentials.secret.reveal()}
        return {
            "kind": credentials.kind,
            "dek_id": data_key.id,
            "secret": await self._fields.seal_json(_place(key, "secret"), WRITTEN_ONCE, secret, data_key),
            **await self._venue_state(key, {}, data_key),
        }

    async def _venue_state(self, key: Key | KeyRow, state: VenueState, data_key: DataKey) -> dict[str, Any]:
        revision = fresh_revision()
        sealed = await self._fields.seal_json(_place(key, "venue_state"), revision, state, data_key)
        return {"state_revision": revision, "venue_state": sealed}

    async def _about(self, key: Key) -> dict[str, Any]:
        """Columns that change without the secret."""
        revision = fresh_revision()
        about = {
            "label": key.label,
            "tail": key.tail,
            "rights": key.rights,
            "made_at": key.made_at.isoformat() if key.made_at else None,
            "public_pem": key.public_pem,
        }
        return {
            "state": key.state,
            "last_used_at": key.last_used_at,
            "revision": revision,
            "about": await self._fields.seal_json(_place(key, "about"), revision, about),
        }

    async def _key(self, row: KeyRow) -> Key:
        about = await self._fields.open_json(_place(row, "about"), row.revision, row.about)
        return Key(
            id=row.id,
            trader_id=row.trader_id,
            service=row.service,
            kind=KeyKind(row.kind),
            state=KeyState(row.state),
            created_at=row.created_at,
            label=about["label"],
            tail=about["tail"],
            rights=tuple(about["rights"]),
            made_at=datetime.fromisoformat(about["made_at"]) if about["made_at"] else None,
            public_pem=about["public_pem"],
            last_used_at=row.last_used_at,
        )


def _place(key: Key | KeyRow, field: str) -> Place:
    return Place("key", key.trader_id, key.id, field)
