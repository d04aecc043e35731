"""More than half of the money is locked, for four different reasons.

what                              figure
plan at 3Commas                   Pro
Binance spot                      1 ETH, 10 SOL, 2,000 USDT: 5,500 USDT worth, of which 3,300 are locked
trade 501 (spot, ETH)             active: sell 0.5 ETH at 2,500                                     locks 1,000 USDT worth
trade 502 (spot, SOL)             failed 30 days ago: sell 4 SOL at 200                             left over, locks 600 USDT worth
by hand                           sell 6 SOL at 180, or at 119 from 120 on (one list)               locks 900 USDT worth, once
by hand                           buy 0.5 ETH at 1,600                                              locks 800 USDT
Binance futures                   1,000 USDT: 0.02 BTC long at 62,000 with 10x and buy 0.01 BTC at 55,000 take margin
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import REFUSED
from sandbox.stories.story import Story
from sandbox.stories.trading import alex, by_hand, fail, limit, living_trade, settled

if TYPE_CHECKING:
    from sandbox.house import House

OCO = 815_001
"""Id of the order list."""


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    account, _ = alex(house, {"ETH": "1", "SOL": "10", "USDT": "2000"}, "1000")
    binance = house.binance
    living_trade(house, 501, "USDT_ETH", "0.5", "1850", [limit("2500")], now - timedelta(days=18), stop="1600")
    living_trade(house, 502, "USDT_SOL", "4", "120", [limit("200")], now - timedelta(days=75), stop="100")
    fail(house, 502, REFUSED, now - timedelta(days=30))
    by_hand(house, account, "ETHUSDT", "buy", "0.5", "1600", now - timedelta(days=11))
    six, placed = Decimal("6"), now - timedelta(days=4)
    binance.put_order(
        account.id, "SOLUSDT", "SELL", six, Decimal("180"), type="LIMIT_MAKER", order_list_id=OCO, placed=placed
    )
    binance.put_order(
        account.id,
        "SOLUSDT",
        "SELL",
        six,
        Decimal("119"),
        type="STOP_LOSS_LIMIT",
        stop_price=Decimal("120"),
        order_list_id=OCO,
        placed=placed,
    )
    binance.put_position(account.id, "BTCUSDT", Decimal("0.02"), Decimal("62000"), leverage=10, updated=placed)
    binance.put_order(account.id, "BTCUSDT", "BUY", Decimal("0.01"), Decimal("55000"), market="usdm", placed=placed)
    settled(house)


STORY = Story("locked_funds", "More than half of the money is locked, for four different reasons.", furnish)
