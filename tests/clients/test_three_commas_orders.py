"""What the client makes of 3Commas' orders, balance tables and rates: documented bodies, and bodies that were broken on purpose."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web

from clients.three_commas import ThreeCommasClient
from domain.errors import AnswerLost, NotThere, RightMissing, Surprise
from domain.ports import Deal, DealStep, Safety, Trade
from domain.trading import ExpectedOrder, Owner, OwnerKind, Purpose, Side
from tests.clients.three_commas_service import TOKEN, TRADE, Service, three_commas

AT, LATER = "2026-01-02T03:04:05.700Z", "2026-01-02T03:04:06.001Z"
CREATED = datetime(2026, 1, 2, 3, 4, 5, 700000, UTC)
UPDATED = datetime(2026, 1, 2, 3, 4, 6, 1000, UTC)

ROW: dict[str, Any] = {
    "id": 700001,
    "initial_amount": "2.4",
    "order_price": "168.0",
    "order_side": "sell",
    "order_type": "limit",
    "pair": "USDT_SOL",
    "position_percentage": "60.0",
    "realised_amount": "0.4",
    "status": "order_placed",
    "trade_purpose": "take_profit",
    "trigger_price": None,
    "created_at": AT,
    "updated_at": LATER,
}
DEAL_ORDER: dict[str, Any] = {
    "order_id": "700310",
    "order_type": "SELL",
    "deal_order_type": "Take Profit",
    "cancellable": True,
    "status_string": "Active",
    "created_at": AT,
    "updated_at": LATER,
    "quantity": "0.0354",
    "quantity_remaining": "0.0300",
    "total": "0.0",
    "rate": "2714.4",
    "average_price": "0.0",
}
GRID_BOT: dict[str, Any] = {"id": 31, "account_id": 41, "name": "XRP grid", "pair": "USDT_XRP", "is_enabled": True}
GRID_ORDER: dict[str, Any] = {**DEAL_ORDER, "order_id": 700900, "order_type": "BUY", "rate": "0.0163"}
SIMPLE: dict[str, Any] = {
    "uuid": "5b0f3c1e-7d52-4e8a-9a44-0c3d1f6a2b90",
    "account_id": 41,
    "pair": "USDT_ADA",
    "created_at": 1_767_322_800,
    "order": {"type": "limit", "side": "sell", "reduce_only": False},
    "units": {"value": "500.0"},
    "price": {"value": "0.55"},
    "status": {"value": "order_placed", "error": None},
    "filled": {"units": "120.0"},
}
TABLE_ROW: dict[str, Any] = {
    "currency_code": "ETH",
    "position": 0.5,
    "position_available": 0.2,
    "on_orders": 3e-1,
    "usd_value": 1000.25,
    "account_id": 41,
}
RATES: dict[str, Any] = {
    "last": "151.10",
    "bid": "151.10",
    "ask": "151.20",
    "priceStep": "0.01",
    "lotStep": "0.001",
    "minLotSize": "0.001",
    "minTotal": "5.0",
}
THE_DEAL = Deal(77, 41, "ETH dips", "USDT_ETH", "bought", False, "", None, None)


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with three_commas() as running:
        yield running


async def listed(service: Service, **changes: Any) -> Trade:
    """The trade as the list shows it, with one live limit target, and then whatever differs."""
    step = {
        "id": 700001,
        "order_type": "limit",
        "units": {"value": "2.4"},
        "price": {"value": "168.0"},
        "status": {"type": "order_placed"},
    }
    data = {**TRADE["data"], "entered_amount": "4.0", "closed_amount": "0.0"}  # type: ignore[dict-item]
    usual = {"data": data, "take_profit": {"enabled": True, "steps": [step]}}
    service.says([TRADE | usual | changes])
    (trade,) = await service.client.trades(TOKEN, "active")
    service.server.arrived.clear()
    return trade


def steps(*found: dict[str, Any]) -> dict[str, Any]:
    usual = {"id": 1, "order_type": "limit", "units": {"value": "2"}, "price": {"value": "170"}}
    return {"take_profit": {"enabled": True, "steps": [{**usual, **step} for step in found]}}


# --- SmartTrades ---------------------------------------------------------------------------------------------------


async def test_a_limit_target_is_read_out_of_the_list_without_a_call(service: Service) -> None:
    trade = await listed(service)
    (order,) = await service.client.expected_of_trade(TOKEN, trade)
    assert order == ExpectedOrder(
        owner=Owner(OwnerKind.SMART_TRADE, "9001"),
        account_id=41,
        pair="USDT_SOL",
        side=Side.SELL,
        price=Decimal("168.0"),
        remaining=Decimal("2.4"),
        amount=Decimal("2.4"),
        purpose=Purpose.TAKE_PROFIT,
        trade_id="700001",
        created_at=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        updated_at=datetime(2026, 1, 2, 3, 4, 6, 1000, UTC),
    )
    assert service.server.arrived == []


@pytest.mark.parametrize("status", ["idle", "to_process", "trailing_activated", "finished", "cancelled", "suspended"])
async def test_what_3commas_watches_itself_is_no_order(service: Service, status: str) -> None:
    trade = await listed(service, **steps({"status": {"type": status}, "units": {"value": None}}))
    assert await service.client.expected_of_trade(TOKEN, trade) == []
    assert service.server.arrived == []


@pytest.mark.parametrize(
    "status", ["order_placed", "panic_sell_order_placed", "pending_cancellation", "async_order_placement"]
)
async def test_every_status_with_an_order_at_the_exchange_counts(service: Service, status: str) -> None:
    trade = await listed(service, **steps({"status": {"basic_type": status}}))
    assert len(await service.client.expected_of_trade(TOKEN, trade)) == 1


async def test_a_waiting_limit_entry_is_an_order_of_its_own_side(service: Service) -> None:
    position = {
        "type": "sell",
        "units": {"value": "0.3"},
        "price": {"value": "4000.0"},
        "order_type": "limit",
        "status": {"type": "order_placed"},
    }
    trade = await listed(
        service,
        status={"type": "waiting_position"},
        position=position,
        data={**TRADE["data"], "entered_amount": "0.0", "closed_amount": "0.0"},  # type: ignore[dict-item]
        **steps({"status": {"type": "idle"}}),
    )
    (order,) = await service.client.expected_of_trade(TOKEN, trade)
    assert (order.side, order.purpose, order.price, order.remaining) == (
        Side.SELL,
        Purpose.ENTRY,
        Decimal("4000.0"),
        Decimal("0.3"),
    )
    assert service.server.arrived == []


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {**TRADE["data"], "closed_amount": "0.5"}},  # type: ignore[dict-item]
        {"data": {**TRADE["data"], "closed_amount": None}},  # type: ignore[dict-item]
        {"stop_loss": {"enabled": True, "status": {"type": "order_placed"}}},
        {"reduce_funds": {"steps": [{"id": 5}]}},
        {"status": {"type": "stop_loss_in_progress"}},
        {"status": {"type": "cancellation_in_progress"}},
        {"status": {"type": "a_word_that_nobody_knows"}},
        {"position": {"type": "?"}},
        steps({"status": {"type": "order_placed"}, "units": {"value": None}}),
        steps({"status": {"type": "order_placed"}, "price": {"value": None, "percent": "5.0"}}),
        steps({"status": {"type": "order_placed"}, "order_type": "market"}),
    ],
    ids=[
        "partly filled",
        "not told what is closed",
        "stop placed",
        "reduced",
        "stopping",
        "cancelling",
        "unknown status",
        "unknown side",
        "no amount",
        "percent",
        "market",
    ],
)
async def test_where_the_list_is_not_enough_the_rows_are_asked(service: Service, changes: dict[str, Any]) -> None:
    trade = await listed(service, **changes)
    service.says([ROW])
    (order,) = await service.client.expected_of_trade(TOKEN, trade)
    assert service.paths == ["/public/api/v2/smart_trades/9001/trades"]
    assert (order.remaining, order.amount, order.trade_id) == (Decimal("2.0"), Decimal("2.4"), "700001")
    assert (order.created_at, order.updated_at) == (CREATED, UPDATED)


async def test_a_finished_target_explains_what_was_closed(service: Service) -> None:
    two = steps(
        {"status": {"type": "finished"}, "units": {"value": "2.4"}},
        {"id": 2, "status": {"type": "order_placed"}, "units": {"value": "1.6"}},
    )
    data = {**TRADE["data"], "entered_amount": "4.0", "closed_amount": "2.4"}  # type: ignore[dict-item]
    trade = await listed(service, data=data, **two)
    assert [order.trade_id for order in await service.client.expected_of_trade(TOKEN, trade)] == ["2"]
    assert service.server.arrived == []


@pytest.mark.parametrize("status", ["finished", "cancelled", "failed", "panic_sold", "stop_loss_finished"])
async def test_nothing_is_expected_of_a_trade_that_is_over(service: Service, status: str) -> None:
    trade = await listed(service, status={"type": status})
    assert await service.client.expected_of_trade(TOKEN, trade) == []


async def test_rows_tell_purpose_side_trigger_and_what_was_filled(service: Service) -> None:
    stop = ROW | {
        "id": 700002,
        "trade_purpose": "stop_loss",
        "status": "to_process",
        "order_type": "Market",
        "order_price": None,
        "trigger_price": "139.9",
        "realised_amount": None,
    }
    service.says([ROW, stop, ROW | {"id": 3, "trade_purpose": "reduce_funds", "order_side": "BUY"}])
    target, loss, other = await service.client.rows_of_trade(TOKEN, 9001)
    assert (target.purpose, target.side, target.price, target.realised, target.percentage) == (
        Purpose.TAKE_PROFIT,
        Side.SELL,
        Decimal("168.0"),
        Decimal("0.4"),
        Decimal("60.0"),
    )
    assert (loss.purpose, loss.price, loss.trigger, loss.order_type, loss.realised) == (
        Purpose.STOP_LOSS,
        None,
        Decimal("139.9"),
        "market",
        Decimal(0),
    )
    assert (other.purpose, other.side) == (Purpose.OTHER, Side.BUY)


async def test_the_status_of_a_row_comes_before_its_arithmetic(service: Service) -> None:
    """The fee was taken in the coin: 14.94 of 15 realised, and finished."""
    trade = await listed(service, status={"type": "stop_loss_in_progress"})
    service.says(
        [
            ROW | {"status": "finished", "initial_amount": "15.0", "realised_amount": "14.94"},
            ROW | {"id": 2, "realised_amount": "2.4"},
        ]
    )
    assert await service.client.expected_of_trade(TOKEN, trade) == [], "one is over, nothing of the other is left"


async def test_amounts_with_36_decimals_stay_exact(service: Service) -> None:
    exact = "0.123456789012345678901234567890123456"
    service.says([ROW | {"initial_amount": exact, "realised_amount": "1e-36"}])
    (row,) = await service.client.rows_of_trade(TOKEN, 9001)
    assert (str(row.amount), row.realised) == (exact, Decimal("1e-36"))


# --- deals, grids, Simple Trading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        ("Base", Purpose.ENTRY),
        ("Safety", Purpose.SAFETY),
        ("Manual Safety", Purpose.SAFETY),
        ("Take profit", Purpose.TAKE_PROFIT),
        ("Take Profit", Purpose.TAKE_PROFIT),
        ("Stop Loss", Purpose.STOP_LOSS),
        ("Closed at Market Price", Purpose.OTHER),
    ],
)
async def test_active_orders_of_a_deal_are_expected(service: Service, kind: str, purpose: Purpose) -> None:
    service.says([DEAL_ORDER | {"deal_order_type": kind}])
    (order,) = await service.client.expected_of_deal(TOKEN, THE_DEAL)
    assert service.paths == ["/public/api/ver1/deals/77/market_orders"]
    assert (order.owner, order.pair, order.account_id) == (Owner(OwnerKind.DEAL, "77", "ETH dips"), "USDT_ETH", 41)
    assert (order.side, order.purpose, order.price) == (Side.SELL, purpose, Decimal("2714.4"))
    assert (order.remaining, order.amount, order.trade_id) == (Decimal("0.0300"), Decimal("0.0354"), "700310")


async def test_all_orders_of_a_deal_are_told_with_their_prices_and_what_was_filled(service: Service) -> None:
    service.says([DEAL_ORDER | {"deal_order_type": "Safety", "order_type": "BUY", "status_string": "Cancelled"}])
    (row,) = await service.client.rows_of_deal(TOKEN, 77)
    assert service.paths == ["/public/api/ver1/deals/77/market_orders"]
    assert (row.id, row.side, row.purpose, row.status) == (700310, Side.BUY, Purpose.SAFETY, "cancelled")
    assert (row.price, row.amount, row.realised) == (Decimal("2714.4"), Decimal("0.0354"), Decimal("0.0054"))


@pytest.mark.parametrize("status", ["Filled", "Finished", "Cancelled", "Inactive"])
async def test_other_orders_of_a_deal_are_not(service: Service, status: str) -> None:
    service.says([DEAL_ORDER | {"status_string": status}])
    assert await service.client.expected_of_deal(TOKEN, THE_DEAL) == []


async def test_a_take_profit_that_trails_has_no_order_although_it_is_called_active(service: Service) -> None:
    deal = Deal(77, 41, "", "USDT_ETH", "bought", False, "", None, None, take_profit_trails=True)
    service.says([DEAL_ORDER, DEAL_ORDER | {"order_id": "2", "deal_order_type": "Safety", "order_type": "BUY"}])
    assert [order.purpose for order in await service.client.expected_of_deal(TOKEN, deal)] == [Purpose.SAFETY]


async def test_deals_say_what_they_hold_and_whether_they_trail(service: Service) -> None:
    service.says(
        [
            {
                "id": 77,
                "account_id": 41,
                "strategy": "short",
                "bought_amount": "0.84",
                "bought_average_price": "560.0",
                "take_profit_price": "0",
                "stop_loss_price": None,
                "trailing_enabled": True,
                "closed_at": LATER,
            }
        ]
    )
    (deal,) = await service.client.deals(TOKEN, "finished")
    assert (deal.strategy, deal.bought_amount, deal.bought_average_price) == ("short", Decimal("0.84"), Decimal(560))
    assert (deal.take_profit_price, deal.stop_loss_price, deal.take_profit_trails) == (None, None, True)
    assert deal.closed_at == UPDATED


SHOWN: dict[str, Any] = {
    "id": 77,
    "account_id": 41,
    "pair": "USDT_ETH",
    "status": "failed",
    "strategy": "long",
    "bought_amount": "0.4",
    "bought_volume": "1200.0",
    "sold_amount": "0.1",
    "take_profit": "3.0",
    "take_profit_price": "3090.0",
    "leverage_type": "isolated",
    "leverage_custom_value": "5.0",
    "max_safety_orders": 5,
    "completed_safety_orders_count": 2,
    "current_active_safety_orders_count": 1,
    "bot_events": [{"message": "Base order executed.", "created_at": AT}],
}


async def test_one_deal_says_all_that_a_form_can_be_filled_from(service: Service) -> None:
    service.says(SHOWN)
    deal = await service.client.deal(TOKEN, 77)
    assert service.paths == ["/public/api/ver1/deals/77/show"]
    assert (deal.bought_volume, deal.sold_amount, deal.take_profit_percent) == (1200, Decimal("0.1"), 3)
    assert (deal.leverage_type, deal.leverage, deal.safety) == ("isolated", 5, Safety(5, 2, 1))
    assert (deal.take_profit_of, deal.take_profit_steps, deal.closes_on_condition) == ("", (), False)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("total", "total"),
        ("total_bought_volume", "total"),
        ("base", "base"),
        ("base_order_volume", "base"),
        ("new", ""),
        (None, ""),
    ],
)
async def test_what_the_per_cent_are_of_is_read_in_both_spellings(
    service: Service, told: str | None, meant: str
) -> None:
    service.says(SHOWN | {"take_profit_type": told})
    assert (await service.client.deal(TOKEN, 77)).take_profit_of == meant


async def test_several_take_profits_and_closing_conditions_are_told(service: Service) -> None:
    first = {"id": 1, "amount_percentage": 60, "price": "3050.0", "execution_timestamp": AT, "status": "Placed"}
    second = {"id": 2, "amount_percentage": 40, "price": "3100.0", "execution_timestamp": None, "status": "Placed"}
    more = {"take_profit": None, "take_profit_steps": [first, second], "close_strategy_list": [{"strategy": "rsi"}]}
    service.says(SHOWN | more)
    deal = await service.client.deal(TOKEN, 77)
    assert deal.take_profit_steps == (
        DealStep(Decimal(3050), Decimal(60), done=True),
        DealStep(Decimal(3100), Decimal(40), done=False),
    )
    assert (deal.take_profit_percent, deal.closes_on_condition) == (None, True)


@pytest.mark.parametrize("odd", [None, "3", True, -1, 1.5])
async def test_safety_orders_are_counted_only_where_all_counts_are_told(service: Service, odd: object) -> None:
    service.says(SHOWN | {"completed_safety_orders_count": odd})
    assert (await service.client.deal(TOKEN, 77)).safety is None


@pytest.mark.parametrize("odd", ["not_specified", "custom", None, 5])
async def test_a_leverage_that_was_left_as_it_stood_is_not_told(service: Service, odd: object) -> None:
    service.says(SHOWN | {"leverage_type": odd, "leverage_custom_value": None})
    deal = await service.client.deal(TOKEN, 77)
    assert (deal.leverage_type, deal.leverage) == ("", None)


async def test_another_object_than_the_one_asked_for_is_not_taken(service: Service) -> None:
    service.says(SHOWN | {"id": 78})
    with pytest.raises(AnswerLost):
        await service.client.deal(TOKEN, 77)
    service.says(TRADE)
    with pytest.raises(AnswerLost):
        await service.client.trade(TOKEN, TRADE["id"] + 1)


async def test_one_trade_is_read_as_in_the_list(service: Service) -> None:
    service.says(TRADE)
    one = await service.client.trade(TOKEN, TRADE["id"])
    service.says([TRADE])
    assert [one] == list(await service.client.trades(TOKEN, "failed"))


@pytest.mark.parametrize(
    ("status", "body"),
    [(400, {"error": "Not found"}), (404, {"error": "not_found"}), (404, {"error": "Not found"})],
)
async def test_what_is_not_there_is_said_in_every_spelling(service: Service, status: int, body: dict[str, str]) -> None:
    service.says(body, status)
    with pytest.raises(NotThere):
        await service.client.trade(TOKEN, 9001)
    with pytest.raises(NotThere):
        await service.client.deal(TOKEN, 77)


async def test_both_lists_of_every_page_of_every_enabled_grid_bot_are_read(service: Service) -> None:
    lines = [GRID_ORDER | {"order_id": number, "status_string": "Filled"} for number in range(1500)]
    lines[1499]["status_string"] = "Active"

    async def answer(request: web.Request) -> web.StreamResponse:
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        if request.path.endswith("/grid_bots"):
            assert request.query["state"] == "enabled"
            return web.json_response([GRID_BOT][offset : offset + limit])
        balancing = [GRID_ORDER | {"order_id": 9_000}][offset : offset + limit]
        return web.json_response({"grid_lines_orders": lines[offset : offset + limit], "balancing_orders": balancing})

    service.answer = answer
    found = await service.client.grid_orders(TOKEN)
    assert [(order.trade_id, order.side, order.purpose) for order in found] == [
        ("9000", Side.BUY, Purpose.GRID_LINE),
        ("1499", Side.BUY, Purpose.GRID_LINE),
    ]
    assert found[0].owner == Owner(OwnerKind.GRID, "31", "XRP grid")


@pytest.mark.parametrize("status", [{"value": "order_placed"}, {"basic_type": "order_placed"}])
async def test_an_order_of_simple_trading_is_read_in_both_spellings(service: Service, status: dict[str, str]) -> None:
    async def once(request: web.Request) -> web.StreamResponse:
        return web.json_response({"trades": [SIMPLE | {"status": status}] if request.query["offset"] == "0" else []})

    service.answer = once
    (order,) = await service.client.simple_orders(TOKEN)
    assert (order.owner, order.remaining, order.amount) == (
        Owner(OwnerKind.SIMPLE, SIMPLE["uuid"]),
        Decimal("380.0"),
        Decimal("500.0"),
    )
    assert (order.side, order.price, order.created_at) == (
        Side.SELL,
        Decimal("0.55"),
        datetime(2026, 1, 2, 3, 0, tzinfo=UTC),
    )


async def test_a_service_that_gives_less_than_it_is_asked_for_does_not_shorten_simple_trading(service: Service) -> None:
    """The largest page is not documented: 10 at a time may be all that comes."""

    async def tens(request: web.Request) -> web.StreamResponse:
        rows = [SIMPLE | {"uuid": f"order-{number}"} for number in range(34)]
        offset = int(request.query["offset"])
        return web.json_response({"trades": rows[offset : offset + 10]})

    service.answer = tens
    assert len(await service.client.simple_orders(TOKEN)) == 34


# --- balances and rates --------------------------------------------------------------------------------------------


async def test_the_balance_table_is_exact_although_it_is_sent_as_numbers(service: Service) -> None:
    service.says_raw(
        b'[{"currency_code":"ETH","position":0.5,"position_available":0.2,"on_orders":3.0e-1,"usd_value":1000.25,'
        b'"account_id":41},{"currency_code":"PEPE","position":"1e-7","on_orders":null,"usd_value":null}]'
    )
    ether, pepe = await service.client.holdings(TOKEN, 41)
    assert service.server.arrived == [("POST", "/public/api/ver1/accounts/41/account_table_data")]
    assert (ether.total, ether.available, ether.on_orders, ether.usd_value) == (
        Decimal("0.5"),
        Decimal("0.2"),
        Decimal("0.30"),
        Decimal("1000.25"),
    )
    assert (pepe.available, pepe.on_orders, pepe.usd_value) == (Decimal("1e-7"), Decimal(0), None)


async def test_rates_need_no_token_and_leave_out_what_is_not_told(service: Service) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert "Apikey" not in request.headers
        assert dict(request.query) == {"market_code": "binance", "pair": "USDT_SOL", "limit_type": "smart_trade"}
        return web.json_response(RATES | {"bid": None, "minTotal": "0"})

    service.answer = answer
    rates = await service.client.rates("binance", "USDT_SOL")
    assert (rates.last, rates.bid, rates.ask, rates.min_total) == (Decimal("151.10"), None, Decimal("151.20"), None)
    assert (rates.price_step, rates.lot_step, rates.min_lot) == (Decimal("0.01"), Decimal("0.001"), Decimal("0.001"))


@pytest.mark.parametrize(
    "body",
    [
        {"error": "Unknown pair"},
        {"error": "record_invalid", "error_attributes": {"pair": ["Unknown pair"]}},
    ],
)
async def test_a_pair_that_the_market_does_not_have_is_not_there(service: Service, body: dict[str, Any]) -> None:
    service.says(body, 400)
    with pytest.raises(NotThere):
        await service.client.rates("binance", "USDT_SOL")


async def test_another_400_is_a_surprise(service: Service) -> None:
    service.says({"error": "record_invalid", "error_attributes": {"market_code": ["is missing"]}}, 400)
    with pytest.raises(Surprise):
        await service.client.rates("binance", "USDT_SOL")


# --- answers that are none -----------------------------------------------------------------------------------------

Read = Callable[[ThreeCommasClient], Awaitable[object]]
LIVING = Trade(9001, 41, "USDT_SOL", "smart_trade", "pending_reduce_funds", "", None, None)
READS: dict[str, Read] = {
    "rows": lambda client: client.rows_of_trade(TOKEN, 9001),
    "trade": lambda client: client.expected_of_trade(TOKEN, LIVING),
    "deal": lambda client: client.expected_of_deal(TOKEN, THE_DEAL),
    "deal's rows": lambda client: client.rows_of_deal(TOKEN, 77),
    "one trade": lambda client: client.trade(TOKEN, 9001),
    "one deal": lambda client: client.deal(TOKEN, 77),
    "grids": lambda client: client.grid_orders(TOKEN),
    "simple": lambda client: client.simple_orders(TOKEN),
    "holdings": lambda client: client.holdings(TOKEN, 41),
    "rates": lambda client: client.rates("binance", "USDT_SOL"),
}
EMPTY_LISTS = {"rows", "trade", "deal", "deal's rows", "grids", "holdings"}
NO_ANSWERS = {
    "html": b"<html>Just a moment</html>",
    "nothing": b"",
    "object": b"{}",
    "null": b"null",
    "text": b'"ok"',
    "number": b"1",
    "list of nulls": b"[null]",
    "list of lists": b"[[]]",
    "list of objects": b"[{}]",
    "cut": b'[{"id":1,"order_si',
    "lists of nulls inside": b'{"trades":[null],"grid_lines_orders":[null],"balancing_orders":[]}',
    "one of two lists": b'{"grid_lines_orders":[]}',
}


@pytest.mark.parametrize("body", NO_ANSWERS.values(), ids=NO_ANSWERS)
@pytest.mark.parametrize("read", READS.values(), ids=READS)
async def test_a_broken_answer_is_lost_and_never_an_empty_list(service: Service, read: Read, body: bytes) -> None:
    service.says_raw(body)
    with pytest.raises(AnswerLost):
        await read(service.client)


@pytest.mark.parametrize(("name", "read"), READS.items(), ids=READS)
async def test_an_empty_list_is_an_answer_only_where_a_list_is_due(service: Service, name: str, read: Read) -> None:
    service.says([])
    if name in EMPTY_LISTS:
        assert await read(service.client) == []
    else:
        with pytest.raises(AnswerLost):
            await read(service.client)


@pytest.mark.parametrize("missing", ["order_id", "order_type", "quantity", "quantity_remaining"])
async def test_an_order_that_cannot_be_read_loses_the_list(service: Service, missing: str) -> None:
    service.says([DEAL_ORDER | {missing: None}])
    with pytest.raises(AnswerLost):
        await service.client.expected_of_deal(TOKEN, THE_DEAL)


@pytest.mark.parametrize("orders", [{"grid_lines_orders": []}, [], None])
async def test_a_grid_bot_without_both_lists_loses_all(service: Service, orders: object) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response([GRID_BOT] if request.path.endswith("/grid_bots") else orders)

    service.answer = answer
    with pytest.raises(AnswerLost):
        await service.client.grid_orders(TOKEN)


async def test_a_balance_table_of_another_account_is_not_taken(service: Service) -> None:
    service.says([TABLE_ROW | {"account_id": 42}])
    with pytest.raises(AnswerLost):
        await service.client.holdings(TOKEN, 41)


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("rows", "SMART_TRADES_READ"),
        ("deal", "BOTS_READ"),
        ("deal's rows", "BOTS_READ"),
        ("one trade", "SMART_TRADES_READ"),
        ("one deal", "BOTS_READ"),
        ("grids", "BOTS_READ"),
        ("simple", "SMART_TRADES_READ"),
        ("holdings", "ACCOUNTS_READ"),
    ],
)
async def test_a_missing_right_is_named(service: Service, read: str, right: str) -> None:
    service.says({"error": "Forbidden", "error_description": "Api key not authorized for this action"}, 403)
    with pytest.raises(RightMissing) as caught:
        await READS[read](service.client)
    assert caught.value.right == right


async def test_foreign_names_are_cleaned(service: Service) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/grid_bots"):
            return web.json_response([GRID_BOT | {"name": "grid\u202e\n<b>bot</b>"}])
        return web.json_response({"grid_lines_orders": [GRID_ORDER], "balancing_orders": []})

    service.answer = answer
    (order,) = await service.client.grid_orders(TOKEN)
    assert order.owner.name == "grid <b>bot</b>"
