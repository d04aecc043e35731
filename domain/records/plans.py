"""What trades were to do, as they were last seen alive."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.records.json_object import Json


@dataclass(frozen=True, slots=True)
class TradePlan:
    """What a SmartTrade was to do, as seen while it lived; 3Commas forgets it when the trade fails."""

    trader_id: str
    trade_id: int
    seen_at: datetime
    plan: Json = field(repr=False)


class TradePlans(Protocol):
    async def put(self, plan: TradePlan) -> None:
        """The newest version per trade is kept."""
        ...

    async def get(self, trader_id: str, trade_id: int) -> TradePlan | None: ...
