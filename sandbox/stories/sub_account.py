"""The dead key belongs to a sub-account, which Fast Connect cannot reach.

what                         figure
plan at 3Commas              Pro
Binance spot                 works: 1,800 USDT worth
Savings spot (sub-account)   key deleted at Binance 25 days ago; 600 USDT; Fast Connect refuses
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, SUB_SPOT
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    exchange_account,
    key_for_3commas,
    lose_key,
    row,
    row_spot,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

LOST = timedelta(days=25)
"""Ago."""


def furnish(house: "House") -> None:
    lost = house.world.clock.now() - LOST
    begin(house, "pro")
    main = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, main, "3commas"))
    sub = exchange_account(house, ALEX.id, "Savings", {"USDT": Decimal("600")}, main=main)
    key = key_for_3commas(house, sub, "3commas")
    lose_key(house, key, lost)
    row(
        house,
        ALEX.id,
        "binance",
        "Savings spot",
        key,
        account_id=SUB_SPOT,
        seen=lost,
        dead=True,
        subaccount_name="savings",
    )


STORY = Story(
    "sub_account", "The account that does not work is a sub-account, and those are repaired by hand.", furnish
)
