"""A right is not ticked: at the key that 3Commas uses for spot, and at any key of the bot that may not read futures.

what                         figure
plan at 3Commas              Pro
Binance spot                 balances load (1,800 USDT worth), but its key may only read
trade 141 (spot, ETH)        failed 4 days ago: "Not enough permissions for API keys"
Binance futures              works: 500 USDT
reading futures              needs Enable Futures at Binance, also for a key of the bot
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.exchanges.binance.state import Rights
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    failed_trade,
    key_for_3commas,
    row_spot,
    working_futures,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

NOT_ENOUGH = "Not enough permissions for API keys"
FAILED = timedelta(days=4)
"""Ago."""


def furnish(house: "House") -> None:
    begin(house, "pro")
    house.binance.state.switches.futures_read_needs_futures_right = True
    account = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, account, "3commas", rights=Rights(reading=True)))
    failed_trade(house, 141, NOT_ENOUGH, house.world.clock.now() - FAILED)
    working_futures(house, account)


STORY = Story("right_missing", "Balances load, yet trades are refused: a box was never ticked.", furnish)
