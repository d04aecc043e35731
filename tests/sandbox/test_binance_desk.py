"""A person at the desk: what the page does has the effect that a caller with the key sees."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.desk import binance as desk
from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.venue import VenueRefused
from sandbox.world import World
from tests.sandbox.binance_house import PERSON

API = "/desk/binance/api"
STATIC = Path(desk.__file__).parent / "static"


class Desk:
    """The page's own requests."""

    def __init__(self, binance: BinanceEmulator, client: TestClient[Any, Any]) -> None:
        self.binance, self._client = binance, client

    async def do(self, method: str, path: str, body: object = None, person: int = PERSON) -> tuple[int, Any]:
        answer = await self._client.request(method, f"{API}{path}", params={"person": person}, json=body)
        return answer.status, await answer.json() if answer.content_type == "application/json" else await answer.text()

    async def account(self) -> Any:
        return (await self.do("GET", "/accounts"))[1][0]


@pytest.fixture
async def page() -> AsyncIterator[Desk]:
    binance = BinanceEmulator(World(), symbols=60)
    account = binance.add_account(PERSON, "Main account")
    binance.put_balance(account.id, "ETH", Decimal("1.20"))
    app = web.Application()
    app.add_routes(desk.binance_desk_routes(SimpleNamespace(binance=binance)))  # type: ignore[arg-type]  # all it uses
    async with TestClient(TestServer(app)) as client:
        yield Desk(binance, client)


async def test_a_person_makes_a_key_restricts_it_and_deletes_it(page: Desk) -> None:
    account = await page.account()
    status, made = await page.do("POST", f"/accounts/{account['id']}/keys", {"label": "3Commas"})
    assert (status, len(made["key"]), len(made["secret"])) == (200, 64, 64)
    venue, address = page.binance, "192.0.2.10"
    assert await venue.holdings(made["key"], made["secret"], address, "spot")
    with pytest.raises(VenueRefused):
        await venue.may_trade(made["key"], made["secret"], address, "spot")
    order = {"rights": {"spot_and_margin_trading": True}, "ips": f"192.0.2.9, {address}"}
    assert await page.do("POST", f"/keys/{made['key']}/restrictions", order) == (200, {})
    await venue.may_trade(made["key"], made["secret"], address, "spot")
    (shown,) = (await page.account())["keys"]
    assert (shown["rights"]["spot_and_margin_trading"], shown["ips"]) == (True, ["192.0.2.9", address])
    assert await page.do("DELETE", f"/keys/{made['key']}") == (200, {})
    with pytest.raises(VenueRefused):
        await venue.holdings(made["key"], made["secret"], address, "spot")
    assert (await page.account())["keys"] == []


async def test_secrets_are_told_once_and_never_again(page: Desk) -> None:
    account = await page.account()
    _, made = await page.do("POST", f"/accounts/{account['id']}/keys", {"label": "3Commas"})
    assert made["secret"] not in str(await page.account())


async def test_a_public_key_makes_a_key_without_a_secret(page: Desk) -> None:
    account = await page.account()
    public = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    order = {"label": "Assistant", "public_key": public.decode()}
    status, made = await page.do("POST", f"/accounts/{account['id']}/keys", order)
    assert (status, made["secret"]) == (200, None)
    assert (await page.account())["keys"][0]["kind"] == "ed25519"


async def test_refusals_are_sentences_and_change_nothing(page: Desk) -> None:
    account = await page.account()
    _, made = await page.do("POST", f"/accounts/{account['id']}/keys", {"label": "3Commas"})
    for order, words in (
        ({"rights": {"futures": True}, "ips": None}, "trusted IPs"),
        ({"rights": {}, "ips": "192.0.2.0/24"}, "single IP addresses"),
        ({"rights": {}, "ips": " "}, "at least one"),
    ):
        status, told = await page.do("POST", f"/keys/{made['key']}/restrictions", order)
        assert (status, words in told["error"]) == (400, True)
    (shown,) = (await page.account())["keys"]
    assert (shown["rights"]["futures"], shown["ips"]) == (False, None)


async def test_the_agreement_and_futures_are_opened_at_the_desk(page: Desk) -> None:
    other = page.binance.add_account(9, "Main account", futures=False, agreement_accepted=False)
    path = f"/accounts/{other.id}"
    assert (await page.do("POST", f"{path}/keys", {"label": "3Commas"}, person=9))[0] == 400
    await page.do("POST", f"{path}/agreement", person=9)
    assert (await page.do("POST", f"{path}/keys", {"label": "3Commas"}, person=9))[0] == 200
    await page.do("POST", f"{path}/futures", person=9)
    _, (shown,) = await page.do("GET", "/accounts", person=9)
    assert (shown["agreement_accepted"], shown["futures_open"]) == (True, True)


