"""A house with nothing but the pretend Binance in it, and real clients that are led to its door."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import ccxt.async_support as ccxt
import yarl
from aiohttp import web

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.state import ExchangeAccount, Rights
from sandbox.exchanges.doors import exchange_routes, exchange_service
from sandbox.faults import guard
from sandbox.world import BOT_ADDRESS, World

PERSON = 7
TRADING = Rights(spot_and_margin_trading=True, futures=True)


class RedirectedSession:
    """What ccxt gets as its HTTP session: every request goes to one origin, its own host in the Host header."""

    def __init__(self, http: aiohttp.ClientSession, origin: str) -> None:
        self.headers: dict[str, str] = {}
        self._http, self._origin = http, origin

    def __getattr__(self, verb: str) -> Any:
        def send(url: yarl.URL, headers: dict[str, str], **options: Any) -> Any:
            target = yarl.URL(self._origin + url.raw_path_qs, encoded=True)
            return self._http.request(verb.upper(), target, headers={**headers, "Host": str(url.host)}, **options)

        return send


@dataclass
class Answered:
    status: int
    body: Any
    headers: Any

    @property
    def refusal(self) -> tuple[int, int, str]:
        return self.status, self.body["code"], self.body["msg"]


class BinanceHouse:
    """`binance` is the emulator, `account` a main account with some money; requests come from the bot's address."""

    def __init__(self, binance: BinanceEmulator, http: aiohttp.ClientSession, origin: str) -> None:
        self.binance, self._http, self._origin = binance, http, origin
        self.world = binance.world
        self.account: ExchangeAccount = binance.add_account(PERSON, "Main account")
        binance.put_balance(self.account.id, "ETH", Decimal("1.5"))
        binance.put_balance(self.account.id, "USDT", Decimal("2500"))
        binance.put_balance(self.account.id, "USDT", Decimal("1000"), "usdm")

    def ccxt(self, key: str = "", secret: str = "", **options: Any) -> Any:
        return ccxt.binance(
            {
                "apiKey": key,
                "secret": secret,
                "session": RedirectedSession(self._http, self._origin),
                "enableRateLimit": False,
                "timeout_on_exit": 0,
                "options": {"fetchOpenOrders": {"warnWithoutSymbol": False}, **options},
            }
        )

    async def get(self, path: str, query: str = "", key: str = "", host: str = "", method: str = "GET") -> Answered:
        """One request as it stands; the host follows from the path."""
        service = {"sapi": "api"}.get(path.split("/")[1], path.split("/")[1])
        headers = {"Host": host or f"{service}.binance.com"} | ({"X-MBX-APIKEY": key} if key else {})
        target = yarl.URL(f"{self._origin}{path}{'?' + query if query else ''}", encoded=True)
        async with self._http.request(method, target, headers=headers) as answer:
            text = await answer.text()
            body = await answer.json() if answer.content_type == "application/json" else text
            return Answered(answer.status, body, answer.headers)

    async def signed(
        self, path: str, key: str, secret: str, *, at_ms: int | None = None, **parameters: str | int
    ) -> Answered:
        """One request with an HMAC signature over its query."""
        stamp = self.world.clock.milliseconds() if at_ms is None else at_ms
        query = urlencode({**parameters, "timestamp": stamp})
        signature = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
        return await self.get(path, f"{query}&signature={signature}", key)


@asynccontextmanager
async def binance_house(symbols: int | None = 60) -> AsyncIterator[BinanceHouse]:
    world = World()
    emulator = BinanceEmulator(world, symbols=symbols)
    app = web.Application(middlewares=[guard(world.clock, world.faults, world.received, exchange_service)])
    app.add_routes(exchange_routes(SimpleNamespace(binance=emulator)))  # type: ignore[arg-type]  # all it looks at
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield BinanceHouse(emulator, http, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


__all__ = ["BOT_ADDRESS", "PERSON", "TRADING", "Answered", "BinanceHouse", "binance_house"]
