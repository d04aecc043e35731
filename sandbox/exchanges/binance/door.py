"""From an HTTP request to an HTTP answer, in the order in which the original looks at things."""

from aiohttp import web

from sandbox.exchanges.binance import access, errors
from sandbox.exchanges.binance.accounts import Accounts
from sandbox.exchanges.binance.budget import WeightBudget
from sandbox.exchanges.binance.calls import Call, to_json
from sandbox.exchanges.binance.errors import BinanceError, Family
from sandbox.exchanges.binance.parameters import SIGNING, Parameters, proof_of, read_parameters
from sandbox.exchanges.binance.routes import GET, NOT_YET, Route, family_of, host_of

KEY_HEADER = "X-MBX-APIKEY"


class Door:
    """Serves api., fapi. and dapi.binance.com of one set of books."""

    def __init__(self, books: Accounts) -> None:
        self._books = books
        self.budget = WeightBudget(books.world.clock)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request. Nothing is answered with success that is not understood."""
        family = family_of(request.path)
        host = request.headers.get("Host", "").split(":")[0].lower()
        if family is None or host != host_of(family):
            return self._unknown_path(request, None)
        if request.method != "GET" and request.path in NOT_YET:
            return _refusal(
                BinanceError(501, -1020, f"{request.method} {request.path} is not emulated in this sandbox yet."), {}
            )
        route = GET.get(request.path) if request.method == "GET" else None
        if route is None:
            return self._unknown_path(request, family)
        source_ip = self._books.world.state.caller_address
        try:
            body = self._answer(request, (await request.read()).decode("utf-8", "replace"), route, family, source_ip)
        except BinanceError as error:
            return _refusal(error, self.budget.headers(family, source_ip))
        return web.Response(body=body, content_type="application/json", headers=self.budget.headers(family, source_ip))

    def _answer(self, request: web.Request, body: str, route: Route, family: Family, source_ip: str) -> bytes:
        parameters = read_parameters(request.rel_url.raw_query_string, body)
        self.budget.spend(family, source_ip, route.weight_of(parameters.values))
        server_ms = self._books.world.clock.milliseconds() + self._books.state.clock_offset_ms
        granted = None
        if route.security != "public":
            granted = access.admit(
                self._books.state,
                key=request.headers.get(KEY_HEADER, ""),
                source_ip=source_ip,
                family=family,
                right="reading" if route.security == "signed" else None,
                now=self._books.world.clock.now(),
                proof=proof_of(parameters, server_ms) if route.security == "signed" else None,
            )
        if family == "api":
            _refuse_unread(parameters, route)
        answer = route.answer(Call(self._books, parameters, server_ms, granted))
        return answer if isinstance(answer, bytes) else to_json(answer)

    def _unknown_path(self, request: web.Request, family: Family | None) -> web.Response:
        """404 as each service of the original words it."""
        if family == "api":
            page = "<html><body><h2>404 Not found</h2></body></html>"
            return web.Response(status=404, text=page, content_type="text/html")
        if family == "sapi":
            return web.json_response(
                {
                    "timestamp": self._books.world.clock.milliseconds(),
                    "status": 404,
                    "error": "Not Found",
                    "message": "No message available",
                    "path": request.path,
                },
                status=404,
            )
        message = f"Path {request.path}, Method {request.method} is invalid"
        return web.json_response({"code": -5000, "msg": message}, status=404)


def _refusal(error: BinanceError, headers: dict[str, str]) -> web.Response:
    return web.json_response(
        {"code": error.code, "msg": error.message}, status=error.status, headers={**headers, **error.headers}
    )


def _refuse_unread(parameters: Parameters, route: Route) -> None:
    """/api refuses parameters that a route does not know; the other services pass over them."""
    sent = len(parameters.values)
    if route.security == "public" and not route.parameters and sent:
        raise errors.too_many_parameters(0, sent)
    known = {*route.parameters, *(SIGNING if route.security == "signed" else ())}
    unread = sum(1 for name in parameters.values if name not in known)
    if unread:
        raise errors.unread_parameters(sent - unread, sent)
