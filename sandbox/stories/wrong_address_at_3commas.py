"""3Commas got new addresses, the key at Binance still lists the old ones.

what                         figure
plan at 3Commas              Pro
Binance spot                 refused for 15 days: its key lists 24 of the 30 addresses; 1,800 USDT worth
trade 161 (spot, ETH)        failed 15 days ago: "Invalid API-key, IP, or permissions for action. (-2015)"
trade 162 (spot, ETH)        active, stands still: 0.5 ETH at 1,800, target 2,600, stop 1,600
Binance futures              works: 500 USDT
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, REFUSED, SPOT
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    failed_trade,
    key_for_3commas,
    open_trade,
    row_spot,
    stand_still,
    working_futures,
)
from sandbox.stories.story import Story
from sandbox.three_commas.markets import BINANCE_ADDRESSES

if TYPE_CHECKING:
    from sandbox.house import House

OLD_ADDRESSES = BINANCE_ADDRESSES[:24]
REFUSED_SINCE = timedelta(days=15)
"""Ago."""


def furnish(house: "House") -> None:
    refused = house.world.clock.now() - REFUSED_SINCE
    begin(house, "pro")
    account = alex_at_binance(house)
    key = key_for_3commas(house, account, "3commas", addresses=OLD_ADDRESSES)
    row_spot(house, key, seen=refused, dead=True)
    failed_trade(house, 161, REFUSED, refused)
    open_trade(house, 162, refused - timedelta(days=20))
    stand_still(house, ALEX.id, SPOT)
    working_futures(house, account)


STORY = Story(
    "wrong_address_at_3commas", "3Commas calls from new addresses; the key at Binance lists old ones.", furnish
)
