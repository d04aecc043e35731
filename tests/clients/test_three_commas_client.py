"""What the client asks 3Commas, and what it makes of good answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from aiohttp import web

from domain.errors import TokenRefused
from domain.ports import Contact
from tests.clients.three_commas_service import ACCOUNT, DEAL, MARKET, TOKEN, TRADE, Service, three_commas


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with three_commas() as running:
        yield running


def _row(template: Mapping[str, object], number: int) -> dict[str, object]:
    return {**template, "id": number}


async def test_an_accepted_token_is_valid(service: Service) -> None:
    service.says({"valid": True})
    await service.client.validate(TOKEN)
    assert service.server.arrived == [("GET", "/public/api/ver1/validate")]


async def test_a_token_that_is_told_invalid_is_refused(service: Service) -> None:
    service.says({"valid": False})
    with pytest.raises(TokenRefused):
        await service.client.validate(TOKEN)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (["ACCOUNTS_READ", "BOTS_READ"], {"ACCOUNTS_READ", "BOTS_READ"}),
        ({"permissions": ["accounts_read", "SMART_TRADE_READ"]}, {"ACCOUNTS_READ", "SMART_TRADES_READ"}),
        ({"ACCOUNTS_READ": True, "ACCOUNTS_WRITE": False}, {"ACCOUNTS_READ"}),
        (
            {"data": {"accounts": {"read": True, "write": False}, "smart_trades": {"read": True}}},
            {"ACCOUNTS_READ", "SMART_TRADES_READ"},
        ),
        ({"accounts": ["read", "write"]}, {"ACCOUNTS_READ", "ACCOUNTS_WRITE"}),
        ([{"name": "BOTS_READ", "granted": True}, {"name": "BOTS_WRITE", "granted": False}], {"BOTS_READ"}),
        ({"BOTS_READ": False}, set()),
        ([], set()),
        ({"something": "else"}, None),
        ({}, None),
        (None, None),
    ],
)
async def test_permissions_are_found_in_whatever_shape_they_come(
    service: Service, body: object, expected: set[str] | None
) -> None:
    service.says(body)
    found = await service.client.permissions(TOKEN)
    assert found == (None if expected is None else frozenset(expected))


async def test_where_permissions_are_not_told_nothing_is_claimed(service: Service) -> None:
    service.says({"error": "not_found", "error_description": "Not Found"}, 404)
    assert await service.client.permissions(TOKEN) is None


async def test_an_account_comes_with_its_flags_and_exact_money(service: Service) -> None:
    service.says([{**ACCOUNT, "usd_amount": "812.55000000000000000000000000000000000001"}])
    (account,) = await service.client.accounts(TOKEN)
    assert account.id == 41
    assert account.market_code == "binance"
    assert (account.key_invalid, account.keys_state, account.locked, account.lock_reason) == (
        True,
        "expired",
        False,
        "",
    )
    assert account.usd_amount == Decimal("812.55000000000000000000000000000000000001")
    assert account.updated_at == datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ('"1.6e-06"', Decimal("0.0000016")),
        ("0.1", Decimal("0.1")),
        ("12", Decimal(12)),
        ('"0.10"', Decimal("0.10")),
        ("null", None),
        ("true", None),
        ('"NaN"', None),
        ('"Infinity"', None),
        ('"1e999999"', None),
        ("1e999999", None),
        ('"much"', None),
        ("{}", None),
    ],
)
async def test_money_is_decimal_in_every_form_it_is_sent_in(
    service: Service, sent: str, expected: Decimal | None
) -> None:
    body = json.dumps([{**ACCOUNT, "usd_amount": "@"}]).replace('"@"', sent)
    service.says_raw(body.encode())
    (account,) = await service.client.accounts(TOKEN)
    assert account.usd_amount == expected
    assert not isinstance(account.usd_amount, float)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 250])
async def test_accounts_are_read_page_by_page_until_a_short_one(service: Service, count: int) -> None:
    async def paged(request: web.Request) -> web.StreamResponse:
        page, size = int(request.query["page"]), int(request.query["per_page"])
        return web.json_response([_row(ACCOUNT, n) for n in range(count)][(page - 1) * size : page * size])

    service.answer = paged
    assert [account.id for account in await service.client.accounts(TOKEN)] == list(range(count))
    assert service.paths == [
        f"/public/api/ver1/accounts?page={page}&per_page=100" for page in range(1, count // 100 + 2)
    ]


async def test_a_row_that_moved_onto_the_next_page_counts_once(service: Service) -> None:
    async def moving(request: web.Request) -> web.StreamResponse:
        first = int(request.query["page"]) == 1
        return web.json_response([_row(ACCOUNT, n) for n in (range(100) if first else range(99, 120))])

    service.answer = moving
    assert [account.id for account in await service.client.accounts(TOKEN)] == list(range(120))


async def test_one_account_is_read_by_its_id(service: Service) -> None:
    service.says(ACCOUNT, 201)
    assert (await service.client.account(TOKEN, 41)).name == "Main spot"
    assert service.paths == ["/public/api/ver1/accounts/41"]


async def test_balances_that_load_mean_that_the_key_works(service: Service) -> None:
    service.says({**ACCOUNT, "api_key_invalid": False, "api_keys_state": "ok"}, 201)
    loaded = await service.client.load_balances(TOKEN, 41)
    assert service.server.arrived == [("POST", "/public/api/ver1/accounts/41/load_balances")]
    assert loaded.contact is Contact.WORKS
    assert loaded.account is not None
    assert loaded.account.keys_state == "ok"


@pytest.mark.parametrize(
    ("body", "contact", "said"),
    [
        (
            {"error": "invalid_api_key", "error_description": "API keys are no longer valid or incorrect."},
            Contact.KEY_REFUSED,
            "API keys are no longer valid or incorrect.",
        ),
        (
            {"error": "unknown_market_api_error", "error_description": '{:code=>-1, :msg=>"x"}'},
            Contact.UNDECIDED,
            '{:code=>-1, :msg=>"x"}',
        ),
        ({"error": "record_invalid", "error_attributes": {"base": ["is locked"]}}, Contact.UNDECIDED, "is locked"),
        ("busy", Contact.UNDECIDED, "busy"),
    ],
)
async def test_only_one_answer_says_that_the_exchange_refuses_the_key(
    service: Service, body: object, contact: Contact, said: str
) -> None:
    service.says(body, 422)
    loaded = await service.client.load_balances(TOKEN, 41)
    assert (loaded.contact, loaded.account) == (contact, None)
    assert said in loaded.said


async def test_trades_are_asked_for_in_a_stable_order_and_encoded_once(service: Service) -> None:
    service.says([])
    await service.client.trades(TOKEN, "failed", datetime(2026, 1, 2, 3, 4, 5, 678900, UTC))
    assert service.paths == [
        "/public/api/v2/smart_trades?status=failed&order_by=created_at&order_direction=asc"
        "&from=2026-01-02T03%3A04%3A05.678Z&page=1&per_page=100"
    ]


async def test_trades_of_one_pair_are_asked_for_by_its_name(service: Service) -> None:
    service.says([])
    await service.client.trades(TOKEN, "all", pair="USDT_ETH")
    assert service.paths == [
        "/public/api/v2/smart_trades?status=all&order_by=created_at&order_direction=asc&pair=USDT_ETH&page=1&per_page=100"
    ]


async def test_a_living_trade_shows_its_plan_with_numbers_as_text(service: Service) -> None:
    service.says([TRADE])
    (trade,) = await service.client.trades(TOKEN, "active")
    assert (trade.id, trade.account_id, trade.pair, trade.type) == (9001, 41, "USDT_SOL", "smart_sell")
    assert (trade.status, trade.error, trade.closed_at) == ("waiting_targets", "", None)
    assert trade.created_at == datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
    step = trade.plan["take_profit"]["steps"][0]  # type: ignore[index]
    assert step["price"] == {"value": "168.5"}
    assert trade.plan["skip_enter_step"] is True
    json.dumps(trade.plan)
    assert "168.5" not in repr(trade)


@pytest.mark.parametrize(
    "place",
    [
        {"status": {"type": "failed", "error": "Invalid API keys"}},
        {"position": {"type": "buy", "status": {"type": "failed", "error": "Invalid API keys"}}},
        {"stop_loss": {"enabled": True, "status": {"type": "failed", "error": "Invalid API keys"}}},
        {"take_profit": {"steps": [{"id": 1, "status": {}}, {"id": 2, "status": {"error": "Invalid API keys"}}]}},
    ],
    ids=["trade", "entry", "stop", "target"],
)
async def test_a_trades_error_is_found_where_it_stands(service: Service, place: dict[str, object]) -> None:
    service.says([{**TRADE, **place}])
    (trade,) = await service.client.trades(TOKEN, "failed")
    assert trade.error == "Invalid API keys"


async def test_deals_are_read_with_their_error(service: Service) -> None:
    service.says([DEAL])
    (deal,) = await service.client.deals(TOKEN, "active")
    assert (deal.id, deal.account_id, deal.bot_name, deal.status) == (77, 41, "ETH dips", "bought")
    assert (deal.has_error, deal.error) == (True, "Invalid API keys")
    assert service.paths == [
        "/public/api/ver1/deals?scope=active&order=created_at&order_direction=ASC&limit=200&offset=0"
    ]


async def test_deals_go_on_by_offset(service: Service) -> None:
    async def paged(request: web.Request) -> web.StreamResponse:
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        return web.json_response([_row(DEAL, n) for n in range(450)][offset : offset + limit])

    service.answer = paged
    assert len(await service.client.deals(TOKEN, "finished")) == 450


async def test_the_market_list_needs_no_token_and_is_kept_for_an_hour(service: Service) -> None:
    service.says([MARKET])
    (market,) = await service.client.market_list()
    assert market.required_fields == ("secret", "api_key", "passphrase")
    assert market.flows == {"form", "fast_connect"}
    assert market.trusted_ips == ("198.51.100.0/24", "192.0.2.7")
    assert market.help_link == "https://help.3commas.io/en/articles/3109057"
    assert "Apikey" not in service.server.headers[0]

    service.clock.advance(3599)
    await service.client.market_list()
    assert len(service.paths) == 1
    service.clock.advance(1)
    await service.client.market_list()
    assert len(service.paths) == 2


async def test_many_who_want_the_market_list_at_once_cost_one_request(service: Service) -> None:
    service.says([MARKET])
    await asyncio.gather(*(service.client.market_list() for _ in range(20)))
    assert len(service.paths) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"trusted_ips": ["198.51.100.1", "soon"]}, ()),
        ({"trusted_ips": None}, ()),
        ({"trusted_ips": ["2001:db8::/32"]}, ("2001:db8::/32",)),
    ],
)
async def test_addresses_are_shown_all_or_not_at_all(
    service: Service, change: dict[str, object], expected: tuple[str, ...]
) -> None:
    service.says([{**MARKET, **change}])
    (market,) = await service.client.market_list()
    assert market.trusted_ips == expected


async def test_a_help_link_is_https_or_none(service: Service) -> None:
    service.says([{**MARKET, "help_link": "javascript:alert(1)"}])
    (market,) = await service.client.market_list()
    assert market.help_link == ""
