"""3Commas' key for spot is past its date, and the one for futures comes close to it.

what                         figure
plan at 3Commas              Pro
Binance spot                 "expired": the key had no address list and Binance removed it 21 days ago; 1,800 USDT worth
Binance futures              "expire_soon": balances load; trading lapses in 9 days; 500 USDT
trade 131 (spot, ETH)        active, stands still: 0.5 ETH at 1,800, target 2,600, stop 1,600
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, SPOT
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    lose_key,
    open_trade,
    row_futures,
    row_spot,
    stand_still,
    unbound_key_for_3commas,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

EXPIRED = timedelta(days=21)
"""Ago."""
LAPSES_IN = timedelta(days=9)


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    begin(house, "pro")
    account = alex_at_binance(house)
    old = unbound_key_for_3commas(house, account, "3commas", trading_until=now - EXPIRED)
    lose_key(house, old, now - EXPIRED)
    row_spot(house, old, seen=now - EXPIRED, dead=True)
    open_trade(house, 131, now - timedelta(days=60))
    stand_still(house, ALEX.id, SPOT)
    lapsing = unbound_key_for_3commas(house, account, "3commas futures", trading_until=now + LAPSES_IN)
    row_futures(house, lapsing, state="expire_soon")


STORY = Story("expired_key", "One key at 3Commas is past its date, another one will be in nine days.", furnish)
