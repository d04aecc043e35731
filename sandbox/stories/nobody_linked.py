"""A trader who never connects 3Commas: his orders can be seen with a key of the bot at Binance, their owners cannot.

what                              figure
plan at 3Commas                   Free: there is no API, so no token can be made to work
Binance spot, futures             work: 1,800 USDT worth and 500 USDT
trade 701 (spot, ETH)             active: sell 0.3 ETH at 2,600
by hand                           buy 0.1 ETH at 1,700
in all                            2 orders lock 770 USDT worth
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.story import Story
from sandbox.stories.trading import alex, by_hand, limit, living_trade, settled

if TYPE_CHECKING:
    from sandbox.house import House


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    account, _ = alex(house, {"ETH": "0.5", "USDT": "800"}, plan="free")
    living_trade(house, 701, "USDT_ETH", "0.3", "1900", [limit("2600")], now - timedelta(days=16), stop="1600")
    by_hand(house, account, "ETHUSDT", "buy", "0.1", "1700", now - timedelta(days=2))
    settled(house)


STORY = Story("nobody_linked", "Orders at Binance, and no way to ask 3Commas whose they are.", furnish)
