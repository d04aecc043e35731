"""HTTP in front of the endpoints: admission, parameters, status codes, and refusals written as the original writes them."""

import json
import re
import uuid

from aiohttp import web

from sandbox.three_commas.admission import Admission, Admitted, Knock
from sandbox.three_commas.call import Call
from sandbox.three_commas.endpoints import Endpoint
from sandbox.three_commas.errors import ApiError, PlainRefusal, not_emulated, not_found
from sandbox.three_commas.limits import Limits
from sandbox.three_commas.parameters import Parameters, read_parameters
from sandbox.three_commas.state import ThreeCommasState, User
from sandbox.three_commas.tokens import Tokens
from sandbox.world import World

PREFIX = "/public/api"
CREATED_BY = {"POST": 201}
NOBODY = User(person=0)


def api_routes(
    world: World, state: ThreeCommasState, tokens: Tokens, limits: Limits, served: list[Endpoint]
) -> list[web.RouteDef]:
    """One route for everything: what is not in the table is answered like an unknown resource of the original."""
    table = [(endpoint, pattern_of(endpoint.path)) for endpoint in served]
    admission = Admission(state, tokens, limits)

    async def serve(request: web.Request) -> web.Response:
        try:
            endpoint, parts = find(table, request.method, request.path)
            answer = await carry_out(endpoint, parts, request)
        except ApiError as refusal:
            return as_json(refusal.status, refusal.body())
        except PlainRefusal as refusal:
            return web.Response(status=refusal.status, text=refusal.text, headers=edge_headers())
        return as_json(CREATED_BY.get(request.method, 200), answer)

    async def carry_out(endpoint: Endpoint, parts: dict[str, str], request: web.Request) -> object:
        body = await request.read()
        admitted = admit(endpoint, request, body)
        if endpoint.handler is None:
            raise not_emulated(f"{endpoint.method} {endpoint.path}")
        values = read_parameters(request.method, request.rel_url.raw_query_string, request.content_type, body)
        user = state.user(admitted.person) if admitted.person else NOBODY
        parameters = Parameters(values, endpoint.parameters)
        return await endpoint.handler(Call(user, admitted.mode, parts, parameters, admitted.permissions))

    def admit(endpoint: Endpoint, request: web.Request, body: bytes) -> Admitted:
        address = world.state.caller_address
        if endpoint.permission is None:
            limits.admit_address(address)
            return Admitted(NOBODY.person, "real", ())
        knock = Knock(
            raw_path=request.raw_path,
            body=body,
            api_key=request.headers.get("Apikey", ""),
            signature=request.headers.get("Signature", ""),
            forced_mode=request.headers.get("Forced-Mode", ""),
            address=address,
        )
        plan_matters = endpoint.gated_by_plan or state.behaviour.plan_gates_validate
        return admission.admit(knock, endpoint.permission, endpoint.budget, plan_matters=plan_matters)

    return [web.route("*", "/{path:.*}", serve)]


def pattern_of(path: str) -> re.Pattern[str]:
    """`/ver1/accounts/:id` as a pattern with a group per `:part`."""
    return re.compile(re.sub(r":(\w+)", r"(?P<\1>[^/]+)", path))


def find(table: list[tuple[Endpoint, re.Pattern[str]]], method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
    """Raises ApiError 404 for a path or method that is not in the table."""
    if path.startswith(PREFIX):
        for endpoint, pattern in table:
            match = pattern.fullmatch(path.removeprefix(PREFIX)) if endpoint.method == method else None
            if match is not None:
                return endpoint, match.groupdict()
    raise not_found()


def edge_headers() -> dict[str, str]:
    return {"Server": "cloudflare", "X-Request-Id": str(uuid.uuid4())}


def as_json(status: int, body: object) -> web.Response:
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json", headers=edge_headers()
    )
