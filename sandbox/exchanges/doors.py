"""One origin for all exchanges: the Host header says which one is meant; one that is not emulated answers 501."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from sandbox.house import House

BINANCE_HOSTS = ("api.binance.com", "fapi.binance.com", "dapi.binance.com", "papi.binance.com", "eapi.binance.com")


def exchange_service(request: web.Request) -> str:
    """The ccxt id whose door the request knocks at."""
    host = request.headers.get("Host", "").split(":")[0].lower()
    return "binance" if host in BINANCE_HOSTS else host


def exchange_routes(house: "House") -> list[web.RouteDef]:
    async def at_the_door(request: web.Request) -> web.StreamResponse:
        if exchange_service(request) == "binance":
            return await house.binance.handle(request)
        host = request.headers.get("Host", "?")
        return web.json_response({"error": f"{host} is not emulated in this sandbox"}, status=501)

    return [web.route("*", "/{path:.*}", at_the_door)]


def every_exchange_id() -> list[str]:
    """All ids that the installed ccxt knows, found without importing it (that costs 100 MB)."""
    spec = importlib.util.find_spec("ccxt")
    if spec is None or not spec.submodule_search_locations:
        return ["binance"]
    folder = Path(next(iter(spec.submodule_search_locations))) / "async_support"
    return sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
