"""Refusals, stumbles and garbage: what each becomes, how often it is asked again, and what is never said."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from clients.limits import LocalLimiter
from clients.three_commas import ThreeCommasClient
from clients.transport import Transport
from domain.errors import (
    AnswerLost,
    NotThere,
    PlanWithoutApi,
    RightMissing,
    ServiceDown,
    SupportError,
    Surprise,
    TimedOut,
    TokenRefused,
    TooManyRequests,
    Unavailable,
)
from domain.values import Credentials, KeyKind, Secret
from tests.clients.doubles import MovedClock, abort, cut
from tests.clients.three_commas_service import ACCOUNT, KEY, TOKEN, Service, three_commas

PLAN = (
    "The request type 'read' is not available with your current subscription plan. "
    "Please upgrade your plan to use this type of request."
)
HALF_A_PEM = "-----BEGIN PRIVATE KEY-----\nMIIE"  # pragma: allowlist secret
CHALLENGE = b"<!doctype html><html><head><title>Just a moment...</title></head></html>"

Listing = Callable[[ThreeCommasClient], Awaitable[object]]
LISTINGS: dict[str, Listing] = {
    "accounts": lambda client: client.accounts(TOKEN),
    "trades": lambda client: client.trades(TOKEN, "active"),
    "deals": lambda client: client.deals(TOKEN, "active"),
    "market_list": lambda client: client.market_list(),
}
SINGLE: dict[str, Listing] = {
    "validate": lambda client: client.validate(TOKEN),
    "account": lambda client: client.account(TOKEN, 41),
    "load_balances": lambda client: client.load_balances(TOKEN, 41),
}


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with three_commas() as running:
        yield running


@pytest.mark.parametrize(
    ("status", "body", "expected", "code"),
    [
        (401, {"error": "signature_invalid", "error_description": "…"}, TokenRefused, "signature_invalid"),
        (401, {"error": "api_key_invalid_or_expired"}, TokenRefused, "api_key_invalid_or_expired"),
        (403, {"error": "Forbidden", "error_description": "Api key not authorized for this action"}, RightMissing, "Forbidden"),
        (403, {"error": "access_denied", "error_description": "Api key doesn't have enough permissions"}, RightMissing, "access_denied"),
        (403, {"error": "Forbidden", "error_description": "Account not owned by current user."}, NotThere, "Forbidden"),
        (403, {"error": "Forbidden", "error_description": "An active subscription is required"}, PlanWithoutApi, "Forbidden"),
        (404, {"error": "not_found", "error_description": "Not Found"}, NotThere, "not_found"),
        (404, {"error": "Not found"}, NotThere, "Not found"),
        (400, {"error": "Not found", "error_description": "Smart Trade not found"}, NotThere, "Not found"),
        (400, {"error": "record_invalid", "error_attributes": {"page": ["is invalid"]}}, Surprise, "record_invalid"),
        (400, {"error": "record_invalid", "error_attributes": "page is invalid"}, Surprise, "record_invalid"),
        (422, {"error": "something"}, Surprise, "something"),
        (429, {"error": PLAN}, PlanWithoutApi, "429"),
        (451, {"error": {"code": 1}}, Surprise, "451"),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_apart_and_asked_once(
    service: Service, status: int, body: object, expected: type[SupportError], code: str
) -> None:
    service.says(body, status)
    with pytest.raises(expected) as caught:
        await service.client.accounts(TOKEN)
    assert type(caught.value) is expected
    assert caught.value.code == code
    assert len(service.paths) == 1


async def test_a_missing_right_is_named(service: Service) -> None:
    service.says({"error": "Forbidden"}, 403)
    for listing, right in (("accounts", "ACCOUNTS_READ"), ("trades", "SMART_TRADES_READ"), ("deals", "BOTS_READ")):
        with pytest.raises(RightMissing) as caught:
            await LISTINGS[listing](service.client)
        assert caught.value.right == right


async def test_what_is_wrong_with_a_parameter_is_said_with_its_name(service: Service) -> None:
    service.says(
        {
            "error": "record_invalid",
            "error_description": "Invalid parameters",
            "error_attributes": {"position[type]": ["is missing"]},
        },
        400,
    )
    with pytest.raises(Surprise) as caught:
        await service.client.accounts(TOKEN)
    assert "position[type]: is missing" in caught.value.said


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_stumble_is_asked_again_and_the_answer_counts(service: Service, status: int) -> None:
    async def stumbles_once(request: web.Request) -> web.StreamResponse:
        if len(service.paths) == 1:
            return web.Response(status=status, body=CHALLENGE, content_type="text/html")
        return web.json_response([ACCOUNT])

    service.answer = stumbles_once
    assert len(await service.client.accounts(TOKEN)) == 1
    assert len(service.clock.waits) == 1
    assert 0 < service.clock.waits[0] < 1


@pytest.mark.parametrize("ask", SINGLE.values(), ids=SINGLE.keys())
async def test_who_stumbles_three_times_is_down(service: Service, ask: Listing) -> None:
    """`load_balances` is a POST that only reads, so it may be repeated as well."""
    service.says_raw(CHALLENGE, 503)
    with pytest.raises(ServiceDown) as caught:
        await ask(service.client)
    assert len(service.paths) == 3
    assert (caught.value.code, caught.value.said) == ("503", "")


async def test_an_error_object_inside_a_good_answer_is_a_stumble(service: Service) -> None:
    service.says({"error": {"status_code": 502}})
    with pytest.raises(ServiceDown):
        await service.client.accounts(TOKEN)
    assert len(service.paths) == 3


@pytest.mark.parametrize("ask", SINGLE.values(), ids=SINGLE.keys())
async def test_a_connection_that_breaks_is_asked_again_and_counted(service: Service, ask: Listing) -> None:
    async def breaks(request: web.Request) -> web.StreamResponse:
        return abort(request)

    service.answer = breaks
    with pytest.raises(AnswerLost):
        await ask(service.client)
    assert len(service.paths) == 3


async def test_a_silent_service_is_asked_twice(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.three_commas.client.LOAD_TIMEOUT_S", 0.05)
    released = asyncio.Event()

    async def silent(request: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    service.answer = silent
    with pytest.raises(TimedOut):
        await service.client.load_balances(TOKEN, 41)
    released.set()
    assert len(service.paths) == 2


async def test_a_redirect_is_no_answer(service: Service) -> None:
    service.says_raw(b"", 302, Location="https://example.invalid/")
    with pytest.raises(AnswerLost):
        await service.client.accounts(TOKEN)


async def test_where_nobody_listens_the_service_is_down() -> None:
    clock = MovedClock()
    async with Transport.open() as transport:
        client = ThreeCommasClient(transport, LocalLimiter(clock), clock, origin="http://127.0.0.1:1")
        with pytest.raises(ServiceDown):
            await client.accounts(TOKEN)


# --- Envelopes ---------------------------------------------------------------------------------------------------

GARBAGE = [b"", CHALLENGE, b"{}", b"null", b'"[]"', b"42", b"[null]", b"[[]]", b"[{}]", b'[{"id": "41"}]', b'[{"id": true}]',
           b'{"data": []}', b"[" * 5000, b"[1e5, NaN]", b"\xff"]  # fmt: skip


@pytest.mark.parametrize("body", GARBAGE, ids=lambda body: repr(body[:24]))
@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS.keys())
async def test_what_is_no_listing_is_lost_and_never_empty(service: Service, listing: Listing, body: bytes) -> None:
    service.says_raw(body)
    with pytest.raises(AnswerLost):
        await listing(service.client)


@pytest.mark.parametrize("change", [{"id": True}, {"id": 41.0}, {"id": None}, {"id": 41, "fee": float("nan")}])
async def test_a_row_that_json_or_3commas_does_not_know_spoils_the_list(
    service: Service, change: dict[str, object]
) -> None:
    service.says([ACCOUNT, {**ACCOUNT, **change}])
    with pytest.raises(AnswerLost):
        await service.client.accounts(TOKEN)


async def test_a_market_list_without_markets_is_no_market_list(service: Service) -> None:
    service.says([])
    with pytest.raises(Unavailable):
        await service.client.market_list()
    service.says([{"market_code": "binance", "market_name": "Binance"}])
    assert len(await service.client.market_list()) == 1, "the failure was not kept"


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS.keys())
async def test_a_cut_listing_is_lost(service: Service, listing: Listing) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        return await cut(request, b'[{"id": 1}, {"id": 2}]')

    service.answer = half
    with pytest.raises(AnswerLost):
        await listing(service.client)


async def test_a_list_whose_second_page_fails_is_not_read_at_all(service: Service) -> None:
    async def half_the_list(request: web.Request) -> web.StreamResponse:
        if request.query["page"] == "1":
            return web.json_response([{**ACCOUNT, "id": n} for n in range(100)])
        return web.Response(status=502)

    service.answer = half_the_list
    with pytest.raises(ServiceDown):
        await service.client.accounts(TOKEN)


async def test_a_list_that_does_not_page_does_not_end_in_a_loop(service: Service) -> None:
    service.says([{**ACCOUNT, "id": n} for n in range(100)])
    with pytest.raises(AnswerLost):
        await service.client.accounts(TOKEN)
    assert len(service.paths) == 2


@pytest.mark.parametrize(
    "body", [b"", CHALLENGE, b"{}", b"null", b"[]", b'{"id": "41"}', b'{"id": 41}', b'{"valid": "true"}']
)
@pytest.mark.parametrize("ask", SINGLE.values(), ids=SINGLE.keys())
async def test_what_is_not_the_object_asked_for_is_lost(service: Service, ask: Listing, body: bytes) -> None:
    service.says_raw(body)
    with pytest.raises(AnswerLost):
        await ask(service.client)


async def test_another_account_than_the_one_asked_for_is_no_answer(service: Service) -> None:
    service.says({**ACCOUNT, "id": 42}, 201)
    with pytest.raises(AnswerLost):
        await service.client.load_balances(TOKEN, 41)


# --- Limits ------------------------------------------------------------------------------------------------------


async def test_after_a_rate_limit_nothing_leaves_for_five_minutes_and_then_five_a_minute(service: Service) -> None:
    service.says_raw(b"Retry later\n", 429)
    with pytest.raises(TooManyRequests) as caught:
        await service.client.validate(TOKEN)
    assert caught.value.retry_after_s == 300
    service.says({"valid": True})
    service.clock.advance(290)
    with pytest.raises(TooManyRequests) as caught:
        await service.client.validate(TOKEN)
    assert caught.value.retry_after_s == pytest.approx(10)
    assert len(service.paths) == 1

    service.clock.advance(10)
    for _ in range(5):
        await service.client.validate(TOKEN)
    with pytest.raises(TooManyRequests):
        await service.client.validate(TOKEN)
    service.clock.advance(60)
    await service.client.validate(TOKEN)

    service.clock.time += timedelta(days=1)
    for _ in range(50):
        await service.client.validate(TOKEN)


async def test_another_token_goes_on_during_a_rate_limit(service: Service) -> None:
    service.says_raw(b"Retry later\n", 429)
    with pytest.raises(TooManyRequests):
        await service.client.validate(TOKEN)
    with pytest.raises(TokenRefused):  # by the signature check of the test's service: it was asked
        await service.client.validate(Credentials("another", Secret("another")))


async def test_a_ban_stops_everything_from_this_address(service: Service) -> None:
    service.says_raw(b"banned", 418, **{"Retry-After": "600"})
    with pytest.raises(TooManyRequests) as caught:
        await service.client.validate(TOKEN)
    assert caught.value.retry_after_s == 600
    with pytest.raises(TooManyRequests):
        await service.client.validate(Credentials("another", Secret("another")))
    with pytest.raises(TooManyRequests):
        await service.client.market_list()
    assert len(service.paths) == 1


async def test_a_plan_without_api_is_no_rate_limit(service: Service) -> None:
    service.says({"error": PLAN}, 429)
    for _ in range(2):
        with pytest.raises(PlanWithoutApi):
            await service.client.accounts(TOKEN)
    assert len(service.paths) == 2


async def test_a_token_asks_at_most_fifty_times_a_minute_however_slow_the_first_was_on_its_way(
    service: Service,
) -> None:
    service.says({"valid": True})
    for _ in range(50):
        await service.client.validate(TOKEN)
    with pytest.raises(TooManyRequests) as caught:
        await service.client.validate(TOKEN)
    assert 61 < caught.value.retry_after_s < 65, "the first may have been a second on its way"
    assert len(service.paths) == 50


async def test_ten_reads_of_a_token_are_in_flight_at_most(service: Service) -> None:
    inside = busiest = 0
    full, released = asyncio.Event(), asyncio.Event()

    async def counts(request: web.Request) -> web.StreamResponse:
        nonlocal inside, busiest
        inside += 1
        busiest = max(busiest, inside)
        if inside == 10:
            full.set()
        await released.wait()
        inside -= 1
        return web.json_response({"valid": True})

    service.answer = counts
    asking = asyncio.gather(*(service.client.validate(TOKEN) for _ in range(30)))
    await asyncio.wait_for(full.wait(), 5)
    released.set()
    await asking
    assert busiest == 10
    assert len(service.paths) == 30


# --- Secrets -----------------------------------------------------------------------------------------------------


async def test_an_echo_of_key_and_signature_is_cut_out_of_what_is_said(service: Service) -> None:
    async def echo(request: web.Request) -> web.StreamResponse:
        told = f"key {request.headers['Apikey']} sig {request.headers['Signature']} \u202eevil\x07 " + "x y " * 200
        return web.json_response({"error": "odd", "error_description": told}, status=400)

    service.answer = echo
    with pytest.raises(Surprise) as caught:
        await service.client.accounts(TOKEN)
    said = caught.value.said
    assert KEY not in said
    assert "\u202e" not in said
    assert "\x07" not in said
    assert said.startswith("odd: key … sig …")
    assert len(said) <= 300


async def test_no_error_carries_a_key_a_signature_or_a_foreign_error(service: Service) -> None:
    failures: list[SupportError] = []

    async def breaks(request: web.Request) -> web.StreamResponse:
        return abort(request)

    for status in (200, 302, 400, 401, 500):
        service.says_raw(CHALLENGE, status)
        failures.append(await _failure(service))
    service.answer = breaks
    failures.append(await _failure(service))
    signatures = [headers["Signature"] for headers in service.server.headers]
    for error in failures:
        written = "".join(traceback.format_exception(error)) + repr(error) + error.said
        assert KEY not in written
        assert not any(signature in written for signature in signatures)
        assert "aiohttp" not in written


async def _failure(service: Service) -> SupportError:
    try:
        await service.client.accounts(TOKEN)
    except SupportError as error:
        return error
    raise AssertionError("it did not fail")


async def test_a_private_key_that_cannot_sign_is_a_surprise_and_asks_nothing(service: Service) -> None:
    credentials = Credentials(KEY, Secret(HALF_A_PEM), KeyKind.RSA)
    with pytest.raises(Surprise) as caught:
        await service.client.validate(credentials)
    assert service.paths == []
    assert HALF_A_PEM not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("key", ["two\nlines", "with\x00null", "ключ", "\ud83d"])
async def test_what_no_header_can_carry_is_refused_without_asking(service: Service, key: str) -> None:
    with pytest.raises(TokenRefused):
        await service.client.validate(Credentials(key, Secret("secret")))
    assert service.paths == []


@pytest.mark.parametrize("kind", [KeyKind.HMAC, KeyKind.RSA])
async def test_half_a_character_in_a_secret_is_a_wrong_secret(service: Service, kind: KeyKind) -> None:
    with pytest.raises(TokenRefused if kind is KeyKind.HMAC else Surprise):
        await service.client.validate(Credentials(KEY, Secret("half \ud83d"), kind))
