"""The one way out: what arrives, how often, and what a broken answer becomes."""

import asyncio
import gzip
import socket
import traceback
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from clients.transport import AnswerLost, Exchanged, NotSent, Redirected, TimedOut, TooLarge, Transport, TransportError
from tests.clients.doubles import Server, abort, cut, serving

SECRETS = ("1234567:token-of-a-bot", "0123456789abcdef")
SECRET_PATH = f"/bot{SECRETS[0]}/call?signature={SECRETS[1]}"


@pytest.fixture
async def transport() -> AsyncIterator[Transport]:
    async with Transport.open() as opened:
        yield opened


def _unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ok(request: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": True}, headers={"X-Request-Id": "r-1"})


async def test_the_url_travels_exactly_as_it_was_signed(transport: Transport) -> None:
    async with serving(_ok) as server:
        target = "/a%2Fb/c?from=2026-01-02T03%3A04%3A05.000Z&name=New%20name&x=%5B1%5D"
        answer = await transport.request("x", "GET", server.origin + target)
    assert server.arrived == [("GET", target)]
    assert answer.status == 200
    assert answer.content == b'{"ok": true}'
    assert answer.headers["x-request-id"] == "r-1"


async def test_a_body_travels_byte_by_byte(transport: Transport) -> None:
    async with serving(_ok) as server:
        await transport.request("x", "POST", f"{server.origin}/", body=b'{"a":1}')
    assert server.bodies == [b'{"a":1}']


async def test_a_refusal_is_an_answer(transport: Transport) -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.Response(status=422, text="no")

    async with serving(refuse) as server:
        answer = await transport.request("x", "GET", server.origin)
    assert (answer.status, answer.content, answer.is_success) == (422, b"no", False)


async def test_no_cookie_is_kept(transport: Transport) -> None:
    async def sets_one(request: web.Request) -> web.StreamResponse:
        return web.Response(text="{}", headers={"Set-Cookie": "session=somebody; Path=/"})

    async with serving(sets_one) as server:
        by_name = server.origin.replace("127.0.0.1", "localhost")  # aiohttp takes no cookies from bare addresses anyway
        await transport.request("x", "GET", by_name)
        await transport.request("x", "GET", by_name)
    assert len(server.headers) == 2
    assert all("Cookie" not in headers for headers in server.headers)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_an_error_and_is_not_followed(transport: Transport, status: int) -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with serving(elsewhere) as server:
        with pytest.raises(Redirected):
            await transport.request("x", "GET", f"{server.origin}/here")
    assert server.arrived == [("GET", "/here")]


@pytest.mark.parametrize(("method", "arrivals"), [("PUT", 1), ("DELETE", 1), ("POST", 1), ("PATCH", 1), ("GET", 2)])
async def test_a_lost_answer_to_a_write_is_not_asked_for_again(
    transport: Transport, method: str, arrivals: int
) -> None:
    """aiohttp repeats GET, PUT and DELETE by itself; a read may be, a write may not."""

    async def lose(request: web.Request) -> web.StreamResponse:
        return abort(request)

    async with serving(lose) as server:
        with pytest.raises(AnswerLost):
            await transport.request("x", method, server.origin)
    assert len(server.arrived) == arrivals


async def test_a_caller_that_counts_can_have_a_read_sent_once(transport: Transport) -> None:
    async def lose(request: web.Request) -> web.StreamResponse:
        return abort(request)

    async with serving(lose) as server:
        with pytest.raises(AnswerLost):
            await transport.request("x", "GET", server.origin, once=True)
    assert len(server.arrived) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_answer_that_breaks_off_in_the_middle_is_lost(transport: Transport, method: str) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        return await cut(request, b'{"orders": [1, 2, 3]}')

    async with serving(half) as server:
        with pytest.raises(AnswerLost):
            await transport.request("x", method, server.origin)
    assert len(server.arrived) == 1


async def test_what_is_no_http_is_lost(transport: Transport) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(AnswerLost):
            await transport.request("x", "POST", f"http://127.0.0.1:{port}/")


async def test_a_refused_connection_was_certainly_not_sent(transport: Transport) -> None:
    with pytest.raises(NotSent):
        await transport.request("x", "DELETE", f"http://127.0.0.1:{_unused_port()}/order")


async def test_a_host_without_address_was_certainly_not_sent(transport: Transport) -> None:
    with pytest.raises(NotSent):
        await transport.request("x", "GET", "http://nowhere.invalid/")


async def test_tls_that_does_not_come_about_was_certainly_not_sent(transport: Transport) -> None:
    async with serving(_ok) as server:
        with pytest.raises(NotSent):
            await transport.request("x", "GET", server.origin.replace("http:", "https:"))
    assert server.arrived == []


async def test_a_server_that_keeps_silent_times_out(transport: Transport) -> None:
    released = asyncio.Event()

    async def silent(request: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    async with serving(silent) as server:
        with pytest.raises(TimedOut):
            await transport.request("x", "POST", server.origin, timeout_s=0.1)
        released.set()
    assert len(server.arrived) == 1


async def test_an_answer_that_announces_too_much_is_refused_before_it_is_read(transport: Transport) -> None:
    released = asyncio.Event()

    async def announces(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        answer.content_length = 2000
        await answer.prepare(request)
        await released.wait()
        return answer

    async with serving(announces) as server:
        with pytest.raises(TooLarge):
            await transport.request("x", "GET", server.origin, cap=1999)
        released.set()


async def test_an_answer_of_exactly_the_cap_is_read(transport: Transport) -> None:
    async def exact(request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * 2000)

    async with serving(exact) as server:
        assert len((await transport.request("x", "GET", server.origin, cap=2000)).content) == 2000


async def test_a_stream_without_length_is_cut_at_the_cap(transport: Transport) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse()
        answer.enable_chunked_encoding()
        await answer.prepare(request)
        while sent < 64 * 1024 * 1024:
            await answer.write(b"x" * 65536)
            sent += 65536
        return answer

    async with serving(endless) as server:
        with pytest.raises(TooLarge):
            await transport.request("x", "GET", server.origin, cap=1024 * 1024)
    assert sent < 32 * 1024 * 1024


async def test_the_cap_counts_what_a_small_packed_answer_unpacks_to(transport: Transport) -> None:
    packed = gzip.compress(b"x" * (30 * 1024 * 1024))

    async def bomb(request: web.Request) -> web.StreamResponse:
        return web.Response(body=packed, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})

    async with serving(bomb) as server:
        assert len(packed) < 100_000
        with pytest.raises(TooLarge):
            await transport.request("x", "GET", server.origin)


async def _failures(transport: Transport, server: Server) -> list[TransportError]:
    errors = []
    origins = [
        server.origin,
        f"http://127.0.0.1:{_unused_port()}",
        "http://nowhere.invalid",
        server.origin.replace("http:", "https:"),
    ]
    for origin in origins:
        for method in ("GET", "DELETE"):
            try:
                await transport.request("x", method, origin + SECRET_PATH, timeout_s=2)
            except TransportError as error:
                errors.append(error)
    return errors


async def test_no_failure_quotes_the_url_or_drags_the_library_s_error_along(transport: Transport) -> None:
    async def lose(request: web.Request) -> web.StreamResponse:
        return abort(request)

    async with serving(lose) as server:
        errors = await _failures(transport, server)
    assert len(errors) == 8
    for error in errors:
        written = "".join(traceback.format_exception(error)) + repr(error)
        assert not any(secret in written for secret in SECRETS)
        assert error.__context__ is None
        assert not isinstance(error, aiohttp.ClientError | OSError)


async def test_a_header_that_cannot_be_written_does_not_quote_itself(transport: Transport) -> None:
    async with serving(_ok) as server:
        with pytest.raises(TransportError) as caught:
            await transport.request("x", "GET", server.origin, headers={"Apikey": "a key\nof two lines"})
    assert server.arrived == []
    assert str(caught.value) == "x ValueError"
    assert caught.value.__context__ is None


async def test_each_request_is_told_to_the_observer_by_its_route() -> None:
    seen: list[Exchanged] = []
    async with Transport.open(observe=seen.append) as transport, serving(_ok) as server:
        await transport.request("x", "GET", f"{server.origin}/secret/path", route="/:what")
        with pytest.raises(NotSent):
            await transport.request("y", "POST", f"http://127.0.0.1:{_unused_port()}/", route="/other")
    assert [(e.service, e.method, e.route, e.status, e.error) for e in seen] == [
        ("x", "GET", "/:what", 200, ""),
        ("y", "POST", "/other", None, "NotSent"),
    ]
    assert seen[0].headers["X-Request-Id"] == "r-1"
    assert seen[0].seconds >= 0


async def test_a_cancelled_request_stays_cancelled(transport: Transport) -> None:
    arrived, released = asyncio.Event(), asyncio.Event()

    async def silent(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await released.wait()
        return web.Response()

    async with serving(silent) as server:
        asking = asyncio.create_task(transport.request("x", "GET", server.origin))
        await arrived.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        released.set()
