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

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, FUTURES_RIGHTS, KIM, PRICES, TRADE_RIGHTS, last
from sandbox.stories.story import Story
from sandbox.three_commas.builders import deal, smart_trade
from sandbox.three_commas.markets import BINANCE_ADDRESSES
from sandbox.three_commas.state import Bot, Leverage, Stop, Target

if TYPE_CHECKING:
    from sandbox.house import House

REFUSED = "Invalid API-key, IP, or permissions for action. (-2015)"
STOP_REFUSED = "Order would immediately trigger. (-2021)"
SPOT, FUTURES = 41, 42


def furnish(house: "House") -> None:
    house.world.state.people = [ALEX, KIM]
    for asset, worth in PRICES.items():
        house.binance.set_price(asset, worth)
    furnish_alex(house)
    furnish_kim(house)


def furnish_alex(house: "House") -> None:
    now = house.world.clock.now()
    march = last(3, 3, now)
    winter = march - timedelta(days=40)
    binance, three_commas = house.binance, house.three_commas
    account = binance.add_account(ALEX.id, "Alex")
    ips = list(BINANCE_ADDRESSES)
    old = binance.create_hmac_key(
        account.id, "3commas", rights=TRADE_RIGHTS, ips=ips, created=march - timedelta(days=900)
    )
    futures = binance.create_hmac_key(
        account.id, "3commas futures", rights=FUTURES_RIGHTS, ips=ips, created=march - timedelta(days=300)
    )
    for asset, total in (("ETH", "0.4"), ("SOL", "2"), ("BNB", "0.84"), ("USDT", "1210.55")):
        binance.put_balance(account.id, asset, Decimal(total))
    binance.put_balance(account.id, "USDT", Decimal("1450"), "usdm")
    prefix = f"x-{house.world.state.seed[:7]}"
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
    binance.key_row(old.key).deleted = march - timedelta(hours=2)

    three_commas.set_plan(ALEX.id, "pro")
    holdings = {
        "ETH": (Decimal(0), Decimal("0.4")),
        "SOL": (Decimal(0), Decimal(2)),
        "BNB": (Decimal("0.84"), Decimal(0)),
        "USDT": (Decimal("1000.55"), Decimal(210)),
    }
    three_commas.add_account(
        ALEX.id,
        "binance",
        "Binance spot",
        api_key=old.key,
        secret=old.secret,
        account_id=SPOT,
        holdings=holdings,
        created_at=march - timedelta(days=900),
        updated_at=march,
        api_key_invalid=True,
        api_keys_state="expired",
    )
    three_commas.add_account(
        ALEX.id,
        "binance_futures",
        "Binance futures",
        api_key=futures.key,
        secret=futures.secret,
        account_id=FUTURES,
        holdings={"USDT": (Decimal("1450"), Decimal(0))},
        created_at=march - timedelta(days=300),
        updated_at=march,
    )
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


def furnish_kim(house: "House") -> None:
    """Free plan, one account with a dead key, nothing that the bot could use."""
    now = house.world.clock.now()
    account = house.binance.add_account(KIM.id, "Kim")
    key = house.binance.create_hmac_key(
        account.id,
        "3commas",
        rights=TRADE_RIGHTS,
        ips=list(BINANCE_ADDRESSES),
        created=now - timedelta(days=800),
    )
    house.binance.put_balance(account.id, "USDT", Decimal("320"))
    house.binance.key_row(key.key).deleted = now - timedelta(days=120)
    house.three_commas.set_plan(KIM.id, "free")
    house.three_commas.add_account(
        KIM.id,
        "binance",
        "My Binance",
        api_key=key.key,
        secret=key.secret,
        holdings={"USDT": (Decimal("320"), Decimal(0))},
        created_at=now - timedelta(days=800),
        updated_at=now - timedelta(days=120),
        api_key_invalid=True,
        api_keys_state="expired",
    )


STORY = Story(
    "returning_trader",
    "Away since last winter; the key of one account is gone, and money is locked in old orders.",
    furnish,
)
