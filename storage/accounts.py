"""Exchange accounts, and which keys read them."""

from collections.abc import Sequence

from domain.records import AccountLink, ExchangeAccount
from domain.values import MarketType
from storage.database import insert_new
from storage.tables import AccountKeyRow, AccountRow
from storage.transaction import Transaction, table_of
from storage.vault.data_keys import SealedFields, fresh_revision
from storage.vault.vault import Place


class AccountStore:
    """Implements `domain.records.ExchangeAccounts`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def list(self, trader_id: str) -> Sequence[ExchangeAccount]:
        rows = await self._transaction.all(AccountRow, order=("created_at", "id"), trader_id=trader_id)
        return [await self._account(row) for row in rows]

    async def get(self, account_id: str) -> ExchangeAccount | None:
        row = await self._row(account_id)
        return None if row is None else await self._account(row)

    async def put(self, account: ExchangeAccount) -> None:
        revision = fresh_revision()
        about = {
            "name": account.name,
            "is_sub": account.is_sub,
            "three_commas_id": account.link.three_commas_id if account.link else None,
            "apart_from": list(account.apart_from),
        }
        await self._transaction.put(
            AccountRow(
                id=account.id,
                trader_id=account.trader_id,
                venue=account.venue,
                market_type=account.market_type,
                market_code=account.market_code,
                token_id=account.link.token_id if account.link else None,
                created_at=account.created_at,
                revision=revision,
                about=await self._fields.seal_json(_place(account.trader_id, account.id), revision, about),
            )
        )

    async def remove(self, account_id: str) -> None:
        await self._transaction.delete(AccountKeyRow, account_id=account_id)
        await self._transaction.delete(AccountRow, id=account_id)

    async def keys_of(self, account_id: str) -> Sequence[str]:
        rows = await self._transaction.all(AccountKeyRow, order=("key_id",), account_id=account_id)
        return [row.key_id for row in rows]

    async def accounts_of(self, key_id: str) -> Sequence[str]:
        rows = await self._transaction.all(AccountKeyRow, order=("account_id",), key_id=key_id)
        return [row.account_id for row in rows]

    async def attach(self, account_id: str, key_id: str) -> None:
        row = await self._row(account_id)
        if row is not None:
            values = {"account_id": account_id, "key_id": key_id, "trader_id": row.trader_id}
            await self._transaction.execute(insert_new(table_of(AccountKeyRow), values))

    async def detach(self, account_id: str, key_id: str) -> None:
        await self._transaction.delete(AccountKeyRow, account_id=account_id, key_id=key_id)

    async def _row(self, account_id: str) -> AccountRow | None:
        return await self._transaction.first(AccountRow, id=account_id)

    async def _account(self, row: AccountRow) -> ExchangeAccount:
        about = await self._fields.open_json(_place(row.trader_id, row.id), row.revision, row.about)
        return ExchangeAccount(
            id=row.id,
            trader_id=row.trader_id,
            venue=row.venue,
            market_type=MarketType(row.market_type),
            name=about["name"],
            market_code=row.market_code,
            is_sub=about["is_sub"],
            link=AccountLink(row.token_id, about["three_commas_id"]) if row.token_id else None,
            created_at=row.created_at,
            apart_from=tuple(about["apart_from"]),
        )


def _place(trader_id: str, account_id: str) -> Place:
    return Place("account", trader_id, account_id, "about")
