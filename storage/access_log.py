"""Every use of a credential, sealed (L6); what /keys shows."""

import secrets
from collections.abc import Sequence

from sqlmodel import col

from domain.records import Use
from storage.tables import KeyRow, KeyUseRow
from storage.transaction import Transaction
from storage.vault.data_keys import WRITTEN_ONCE, SealedFields
from storage.vault.vault import Place

_NEWEST = col(KeyUseRow.id).desc()


class AccessLogStore:
    """Implements `domain.records.AccessLog`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def add(self, trader_id: str, use: Use) -> None:
        """Also moves the key's `last_used_at`."""
        nonce = secrets.token_hex(8)
        about = {"purpose": use.purpose, "trigger": use.trigger, "result": use.result}
        sealed = await self._fields.seal_json(_place(trader_id, use.key_id, nonce), WRITTEN_ONCE, about)
        await self._transaction.add(
            KeyUseRow(trader_id=trader_id, key_id=use.key_id, nonce=nonce, at=use.at, about=sealed)
        )
        await self._transaction.update(KeyRow, {"last_used_at": use.at}, id=use.key_id)

    async def of(self, key_id: str, limit: int = 20) -> Sequence[Use]:
        rows = await self._transaction.all(KeyUseRow, order=(_NEWEST,), limit=limit, key_id=key_id)
        return [await self._use(row) for row in rows]

    async def _use(self, row: KeyUseRow) -> Use:
        place = _place(row.trader_id, row.key_id, row.nonce)
        about = await self._fields.open_json(place, WRITTEN_ONCE, row.about)
        return Use(row.key_id, row.at, about["purpose"], about["trigger"], about["result"])


def _place(trader_id: str, key_id: str, nonce: str) -> Place:
    return Place("key use", trader_id, f"{key_id}/{nonce}", "about")
