"""Both clients before a whole house: what 3Commas expects is what stands at Binance, in each story as its table says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest

from clients.exchanges.venue import Venue
from clients.three_commas import ThreeCommasClient
from clients.transport import Transport
from domain.errors import NotThere, ServiceDown
from domain.ports import Safety
from domain.trading import ExpectedOrder, OwnerKind, Purpose
from domain.values import Credentials, MarketType, Secret
from sandbox.house import House
from sandbox.stories.figures import ALEX, FUTURES, SPOT
from sandbox.world import BOT_ADDRESS
from tests.clients.exchange_house import meeting

READ = ("ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ")


@dataclass
class Scene:
    house: House
    client: ThreeCommasClient
    token: Credentials
    venue: Venue
    key: Credentials

    async def expected(self) -> list[ExpectedOrder]:
        """In the order in which a look asks."""
        found: list[ExpectedOrder] = []
        for trade in await self.client.trades(self.token, "active"):
            found += await self.client.expected_of_trade(self.token, trade)
        for deal in await self.client.deals(self.token, "active"):
            found += await self.client.expected_of_deal(self.token, deal)
        return [*found, *await self.client.grid_orders(self.token), *await self.client.simple_orders(self.token)]


@asynccontextmanager
async def playing(story: str) -> AsyncIterator[Scene]:
    house = House(story, symbols=60)
    await house.open()
    try:
        async with Transport.open() as transport, meeting(house.exchange_url) as met:
            client = ThreeCommasClient(transport, met.limiter, met.clock, origin=house.three_commas_url)
            house.three_commas.set_plan(ALEX.id, "pro")
            key, secret = house.three_commas.create_system_token(ALEX.id, "bot", READ, [BOT_ADDRESS])
            (account,) = house.binance.accounts_of(ALEX.id)
            reader = house.binance.create_hmac_key(account.id, "reconnect")
            yield Scene(
                house,
                client,
                Credentials(key, Secret(secret)),
                met.binance,
                Credentials(reader.key, Secret(reader.secret)),
            )
    finally:
        await house.close()


async def test_what_3commas_expects_stands_at_binance_to_the_last_digit() -> None:
    async with playing("leftover_orders") as scene:
        expected = await scene.expected()
        orders = await scene.venue.open_orders(scene.key, {}, MarketType.SPOT)
        rules = await scene.venue.rules([order.symbol for order in orders], MarketType.SPOT)
    standing = {(rules[o.symbol].base, o.side, o.price, o.remaining) for o in orders}
    wanted = {(e.pair.partition("_")[2], e.side.value, e.price, e.remaining) for e in expected}
    assert wanted <= standing
    assert len(expected) == len(wanted) == 10
    assert len(standing - wanted) == 8
    kinds = [order.owner.kind for order in expected]
    assert {kind: kinds.count(kind) for kind in OwnerKind} == {
        OwnerKind.SMART_TRADE: 2,
        OwnerKind.DEAL: 3,
        OwnerKind.GRID: 4,
        OwnerKind.SIMPLE: 1,
    }


async def test_a_partial_fill_is_read_from_the_rows() -> None:
    async with playing("no_key_of_the_bot") as scene:
        order = next(o for o in scene.house.binance.accounts_of(ALEX.id)[0].spot_orders if o.price == 2600)
        scene.house.binance.fill_order(order.order_id, Decimal("0.05"))
        (trade,) = await scene.client.trades(scene.token, "active")
        (found,) = await scene.client.expected_of_trade(scene.token, trade)
        assert (found.remaining, found.amount, found.purpose) == (
            Decimal("0.15"),
            Decimal("0.2"),
            Purpose.TAKE_PROFIT,
        )


async def test_a_take_profit_that_trails_is_not_expected() -> None:
    async with playing("returning_trader") as scene:
        (deal,) = await scene.client.deals(scene.token, "active")
        assert deal.take_profit_trails
        (order,) = await scene.client.expected_of_deal(scene.token, deal)
        assert (order.purpose, order.price, order.remaining) == (Purpose.SAFETY, Decimal(500), Decimal("0.42"))


async def test_closed_trades_have_lost_their_plan_and_kept_their_position() -> None:
    async with playing("failed_trades") as scene:
        failed = {trade.id: trade for trade in await scene.client.trades(scene.token, "failed")}
        rows = await scene.client.rows_of_trade(scene.token, 303)
    assert set(failed) == {301, 303, 304, 306}
    assert (failed[306].entered_amount, failed[301].entered_amount) == (Decimal(0), Decimal("0.4"))
    assert failed[303].plan["take_profit"] == {"enabled": True, "price_type": "value", "steps": []}
    assert [row.purpose for row in rows] == [Purpose.ENTRY]


async def test_a_deal_that_failed_keeps_its_numbers_and_one_call_shows_it() -> None:
    async with playing("failed_trades") as scene:
        (listed,) = await scene.client.deals(scene.token, "failed")
        deal = await scene.client.deal(scene.token, 86)
        rows = await scene.client.rows_of_deal(scene.token, 86)
        with pytest.raises(NotThere):
            await scene.client.deal(scene.token, 999)
        with pytest.raises(NotThere):
            await scene.client.trade(scene.token, 999)
        trade = await scene.client.trade(scene.token, 301)
    assert deal == listed
    assert (deal.bought_amount, deal.bought_average_price, deal.bought_volume) == (800, Decimal("0.42"), 336)
    assert (deal.take_profit_price, deal.take_profit_percent, deal.safety) == (Decimal("0.4326"), 3, Safety(3, 1, 0))
    assert {(row.side.value, row.price, row.amount) for row in rows} >= {
        ("sell", Decimal("0.4326"), 800),
        ("buy", Decimal("0.35"), 1000),
    }
    assert (trade.id, trade.status) == (301, "failed")


async def test_hedged_positions_and_their_orders_are_read_by_leg() -> None:
    async with playing("failed_trades") as scene:
        positions = await scene.venue.positions(scene.key, {}, MarketType.USDM)
        orders = await scene.venue.open_orders(scene.key, {}, MarketType.USDM)
    assert [(p.symbol, p.side, p.leverage) for p in positions] == [
        ("BTC/USDT:USDT", "long", Decimal(5)),
        ("BTC/USDT:USDT", "short", Decimal(5)),
        ("ETH/USDT:USDT", "short", Decimal(10)),
        ("SOL/USDT:USDT", "long", Decimal(10)),
        ("LTC/USDT:USDT", "long", Decimal(5)),
    ]
    assert {(o.symbol, o.side, o.position_side) for o in orders} == {
        ("BTC/USDT:USDT", "sell", "long"),
        ("ETH/USDT:USDT", "buy", "short"),
        ("SOL/USDT:USDT", "sell", "long"),
    }


async def test_without_a_key_of_the_bot_3commas_tells_what_is_on_orders() -> None:
    async with playing("no_key_of_the_bot") as scene:
        await scene.client.load_balances(scene.token, SPOT)
        table = {row.asset: row for row in await scene.client.holdings(scene.token, SPOT)}
        futures = await scene.client.holdings(scene.token, FUTURES)
        expected = await scene.expected()
    assert (table["ETH"].on_orders, table["USDT"].on_orders) == (Decimal("0.5"), Decimal(105))
    assert (table["ETH"].total, table["ETH"].available) == (Decimal("0.5"), Decimal(0))
    assert sum(e.remaining for e in expected if e.side == "sell") == Decimal("0.2")
    assert futures[0].total == 500


async def test_a_list_that_cannot_be_read_is_told_on_both_sides() -> None:
    async with playing("partly_unreadable") as scene:
        with pytest.raises(ServiceDown):
            await scene.client.simple_orders(scene.token)
        with pytest.raises(ServiceDown):
            await scene.venue.open_orders(scene.key, {}, MarketType.USDM)
        assert len(await scene.venue.open_orders(scene.key, {}, MarketType.SPOT)) == 2
        scene.house.world.faults.disarm()
        assert await scene.client.simple_orders(scene.token) == []


async def test_rates_of_spot_and_futures_are_the_venues_rules() -> None:
    async with playing("all_fine") as scene:
        spot = await scene.client.rates("binance", "USDT_ETH")
        futures = await scene.client.rates("binance_futures", "USDT_ETHUSDT")
        rules = await scene.venue.rules(["ETH/USDT"], MarketType.SPOT)
        with pytest.raises(NotThere):
            await scene.client.rates("binance", "USDT_NOSUCHCOIN")
    assert spot.last == futures.last == Decimal(2000)
    assert (spot.price_step, spot.lot_step, spot.min_total) == (
        rules["ETH/USDT"].tick,
        rules["ETH/USDT"].lot,
        rules["ETH/USDT"].min_notional,
    )
    assert futures.min_total == 20
