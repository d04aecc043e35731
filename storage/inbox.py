"""Telegram's updates, stored before they are acknowledged; bodies are blanked once handled, ids stay 48 h."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from domain.records import StoredUpdate, UpdateState
from storage.database import insert_new
from storage.tables import UpdateRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import WRITTEN_ONCE, SealedFields
from storage.vault.vault import Place


class InboxStore:
    """Implements `domain.records.Inbox`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def add(self, update_id: int, trader_id: str, body: bytes, at: datetime) -> bool:
        sealed = await self._fields.seal(_place(trader_id, update_id), WRITTEN_ONCE, body)
        row = UpdateRow(
            update_id=update_id, trader_id=trader_id, state=UpdateState.WAITING, received_at=at, body=sealed
        )
        result = await self._transaction.execute(insert_new(table_of(UpdateRow), dict(row)))
        return result.rowcount == 1

    async def get(self, update_id: int) -> StoredUpdate | None:
        row = await self._transaction.first(UpdateRow, update_id=update_id)
        if row is None:
            return None
        body, trader_id = b"", row.trader_id or ""
        if row.body is not None:
            body = await self._fields.open(_place(trader_id, update_id), WRITTEN_ONCE, row.body)
        return StoredUpdate(update_id, trader_id, UpdateState(row.state), row.attempts, body, row.received_at)

    async def tried(self, update_id: int) -> int:
        row = await self._transaction.first(UpdateRow, update_id=update_id)
        if row is None:
            return 0
        await self._transaction.update(UpdateRow, {"attempts": row.attempts + 1}, update_id=update_id)
        return row.attempts + 1

    async def finish(self, update_id: int, state: UpdateState) -> None:
        await self._transaction.update(UpdateRow, {"state": state, "body": None}, update_id=update_id)

    async def prune(self, before: datetime) -> int:
        old = col(UpdateRow.received_at) < before, col(UpdateRow.state) != UpdateState.WAITING
        return (await self._transaction.execute(delete(table_of(UpdateRow)).where(*old))).rowcount


def _place(trader_id: str, update_id: int) -> Place:
    return Place("update", trader_id, str(update_id), "body")
