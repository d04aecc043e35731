"""Simple Trading: single orders of the terminal. One that somebody else cancels at the exchange is placed again."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel


class SimpleTrade(BaseModel):
    """A limit order. `venue_order` is the exchange's own id, which no answer tells."""

    uuid: str
    account_id: int
    pair: str
    side: Literal["buy", "sell"]
    units: Decimal
    price: Decimal
    reduce_only: bool = False
    status: str = "order_placed"
    error: str | None = None
    filled: Decimal = Decimal(0)
    created_at: datetime
    closed_at: datetime | None = None
    venue_order: int | None = None
