"""Two lists cannot be read, so nothing may be called left over.

what                              figure
plan at 3Commas                   Pro
Binance                           answers 503 to the list of conditional futures orders, until the fault is taken back
3Commas                           answers 502 to the list of Simple Trading, likewise
trade 601 (spot, ETH)             failed 10 days ago: sell 0.4 ETH at 2,500 still stands
trade 602 (spot, SOL)             active: sell 2 SOL at 210
Binance futures                   works: 500 USDT, buy 0.004 BTC at 50,000 by hand
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.faults import Fault
from sandbox.stories.figures import REFUSED
from sandbox.stories.story import Story
from sandbox.stories.trading import alex, fail, limit, living_trade, settled

if TYPE_CHECKING:
    from sandbox.house import House

PAGE = "<html><head><title>Bad gateway</title></head><body></body></html>"
HTML = {"Content-Type": "text/html"}


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    account, _ = alex(house, {"ETH": "0.5", "SOL": "2", "USDT": "800"})
    living_trade(house, 601, "USDT_ETH", "0.4", "1900", [limit("2500")], now - timedelta(days=40), stop="1600")
    fail(house, 601, REFUSED, now - timedelta(days=10))
    living_trade(house, 602, "USDT_SOL", "2", "142", [limit("210")], now - timedelta(days=12), stop="120")
    house.binance.put_order(
        account.id,
        "BTCUSDT",
        "BUY",
        Decimal("0.004"),
        Decimal("50000"),
        market="usdm",
        placed=now - timedelta(days=3),
    )
    settled(house)


def hide_lists(house: "House") -> None:
    for service, path, status in (("binance", "/fapi/v1/openAlgoOrders", 503), ("three_commas", "/ver1/trades$", 502)):
        house.world.faults.arm(Fault(service, "status", path, status=status, body=PAGE, headers=HTML))


STORY = Story(
    "partly_unreadable",
    "Two lists cannot be read, so nothing may be called left over.",
    furnish,
    at_each_start=hide_lists,
)