async def test_nobody_reaches_what_is_another_persons(page: Desk) -> None:
    account = await page.account()
    fresh = page.binance.create_hmac_key(account["id"], "3Commas")
    assert await page.do("GET", "/accounts", person=9) == (200, [])
    assert (await page.do("POST", f"/accounts/{account['id']}/keys", {"label": "x"}, person=9))[0] == 404
    assert (await page.do("DELETE", f"/keys/{fresh.key}", person=9))[0] == 404
    assert page.binance.keys_of(account["id"])


async def test_wallets_orders_and_positions_are_shown_as_a_caller_sees_them(page: Desk) -> None:
    books = page.binance
    account_id = (await page.account())["id"]
    books.set_price("ETH", Decimal(3000))
    books.set_price("BTC", Decimal(63000))
    books.put_balance(account_id, "USDT", Decimal(1000), "usdm")
    books.put_order(account_id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100))
    books.put_position(account_id, "BTCUSDT", Decimal("-0.05"), Decimal(62000), leverage=10)
    shown = await page.account()
    assert shown["spot"] == [{"asset": "ETH", "free": "0.8", "locked": "0.4", "worth": "3600.00"}]
    assert (shown["futures"][0]["available"], shown["futures"][0]["profit"]) == ("635.00", "-50.00")
    assert (shown["orders"][0]["symbol"], shown["orders"][0]["price"]) == ("ETHUSDT", "4100")
    assert (shown["positions"][0]["side"], shown["positions"][0]["amount"]) == ("Short", "0.05")


def test_the_page_names_everything_in_the_words_of_the_original() -> None:
    words = (STATIC / "binance.html").read_text("utf-8") + (STATIC / "binance.js").read_text("utf-8")
    for label in (
        "API Management", "Create API", "System generated", "Self-generated", "Edit restrictions", "Enable Reading",
        "Enable Spot & Margin Trading", "Enable Futures", "Enable Withdrawals", "Restrict access to trusted IPs only",
        "Delete",
    ):  # fmt: skip
        assert label in words, label


async def test_a_person_sees_what_each_order_locks_and_cancels_one(page: Desk) -> None:
    books, account_id = page.binance, (await page.account())["id"]
    order_id = books.put_order(account_id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100), executed=Decimal("0.1"))
    told: list[str] = []
    books.on_change(lambda: told.append("changed"))
    (order,) = (await page.account())["orders"]
    assert (order["id"], order["locks"], order["filled"], order["list"]) == (order_id, "0.3 ETH", "0.1", None)
    path = f"/accounts/{account_id}/orders/{order_id}/cancel"
    assert (await page.do("POST", path, person=PERSON + 1))[0] == 404
    assert await page.do("POST", path) == (200, {})
    assert (await page.account())["orders"] == []
    assert told == ["changed"]
    assert await page.do("POST", path) == (400, {"error": "This order is not open any more."})


async def test_legs_margins_and_lists_are_marked(page: Desk) -> None:
    books, account_id = page.binance, (await page.account())["id"]
    books.put_balance(account_id, "USDT", Decimal(500), "usdm")
    books.set_hedge_mode(account_id, True)
    books.put_position(account_id, "ETHUSDT", Decimal(1), Decimal(3000), leverage=10, side="LONG")
    books.put_order(account_id, "ETHUSDT", "SELL", Decimal(1), Decimal(4000), market="usdm", position_side="LONG")
    books.put_order(account_id, "ETHUSDT", "BUY", Decimal(1), Decimal(2000), market="usdm", position_side="LONG")
    books.put_order(account_id, "ETHUSDT", "SELL", Decimal("0.2"), Decimal(4000), order_list_id=7)
    view = await page.account()
    assert [(row["leg"], row["locks"], row["list"]) for row in view["orders"]] == [
        (None, "0.2 ETH", 7),
        ("long", None, None),
        ("long", "200.00 USDT", None),
    ]
    assert view["positions"][0]["hedged"] is True


async def test_a_person_moves_a_price_and_what_it_touches_is_filled(page: Desk) -> None:
    books, account_id = page.binance, (await page.account())["id"]
    books.set_price("ETH", Decimal(3000))
    books.put_order(account_id, "ETHUSDT", "SELL", Decimal("0.4"), Decimal(4100))
    assert (await page.account())["prices"] == [{"asset": "ETH", "price": "3000"}]
    assert await page.do("POST", "/prices", {"asset": "ETH", "price": "4150.5"}) == (200, {})
    view = await page.account()
    assert (view["orders"], {row["asset"]: row["free"] for row in view["spot"]}) == (
        [],
        {"ETH": "0.8", "USDT": "1640"},
    )
    for wrong in ("0", "-5", "much", "", "NaN", "Infinity"):
        assert await page.do("POST", "/prices", {"asset": "ETH", "price": wrong}) == (
            400,
            {"error": "Enter a price above zero."},
        )
    assert books.price("ETH") == Decimal("4150.5")
