"""The stories about orders, positions and trades hold what their tables say, and 3Commas and Binance agree about it."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from sandbox.exchanges.binance.ledger import futures_figures, spot_locks
from sandbox.exchanges.binance.state import ExchangeAccount
from sandbox.house import House
from sandbox.stories import STORIES
from sandbox.stories.figures import ALEX, FUTURES, SPOT, last
from sandbox.stories.leftover_orders import CCXT_PREFIX
from sandbox.three_commas.opened_orders import opened_orders
from tests.sandbox.test_stories import AUTUMN, house_of

D = Decimal
TRADING_STORIES = (
    "returning_trader",
    "leftover_orders",
    "failed_trades",
    "orphaned_position",
    "locked_funds",
    "partly_unreadable",
    "nobody_linked",
    "no_key_of_the_bot",
)


@dataclass
class Scene:
    house: House
    account: ExchangeAccount

    @property
    def left_over(self) -> set[str]:
        """What 3Commas placed, as its prefix says, and does not list as its own any more."""
        known = {int(row["order_id"]) for row in opened_orders(self.house.three_commas.user(ALEX.id))}
        prefix = self.house.three_commas.order_prefix
        return {
            f"{row.side.lower()} {row.quantity.normalize():f} {row.symbol} at {row.price.normalize():f}"
            for row in (*self.account.spot_orders, *self.account.usdm_orders)
            if row.client_order_id.startswith(prefix) and row.order_id not in known
        }

    def locks(self) -> dict[str, Decimal]:
        """Worth in USDT per asset."""
        found = spot_locks(self.account, self.house.binance.listed)
        return {asset: amount * self.house.binance.price(asset) for asset, amount in found.items()}

    def statuses(self) -> dict[int, str]:
        user = self.house.three_commas.user(ALEX.id)
        return {trade.id: trade.status for trade in user.smart_trades} | {deal.id: deal.status for deal in user.deals}


def scene(story: str) -> Scene:
    house = house_of(story)
    (account,) = house.binance.accounts_of(ALEX.id)
    return Scene(house, account)


@pytest.mark.parametrize("name", TRADING_STORIES)
def test_every_order_that_3commas_lists_stands_at_binance(name: str) -> None:
    found = scene(name)
    standing = {row.order_id for row in (*found.account.spot_orders, *found.account.usdm_orders)}
    assert {int(row["order_id"]) for row in opened_orders(found.house.three_commas.user(ALEX.id))} <= standing


@pytest.mark.parametrize("name", TRADING_STORIES)
def test_orders_were_placed_while_their_trades_ran(name: str) -> None:
    found = scene(name)
    placed = {row.order_id: row.placed for row in (*found.account.spot_orders, *found.account.usdm_orders)}
    for trade in found.house.three_commas.user(ALEX.id).smart_trades:
        for order_id in [trade.entry_venue_order, *(target.venue_order for target in trade.targets)]:
            if order_id in placed:
                assert trade.created_at < placed[order_id] < (trade.closed_at or AUTUMN)


@pytest.mark.parametrize("name", TRADING_STORIES)
def test_a_move_of_a_price_that_touches_nothing_changes_nothing(name: str) -> None:
    found = scene(name)
    found.house.world.faults.disarm()
    before = (found.statuses(), len(found.account.spot_orders), len(found.account.usdm_orders))
    for asset in ("ETH", "SOL", "BNB", "BTC"):
        found.house.binance.set_price(asset, found.house.binance.price(asset))
    assert (found.statuses(), len(found.account.spot_orders), len(found.account.usdm_orders)) == before


@pytest.mark.parametrize("name", [*STORIES])
def test_going_back_in_time_leaves_the_clock_where_it_was(name: str) -> None:
    assert house_of(name).world.clock.now() == AUTUMN


def test_returning_traders_orders_carry_3commas_prefix_and_their_dates() -> None:
    found = scene("returning_trader")
    prefix = found.house.three_commas.order_prefix
    assert [row.client_order_id.startswith(prefix) for row in found.account.spot_orders] == [True] * 3
    assert found.left_over == {"sell 0.4 ETHUSDT at 4100"}
    assert all(row.placed < last(3, 3, AUTUMN) for row in found.account.spot_orders)
    (deal,) = found.house.three_commas.user(ALEX.id).deals
    assert deal.error == "Invalid API keys"


def test_leftover_orders_has_2190_in_orders_of_nobody() -> None:
    found = scene("leftover_orders")
    assert found.left_over == {
        "sell 0.3 ETHUSDT at 2600",
        "sell 0.2 ETHUSDT at 2900",
        "sell 3 SOLUSDT at 190",
        "sell 2 SOLUSDT at 220",
        "buy 0.5 BNBUSDT at 480",
        "sell 0.1 ETHUSDT at 2750",
        "buy 0.004 BTCUSDT at 50000",
    }
    worth = D("0.6") * 2000 + 5 * 150 + D("0.5") * 480
    assert worth == D(2190)
    assert found.statuses() == {201: "cancelled", 202: "failed", 203: "waiting_targets", 204: "failed"} | {
        80: "cancelled",
        81: "bought",
    }
    foreign = [row.client_order_id for row in found.account.spot_orders if row.client_order_id.startswith(CCXT_PREFIX)]
    assert len(foreign) == 1
    owners = {row["owner"] for row in opened_orders(found.house.three_commas.user(ALEX.id))}
    assert {"Grid bot #31", "Simple Trading"} <= owners
    assert len(owners) == 6


async def test_leftover_orders_keys_work() -> None:
    house = scene("leftover_orders").house
    for account_id in (SPOT, FUTURES):
        assert not (await house.three_commas.refresh(ALEX.id, account_id)).api_key_invalid


def test_failed_trades_hold_coins_and_both_legs_of_a_contract() -> None:
    found = scene("failed_trades")
    assert found.account.hedge_mode
    legs = {(row.symbol, row.side): row.amount for row in found.account.positions}
    assert legs == {
        ("BTCUSDT", "LONG"): D("0.05"),
        ("BTCUSDT", "SHORT"): D("-0.02"),
        ("ETHUSDT", "SHORT"): D("-0.6"),
        ("SOLUSDT", "LONG"): D(5),
        ("LTCUSDT", "LONG"): D(3),
    }
    assert found.left_over == {
        "sell 0.05 BTCUSDT at 67000",
        "buy 0.6 ETHUSDT at 1800",
        "sell 800 ADAUSDT at 0.4326",
        "buy 1000 ADAUSDT at 0.35",
    }
    assert found.statuses() == {
        301: "failed",
        302: "cancelled",
        303: "failed",
        304: "failed",
        305: "cancelled",
        306: "failed",
        307: "waiting_targets",
        85: "bought",
        86: "failed",
        87: "cancelled",
    }
    assert found.locks() == {"BNB": D(360), "ADA": D("309.92"), "USDT": D(350)}, "what the spot trades held is free"
    errors = {deal.id: deal.error or deal.failed_message for deal in found.house.three_commas.user(ALEX.id).deals}
    assert errors[85] == "Invalid API keys"
    spot, futures = (found.house.three_commas.account(ALEX.id, number) for number in (SPOT, FUTURES))
    assert (spot.api_key_invalid, futures.api_key_invalid) == (True, False)


def test_orphaned_position_has_one_that_nobody_looks_after() -> None:
    found = scene("orphaned_position")
    on = {row.symbol for row in found.account.usdm_orders}
    assert {row.symbol for row in found.account.positions} - on == {"BTCUSDT"}
    assert found.statuses() == {401: "failed", 402: "waiting_targets"}
    by_hand = [row for row in found.account.usdm_orders if row.close_position]
    assert [(row.symbol, row.trigger_price) for row in by_hand] == [("SOLUSDT", D(130)), ("SOLUSDT", D(190))]
    assert found.left_over == set()


def test_locked_funds_locks_3300_of_5500() -> None:
    found = scene("locked_funds")
    assert found.locks() == {"ETH": D(1000), "SOL": D(1500), "USDT": D(800)}
    total = sum(amount * found.house.binance.price(asset) for asset, amount in found.account.spot.items())
    assert total == D(5500)
    assert found.left_over == {"sell 4 SOLUSDT at 200"}
    figures = futures_figures(found.account, found.house.binance.listed, found.house.binance.prices)["USDT"]
    assert figures.position_margin > 0
    assert figures.order_margin == D(55)


def test_partly_unreadable_hides_two_lists_at_each_start() -> None:
    found = scene("partly_unreadable")
    assert [(fault.service, fault.status) for fault in found.house.world.faults.armed] == [
        ("binance", 503),
        ("three_commas", 502),
    ]
    assert found.left_over == {"sell 0.4 ETHUSDT at 2500"}
    assert found.statuses() == {601: "failed", 602: "waiting_targets"}


def test_nobody_linked_has_no_api_and_two_orders() -> None:
    found = scene("nobody_linked")
    assert found.house.three_commas.user(ALEX.id).plan == "free"
    assert sum(found.locks().values()) == D(770)
    assert len(found.account.spot_orders) == 2


def test_no_key_of_the_bot_locks_more_than_3commas_explains() -> None:
    found = scene("no_key_of_the_bot")
    table = {row.asset: row.locked for row in found.house.three_commas.account(ALEX.id, SPOT).holdings}
    assert (table["ETH"], table["USDT"]) == (D("0.5"), D(105))
    explained = [row["left"] for row in opened_orders(found.house.three_commas.user(ALEX.id))]
    assert explained == ["0.2 ETH", "0.06 ETH"]
    assert found.left_over == {"sell 0.3 ETHUSDT at 2900"}
