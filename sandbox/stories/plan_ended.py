"""The subscription ran out: the token is right, the plan does not let it look. One key is dead as well.

what                         figure
plan at 3Commas              Pro, ended
Binance spot                 key deleted at Binance 40 days ago; 1,800 USDT worth
Binance futures              works: 500 USDT
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.furnishing import alex_at_binance, begin, key_for_3commas, lose_key, row_spot, working_futures
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

LOST = timedelta(days=40)
"""Ago."""


def furnish(house: "House") -> None:
    lost = house.world.clock.now() - LOST
    begin(house, "pro", ended=True)
    account = alex_at_binance(house)
    key = key_for_3commas(house, account, "3commas")
    lose_key(house, key, lost)
    row_spot(house, key, seen=lost, dead=True)
    working_futures(house, account)


STORY = Story("plan_ended", "The plan at 3Commas ran out, so the API answers nothing.", furnish)
