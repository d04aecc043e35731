"""Binance's clock and the bot's do not agree: signed requests are refused for their time at first.

what                         figure
plan at 3Commas              Pro
clock of Binance             20 s ahead of everybody else's
Binance spot, futures        work: 1,800 USDT worth and 500 USDT
"""

from typing import TYPE_CHECKING

from sandbox.stories.furnishing import alex_at_binance, begin, key_for_3commas, row_spot, working_futures
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

AHEAD_MS = 20_000


def furnish(house: "House") -> None:
    begin(house, "pro")
    house.binance.state.clock_offset_ms = AHEAD_MS
    account = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, account, "3commas"))
    working_futures(house, account)


STORY = Story("clock_off", "Everything is right but the time: Binance's clock is 20 seconds ahead.", furnish)
