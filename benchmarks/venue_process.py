"""A Binance in a process of its own, so that its work is in no figure: `python -m benchmarks.venue_process SECONDS_AWAY`.

Market lists are the sandbox's, of the real size. Whatever is signed gets the answer of a trader with 20 assets and 10 open orders,
unchecked: the subject is our side of the wire.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

PROJECT = Path(__file__).resolve().parents[1]
ASSETS = 20
ORDERS = 10

_RIGHTS = {
    "ipRestrict": True,
    "createTime": 1_700_000_000_000,
    "enableReading": True,
    "enableSpotAndMarginTrading": True,
    "enableFutures": True,
    "enableMargin": False,
    "enableWithdrawals": False,
    "enableInternalTransfer": False,
    "permitsUniversalTransfer": False,
    "enableVanillaOptions": False,
}
_ACCOUNT = {
    "canTrade": True,
    "updateTime": 1_700_000_000_000,
    "accountType": "SPOT",
    "balances": [{"asset": f"COIN{number}", "free": "12.50000000", "locked": "0.75000000"} for number in range(ASSETS)],
}
_ORDERS = [
    {
        "symbol": "BTCUSDT",
        "orderId": 9_000_000 + number,
        "orderListId": -1,
        "clientOrderId": f"x-{number:030d}",
        "price": "61000.00000000",
        "origQty": "0.01000000",
        "executedQty": "0.00250000",
        "cummulativeQuoteQty": "152.50000000",
        "status": "PARTIALLY_FILLED",
        "timeInForce": "GTC",
        "type": "LIMIT",
        "side": "BUY",
        "stopPrice": "0.00000000",
        "icebergQty": "0.00000000",
        "time": 1_700_000_000_000,
        "updateTime": 1_700_000_000_000,
        "isWorking": True,
    }
    for number in range(ORDERS)
]
ANSWERS = {
    "/sapi/v1/account/apiRestrictions": _RIGHTS,
    "/api/v3/account": _ACCOUNT,
    "/api/v3/openOrders": _ORDERS,
}


@asynccontextmanager
async def venue(away_s: float = 0.0) -> AsyncIterator[str]:
    """The origin of a fresh one, each answer of which takes `away_s` seconds; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.venue_process",
        str(away_s),
        stdout=asyncio.subprocess.PIPE,
        cwd=PROJECT,
    )
    try:
        if process.stdout is None:
            raise RuntimeError("a child without a pipe")
        port = int(await process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.wait()


async def _serve(away_s: float) -> None:
    from sandbox.exchanges.binance.emulator import BinanceEmulator  # only this process carries the sandbox
    from sandbox.world import World

    lists = BinanceEmulator(World())
    bodies = {path: json.dumps(answer).encode() for path, answer in ANSWERS.items()}

    async def handle(request: web.Request) -> web.StreamResponse:
        body = bodies.get(request.path)
        if body is None:
            service = request.path.split("/")[1].replace("sapi", "api")  # plain clients send no venue's Host
            return await lists.handle(request.clone(headers={**request.headers, "Host": f"{service}.binance.com"}))
        await asyncio.sleep(away_s)
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.add_routes([web.get("/{path:.*}", handle)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
