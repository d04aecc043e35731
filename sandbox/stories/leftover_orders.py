"""Both keys work, and orders of trades that are long over still lock money.

what                              figure
plan at 3Commas                   Pro; a cancelled SmartTrade leaves its orders (the reported defect)
trade 201 (spot, ETH)             cancelled 20 days ago: sell 0.3 ETH at 2,600 and 0.2 at 2,900      left over, locks 1,000 USDT worth
trade 202 (spot, SOL)             failed 15 days ago: sell 3 SOL at 190 and 2 at 220                 left over, locks   750 USDT worth
deal 80 (spot, BNB)               cancelled 10 days ago: buy 0.5 BNB at 480                          left over, locks   240 USDT
in all                                                                                               left over, locks 1,990 USDT worth on spot
nobody's, with 3Commas' prefix    sell 0.1 ETH at 2,750                                          owner unknown, locks   200 USDT worth
trade 204 (futures, BTC)          failed 12 days ago before its entry: buy 0.004 BTC at 50,000       left over, locks    10 USDT of margin
trade 203 (spot, BTC)             active: sell 0.01 BTC at 72,000 and 0.01 at 80,000
deal 81 (spot, BNB)               active: sell 1 BNB at 603.2, buy 0.3 at 550 and 0.3 at 520
grid bot 31 (spot, XRP)           buys 100 XRP at 0.54 and 0.56, sells 100 at 0.60 and 0.62
Simple Trading (spot, ADA)        sell 500 ADA at 0.55
by hand, on Binance's website     buy 0.1 ETH at 1,500
another program (ccxt)            sell 0.1 ETH at 3,100
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from sandbox.stories.figures import ALEX, FUTURES, REFUSED, SPOT
from sandbox.stories.story import Story
from sandbox.stories.trading import (
    alex,
    back_at,
    by_hand,
    cancel,
    fail,
    forget_deal,
    limit,
    living_deal,
    living_trade,
    settled,
    waiting_entry,
)
from sandbox.three_commas.builders import deal
from sandbox.three_commas.grid_state import GridBot, GridOrder
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.state import Leverage

if TYPE_CHECKING:
    from sandbox.exchanges.binance.state import ExchangeAccount
    from sandbox.house import House

WALLET = {"ETH": "1.1", "SOL": "7", "BTC": "0.03", "BNB": "1.4", "XRP": "400", "ADA": "1000", "USDT": "3000"}
SIMPLE_UUID = "5b0f3c1e-7d52-4e8a-9a44-0c3d1f6a2b90"
CCXT_PREFIX = "x-TKT5PX2F"
"""Of the client order ids that ccxt makes for Binance spot."""
MARGIN_REFUSED = "Margin is insufficient. (-2019)"


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    account, _ = alex(house, WALLET)
    house.three_commas.behaviour.cancel_leaves_orders = True
    over(house, now)
    living(house, now)
    foreign(house, account, now)
    settled(house)


def over(house: "House", now: datetime) -> None:
    """What has ended and left orders behind."""
    sixty, fifty = now - timedelta(days=60), now - timedelta(days=50)
    living_trade(house, 201, "USDT_ETH", "0.5", "1900", [limit("2600", "60"), limit("2900", "40")], sixty, stop="1600")
    cancel(house, 201, now - timedelta(days=20))
    living_trade(house, 202, "USDT_SOL", "5", "130", [limit("190", "60"), limit("220", "40")], fifty, stop="110")
    fail(house, 202, REFUSED, now - timedelta(days=15))
    waiting_entry(
        house,
        204,
        "USDT_BTCUSDT",
        "0.004",
        "50000",
        "58000",
        now - timedelta(days=30),
        account_id=FUTURES,
        leverage=Leverage(kind="cross", value=Decimal(20)),
    )
    fail(house, 204, MARGIN_REFUSED, now - timedelta(days=12))
    ended = deal(
        deal_id=80,
        bot_id=11,
        account_id=SPOT,
        pair="USDT_BNB",
        bought_amount=Decimal("0.4"),
        bought_average_price=Decimal("570"),
        take_profit_percent=Decimal(6),
        take_profit_trails=True,
        created_at=now - timedelta(days=40),
        safety_orders=[(Decimal("480"), Decimal("0.5"))],
    )
    forget_deal(house, living_deal(house, ended, "BNB patient"), now - timedelta(days=10))


def living(house: "House", now: datetime) -> None:
    """What goes on, with an owner for each order."""
    began = now - timedelta(days=25)
    living_trade(
        house, 203, "USDT_BTC", "0.02", "58000", [limit("72000", "50"), limit("80000", "50")], began, stop="52000"
    )
    going_on = deal(
        deal_id=81,
        bot_id=12,
        account_id=SPOT,
        pair="USDT_BNB",
        bought_amount=Decimal("1"),
        bought_average_price=Decimal("580"),
        take_profit_percent=Decimal(4),
        created_at=now - timedelta(days=6),
        safety_orders=[(Decimal("550"), Decimal("0.3")), (Decimal("520"), Decimal("0.3"))],
    )
    living_deal(house, going_on, "BNB steady")
    with back_at(house, began):
        house.three_commas.open_grid_bot(ALEX.id, grid(began))
    with back_at(house, now - timedelta(days=3)):
        house.three_commas.open_simple_trade(
            ALEX.id,
            SimpleTrade(
                uuid=SIMPLE_UUID,
                account_id=SPOT,
                pair="USDT_ADA",
                side="sell",
                units=Decimal("500"),
                price=Decimal("0.55"),
                created_at=house.world.clock.now(),
            ),
        )


def grid(began: datetime) -> GridBot:
    def line(side: Literal["BUY", "SELL"], rate: str) -> GridOrder:
        hundred = Decimal("100")
        return GridOrder(
            order_type=side,
            quantity=hundred,
            remaining=hundred,
            rate=Decimal(rate),
            created_at=began,
            updated_at=began,
        )

    return GridBot(
        id=31,
        name="XRP grid",
        account_id=SPOT,
        pair="USDT_XRP",
        step=Decimal("0.02"),
        lines=[line("BUY", "0.54"), line("BUY", "0.56"), line("SELL", "0.60"), line("SELL", "0.62")],
        created_at=began,
        updated_at=began,
    )


def foreign(house: "House", account: "ExchangeAccount", now: datetime) -> None:
    """What 3Commas does not know, or not any more."""
    by_hand(house, account, "ETHUSDT", "buy", "0.1", "1500", now - timedelta(days=8))
    for client_id, price in ((f"{CCXT_PREFIX}gridrunner", "3100"), (f"{house.three_commas.order_prefix}gone", "2750")):
        house.binance.put_order(
            account.id,
            "ETHUSDT",
            "SELL",
            Decimal("0.1"),
            Decimal(price),
            client_order_id=client_id,
            placed=now - timedelta(days=90),
        )


STORY = Story("leftover_orders", "Both keys work; orders of trades that are over still lock money.", furnish)
