"""Control of the world for tests and curious people: time, faults, prices, addresses, and everything that arrived.

All bodies are JSON. It is served beside the chat page and never part of what is emulated.

  GET    /control/requests?service=binance   everything that was received, oldest first
  POST   /control/clock   {"advance": 60} | {"freeze": true} | {"run": true}
  POST   /control/faults  {"service", "kind", "path", "method", "status", "body", "headers", "delay_s", "times"}
  DELETE /control/faults
  POST   /control/prices  {"ETH": "3275"}         worth of one unit in USDT, on every venue
  POST   /control/fills   {"order": 38120554104, "quantity": "0.1"}   somebody takes a part of an open order at Binance
  POST   /control/caller  {"address": "203.0.113.8"}   where HTTP callers seem to come from
"""

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.faults import Fault

if TYPE_CHECKING:
    from sandbox.house import House

FAULT_FIELDS = {"service", "kind", "path", "method", "status", "body", "headers", "delay_s", "times"}


def control_routes(house: "House") -> list[web.RouteDef]:
    world = house.world

    async def requests(request: web.Request) -> web.Response:
        wanted = request.query.get("service")
        rows = [r for r in world.received if wanted in (None, r.service)]
        return web.json_response([{**asdict(r), "at": r.at.isoformat()} for r in rows])

    async def clock(request: web.Request) -> web.Response:
        order = await request.json()
        if order.get("freeze"):
            world.clock.freeze()
        if "advance" in order:
            world.clock.advance(float(order["advance"]))
        if order.get("run"):
            world.clock.run()
        return web.json_response({"now": world.clock.now().isoformat()})

    async def arm(request: web.Request) -> web.Response:
        order = await request.json()
        unknown = set(order) - FAULT_FIELDS
        if unknown:
            return web.json_response({"error": f"unknown fields {sorted(unknown)}"}, status=400)
        world.faults.arm(Fault(**order))
        return web.json_response({"armed": len(world.faults.armed)})

    async def disarm(_request: web.Request) -> web.Response:
        world.faults.disarm()
        return web.json_response({"armed": 0})

    async def prices(request: web.Request) -> web.Response:
        for asset, worth in (await request.json()).items():
            house.binance.set_price(asset, Decimal(str(worth)))
        return web.json_response({"ok": True})

    async def fills(request: web.Request) -> web.Response:
        order = await request.json()
        house.binance.fill_order(int(order["order"]), Decimal(str(order["quantity"])))
        return web.json_response({"ok": True})

    async def caller(request: web.Request) -> web.Response:
        world.state.caller_address = str((await request.json())["address"])
        world.changed()
        return web.json_response({"ok": True})

    return [
        web.get("/control/requests", requests),
        web.post("/control/clock", clock),
        web.post("/control/faults", arm),
        web.delete("/control/faults", disarm),
        web.post("/control/prices", prices),
        web.post("/control/fills", fills),
        web.post("/control/caller", caller),
    ]
