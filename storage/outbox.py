"""What waits to be said. Bodies are sealed, and blanked once they were sent or dropped."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import col

from domain.records import Json, Outgoing, OutgoingState
from storage.tables import OutgoingRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import WRITTEN_ONCE, SealedFields
from storage.vault.vault import Place

_WAITS = col(OutgoingRow.state) == OutgoingState.WAITING
_PLACE = func.coalesce(col(OutgoingRow.place), col(OutgoingRow.id))


class OutboxStore:
    """Implements `domain.records.Outbox`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def put(
        self, trader_id: str, body: Json, at: datetime, *, screen: str | None = None, origin: int | None = None
    ) -> int:
        overtaken = await self._waiting_for(trader_id, screen)
        nonce = secrets.token_hex(8)
        number = await self._transaction.add(
            OutgoingRow(
                trader_id=trader_id,
                nonce=nonce,
                place=None if overtaken is None else overtaken.place or overtaken.id,
                screen=screen,
                state=OutgoingState.WAITING,
                not_before=None if overtaken is None else overtaken.not_before,
                origin=origin,
                created_at=at,
                body=await self._fields.seal_json(_place(trader_id, nonce), WRITTEN_ONCE, body),
            )
        )
        assert number is not None
        if overtaken is not None:
            assert overtaken.id is not None
            await self.finish(overtaken.id, OutgoingState.DROPPED)
        return number

    async def get(self, outgoing_id: int) -> Outgoing | None:
        """None once it was sent or dropped."""
        row = await self._transaction.first(OutgoingRow, _WAITS, id=outgoing_id)
        return None if row is None else await self._outgoing(row)

    async def waiting(self, trader_id: str) -> Sequence[Outgoing]:
        rows = await self._transaction.all(OutgoingRow, _WAITS, order=(_PLACE,), trader_id=trader_id)
        return [await self._outgoing(row) for row in rows]

    async def traders_waiting(self) -> Sequence[str]:
        found = await self._transaction.execute(select(col(OutgoingRow.trader_id)).where(_WAITS).distinct())
        return list(found.scalars())

    async def finish(self, outgoing_id: int, state: OutgoingState) -> None:
        await self._transaction.update(OutgoingRow, {"state": state, "body": None}, id=outgoing_id)

    async def postpone(self, outgoing_id: int, until: datetime, *, count: bool = True) -> None:
        row = await self._transaction.first(OutgoingRow, _WAITS, id=outgoing_id)
        if row is not None:
            values = {"not_before": until, "attempts": row.attempts + int(count)}
            await self._transaction.update(OutgoingRow, values, id=outgoing_id)

    async def drop_for(self, trader_id: str) -> None:
        dropped = {"state": OutgoingState.DROPPED, "body": None}
        await self._transaction.update(OutgoingRow, dropped, _WAITS, trader_id=trader_id)

    async def prune(self, before: datetime) -> int:
        old = col(OutgoingRow.created_at) < before, col(OutgoingRow.state) != OutgoingState.WAITING
        return (await self._transaction.execute(delete(table_of(OutgoingRow)).where(*old))).rowcount

    async def _waiting_for(self, trader_id: str, screen: str | None) -> OutgoingRow | None:
        if screen is None:
            return None
        return await self._transaction.first(OutgoingRow, _WAITS, trader_id=trader_id, screen=screen)

    async def _outgoing(self, row: OutgoingRow) -> Outgoing:
        assert row.id is not None
        assert row.body is not None
        body = await self._fields.open_json(_place(row.trader_id, row.nonce), WRITTEN_ONCE, row.body)
        return Outgoing(row.id, row.trader_id, row.screen, body, row.attempts, row.not_before, row.origin)


def _place(trader_id: str, nonce: str) -> Place:
    return Place("outgoing", trader_id, nonce, "body")
