"""The bot has no address that stays, so no key can be bound to it.

what                         figure
plan at 3Commas              Pro
EGRESS_IPS                   unset; each request comes from another of five addresses (203.0.113.20, .21, ...)
Binance spot                 key deleted at Binance 50 days ago; 1,800 USDT worth
Binance futures              works: 500 USDT
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.furnishing import alex_at_binance, begin, key_for_3commas, lose_key, row_spot, working_futures
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

CALLERS = tuple(f"203.0.113.{last}" for last in range(20, 25))
LOST = timedelta(days=50)
"""Ago."""


def furnish(house: "House") -> None:
    lost = house.world.clock.now() - LOST
    begin(house, "pro")
    house.world.state.egress_ips = []
    account = alex_at_binance(house)
    key = key_for_3commas(house, account, "3commas")
    lose_key(house, key, lost)
    row_spot(house, key, seen=lost, dead=True)
    working_futures(house, account)


STORY = Story(
    "no_fixed_address", "The bot calls from changing addresses and can name none of them.", furnish, callers=CALLERS
)
