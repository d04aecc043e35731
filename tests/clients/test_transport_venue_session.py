"""The session that ccxt gets, driven by ccxt itself."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import ccxt.async_support as ccxt
import pytest
from aiohttp import web
from yarl import URL

from clients.transport import Answer, AnswerLost, NotJson, NotSent, TooLarge, Transport, TransportError, VenueSession
from tests.clients.doubles import abort, cut, serving


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    async with Transport.open() as opened:
        yield opened


async def _list(request: web.Request) -> web.StreamResponse:
    return web.json_response([], headers={"X-MBX-USED-WEIGHT-1M": "17"})


@contextmanager
def _binance(session: VenueSession) -> Iterator[ccxt.binance]:
    exchange = ccxt.binance({"apiKey": "k" * 64, "secret": "s" * 64, "enableRateLimit": False})
    exchange.session = session
    exchange.own_session = False
    try:
        yield exchange
    finally:
        exchange.session = None


async def test_ccxt_s_request_goes_to_the_origin_with_the_venue_s_own_host(transport: Transport) -> None:
    async with serving(_list) as server:
        with _binance(VenueSession(transport, "binance", server.origin + "/")) as exchange:
            assert await exchange.privateGetOpenOrders({"symbol": "BTCUSDT"}) == []
            await exchange.fapiPrivateGetOpenOrders({"symbol": "BTCUSDT"})
    (_, spot), (_, futures) = server.arrived
    assert spot.startswith("/api/v3/openOrders?")
    assert futures.startswith("/fapi/v1/openOrders?")
    assert [headers["Host"] for headers in server.headers] == ["api.binance.com", "fapi.binance.com"]


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://api.huobi.pro:443/v1/x", "api.huobi.pro"), ("https://a.example:8443/", "a.example:8443")],
)
async def test_the_host_names_a_port_only_where_the_venue_has_one_of_its_own(
    transport: Transport, url: str, host: str
) -> None:
    async with serving(_list) as server, VenueSession(transport, "htx", server.origin).get(URL(url)) as answer:
        assert await answer.text() == "[]"
    assert server.headers[0]["Host"] == host


@pytest.mark.parametrize("redirected", [True, False])
async def test_path_and_query_stay_as_ccxt_signed_them(transport: Transport, redirected: bool) -> None:
    target = "/a%2Fb?symbols=%5B%22BTCUSDT%22%5D&at=10%3A30&signature=x%2By%3D"
    async with serving(_list) as server:
        venue = "https://api.binance.com" if redirected else server.origin
        session = VenueSession(transport, "binance", server.origin if redirected else None)
        async with session.get(URL(venue + target, encoded=True)) as answer:
            assert await answer.read() == b"[]"
    assert server.arrived == [("GET", target)]


async def test_an_order_whose_cancelling_went_unanswered_is_cancelled_once(transport: Transport) -> None:
    async def lose(request: web.Request) -> web.StreamResponse:
        return abort(request)

    async with serving(lose) as server:
        with _binance(VenueSession(transport, "binance", server.origin)) as exchange, pytest.raises(AnswerLost):
            await exchange.privateDeleteOrder({"symbol": "BTCUSDT", "orderId": "1"})
    assert [method for method, _ in server.arrived] == ["DELETE"]


@pytest.mark.parametrize("body", [b"", b"<!doctype html><p>one moment</p>", b'{"orders": [', b"NaN", b"\xff\xfe"])
async def test_a_good_status_without_json_never_reaches_ccxt(transport: Transport, body: bytes) -> None:
    """ccxt would make an empty list of it."""

    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body)

    async with serving(page) as server:
        with _binance(VenueSession(transport, "binance", server.origin)) as exchange, pytest.raises(NotJson):
            await exchange.privateGetOpenOrders({"symbol": "BTCUSDT"})


async def test_a_refusal_that_is_no_json_is_left_to_ccxt(transport: Transport) -> None:
    async def down(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503, text="<html>maintenance</html>")

    async with serving(down) as server:
        session = VenueSession(transport, "binance", server.origin)
        with _binance(session) as exchange, pytest.raises(ccxt.ExchangeNotAvailable):
            await exchange.privateGetOpenOrders({"symbol": "BTCUSDT"})


async def test_a_cut_answer_to_a_write_is_lost_and_no_refusal(transport: Transport) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        return await cut(request, b'{"orderId": 1}')

    async with serving(half) as server:
        with _binance(VenueSession(transport, "binance", server.origin)) as exchange, pytest.raises(AnswerLost):
            await exchange.privatePostOrder({"symbol": "BTCUSDT"})
    assert len(server.arrived) == 1


async def test_used_weight_is_seen_before_ccxt_judges_the_answer(transport: Transport) -> None:
    seen: list[Answer] = []

    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.json_response({"code": -1003, "msg": "Too many requests"}, status=429, headers={"Retry-After": "7"})

    async with serving(refuse) as server:
        session = VenueSession(transport, "binance", server.origin, on_answer=seen.append)
        with _binance(session) as exchange, pytest.raises(ccxt.BaseError):
            await exchange.privateGetOpenOrders({"symbol": "BTCUSDT"})
    assert [(answer.status, answer.headers["retry-after"]) for answer in seen] == [(429, "7")]


async def test_the_cap_is_the_session_s_own(transport: Transport) -> None:
    async def large(request: web.Request) -> web.StreamResponse:
        return web.json_response(["x" * 1000])

    async with serving(large) as server:
        with pytest.raises(TooLarge):
            async with VenueSession(transport, "binance", server.origin, cap=500).get(URL("https://api.binance.com/")):
                pass


async def test_a_failure_passes_ccxt_without_a_signed_url(transport: Transport) -> None:
    session = VenueSession(transport, "binance", "http://127.0.0.1:1")
    with _binance(session) as exchange, pytest.raises(TransportError) as caught:
        await exchange.privateGetOpenOrders({"symbol": "BTCUSDT"})
    assert isinstance(caught.value, NotSent)
    assert "signature" not in str(caught.value)


def test_only_the_verbs_that_ccxt_uses_are_there(transport: Transport) -> None:
    session = VenueSession(transport, "binance", None)
    assert session.headers == {}
    assert not hasattr(session, "ws_connect")
