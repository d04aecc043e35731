"""A plan that lets five requests a minute through, and four accounts to look at.

what                         figure
plan at 3Commas              Starter: five requests a minute
Binance spot, futures        work: 1,800 USDT worth and 500 USDT
Savings spot (sub-account)   key deleted at Binance 30 days ago; 600 USDT
Savings futures (sub)        works: 200 USDT
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, FUTURES_RIGHTS, SUB_FUTURES, SUB_SPOT
from sandbox.stories.furnishing import (
    alex_at_binance,
    begin,
    exchange_account,
    key_for_3commas,
    lose_key,
    row,
    row_spot,
    working_futures,
)
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

LOST = timedelta(days=30)
"""Ago."""
SUB = "savings"


def furnish(house: "House") -> None:
    lost = house.world.clock.now() - LOST
    begin(house, "starter")
    main = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, main, "3commas"))
    working_futures(house, main)
    sub = exchange_account(house, ALEX.id, "Savings", {"USDT": Decimal("600")}, Decimal("200"), main=main)
    gone = key_for_3commas(house, sub, "3commas")
    lose_key(house, gone, lost)
    row(house, ALEX.id, "binance", "Savings spot", gone, account_id=SUB_SPOT, seen=lost, dead=True, subaccount_name=SUB)
    key = key_for_3commas(house, sub, "3commas futures", rights=FUTURES_RIGHTS)
    row(house, ALEX.id, "binance_futures", "Savings futures", key, account_id=SUB_FUTURES, subaccount_name=SUB)


STORY = Story("starter_plan", "Four accounts, and a plan that answers five requests a minute.", furnish)
