"""3Commas works; a key for the bot is bound to an address from which the bot does not call.

what                         figure
plan at 3Commas              Pro
Binance spot, futures        work: 1,800 USDT worth and 500 USDT
key "Reconnect" at Binance   reading only, key and secret, bound to 198.51.100.77
the bot calls from           203.0.113.7, and is told so in EGRESS_IPS

Lived through by hand: make a key for the bot at the desk and give it that address alone.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.exchanges.binance.state import Rights
from sandbox.stories.furnishing import alex_at_binance, begin, key_for_3commas, row_spot, working_futures
from sandbox.stories.story import Story

if TYPE_CHECKING:
    from sandbox.house import House

ELSEWHERE = "198.51.100.77"
LABEL = "Reconnect"


def furnish(house: "House") -> None:
    begin(house, "pro")
    account = alex_at_binance(house)
    row_spot(house, key_for_3commas(house, account, "3commas"))
    working_futures(house, account)
    made = house.world.clock.now() - timedelta(days=200)
    house.binance.create_hmac_key(account.id, LABEL, rights=Rights(reading=True), ips=[ELSEWHERE], created=made)


STORY = Story(
    "wrong_address_only_for_the_bot",
    "3Commas works; the bot's own key is bound to an address that the bot does not have.",
    furnish,
)
