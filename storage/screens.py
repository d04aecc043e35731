"""Messages that are rewritten in place: what each shows, and what its next version builds on."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from domain.records import Screen
from storage.tables import ScreenRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import SealedFields, fresh_revision
from storage.vault.vault import Place


class ScreenStore:
    """Implements `domain.records.Screens`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def get(self, screen_id: str) -> Screen | None:
        return await self._screen(await self._transaction.first(ScreenRow, id=screen_id))

    async def put(self, screen: Screen, at: datetime) -> None:
        revision = fresh_revision()
        content = {"shows": screen.shows, "memory": screen.memory}
        sealed = await self._fields.seal_json(_place(screen.trader_id, screen.id), revision, content)
        await self._transaction.put(
            ScreenRow(
                id=screen.id,
                trader_id=screen.trader_id,
                message_id=screen.message_id,
                written_at=at,
                revision=revision,
                content=sealed,
            )
        )

    async def prune(self, before: datetime) -> int:
        old = col(ScreenRow.written_at) < before
        return (await self._transaction.execute(delete(table_of(ScreenRow)).where(old))).rowcount

    async def _screen(self, row: ScreenRow | None) -> Screen | None:
        if row is None:
            return None
        content = await self._fields.open_json(_place(row.trader_id, row.id), row.revision, row.content)
        return Screen(row.id, row.trader_id, row.message_id, content["shows"], content["memory"])


def _place(trader_id: str, screen_id: str) -> Place:
    return Place("screen", trader_id, screen_id, "content")
