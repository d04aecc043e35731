"""Away since last winter: the key of the spot account is gone, its trades stand still, three orders lock money.

what                         figure
plan at 3Commas              Pro (the API reads, it does not write)
Binance spot                 key deleted at Binance; first trade that failed because of it: 3 March
Binance futures              key works
trade 118 (spot, ETH)        failed on 3 March; its order sell 0.4 ETH at 4,100 still stands      locks   800 USDT worth
trade 121 (spot, SOL)        active; take profit sell 2 SOL at 210                                 locks   300 USDT worth
deal 77 (spot, BNB)          in error; safety order buy 0.42 BNB at 500; its profit trails          locks   210 USDT
in all                                                                                             locks 1,310 USDT worth
trade 119 (futures, BTC)     failed: its stop was refused; 0.05 BTC long at 61,200 still open, +3.1 %
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, FUTURES, FUTURES_RIGHTS, REFUSED, SPOT, last
from sandbox.stories.furnishing import (
    begin,
    exchange_account,
    key_for_3commas,
    lose_key,
    row_futures,
    row_spot,
)
from sandbox.stories.story import Story
from sandbox.stories.trading import A_MOMENT, back_at, fail, last_contact, limit, living_trade
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.state import Bot, Leverage, Stop

if TYPE_CHECKING:
    from sandbox.house import House

STOP_REFUSED = "Order would immediately trigger. (-2021)"
SPOT_WALLET = {"ETH": Decimal("0.4"), "SOL": Decimal("2"), "BNB": Decimal("0.84"), "USDT": Decimal("1210.55")}
MARGIN = Decimal("1450")
AWAY_SINCE = timedelta(days=40)
"""Before the key failed."""


def furnish(house: "House") -> None:
    march = last(3, 3, house.world.clock.now())
    begin(house, "pro")
    account = exchange_account(house, ALEX.id, "Alex", SPOT_WALLET, MARGIN)
    old = key_for_3commas(house, account, "3commas", age=timedelta(days=900))
    row_spot(house, old)
    row_futures(house, key_for_3commas(house, account, "3commas futures", rights=FUTURES_RIGHTS))
    house.binance.put_position(
        account.id, "BTCUSDT", Decimal("0.05"), Decimal("61200"), leverage=5, isolated=True, updated=march
    )
    trade_on_spot(house, march)
    trade_on_futures(house, march)
    lose_key(house, old, march - timedelta(hours=2))
    fail(house, 118, REFUSED, march)
    last_contact(house, SPOT, march, dead=True)
    last_contact(house, FUTURES, house.world.clock.now() - timedelta(days=1))


def trade_on_spot(house: "House", march: datetime) -> None:
    """Two SmartTrades and a deal, each with an order at Binance."""
    winter = march - AWAY_SINCE
    living_trade(house, 118, "USDT_ETH", "0.4", "3350", [limit("4100")], winter, stop="2900")
    house.three_commas.add_bot(
        ALEX.id,
        Bot(id=9, name="BNB steady", account_id=SPOT, pairs=["USDT_BNB"], created_at=winter, updated_at=march),
    )
    started = march - timedelta(days=9)
    with back_at(house, started + A_MOMENT):
        house.three_commas.open_deal(
            ALEX.id,
            deal(
                deal_id=77,
                bot_id=9,
                account_id=SPOT,
                pair="USDT_BNB",
                bought_amount=Decimal("0.84"),
                bought_average_price=Decimal("560"),
                take_profit_percent=Decimal(3),
                take_profit_trails=True,
                created_at=started,
                safety_orders=[(Decimal("500"), Decimal("0.42"))],
            ),
        )
    living_trade(house, 121, "USDT_SOL", "2", "142", [limit("210")], march - timedelta(days=5), stop="120")


def trade_on_futures(house: "House", march: datetime) -> None:
    """A SmartTrade that failed when its stop was refused; its position is still open."""
    house.three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=119,
            account_id=FUTURES,
            pair="USDT_BTCUSDT",
            units=Decimal("0.05"),
            entry=Decimal("61200"),
            created_at=march - AWAY_SINCE + timedelta(days=6),
            status="failed",
            targets=[limit("67000")],
            stop=Stop(trigger=Decimal("59400")),
            leverage=Leverage(kind="isolated", value=Decimal(5)),
            error=STOP_REFUSED,
            closed_at=march + timedelta(days=1),
        ),
    )


STORY = Story(
    "returning_trader",
    "Away since last winter; the key of one account is gone, and money is locked in old orders.",
    furnish,
)
