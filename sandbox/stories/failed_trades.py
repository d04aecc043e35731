"""Trades that failed or were cancelled, on spot and on futures in hedge mode; what they held is still there.

what                              figure
plan at 3Commas                   Pro
Binance spot                      key deleted 8 days ago
Binance futures                   works; hedge mode
trade 301 (spot, ETH)             failed 8 days ago: the key was refused; 0.4 ETH bought at 2,100 are still there, without an order
trade 302 (spot, SOL)             cancelled 20 days ago; 3 SOL bought at 140 are still there, its orders are gone
trade 306 (spot, BNB)             failed 30 days ago before its entry: not enough balance; nothing is held
trade 303 (futures, BTC long)     failed 7 days ago: its stop was refused; 0.05 BTC long at 61,200 open, its target sell 0.05 at 67,000 stands
trade 304 (futures, ETH short)    failed 7 days ago: its stop was refused; 0.6 ETH short at 2,150 open, its target buy 0.6 at 1,800 stands
trade 305 (futures, BTC short)    cancelled 5 days ago; 0.02 BTC short at 64,000 open beside the long, its orders are gone
trade 307 (futures, SOL long)     active: 5 SOL long at 140, sell 5 at 200, stop 125
deal 85 (spot, BNB)               in error since the key is gone: 0.6 BNB at 590, sell 0.6 at 607.7
deal 86 (spot, ADA)               failed 60 days ago: 800 ADA at 0.42 are still there; its orders stand: sell 800 at 0.4326, buy 1000 at 0.35
deal 87 (futures, LTC long)       cancelled 10 days ago: 3 LTC long at 70 open; its take profit followed the price, its stop was at 63
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, FUTURES, REFUSED, SPOT
from sandbox.stories.furnishing import lose_key
from sandbox.stories.story import Story
from sandbox.stories.trading import (
    add_bot,
    alex,
    cancel,
    fail,
    forget_deal,
    last_contact,
    limit,
    living_deal,
    living_trade,
)
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.state import Leverage, Target

if TYPE_CHECKING:
    from sandbox.exchanges.binance.state import ExchangeAccount
    from sandbox.house import House

WALLET = {"ETH": "0.4", "SOL": "3", "BNB": "0.6", "ADA": "800", "USDT": "900"}
MARGIN = "3000"
STOP_REFUSED = "Order would immediately trigger. (-2021)"
TOO_LITTLE = "Account has insufficient balance for requested action. (-2010)"
FIVE, TEN = (Leverage(kind="cross", value=Decimal(value)) for value in (5, 10))


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    lost = now - timedelta(days=8)
    account, key = alex(house, WALLET, MARGIN, hedge_mode=True)
    on_spot(house, now)
    on_futures(house, account, now)
    lose_key(house, key, lost - timedelta(hours=1))
    fail(house, 301, REFUSED, lost)
    last_contact(house, SPOT, lost, dead=True)
    last_contact(house, FUTURES, now - timedelta(days=1))


def on_spot(house: "House", now: datetime) -> None:
    watched = Target(price=Decimal("2600"), order_type="market")
    living_trade(house, 301, "USDT_ETH", "0.4", "2100", [watched], now - timedelta(days=45), stop="1800")
    halves = [limit("180", "50"), limit("210", "50")]
    living_trade(house, 302, "USDT_SOL", "3", "140", halves, now - timedelta(days=70), stop="120")
    cancel(house, 302, now - timedelta(days=20))
    refused = now - timedelta(days=30)
    house.three_commas.add_smart_trade(
        ALEX.id,
        smart_trade(
            trade_id=306,
            account_id=SPOT,
            pair="USDT_BNB",
            units=Decimal("4"),
            entry=Decimal("590"),
            entered=Decimal(0),
            created_at=refused - timedelta(minutes=1),
            status="failed",
            targets=[limit("650")],
            error=TOO_LITTLE,
            closed_at=refused,
        ),
    )
    standing = deal(
        deal_id=85,
        bot_id=15,
        account_id=SPOT,
        pair="USDT_BNB",
        bought_amount=Decimal("0.6"),
        bought_average_price=Decimal("590"),
        take_profit_percent=Decimal(3),
        created_at=now - timedelta(days=14),
    )
    living_deal(house, standing, "BNB steady")
    broken = deal(
        deal_id=86,
        bot_id=16,
        account_id=SPOT,
        pair="USDT_ADA",
        bought_amount=Decimal(800),
        bought_average_price=Decimal("0.42"),
        take_profit_percent=Decimal(3),
        created_at=now - timedelta(days=65),
        safety_filled=[(Decimal("0.402"), Decimal(500))],
        safety_orders=[(Decimal("0.35"), Decimal(1000))],
        max_safety_orders=3,
    )
    living_deal(house, broken, "Wide net")
    forget_deal(house, broken, now - timedelta(days=60), status="failed", message=TOO_LITTLE)


def on_futures(house: "House", account: "ExchangeAccount", now: datetime) -> None:
    began = now - timedelta(days=35)
    put = house.binance.put_position
    put(account.id, "BTCUSDT", Decimal("0.05"), Decimal("61200"), leverage=5, side="LONG", updated=began)
    put(account.id, "BTCUSDT", Decimal("-0.02"), Decimal("64000"), leverage=5, side="SHORT", updated=began)
    put(account.id, "ETHUSDT", Decimal("-0.6"), Decimal("2150"), leverage=10, side="SHORT", updated=began)
    put(account.id, "SOLUSDT", Decimal("5"), Decimal("140"), leverage=10, side="LONG", updated=began)
    put(account.id, "LTCUSDT", Decimal(3), Decimal(70), leverage=5, side="LONG", updated=began)
    on = FUTURES
    up, down = [limit("67000")], [limit("58000")]
    living_trade(house, 303, "USDT_BTCUSDT", "0.05", "61200", up, began, stop="59400", account_id=on, leverage=FIVE)
    living_trade(house, 305, "USDT_BTCUSDT", "0.02", "64000", down, began, side="sell", account_id=on, leverage=FIVE)
    living_trade(
        house,
        304,
        "USDT_ETHUSDT",
        "0.6",
        "2150",
        [limit("1800")],
        began,
        stop="2300",
        side="sell",
        account_id=on,
        leverage=TEN,
    )
    living_trade(house, 307, "USDT_SOLUSDT", "5", "140", [limit("200")], began, stop="125", account_id=on, leverage=TEN)
    add_bot(house, 17, "LTC trail", on, "USDT_LTCUSDT", began)
    house.three_commas.add_deal(
        ALEX.id,
        deal(
            deal_id=87,
            bot_id=17,
            account_id=on,
            pair="USDT_LTCUSDT",
            bought_amount=Decimal(3),
            bought_average_price=Decimal(70),
            take_profit_percent=Decimal(4),
            take_profit_trails=True,
            stop_loss_percent=Decimal(10),
            created_at=began,
            status="cancelled",
            closed_at=now - timedelta(days=10),
        ),
    )
    fail(house, 303, STOP_REFUSED, now - timedelta(days=7))
    fail(house, 304, STOP_REFUSED, now - timedelta(days=7))
    cancel(house, 305, now - timedelta(days=5))


STORY = Story("failed_trades", "Trades failed or were cancelled; their coins and positions are still there.", furnish)
