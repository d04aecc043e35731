"""Away since last winter: the key of the spot account is gone, its trades stand still, three orders lock money.

what                         figure
plan at 3Commas              Pro (the API reads, it does not write)
Binance spot                 key deleted at Binance; first trade that failed because of it: 3 March
Binance futures              key works
trade 118 (spot, ETH)        failed on 3 March; its order sell 0.4 ETH at 4,100 still stands      locks   800 USDT worth
trade 121 (spot, SOL)        active; take profit sell 2 SOL at 210                                 locks   300 USDT worth
deal 77 (spot, BNB)          in error; safety order buy 0.42 BNB at 500                            locks   210 USDT
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
    stand_still,
)
from sandbox.stories.story import Story
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.state import Bot, Leverage, Stop, Target

if TYPE_CHECKING:
    from sandbox.exchanges.binance.state import ExchangeAccount
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
    place_orders(house, account, march)
    old = key_for_3commas(house, account, "3commas", age=timedelta(days=900))
    row_spot(house, old, seen=march, dead=True)
    row_futures(house, key_for_3commas(house, account, "3commas futures", rights=FUTURES_RIGHTS))
    lose_key(house, old, march - timedelta(hours=2))
    open_trades(house, march)
    stand_still(house, ALEX.id, SPOT)


def place_orders(house: "House", account: "ExchangeAccount", march: datetime) -> None:
    """What stands at Binance: three spot orders and a futures position."""
    prefix = f"x-{house.world.state.seed[:7]}"
    winter = march - AWAY_SINCE
    binance = house.binance
    binance.put_order(
        account.id,
        "ETHUSDT",
        "SELL",
        Decimal("0.4"),
        Decimal("4100"),
        client_order_id=f"{prefix}-118a",
        placed=winter + timedelta(days=3),
    )
    binance.put_order(
        account.id,
        "SOLUSDT",
        "SELL",
        Decimal("2"),
        Decimal("210"),
        client_order_id=f"{prefix}-121a",
        placed=march - timedelta(days=5),
    )
    binance.put_order(
        account.id,
        "BNBUSDT",
        "BUY",
        Decimal("0.42"),
        Decimal("500"),
        client_order_id=f"{prefix}-77s",
        placed=march - timedelta(days=9),
    )
    binance.put_position(
        account.id, "BTCUSDT", Decimal("0.05"), Decimal("61200"), leverage=5, isolated=True, updated=march
    )


def open_trades(house: "House", march: datetime) -> None:
    """What 3Commas knows of them: two failed SmartTrades, a living one, and a deal in error."""
    winter = march - AWAY_SINCE
    three_commas = house.three_commas
    three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=118,
            account_id=SPOT,
            pair="USDT_ETH",
            units=Decimal("0.4"),
            entry=Decimal("3350"),
            created_at=winter,
            status="failed",
            targets=[Target(price=Decimal("4100"))],
            stop=Stop(trigger=Decimal("2900")),
            error=REFUSED,
            closed_at=march,
        ),
    )
    three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=119,
            account_id=FUTURES,
            pair="USDT_BTCUSDT",
            units=Decimal("0.05"),
            entry=Decimal("61200"),
            created_at=winter + timedelta(days=6),
            status="failed",
            targets=[Target(price=Decimal("67000"))],
            stop=Stop(trigger=Decimal("59400")),
            leverage=Leverage(kind="isolated", value=Decimal(5)),
            error=STOP_REFUSED,
            closed_at=march + timedelta(days=1),
        ),
    )
    three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=121,
            account_id=SPOT,
            pair="USDT_SOL",
            units=Decimal(2),
            entry=Decimal("142"),
            created_at=march - timedelta(days=5),
            targets=[Target(price=Decimal("210"))],
            stop=Stop(trigger=Decimal("120")),
        ),
    )
    three_commas.add_bot(
        ALEX.id,
        Bot(id=9, name="BNB steady", account_id=SPOT, pairs=["USDT_BNB"], created_at=winter, updated_at=march),
    )
    three_commas.add_deal(
        ALEX.id,
        deal(
            deal_id=77,
            bot_id=9,
            account_id=SPOT,
            pair="USDT_BNB",
            bought_amount=Decimal("0.84"),
            bought_average_price=Decimal("560"),
            take_profit_percent=Decimal(3),
            created_at=march - timedelta(days=9),
            safety_orders=[(Decimal("500"), Decimal("0.42"))],
            error="Invalid API keys",
        ),
    )


STORY = Story(
    "returning_trader",
    "Away since last winter; the key of one account is gone, and money is locked in old orders.",
    furnish,
)
