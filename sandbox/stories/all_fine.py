"""Nothing is wrong: both accounts work, one trade is open.

what                         figure
plan at 3Commas              Pro
Binance spot                 works: 0.5 ETH and 800 USDT      1,800 USDT worth
Binance futures              works: 500 USDT                    500 USDT
in all                                                        2,300 USDT worth
trade 150 (spot, ETH)        active: 0.5 ETH at 1,800, target 2,600, stop 1,600
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    key_for_3commas,
    open_trade,
    row_spot,
    working_futures,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House


def furnish(house: "House") -> None:
    begin(house, "pro")
    account = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, account, "3commas"))
    working_futures(house, account)
    open_trade(house, 150, house.world.clock.now() - timedelta(days=12))


STORY = Story("all_fine", "Nothing is wrong; a good day to find out that one's keys work.", furnish)
