"""Repairs that somebody is at, and that are watched for a change."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col

from domain.findings import Subject, SubjectKind
from domain.records import Repair, RepairState
from storage.tables import RepairRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import SealedFields, fresh_revision
from storage.vault.vault import Place


class RepairStore:
    """Implements `domain.records.Repairs`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def put(self, repair: Repair) -> None:
        await self._transaction.put(await self._row(repair))

    async def get(self, repair_id: str) -> Repair | None:
        row = await self._transaction.first(RepairRow, id=repair_id)
        return None if row is None else await self._repair(row)

    async def watching(self, trader_id: str) -> Sequence[Repair]:
        return await self._in(RepairState.WATCHING, trader_id)

    async def noticed(self, trader_id: str) -> Sequence[Repair]:
        return await self._in(RepairState.NOTICED, trader_id)

    async def move(self, repair_id: str, expected: RepairState, repair: Repair) -> bool:
        row = dict(await self._row(repair))
        moved = await self._transaction.update(RepairRow, row, id=repair_id, trader_id=repair.trader_id, state=expected)
        return moved == 1

    async def prune(self, before: datetime) -> int:
        old = col(RepairRow.began_at) < before
        return (await self._transaction.execute(delete(table_of(RepairRow)).where(old))).rowcount

    async def _in(self, state: RepairState, trader_id: str) -> Sequence[Repair]:
        rows = await self._transaction.all(RepairRow, order=("began_at", "id"), trader_id=trader_id, state=state)
        return [await self._repair(row) for row in rows]

    async def _row(self, repair: Repair) -> RepairRow:
        revision = fresh_revision()
        return RepairRow(
            id=repair.id,
            trader_id=repair.trader_id,
            subject_kind=repair.subject.kind,
            subject_id=repair.subject.id,
            state=repair.state,
            began_at=repair.began_at,
            ended_at=repair.ended_at,
            revision=revision,
            memory=await self._fields.seal_json(_place(repair.trader_id, repair.id), revision, repair.memory),
        )

    async def _repair(self, row: RepairRow) -> Repair:
        return Repair(
            id=row.id,
            trader_id=row.trader_id,
            subject=Subject(SubjectKind(row.subject_kind), row.subject_id),
            state=RepairState(row.state),
            began_at=row.began_at,
            memory=await self._fields.open_json(_place(row.trader_id, row.id), row.revision, row.memory),
            ended_at=row.ended_at,
        )


def _place(trader_id: str, repair_id: str) -> Place:
    return Place("repair", trader_id, repair_id, "memory")
