"""The desk's page of the pretend Binance: what a person sees and does on the website.

GET    /desk/binance?person=ID&theme=light|dark             the page; files beside it are served below /static/
GET    /desk/binance/api/accounts?person=ID                 everything the page shows
POST   /desk/binance/api/accounts/{account}/agreement       accept the user agreement
POST   /desk/binance/api/accounts/{account}/futures         open a futures account
POST   /desk/binance/api/accounts/{account}/keys            {"label", "public_key" or nothing} -> {"key", "secret" or null}
POST   /desk/binance/api/keys/{key}/restrictions            {"rights": {name: bool}, "ips": text, or null for unrestricted}
DELETE /desk/binance/api/keys/{key}
POST   /desk/binance/api/accounts/{account}/orders/{order}/cancel
POST   /desk/binance/api/prices                             {"asset", "price"}: worth of one unit in USDT

All take ?person=ID, and answer 404 for what is another person's. A refusal is 400 with {"error": sentence}.
"""

from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.desk.binance_views import account_view
from sandbox.exchanges.binance.api_management import read_addresses
from sandbox.exchanges.binance.errors import ApiManagementError
from sandbox.exchanges.binance.state import ApiKey, ExchangeAccount, Rights

if TYPE_CHECKING:
    from sandbox.house import House

PAGE = Path(__file__).parent / "static" / "binance.html"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _person(request: web.Request) -> int:
    text = request.query.get("person", "")
    if not text.isdigit():
        raise web.HTTPBadRequest(text="person=ID is missing")
    return int(text)


def _told(handler: Handler) -> Handler:
    """A refusal of the website becomes the sentence that the page shows."""

    async def telling(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiManagementError as error:
            return web.json_response({"error": str(error)}, status=400)

    return telling


def binance_desk_routes(house: "House") -> list[web.RouteDef]:
    binance = house.binance

    def account_of(request: web.Request) -> ExchangeAccount:
        for account in binance.accounts_of(_person(request)):
            if account.id == request.match_info["account"]:
                return account
        raise web.HTTPNotFound(text="no such account")

    def key_of(request: web.Request) -> ApiKey:
        row = binance.key_row(request.match_info["key"])
        if binance.account(row.account_id).person_id != _person(request):
            raise web.HTTPNotFound(text="no such key")
        return row

    async def page(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE)

    async def accounts(request: web.Request) -> web.StreamResponse:
        return web.json_response([account_view(binance, row) for row in binance.accounts_of(_person(request))])

    async def accept_agreement(request: web.Request) -> web.StreamResponse:
        binance.accept_agreement(account_of(request).id)
        return web.json_response({})

    async def open_futures(request: web.Request) -> web.StreamResponse:
        binance.open_futures(account_of(request).id)
        return web.json_response({})

    async def create_key(request: web.Request) -> web.StreamResponse:
        account, order = account_of(request), await request.json()
        label, public_key = str(order["label"]), order.get("public_key")
        if public_key is None:
            fresh = binance.create_hmac_key(account.id, label)
            return web.json_response({"key": fresh.key, "secret": fresh.secret})
        key = binance.create_public_key_key(account.id, label, str(public_key))
        return web.json_response({"key": key, "secret": None})

    async def restrict(request: web.Request) -> web.StreamResponse:
        row, order = key_of(request), await request.json()
        unknown = set(order["rights"]) - set(Rights.model_fields)
        if unknown:
            raise web.HTTPBadRequest(text=f"unknown rights {sorted(unknown)}")
        rights = binance.rights_of(row).model_copy(update={name: bool(on) for name, on in order["rights"].items()})
        binance.edit_restrictions(row.key, rights, None if order["ips"] is None else read_addresses(str(order["ips"])))
        return web.json_response({})

    async def delete_key(request: web.Request) -> web.StreamResponse:
        binance.delete_key(key_of(request).key)
        return web.json_response({})

    async def cancel_order(request: web.Request) -> web.StreamResponse:
        try:
            binance.cancel_at_desk(account_of(request).id, int(request.match_info["order"]))
        except KeyError:
            return web.json_response({"error": "This order is not open any more."}, status=400)
        return web.json_response({})

    async def move_price(request: web.Request) -> web.StreamResponse:
        _person(request)
        order = await request.json()
        try:
            binance.set_price(str(order["asset"]), Decimal(str(order["price"])))
        except (InvalidOperation, ValueError):
            return web.json_response({"error": "Enter a price above zero."}, status=400)
        return web.json_response({})

    api = "/desk/binance/api"
    return [
        web.get("/desk/binance", page),
        web.get(f"{api}/accounts", accounts),
        web.post(f"{api}/accounts/{{account}}/agreement", accept_agreement),
        web.post(f"{api}/accounts/{{account}}/futures", open_futures),
        web.post(f"{api}/accounts/{{account}}/keys", _told(create_key)),
        web.post(f"{api}/keys/{{key}}/restrictions", _told(restrict)),
        web.delete(f"{api}/keys/{{key}}", _told(delete_key)),
        web.post(f"{api}/accounts/{{account}}/orders/{{order:\\d+}}/cancel", cancel_order),
        web.post(f"{api}/prices", move_price),
    ]
