"""Grid bots: lines of a grid, each an order at the venue, and the orders that balanced the coins at the start."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

ZERO = Decimal(0)


class GridOrder(BaseModel):
    """One row of `market_orders`. `venue_order` is the exchange's own id, which no answer tells."""

    order_type: Literal["BUY", "SELL"]
    quantity: Decimal
    rate: Decimal
    status: Literal["Active", "Filled", "Cancelled"] = "Active"
    remaining: Decimal = ZERO
    created_at: datetime
    updated_at: datetime
    id: int = 0
    venue_order: int | None = None


class GridBot(BaseModel):
    """`step` is the distance of two lines: a filled line is answered by an order one step on the other side."""

    id: int
    name: str
    account_id: int
    pair: str
    step: Decimal
    is_enabled: bool = True
    lines: list[GridOrder] = Field(default_factory=list)
    balancing: list[GridOrder] = Field(default_factory=list)
    created_at: datetime
    updated_at: datetime
