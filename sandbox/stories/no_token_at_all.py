"""Free plan: no token, no API. All that is there is an error message and two pages to look at.

what                         figure
plan at 3Commas              Free (the API refuses)
Binance spot                 key deleted at Binance 90 days ago; 1,800 USDT worth
trade 181 (spot, ETH)        failed 90 days ago: "Invalid API-key, IP, or permissions for action. (-2015)"
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.figures import REFUSED
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    failed_trade,
    key_for_3commas,
    lose_key,
    row_spot,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

LOST = timedelta(days=90)
"""Ago."""


def furnish(house: "House") -> None:
    lost = house.world.clock.now() - LOST
    begin(house, "free")
    key = key_for_3commas(house, alex_at_binance(house), "3commas")
    lose_key(house, key, lost)
    row_spot(house, key, seen=lost, dead=True)
    failed_trade(house, 181, REFUSED, lost)


STORY = Story(
    "no_token_at_all", "A free plan, a dead key, and an error message that says three things at once.", furnish
)
