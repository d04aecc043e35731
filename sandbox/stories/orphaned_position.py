"""Three futures positions: one that nobody manages, one of a living SmartTrade, one opened by hand with a stop of its own.

what                              figure
plan at 3Commas                   Pro
Binance spot, futures             work: 1,800 USDT worth and a margin of 2,500 USDT; one-way mode
BTC long 0.05 at 61,200, 5x       isolated, +3.1 %; trade 401 failed 9 days ago: its stop was refused; no order on it
ETH short 0.6 at 2,150, 10x       cross; trade 402, active: buy 0.6 at 1,700, stop 2,300 watched by 3Commas
SOL long 10 at 145, 3x            cross, opened by hand: stop at 130 and profit at 190 for the whole position
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import FUTURES
from sandbox.stories.story import Story
from sandbox.stories.trading import alex, fail, limit, living_trade, settled
from sandbox.three_commas.state import Leverage, Target

if TYPE_CHECKING:
    from sandbox.house import House

STOP_REFUSED = "Order would immediately trigger. (-2021)"


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    began = now - timedelta(days=21)
    account, _ = alex(house, {"ETH": "0.5", "USDT": "800"}, "2500")
    binance = house.binance
    binance.put_position(
        account.id, "BTCUSDT", Decimal("0.05"), Decimal("61200"), leverage=5, isolated=True, updated=began
    )
    binance.put_position(account.id, "ETHUSDT", Decimal("-0.6"), Decimal("2150"), leverage=10, updated=began)
    binance.put_position(account.id, "SOLUSDT", Decimal("10"), Decimal("145"), leverage=3, updated=began)
    for kind, trigger in (("STOP_MARKET", "130"), ("TAKE_PROFIT_MARKET", "190")):
        binance.put_order(
            account.id,
            "SOLUSDT",
            "SELL",
            Decimal(0),
            Decimal(0),
            market="usdm",
            type=kind,
            stop_price=Decimal(trigger),
            close_position=True,
            placed=began,
        )
    living_trade(
        house,
        401,
        "USDT_BTCUSDT",
        "0.05",
        "61200",
        [Target(price=Decimal("67000"), order_type="market")],
        began,
        stop="59400",
        account_id=FUTURES,
        leverage=Leverage(kind="isolated", value=Decimal(5)),
    )
    fail(house, 401, STOP_REFUSED, now - timedelta(days=9))
    living_trade(
        house,
        402,
        "USDT_ETHUSDT",
        "0.6",
        "2150",
        [limit("1700")],
        began,
        stop="2300",
        side="sell",
        account_id=FUTURES,
        leverage=Leverage(kind="cross", value=Decimal(10)),
    )
    settled(house)


STORY = Story("orphaned_position", "Three futures positions, and nobody looks after one of them.", furnish)
