"""A house with the pretend 3Commas and a venue in it, and a client that signs as the documents say."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import yarl
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

import sandbox.desk
from sandbox.desk.three_commas import three_commas_desk_routes
from sandbox.exchanges.venue import (
    FreshKey,
    Holding,
    OrderState,
    OrderStatus,
    OrderWish,
    SymbolRules,
    Venue,
    VenueDown,
    VenueRefused,
)
from sandbox.faults import guard
from sandbox.three_commas.emulator import ThreeCommasEmulator
from sandbox.three_commas.tokens import PERMISSIONS
from sandbox.world import BOT_ADDRESS, Person, World

PERSON = 7
STATIC = Path(sandbox.desk.__file__).parent / "static"


class FakeVenue:
    """A venue of a few lines: keys with their secret, their addresses and what they may do.

    It answers −2015 to everything that is wrong with a key, as Binance does.
    """

    code = "binance"

    def __init__(self) -> None:
        self.keys: dict[str, SimpleNamespace] = {}
        self.balances = [Holding("ETH", Decimal("1.1"), Decimal("0.4")), Holding("USDT", Decimal(900), Decimal(0))]
        self.down = False
        self.answer: VenueRefused | None = None
        self.seen: list[str] = []
        self.orders: dict[int, OrderState] = {}
        self.wishes: dict[int, OrderWish] = {}
        self.prices = {"BTC": Decimal(60000), "ETH": Decimal(3000)}

    def add_key(self, key: str, secret: str = "", **facts: Any) -> tuple[str, str]:
        usual = {"secret": secret or f"{key}-secret", "account": "main", "ips": None, "read": True, "trade": True}
        self.keys[key] = SimpleNamespace(**{**usual, **facts})
        return key, self.keys[key].secret

    def _check(self, key: str, secret: str, source_ip: str, right: str) -> None:
        self.seen.append(source_ip)
        if self.down:
            raise VenueDown
        if self.answer is not None:
            raise self.answer
        row = self.keys.get(key)
        known = row is not None and row.secret == secret and (row.ips is None or source_ip in row.ips)
        if not known or not getattr(row, right):
            raise VenueRefused(401, -2015, "Invalid API-key, IP, or permissions for action.")

    async def holdings(self, key: str, secret: str, source_ip: str, market: str) -> list[Holding]:
        self._check(key, secret, source_ip, "read")
        return self.balances

    async def may_trade(self, key: str, secret: str, source_ip: str, market: str) -> None:
        self._check(key, secret, source_ip, "trade")

    def owner_of(self, key: str) -> int | None:
        return PERSON if key in self.keys else None

    def account_of(self, key: str) -> str | None:
        return self.keys[key].account if key in self.keys else None

    def price(self, asset: str) -> Decimal:
        return self.prices[asset]

    def place_order(self, key: str, secret: str, source_ip: str, market: str, wish: OrderWish) -> OrderState:
        self._check(key, secret, source_ip, "trade")
        order_id = 5000 + len(self.orders)
        self.wishes[order_id] = wish
        self.orders[order_id] = OrderState(order_id, "NEW", wish.quantity, Decimal(0), wish.price or Decimal(0))
        return self.orders[order_id]

    def cancel_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        self._check(key, secret, source_ip, "trade")
        self.end(order_id, "CANCELED")
        return self.orders[order_id]

    def find_order(self, key: str, secret: str, source_ip: str, market: str, order_id: int) -> OrderState:
        self._check(key, secret, source_ip, "read")
        if order_id not in self.orders:
            raise VenueRefused(400, -2013, "Order does not exist.")
        return self.orders[order_id]

    def end(self, order_id: int, status: OrderStatus, executed: Decimal = Decimal(0)) -> None:
        """What becomes of an order, without anybody being told."""
        self.orders[order_id] = replace(self.orders[order_id], status=status, executed=executed)

    def symbols(self, market: str) -> Mapping[str, SymbolRules]:
        tick, lot = Decimal("0.01"), Decimal("0.0001")
        return {f"{base}USDT": SymbolRules(f"{base}USDT", base, "USDT", tick, lot, Decimal(5)) for base in self.prices}

    def on_change(self, listener: Callable[[], None]) -> None:
        self.changed = listener

    async def fast_connect(self, person_id: int, label: str, trusted_ips: list[str]) -> FreshKey:
        key, secret = self.add_key(f"fast-{len(self.keys)}", ips=trusted_ips)
        return FreshKey(key, secret)


@dataclass
class Answered:
    status: int
    body: Any
    """Decoded JSON, or the text of an answer that is not JSON."""

    @property
    def refusal(self) -> tuple[int, str]:
        return self.status, self.body["error"]


class TokenClient:
    """Signs path, query and body with a system-generated token."""

    def __init__(self, house: "ThreeCommasHouse", key: str, secret: str | RSAPrivateKey) -> None:
        self._house, self.key, self._secret = house, key, secret

    def sign(self, message: bytes) -> str:
        if isinstance(self._secret, str):
            return hmac.new(self._secret.encode(), message, hashlib.sha256).hexdigest()
        return base64.b64encode(self._secret.sign(message, PKCS1v15(), SHA256())).decode()

    async def get(self, path: str, **headers: str) -> Answered:
        return await self.send("GET", path, headers=headers)

    async def post(self, path: str, order: object = None, *, join: str = "", **headers: str) -> Answered:
        body = b"" if order is None else json.dumps(order).encode()
        return await self.send("POST", path, body, join=join, headers=headers)

    async def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        join: str = "",
        content_type: str = "application/json",
        headers: Mapping[str, str] = {},
    ) -> Answered:
        """`path` is what follows /public/api, with its query as it is to be sent."""
        whole = f"/public/api{path}"
        signed = {"Apikey": self.key, "Signature": self.sign(whole.encode() + join.encode() + body)}
        if body:
            signed["Content-Type"] = content_type
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._house.send(method, whole, body, {**signed, **named})


class ThreeCommasHouse:
    """`emulator` is the pretend 3Commas with one person in its world; the clock stands still at the start of a minute."""

    def __init__(self, world: World, emulator: ThreeCommasEmulator, venue: Any, http: aiohttp.ClientSession, url: str):
        self.world, self.emulator, self.venue, self.url = world, emulator, venue, url
        self._http = http

    def client(self, plan: str = "expert", permissions: tuple[str, ...] = PERMISSIONS) -> TokenClient:
        """A token for everything, on a plan that allows it."""
        self.emulator.set_plan(PERSON, plan)  # type: ignore[arg-type]  # a word of the test
        key, secret = self.emulator.create_system_token(PERSON, "test", permissions, [BOT_ADDRESS])
        return TokenClient(self, key, secret)

    def signing(self, key: str, private: RSAPrivateKey) -> TokenClient:
        return TokenClient(self, key, private)

    async def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] = {}) -> Answered:
        target = yarl.URL(f"{self.url}{path}", encoded=True)
        async with self._http.request(method, target, data=body or None, headers=headers) as answer:
            if answer.content_type == "application/json":
                return Answered(answer.status, await answer.json())
            return Answered(answer.status, await answer.text())

    async def desk(self, path: str, **order: Any) -> Answered:
        """What a button on the desk page does."""
        body = json.dumps({"person": PERSON, **order}).encode()
        return await self.send("POST", f"/desk/three_commas/api/{path}", body, {"Content-Type": "application/json"})


@asynccontextmanager
async def three_commas_house(world: World | None = None, venue: Venue | None = None) -> AsyncIterator[ThreeCommasHouse]:
    world = world or World()
    world.clock.freeze(world.clock.now().replace(second=0, microsecond=0))
    world.state.people.append(Person(id=PERSON, first_name="Ada"))
    venue = venue or FakeVenue()
    emulator = ThreeCommasEmulator(world, venues={"binance": venue})
    app = web.Application(middlewares=[guard(world.clock, world.faults, world.received, lambda _: "three_commas")])
    house = SimpleNamespace(world=world, three_commas=emulator)
    app.add_routes(three_commas_desk_routes(house))  # type: ignore[arg-type]  # all that it looks at
    app.router.add_static("/static", STATIC)
    app.add_routes(emulator.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield ThreeCommasHouse(world, emulator, venue, http, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()
