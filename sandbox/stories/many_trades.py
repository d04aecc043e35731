"""So much is alive at once that 3Commas' budget of a minute is not enough to read all of it.

what                                     figure
plan at 3Commas                          Pro: fifty requests a minute
trades 1001 to 1024 (spot)               active: eight each sell ETH, SOL and BNB, a tenth of each taken
trades 1025 to 1032 (futures, BTC)       waiting: buy 0.01 BTC from 50,000 down, 0.001 of each entered
trades 1033 to 1040 (sub-account, ETH)   active: sell ETH, a tenth of each taken
deals 2001 to 2012 (spot, SOL)           active: a take profit and one safety order each
deals 2013 to 2020 (sub-account, BNB)    the same
trade 1041 (spot, ETH)                   failed 9 days ago: sell 0.5 ETH at 3,400     left over
in all                                   80 orders of living trades and deals, one left over

Every trade is taken in part, which the list of trades does not tell: each of the forty is one more question.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.stories.figures import ALEX, FUTURES, REFUSED, SPOT, SUB_SPOT
from sandbox.stories.furnishing import exchange_account, key_for_3commas, row
from sandbox.stories.story import Story
from sandbox.stories.trading import alex, fail, last_contact, limit, living_deal, living_trade, settled, waiting_entry
from sandbox.three_commas.builders import deal
from sandbox.three_commas.state import Leverage

if TYPE_CHECKING:
    from sandbox.house import House

MAIN = {"ETH": "10", "SOL": "100", "BNB": "20", "USDT": "50000"}
SAVINGS = {"ETH": Decimal(10), "BNB": Decimal(20), "USDT": Decimal(20_000)}
SPOT_TRADES = (("ETH", "0.5", "1900", 2500), ("SOL", "2", "140", 190), ("BNB", "1", "560", 700))
"""Asset, units, price of the entry, price of the first target; each further target is one percent higher."""
OF_EACH = 8
TAKEN = Decimal("0.1")
"""Part of each order that is filled."""
TEN_TIMES = Leverage(kind="cross", value=Decimal(10))


def furnish(house: "House") -> None:
    now = house.world.clock.now()
    account, _ = alex(house, MAIN, "5000")
    sub = exchange_account(house, ALEX.id, "Savings", SAVINGS, main=account)
    key = key_for_3commas(house, sub, "3commas")
    row(house, ALEX.id, "binance", "Savings spot", key, account_id=SUB_SPOT, subaccount_name="savings")
    living_trades(house, now)
    living_deals(house, now)
    living_trade(house, 1041, "USDT_ETH", "0.5", "1900", [limit("3400")], now - timedelta(days=40))
    fail(house, 1041, REFUSED, now - timedelta(days=9))
    settled(house)
    last_contact(house, SUB_SPOT, now - timedelta(days=1))


def living_trades(house: "House", now: datetime) -> None:
    began = now - timedelta(days=30)
    for asset, units, entry, target in SPOT_TRADES:
        first = 1001 + OF_EACH * [one[0] for one in SPOT_TRADES].index(asset)
        _sells(house, first, asset, units, entry, target, began, SPOT)
    for n in range(OF_EACH):
        price = str(50_000 - 500 * n)
        trade = waiting_entry(
            house, 1025 + n, "USDT_BTCUSDT", "0.01", price, "90000", began, account_id=FUTURES, leverage=TEN_TIMES
        )
        trade.entered = trade.units * TAKEN
        house.binance.fill_order(trade.entry_venue_order or 0, trade.entered)
    _sells(house, 1033, "ETH", "0.5", "1900", 2710, began, SUB_SPOT)


def _sells(
    house: "House", first: int, asset: str, units: str, entry: str, target: int, began: datetime, account_id: int
) -> None:
    """Eight trades with one target each, a part of which is filled."""
    for n in range(OF_EACH):
        price = str(target + target // 100 * n)
        trade = living_trade(
            house, first + n, f"USDT_{asset}", units, entry, [limit(price)], began, account_id=account_id
        )
        (only,) = trade.targets
        only.filled = only.units * TAKEN
        house.binance.fill_order(only.venue_order or 0, only.filled)


def living_deals(house: "House", now: datetime) -> None:
    for n in range(20):
        on_main = n < 12
        asset, amount, price = ("SOL", "1", 145) if on_main else ("BNB", "0.5", 590)
        going_on = deal(
            deal_id=2001 + n,
            bot_id=51 + n,
            account_id=SPOT if on_main else SUB_SPOT,
            pair=f"USDT_{asset}",
            bought_amount=Decimal(amount),
            bought_average_price=Decimal(price),
            take_profit_percent=Decimal(10 + n),
            created_at=now - timedelta(days=6),
            safety_orders=[(Decimal(price) - 20 - n, Decimal(amount))],
        )
        living_deal(house, going_on, f"{asset} bot {n + 1}")


STORY = Story(
    "many_trades", "Forty trades and twenty deals on three accounts: more than may be asked in a minute.", furnish
)
