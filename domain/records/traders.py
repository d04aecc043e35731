"""Who talks to the bot."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Trader:
    """Somebody who talks to the bot. `id` is ours and random; `telegram_id` is kept as HMAC and sealed only."""

    id: str
    telegram_id: int = field(repr=False)
    language: str = "en"
    reachable: bool = True
    """False after the trader blocked the bot."""
    created_at: datetime | None = None


class Traders(Protocol):
    async def by_telegram_id(self, telegram_id: int) -> Trader | None: ...
    async def meet(self, telegram_id: int, language: str, at: datetime) -> Trader:
        """The trader with this Telegram id; made, with a data key of his own, at first contact."""
        ...

    async def get(self, trader_id: str) -> Trader | None: ...
    async def set_language(self, trader_id: str, language: str) -> None: ...
    async def set_reachable(self, trader_id: str, reachable: bool) -> None: ...
    async def forget(self, trader_id: str) -> None:
        """Delete the data keys first, then every row of the trader; bare update ids stay (K8, L4)."""
        ...
