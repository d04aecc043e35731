"""Only 3Commas is connected: it tells how much is locked, and more is locked than its own orders explain.

what                              figure
plan at 3Commas                   Pro
Binance spot, futures             work: 1,800 USDT worth and 500 USDT
trade 801 (spot, ETH)             active: sell 0.2 ETH at 2,600
deal 82 (spot, ETH)               active: buy 0.06 ETH at 1,750; its profit trails
trade 802 (spot, ETH)             failed 25 days ago: sell 0.3 ETH at 2,900 still stands
3Commas says                      0.5 ETH and 105 USDT are on orders; its living orders explain 0.2 ETH and 105 USDT
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import REFUSED, SPOT
from sandbox.stories.story import Story
from sandbox.stories.trading import alex, fail, limit, living_deal, living_trade, settled
from sandbox.three_commas.builders import deal

if TYPE_CHECKING:
    from sandbox.house import House


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    alex(house, {"ETH": "0.5", "USDT": "800"})
    living_trade(house, 801, "USDT_ETH", "0.2", "1900", [limit("2600")], now - timedelta(days=13), stop="1600")
    living_trade(house, 802, "USDT_ETH", "0.3", "2300", [limit("2900")], now - timedelta(days=90), stop="1700")
    fail(house, 802, REFUSED, now - timedelta(days=25))
    steady = deal(
        deal_id=82,
        bot_id=13,
        account_id=SPOT,
        pair="USDT_ETH",
        bought_amount=Decimal("0.05"),
        bought_average_price=Decimal("1950"),
        take_profit_percent=Decimal(5),
        take_profit_trails=True,
        created_at=now - timedelta(days=7),
        safety_orders=[(Decimal("1750"), Decimal("0.06"))],
    )
    living_deal(house, steady, "ETH dips")
    settled(house)


STORY = Story("no_key_of_the_bot", "Only 3Commas is connected, and more is locked than it explains.", furnish)
