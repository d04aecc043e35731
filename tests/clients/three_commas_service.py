"""A 3Commas of few lines, written from its documentation: checks the signature over what really arrived, answers what a test says."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from clients.limits import LocalLimiter
from clients.three_commas import ThreeCommasClient
from clients.transport import Transport
from domain.values import Credentials, Secret
from tests.clients.doubles import MovedClock, Server, serving

KEY = "tc_demo_key_0001"
SECRET = "tc_demo_secret_0001"
TOKEN = Credentials(KEY, Secret(SECRET))

PUBLIC = ("/public/api/ver1/accounts/market_list", "/public/api/ver1/accounts/currency_rates")

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Service:
    """`answer` decides after the signature was found right. `server` knows what arrived."""

    server: Server
    client: ThreeCommasClient
    clock: MovedClock
    answer: Answering = field(default=lambda _: _never())

    def says(self, body: object, status: int = 200) -> None:
        """The same JSON for everything."""

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, text=json.dumps(body), content_type="application/json")

        self.answer = answer

    def says_raw(self, body: bytes, status: int = 200, **headers: str) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=body, headers=headers)

        self.answer = answer

    @property
    def paths(self) -> list[str]:
        return [path for _, path in self.server.arrived]


async def _never() -> web.StreamResponse:
    raise AssertionError("nobody said what to answer")


def _signed(request: web.Request, body: bytes) -> bool:
    message = request.raw_path.encode() + body
    expected = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    return request.headers.get("Apikey") == KEY and request.headers.get("Signature") == expected


@asynccontextmanager
async def three_commas() -> AsyncIterator[Service]:
    """The client with a moved clock before a strict little server."""
    service: Service | None = None

    async def handler(request: web.Request) -> web.StreamResponse:
        assert service is not None
        if request.path not in PUBLIC:
            assert request.headers.get("Forced-Mode") == "real"
            if not _signed(request, await request.read()):
                return web.json_response({"error": "signature_invalid"}, status=401)
        return await service.answer(request)

    async with serving(handler) as server, Transport.open() as transport:
        clock = MovedClock()
        client = ThreeCommasClient(transport, LocalLimiter(clock), clock, origin=server.origin)
        service = Service(server, client, clock)
        yield service


ACCOUNT: dict[str, object] = {
    "id": 41,
    "name": "Main spot",
    "exchange_name": "Binance Spot",
    "market_code": "binance",
    "is_locked": False,
    "lock_reason": None,
    "api_key_invalid": True,
    "api_keys_state": "expired",
    "btc_amount": "0.0123",
    "usd_amount": "812.55",
    "created_at": "2023-04-05T06:07:08.090Z",
    "updated_at": "2026-01-02T03:04:05.678Z",
    "a_field_that_nobody_documents": {"x": [1, 2.5]},
}

MARKET: dict[str, object] = {
    "market_name": "OKX",
    "market_code": "okex",
    "market_url": "https://example.invalid/okx",
    "help_link": "https://help.3commas.io/en/articles/3109057",
    "form_fields": {
        "required": [
            {"field": "secret", "localized_name": "API Secret:"},
            {"field": "api_key", "localized_name": "API Key:"},
            {"field": "passphrase", "localized_name": "Passphrase:"},
        ],
        "optional": [],
    },
    "available_connection_flows": ["fast_connect", "form"],
    "third_party_allowed": False,
    "trusted_ips": ["198.51.100.0/24", "192.0.2.7"],
    "trusted_ips_input_type": "inline",
}

TRADE: dict[str, object] = {
    "id": 9001,
    "version": 2,
    "account": {"id": 41, "type": "binance", "name": "Main spot", "market": "Binance Spot", "link": "/accounts/41"},
    "pair": "USDT_SOL",
    "instant": False,
    "status": {"type": "waiting_targets", "basic_type": "waiting_targets", "title": "Waiting Targets"},
    "leverage": {"enabled": False},
    "position": {
        "type": "buy",
        "units": {"value": "4.0", "editable": False},
        "price": {"value": "150.25", "value_without_commission": None},
        "order_type": "market",
        "status": {"type": "smart_sell", "title": "Own funds"},
    },
    "take_profit": {
        "enabled": True,
        "steps": [{"id": 700001, "order_type": "limit", "price": {"value": 168.5}, "status": {"type": "order_placed"}}],
    },
    "stop_loss": {"enabled": True, "order_type": "market", "status": {"type": "to_process"}},
    "note": "",
    "note_raw": None,
    "skip_enter_step": True,
    "data": {
        "commission": 0.001,
        "created_at": "2026-01-02T03:04:05.678Z",
        "updated_at": "2026-01-02T03:04:06.001Z",
        "type": "smart_sell",
    },
    "profit": {"volume": "2.8", "usd": "2.8"},
}

DEAL: dict[str, object] = {
    "id": 77,
    "type": "Deal",
    "bot_id": 5,
    "account_id": 41,
    "bot_name": "ETH dips",
    "pair": "USDT_ETH",
    "status": "bought",
    "finished?": False,
    "deal_has_error": True,
    "error_message": "Invalid API keys",
    "failed_message": None,
    "created_at": "2026-01-03T10:00:00.120Z",
    "updated_at": "2026-01-03T10:00:01.500Z",
    "closed_at": None,
    "crypto_widget": {"сontract": 1.5},
}
