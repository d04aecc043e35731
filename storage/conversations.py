"""Where each trader stands in a flow: moved by compare-and-set on the version, which is also what the memory is sealed for."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from domain.records import Conversation
from storage.database import insert_new
from storage.tables import ConversationRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import SealedFields
from storage.vault.vault import Place


class ConversationStore:
    """Implements `domain.records.Conversations`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def get(self, trader_id: str) -> Conversation | None:
        row = await self._transaction.first(ConversationRow, trader_id=trader_id)
        if row is None:
            return None
        memory = await self._fields.open_json(_place(trader_id), row.version, row.memory)
        return Conversation(trader_id, row.flow, row.step, memory, row.expires_at, row.version, row.screen)

    async def save(self, conversation: Conversation, expected_version: int | None) -> bool:
        """Kept with version `expected_version` + 1, or 1 if there was none; `conversation.version` is not looked at."""
        trader_id = conversation.trader_id
        version = 1 if expected_version is None else expected_version + 1
        row = ConversationRow(
            trader_id=trader_id,
            flow=conversation.flow,
            step=conversation.step,
            expires_at=conversation.expires_at,
            version=version,
            screen=conversation.screen,
            memory=await self._fields.seal_json(_place(trader_id), version, conversation.memory),
        )
        if expected_version is None:
            result = await self._transaction.execute(insert_new(table_of(ConversationRow), dict(row)))
            return result.rowcount == 1
        return (
            await self._transaction.update(ConversationRow, dict(row), trader_id=trader_id, version=expected_version)
            == 1
        )

    async def end(self, trader_id: str, expected_version: int) -> bool:
        return await self._transaction.delete(ConversationRow, trader_id=trader_id, version=expected_version) == 1

    async def prune(self, now: datetime) -> int:
        expired = col(ConversationRow.expires_at) <= now
        return (await self._transaction.execute(delete(table_of(ConversationRow)).where(expired))).rowcount


def _place(trader_id: str) -> Place:
    return Place("conversation", trader_id, trader_id, "memory")
