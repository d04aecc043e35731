"""The desk page of the pretend 3Commas: what a person does there goes through the operations that the API uses."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.three_commas.errors import Refused
from sandbox.three_commas.web_app import everything

if TYPE_CHECKING:
    from sandbox.house import House

PAGE = Path(__file__).parent / "static" / "three_commas.html"
API = "/desk/three_commas/api"
PLANS = ("free", "starter", "pro", "expert")


def three_commas_desk_routes(house: "House") -> list[web.RouteDef]:
    """The page, and its JSON below `/desk/three_commas/api`. A refusal is 409 with the sentence to show."""
    emulator = house.three_commas

    def person_of(value: Any) -> int:
        try:
            return house.world.person(int(value)).id
        except (KeyError, ValueError, TypeError):
            raise web.HTTPNotFound(text="There is no such person in this world.") from None

    def show(person: int) -> web.Response:
        return web.json_response(everything(emulator.user(person), emulator.worth))

    def refused(refusal: Refused) -> web.Response:
        return web.json_response({"sentence": refusal.sentence}, status=409)

    async def page(request: web.Request) -> web.StreamResponse:
        person_of(request.query.get("person"))
        return web.FileResponse(PAGE)

    async def state(request: web.Request) -> web.Response:
        return show(person_of(request.query.get("person")))

    async def new_token(request: web.Request) -> web.Response:
        order = await request.json()
        person, name, permissions = person_of(order["person"]), str(order["name"]), list(order["permissions"])
        ips = str(order.get("ips", "")).replace(",", " ").split()
        try:
            if order["kind"] == "system":
                key, secret = emulator.create_system_token(person, name, permissions, ips)
                return web.json_response({"key": key, "secret": secret})
            key = emulator.create_self_generated_token(person, name, str(order["public_key"]), permissions, ips)
            return web.json_response({"key": key, "secret": None})
        except Refused as refusal:
            return refused(refusal)

    async def delete_token(request: web.Request) -> web.Response:
        order = await request.json()
        person = person_of(order["person"])
        try:
            emulator.delete_token(person, str(order["key"]))
        except Refused as refusal:
            return refused(refusal)
        return show(person)

    async def plan(request: web.Request) -> web.Response:
        order = await request.json()
        person = person_of(order["person"])
        if order["plan"] not in PLANS:
            raise web.HTTPBadRequest(text="There is no such plan.")
        emulator.set_plan(person, order["plan"], ended=bool(order["ended"]))
        return show(person)

    async def account(request: web.Request) -> web.Response:
        order = await request.json()
        person, account_id = person_of(order["person"]), int(request.match_info["account"])
        try:
            match request.match_info["action"]:
                case "refresh":
                    await emulator.refresh(person, account_id)
                case "fast_connect":
                    await emulator.fast_connect(person, account_id)
                case "rename":
                    emulator.rename_account(person, account_id, str(order["name"]))
                case "update_key":
                    await emulator.update_key(
                        person,
                        account_id,
                        key=str(order.get("api_key", "")),
                        secret=str(order.get("secret", "")),
                        passphrase=str(order.get("passphrase", "")),
                        customer_id=order.get("customer_id"),
                    )
                case _:
                    raise web.HTTPNotFound
        except Refused as refusal:
            return refused(refusal)
        return show(person)

    async def cancel_trade(request: web.Request) -> web.Response:
        order = await request.json()
        person = person_of(order["person"])
        try:
            emulator.cancel_trade(person, int(request.match_info["trade"]))
        except Refused as refusal:
            return refused(refusal)
        return show(person)

    return [
        web.get("/desk/three_commas", page),
        web.get(f"{API}/state", state),
        web.post(f"{API}/tokens", new_token),
        web.post(f"{API}/tokens/delete", delete_token),
        web.post(f"{API}/plan", plan),
        web.post(API + r"/smart_trades/{trade:\d+}/cancel", cancel_trade),
        web.post(API + r"/accounts/{account:\d+}/{action}", account),
    ]
