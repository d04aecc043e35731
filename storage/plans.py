"""Plans of trades as they were last seen alive."""

from domain.records import TradePlan
from storage.tables import TradePlanRow
from storage.transaction import Transaction
from storage.vault.data_keys import SealedFields, fresh_revision
from storage.vault.vault import Place


class TradePlanStore:
    """Implements `domain.records.TradePlans`."""

    def __init__(self, transaction: Transaction, fields: SealedFields) -> None:
        self._transaction = transaction
        self._fields = fields

    async def put(self, plan: TradePlan) -> None:
        """One that was seen earlier than what is kept changes nothing."""
        known = await self._row(plan.trader_id, plan.trade_id)
        if known is not None and known.seen_at > plan.seen_at:
            return
        revision = fresh_revision()
        sealed = await self._fields.seal_json(_place(plan.trader_id, plan.trade_id), revision, plan.plan)
        await self._transaction.put(
            TradePlanRow(
                trader_id=plan.trader_id, trade_id=plan.trade_id, seen_at=plan.seen_at, revision=revision, plan=sealed
            )
        )

    async def get(self, trader_id: str, trade_id: int) -> TradePlan | None:
        row = await self._row(trader_id, trade_id)
        if row is None:
            return None
        plan = await self._fields.open_json(_place(trader_id, trade_id), row.revision, row.plan)
        return TradePlan(trader_id, trade_id, row.seen_at, plan)

    async def _row(self, trader_id: str, trade_id: int) -> TradePlanRow | None:
        return await self._transaction.first(TradePlanRow, trader_id=trader_id, trade_id=trade_id)


def _place(trader_id: str, trade_id: int) -> Place:
    return Place("trade plan", trader_id, str(trade_id), "plan")
