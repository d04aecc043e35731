"""Traders. A Telegram id is kept as HMAC, to find it again, and sealed, to write to it (K7)."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, or_
from sqlmodel import col

from domain.records import Trader, UpdateState
from storage.tables import JobRow, Row, TraderRow, UpdateRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import DataKeys, SealedFields, fresh_revision
from storage.vault.vault import Place, Vault


class _State(StrEnum):
    REACHABLE = "reachable"
    BLOCKED = "blocked"


class TraderStore:
    """Implements `domain.records.Traders`."""

    def __init__(self, transaction: Transaction, fields: SealedFields, keys: DataKeys, vault: Vault) -> None:
        self._transaction = transaction
        self._fields = fields
        self._keys = keys
        self._vault = vault

    async def by_telegram_id(self, telegram_id: int) -> Trader | None:
        row = await self._transaction.first(TraderRow, lookup=self._vault.lookup(telegram_id))
        return None if row is None else await self._trader(row)

    async def meet(self, telegram_id: int, language: str, at: datetime) -> Trader:
        known = await self.by_telegram_id(telegram_id)
        if known is not None:
            return known
        trader = Trader(secrets.token_hex(16), telegram_id, language, created_at=at)
        row = TraderRow(
            id=trader.id,
            lookup=self._vault.lookup(telegram_id),
            state=_State.REACHABLE,
            created_at=at,
            revision=0,
            sealed=b"",
        )
        await self._transaction.add(row)
        await self._keys.make(trader.id)
        await self._write_sealed(trader)
        return trader

    async def get(self, trader_id: str) -> Trader | None:
        row = await self._transaction.first(TraderRow, id=trader_id)
        return None if row is None else await self._trader(row)

    async def set_language(self, trader_id: str, language: str) -> None:
        trader = await self.get(trader_id)
        if trader is not None:
            await self._write_sealed(Trader(trader.id, trader.telegram_id, language))

    async def set_reachable(self, trader_id: str, reachable: bool) -> None:
        state = _State.REACHABLE if reachable else _State.BLOCKED
        await self._transaction.update(TraderRow, {"state": state}, id=trader_id)

    async def forget(self, trader_id: str) -> None:
        await self._keys.delete_all_of(trader_id)
        bare = {"trader_id": None, "state": UpdateState.DONE, "body": None}
        await self._transaction.update(UpdateRow, bare, trader_id=trader_id)
        named = (JobRow.subject, JobRow.order_key, JobRow.dedup_key)
        his = or_(*(col(column).contains(trader_id) for column in named))
        await self._transaction.execute(delete(table_of(JobRow)).where(his))
        # Those that point at others first; a table with a trader's rows names him in this column.
        for table in reversed(Row.metadata.sorted_tables):
            if "trader_id" in table.c:
                await self._transaction.delete(table, trader_id=trader_id)
        await self._transaction.delete(TraderRow, id=trader_id)

    async def _trader(self, row: TraderRow) -> Trader:
        about = await self._fields.open_json(_place(row.id), row.revision, row.sealed)
        reachable = row.state == _State.REACHABLE
        return Trader(row.id, int(about["telegram_id"]), str(about["language"]), reachable, row.created_at)

    async def _write_sealed(self, trader: Trader) -> None:
        revision = fresh_revision()
        about = {"telegram_id": trader.telegram_id, "language": trader.language}
        sealed = await self._fields.seal_json(_place(trader.id), revision, about)
        values = {"revision": revision, "sealed": sealed}
        await self._transaction.update(TraderRow, values, id=trader.id)


def _place(trader_id: str) -> Place:
    return Place("trader", trader_id, trader_id, "sealed")
