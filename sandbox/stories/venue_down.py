"""Binance is down for everybody: nothing is known, and nothing must be called broken.

what                         figure
plan at 3Commas              Pro
Binance                      answers 503 to everybody, 3Commas included, until the fault is taken back (DELETE /control/faults)
Binance spot, futures        keys are right; last loaded yesterday: 1,800 USDT worth and 500 USDT
trade 170 (spot, ETH)        active: 0.5 ETH at 1,800, target 2,600, stop 1,600
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.faults import Fault
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

BODY = "<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>"


def furnish(house: "House") -> None:
    begin(house, "pro")
    account = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, account, "3commas"))
    working_futures(house, account)
    open_trade(house, 170, house.world.clock.now() - timedelta(days=12))


def go_down(house: "House") -> None:
    headers = {"Content-Type": "text/html"}
    house.world.faults.arm(Fault("binance", "status", status=503, body=BODY, headers=headers))


STORY = Story("venue_down", "Binance answers nobody for the time being.", furnish, at_each_start=go_down)
