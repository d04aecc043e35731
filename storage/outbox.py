"""What waits to be said. Bodies are sealed, and blanked once they were sent or dropped."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from domain.records import Json, Outgoing, OutgoingState
from storage.tables import OutgoingRow
from storage.transaction import Transaction
from storage.vault.data_keys import WRITTEN_ONCE, SealedFields
from storage.vault.vault import Place

_WAITS = col(OutgoingRow.state) == OutgoingState.WAITING


class OutboxStore:
    """Implements `domain.records.Outbox`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def put(
        self, trader_id: str, body: Json, at: datetime, *, screen: str | None = None, origin: int | None = None
    ) -> int:
        overtaken = await self._waiting_for(trader_id, screen) if screen is not None else None
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
            await self._blank(OutgoingState.DROPPED, col(OutgoingRow.id) == overtaken.id)
        return number

    async def get(self, outgoing_id: int) -> Outgoing | None:
        """None once it was sent or dropped."""
        row = await self._transaction.first(OutgoingRow, col(OutgoingRow.id) == outgoing_id, _WAITS)
        return None if row is None else await self._outgoing(row)

    async def waiting(self, trader_id: str) -> Sequence[Outgoing]:
        rows = await self._transaction.all(
            OutgoingRow,
            _WAITS,
            col(OutgoingRow.trader_id) == trader_id,
            order=(func.coalesce(col(OutgoingRow.place), col(OutgoingRow.id)),),
        )
        return [await self._outgoing(row) for row in rows]

    async def traders_waiting(self) -> Sequence[str]:
        found = await self._transaction.execute(select(col(OutgoingRow.trader_id)).where(_WAITS).distinct())
        return list(found.scalars())

    async def finish(self, outgoing_id: int, state: OutgoingState) -> None:
        await self._blank(state, col(OutgoingRow.id) == outgoing_id)

    async def postpone(self, outgoing_id: int, until: datetime, *, count: bool = True) -> None:
        await self._transaction.update(
            OutgoingRow,
            col(OutgoingRow.id) == outgoing_id,
            values={"not_before": until, "attempts": col(OutgoingRow.attempts) + int(count)},
        )

    async def drop_for(self, trader_id: str) -> None:
        await self._blank(OutgoingState.DROPPED, _WAITS, col(OutgoingRow.trader_id) == trader_id)

    async def _waiting_for(self, trader_id: str, screen: str) -> OutgoingRow | None:
        return await self._transaction.first(
            OutgoingRow, _WAITS, col(OutgoingRow.trader_id) == trader_id, col(OutgoingRow.screen) == screen
        )

    async def _blank(self, state: OutgoingState, *where: Any) -> None:
        await self._transaction.update(OutgoingRow, *where, values={"state": state, "body": None})

    async def _outgoing(self, row: OutgoingRow) -> Outgoing:
        assert row.id is not None
        assert row.body is not None
        body = await self._fields.open_json(_place(row.trader_id, row.nonce), WRITTEN_ONCE, row.body)
        return Outgoing(row.id, row.trader_id, row.screen, body, row.attempts, row.not_before, row.origin)


def _place(trader_id: str, nonce: str) -> Place:
    return Place("outgoing", trader_id, nonce, "body")
