"""Endpoints below `/ver1/accounts` that need a token."""

from typing import Any

from sandbox.three_commas.account_views import account_entity, pie_rows, summary_entity, table_rows
from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.call import Call
from sandbox.three_commas.errors import ApiError, exchange_key_invalid, not_found, record_invalid
from sandbox.three_commas.markets import MARKETS
from sandbox.three_commas.state import Account, ThreeCommasState
from sandbox.three_commas.statuses import FINAL_DEAL, FINAL_SMART_TRADE

SUMMARY = "summary"


class AccountEndpoints:
    def __init__(self, state: ThreeCommasState, accounts: Accounts) -> None:
        self._state = state
        self._accounts = accounts

    async def index(self, call: Call) -> list[dict[str, Any]]:
        page = call.parameters.size("page", 1, at_least=1)
        per_page = call.parameters.size("per_page", 100, at_least=1, at_most=100)
        key = call.parameters.text("api_key")
        found = [account for account in self._visible(call) if key in (None, account.api_key)]
        return [self._entity(account) for account in found[(page - 1) * per_page : page * per_page]]

    async def show(self, call: Call) -> dict[str, Any]:
        if call.path["id"] == SUMMARY:
            return summary_entity(self._visible(call), self._accounts.worth, extra_keys=self._extra)
        return self._entity(self._account(call))

    async def load_balances(self, call: Call) -> dict[str, Any]:
        account = self._account(call)
        return self._entity(await self._accounts.refresh(call.person, account.id))

    async def active_trading_entities(self, call: Call) -> dict[str, Any]:
        """Counters. A dead key is answered by the flag of the last contact; nothing is asked at the venue."""
        account = self._account(call)
        if account.api_key_invalid:
            raise exchange_key_invalid()
        user = call.user
        deals = [d for d in user.deals if d.account_id == account.id and d.status not in FINAL_DEAL]
        trades = [t for t in user.smart_trades if t.account_id == account.id and t.status not in FINAL_SMART_TRADE]
        grids = [bot for bot in user.grid_bots if bot.account_id == account.id and bot.is_enabled]
        simple = [t for t in user.simple_trades if t.account_id == account.id and t.closed_at is None]
        orders = (
            sum(order.status == "Active" for deal in deals for order in deal.orders)
            + sum(target.status == "order_placed" for trade in trades for target in trade.targets)
            + sum(line.status == "Active" for bot in grids for line in bot.lines)
            + len(simple)
        )
        return {
            "data": {
                "active_bots_count": sum(bot.is_enabled and bot.account_id == account.id for bot in user.bots),
                "active_deals_count": len(deals),
                "active_smart_trades_count": len(trades),
                "active_orders_count": orders,
                "active_grid_bots_count": len(grids),
            }
        }

    async def table(self, call: Call) -> list[dict[str, Any]]:
        return [row for account in self._chosen(call) for row in table_rows(account, self._accounts.worth)]

    async def pie(self, call: Call) -> list[dict[str, Any]]:
        return [row for account in self._chosen(call) for row in pie_rows(account, self._accounts.worth)]

    async def rename(self, call: Call) -> dict[str, Any]:
        account = self._account(call)
        return self._entity(self._accounts.rename(call.person, account.id, call.parameters.required("name")))

    async def update(self, call: Call) -> dict[str, Any]:
        """Replace the key, the name, or both."""
        given = call.parameters
        account_id = given.integer("account_id")
        if account_id is None:
            raise record_invalid(account_id="is missing")
        account = self._accounts.get(call.person, account_id)
        if account not in self._visible(call):
            raise not_found()
        if (name := given.text("name")) is not None:
            self._accounts.rename(call.person, account.id, name)
        if (included := given.flag("include_in_summary")) is not None:
            self._accounts.include_in_summary(call.person, account.id, included)
        if given.text("api_key") is not None or given.text("secret") is not None:
            await self._accounts.update_key(
                call.person,
                account.id,
                key=given.text("api_key") or "",
                secret=given.text("secret") or "",
                passphrase=given.text("passphrase") or "",
                customer_id=given.text("customer_id"),
            )
        return self._entity(account)

    async def new(self, call: Call) -> dict[str, Any]:
        """Refused: open to the Expert plan for Binance sub-accounts only, and those are connected in the web app here."""
        code = call.parameters.required("type")
        for field in ("api_key", "secret"):
            call.parameters.required(field)
        if code not in MARKETS:
            raise record_invalid(type="does not have a valid value")
        raise ApiError(403, "Forbidden. Unavailable for this account type.")

    @property
    def _extra(self) -> bool:
        return self._state.behaviour.extra_keys

    def _visible(self, call: Call) -> list[Account]:
        return [account for account in call.user.accounts if account.mode == call.mode]

    def _account(self, call: Call) -> Account:
        for account in self._visible(call):
            if account.id == call.id():
                return account
        raise not_found()

    def _chosen(self, call: Call) -> list[Account]:
        if call.path["id"] == SUMMARY:
            return [account for account in self._visible(call) if account.include_in_summary]
        return [self._account(call)]

    def _entity(self, account: Account) -> dict[str, Any]:
        return account_entity(account, self._accounts.worth, extra_keys=self._extra)
