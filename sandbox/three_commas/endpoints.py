"""The table of everything that is served: method, path, permission, parameters, budget.

What the original documents and this sandbox lacks stands here as well, so that it is refused by name (501) after the
same checks of token, permission and plan; any other path is 404.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.three_commas.admission import SIGNED_ONLY
from sandbox.three_commas.api_accounts import AccountEndpoints
from sandbox.three_commas.api_bots import BotEndpoints
from sandbox.three_commas.api_markets import OpenEndpoints
from sandbox.three_commas.api_orders import OrderEndpoints
from sandbox.three_commas.api_trades import SmartTradeEndpoints
from sandbox.three_commas.call import Call
from sandbox.three_commas.limits import DEAL, DEALS, SMART_TRADES, Budget

Handler = Callable[[Call], Awaitable[object]]

PAGES = ("page", "per_page")
WINDOW = ("limit", "offset")
DATES = ("from", "to")


@dataclass(frozen=True)
class Endpoint:
    """`permission` is None where no token is needed, SIGNED_ONLY where any token will do.

    `handler` is None for what is not emulated; its parameters are then not looked at.
    """

    method: str
    path: str
    permission: str | None
    handler: Handler | None
    parameters: tuple[str, ...] = ()
    budget: Budget | None = None
    gated_by_plan: bool = True


def endpoints(
    open_: OpenEndpoints,
    accounts: AccountEndpoints,
    trades: SmartTradeEndpoints,
    bots: BotEndpoints,
    orders: OrderEndpoints,
) -> list[Endpoint]:
    """First match wins: fixed words stand before `:id`."""
    trade_filters = (
        *PAGES, *DATES, "account_id", "pair", "type", "status", "order_by", "order_direction", "base", "quote",
    )  # fmt: skip
    deal_filters = (
        *WINDOW, *DATES, "bot_id", "account_id", "scope", "order", "order_direction", "base", "quote", "note",
    )  # fmt: skip
    bot_filters = (
        *WINDOW, "account_id", "scope", "strategy", "sort_by", "order_direction", "quote", "from",
    )  # fmt: skip
    grid_filters = (
        *WINDOW, "account_id", "account_ids[]", "state", "sort_by", "sort_direction", "from", "base", "quote",
    )  # fmt: skip
    simple_filters = (*WINDOW, "account_id", "pair", "order_by", "order_direction")
    key_fields = ("name", "api_key", "secret", "customer_id", "passphrase")
    return [
        Endpoint("GET", "/ver1/ping", None, open_.ping),
        Endpoint("GET", "/ver1/time", None, open_.time),
        Endpoint("GET", "/ver1/validate", SIGNED_ONLY, open_.validate, gated_by_plan=False),
        Endpoint("GET", "/ver1/users/permissions_info", SIGNED_ONLY, open_.permissions_info),
        Endpoint("GET", "/ver1/users/current_mode", "ACCOUNTS_READ", open_.current_mode),
        Endpoint("GET", "/ver1/accounts/market_list", None, open_.market_list),
        Endpoint("GET", "/ver1/accounts/market_pairs", None, open_.market_pairs, ("market_code",)),
        Endpoint(
            "GET", "/ver1/accounts/currency_rates", None, open_.currency_rates, ("market_code", "pair", "limit_type")
        ),
        Endpoint("GET", "/ver1/accounts", "ACCOUNTS_READ", accounts.index, ("api_key", *PAGES)),
        Endpoint(
            "POST",
            "/ver1/accounts/new",
            "ACCOUNTS_WRITE",
            accounts.new,
            ("type", "types_to_create", "types_to_create[]", *key_fields),
        ),
        Endpoint(
            "POST",
            "/ver1/accounts/update",
            "ACCOUNTS_WRITE",
            accounts.update,
            ("account_id", "include_in_summary", *key_fields),
        ),
        Endpoint("GET", "/ver1/accounts/:id", "ACCOUNTS_READ", accounts.show),
        Endpoint("POST", "/ver1/accounts/:id/load_balances", "ACCOUNTS_READ", accounts.load_balances),
        Endpoint(
            "GET", "/ver1/accounts/:id/active_trading_entities", "ACCOUNTS_READ", accounts.active_trading_entities
        ),
        Endpoint("POST", "/ver1/accounts/:id/account_table_data", "ACCOUNTS_READ", accounts.table),
        Endpoint("POST", "/ver1/accounts/:id/pie_chart_data", "ACCOUNTS_READ", accounts.pie),
        Endpoint("POST", "/ver1/accounts/:id/rename", "ACCOUNTS_WRITE", accounts.rename, ("name",)),
        Endpoint("GET", "/v2/smart_trades", "SMART_TRADES_READ", trades.index, trade_filters, SMART_TRADES),
        Endpoint("GET", "/v2/smart_trades/:id", "SMART_TRADES_READ", trades.show),
        Endpoint("GET", "/v2/smart_trades/:id/trades", "SMART_TRADES_READ", trades.rows),
        Endpoint("POST", "/v2/smart_trades/:id/set_note", "SMART_TRADES_WRITE", trades.set_note, ("note",)),
        Endpoint("GET", "/ver1/trades", "SMART_TRADES_READ", orders.simple_trades, simple_filters),
        Endpoint("GET", "/ver1/trades/history", "SMART_TRADES_READ", orders.simple_history, simple_filters),
        Endpoint("GET", "/ver1/trades/:id", "SMART_TRADES_READ", orders.simple_trade),
        Endpoint("GET", "/ver1/deals", "BOTS_READ", bots.deals, deal_filters, DEALS),
        Endpoint("GET", "/ver1/deals/:id/show", "BOTS_READ", bots.show_deal, (), DEAL),
        Endpoint("GET", "/ver1/deals/:id/market_orders", "BOTS_READ", bots.market_orders),
        Endpoint("GET", "/ver1/bots", "BOTS_READ", bots.bots, bot_filters),
        Endpoint("GET", "/ver1/bots/:id/show", "BOTS_READ", bots.show_bot, ("include_events",)),
        Endpoint("GET", "/ver1/grid_bots", "BOTS_READ", orders.grid_bots, grid_filters),
        Endpoint("GET", "/ver1/grid_bots/:id", "BOTS_READ", orders.grid_bot),
        Endpoint("GET", "/ver1/grid_bots/:id/market_orders", "BOTS_READ", orders.grid_market_orders, WINDOW),
        *(Endpoint(method, path, permission, None) for method, path, permission in NOT_EMULATED),
    ]


NOT_EMULATED = (
    ("POST", "/ver1/users/change_mode", "ACCOUNTS_WRITE"),
    ("GET", "/ver1/accounts/types_to_connect", SIGNED_ONLY),
    ("GET", "/ver1/accounts/currency_rates_with_leverage_data", SIGNED_ONLY),
    ("GET", "/ver1/accounts/:id/leverage_data", "ACCOUNTS_READ"),
    ("GET", "/ver1/accounts/:id/balance_chart_data", "ACCOUNTS_READ"),
    ("POST", "/ver1/accounts/:id/remove", "ACCOUNTS_WRITE"),
    ("POST", "/v2/smart_trades", "SMART_TRADES_WRITE"),
    ("PATCH", "/v2/smart_trades/:id", "SMART_TRADES_WRITE"),
    ("DELETE", "/v2/smart_trades/:id", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/close_by_market", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/force_start", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/force_process", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/add_funds", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/reduce_funds", "SMART_TRADES_WRITE"),
    ("GET", "/v2/smart_trades/:id/reduce_funds_info", "SMART_TRADES_WRITE"),
    ("POST", "/v2/smart_trades/:id/trades/:trade_id/close_by_market", "SMART_TRADES_WRITE"),
    ("DELETE", "/v2/smart_trades/:id/trades/:trade_id", "SMART_TRADES_WRITE"),
    ("POST", "/ver1/trades", "SMART_TRADES_WRITE"),
    ("POST", "/ver1/trades/:id/cancel", "SMART_TRADES_WRITE"),
    ("POST", "/ver1/deals/:id/cancel", "BOTS_WRITE"),
    ("POST", "/ver1/deals/:id/panic_sell", "BOTS_WRITE"),
    ("POST", "/ver1/deals/:id/cancel_order", "BOTS_WRITE"),
    ("POST", "/ver1/deals/:id/add_funds", "BOTS_WRITE"),
    ("PATCH", "/ver1/deals/:id/update_deal", "BOTS_WRITE"),
    ("POST", "/ver1/deals/:id/convert_to_smart_trade", "SMART_TRADES_WRITE"),
    ("GET", "/ver1/deals/:id/data_for_adding_funds", "BOTS_READ"),
    ("POST", "/ver1/bots/:id/enable", "BOTS_WRITE"),
    ("POST", "/ver1/bots/:id/disable", "BOTS_WRITE"),
)
