"""The figures that stories share: people, prices, ids, rights, and dates relative to now.

Prices give the sums that the stories name.
"""

from datetime import UTC, datetime
from decimal import Decimal

from sandbox.exchanges.binance.state import Rights
from sandbox.world import Person

ALEX = Person(id=700_001, first_name="Alex", username="alex_trades")
"""Comes back after a break; everything of the story is his."""
KIM = Person(id=700_002, first_name="Kim", username="kim_k")
"""Free plan at 3Commas, one dead key at Binance, no token: the commonest trader. Stands in every story."""

PRICES = {
    "ETH": Decimal("2000"),
    "SOL": Decimal("150"),
    "BTC": Decimal("63097.2"),  # 3.1 % above the entry of trade 119
    "BNB": Decimal("600"),
}

SPOT, FUTURES = 41, 42
"""Ids of Alex's rows in My Portfolio: Binance spot, Binance futures."""
SUB_SPOT, SUB_FUTURES = 43, 44
"""The same of his sub-account, where a story has one."""

TRADE_RIGHTS = Rights(reading=True, spot_and_margin_trading=True)
FUTURES_RIGHTS = Rights(reading=True, spot_and_margin_trading=True, futures=True)

REFUSED = "Invalid API-key, IP, or permissions for action. (-2015)"
"""What a trade shows when Binance refuses a key, an address or a right alike."""


def last(month: int, day: int, now: datetime, hour: int = 9, minute: int = 12) -> datetime:
    """That day of this year, or of last year if it is less than sixty days ago or still to come."""
    this_year = datetime(now.year, month, day, hour, minute, tzinfo=UTC)
    return this_year if (now - this_year).days >= 60 else this_year.replace(year=now.year - 1)
