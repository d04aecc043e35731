"""The pretend 3Commas as one object: what its web app does as operations, what its API does as routes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from aiohttp import web

from sandbox.exchanges.venue import Venue
from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.api_accounts import AccountEndpoints
from sandbox.three_commas.api_bots import BotEndpoints
from sandbox.three_commas.api_markets import OpenEndpoints
from sandbox.three_commas.api_orders import OrderEndpoints
from sandbox.three_commas.api_trades import SmartTradeEndpoints
from sandbox.three_commas.endpoints import endpoints
from sandbox.three_commas.grid_state import GridBot
from sandbox.three_commas.lifecycle import Lifecycle
from sandbox.three_commas.limits import Limits
from sandbox.three_commas.routes import api_routes
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.smart_trade_life import SmartTradeLife
from sandbox.three_commas.state import (
    Account,
    Behaviour,
    Bot,
    Deal,
    KeysState,
    Mode,
    Plan,
    SmartTrade,
    ThreeCommasState,
    User,
)
from sandbox.three_commas.tokens import SystemToken, Tokens
from sandbox.three_commas.trades import Trades
from sandbox.three_commas.venue_orders import VenueOrders
from sandbox.world import World


class ThreeCommasEmulator:
    """Tokens, exchange accounts and trades of every person in the world.

    A person is the Telegram user id. Operations that a person may be refused raise `errors.Refused`, whose `sentence`
    the page shows; those that the API shares raise its subclass `errors.ApiError`.
    """

    def __init__(self, world: World, venues: Mapping[str, Venue]) -> None:
        """`venues` by ccxt id: where keys of exchange accounts are tried, balances are read and prices come from."""
        self._world = world
        self.state = world.part("three_commas", ThreeCommasState)
        self._tokens = Tokens(world, self.state)
        self._accounts = Accounts(world, self.state, venues)
        orders = VenueOrders(world, self.state, self._accounts)
        smart_trades = SmartTradeLife(world, self.state.behaviour, self._accounts, orders)
        self._life = Lifecycle(world, self.state, self._accounts, orders, smart_trades)
        self._trades = Trades(world, self.state, self._accounts, self._life)
        self.order_prefix = orders.prefix
        self._accounts.after_contact = self._life.contact
        for venue in venues.values():
            venue.on_change(self._life.market_moved)
        self._limits = Limits(world.clock, self.state.behaviour)

    @property
    def behaviour(self) -> Behaviour:
        """Switches for what the sources leave open; a test turns them in place."""
        return self.state.behaviour

    def routes(self) -> list[web.RouteDef]:
        """`/public/api/...`"""
        served = endpoints(
            OpenEndpoints(self._world.clock, self.state, self._accounts),
            AccountEndpoints(self.state, self._accounts),
            SmartTradeEndpoints(self.state, self._accounts, self._trades),
            BotEndpoints(self.state, self._accounts, self._trades),
            OrderEndpoints(self._trades),
        )
        return api_routes(self._world, self.state, self._tokens, self._limits, served)

    def user(self, person: int) -> User:
        return self.state.user(person)

    def worth(self, asset: str) -> Decimal:
        """USDT for one unit; 0 for what nobody trades."""
        return self._accounts.worth(asset)

    # The page "Subscription"

    def set_plan(self, person: int, plan: Plan, *, ended: bool = False) -> None:
        """`ended` keeps the name of the plan but takes its rights, as when a subscription ran out."""
        user = self.user(person)
        user.plan, user.plan_ended = plan, ended
        self._world.changed()

    def set_mode(self, person: int, mode: Mode) -> None:
        self.user(person).mode = mode
        self._world.changed()

    # The page "API"

    def create_system_token(
        self, person: int, name: str, permissions: Sequence[str], ips: Sequence[str]
    ) -> SystemToken:
        """Key and secret, the secret for this once; the IP list must not be empty. Raises Refused."""
        return self._tokens.create_system(person, name, permissions, ips)

    def create_self_generated_token(
        self, person: int, name: str, public_key_pem: str, permissions: Sequence[str], ips: Sequence[str] = ()
    ) -> str:
        """The key of a token for the person's own RSA pair (2048 or 4096 bits). Raises Refused."""
        return self._tokens.create_self_generated(person, name, public_key_pem, permissions, ips)

    def delete_token(self, person: int, key: str) -> None:
        """Raises Refused if there is none."""
        self._tokens.delete(person, key)

    # The page "My Portfolio"

    def add_account(
        self,
        person: int,
        market_code: str,
        name: str,
        *,
        api_key: str = "",
        secret: str = "",
        account_id: int | None = None,
        holdings: Mapping[str, tuple[Decimal, Decimal]] | None = None,
        created_at: datetime | None = None,
        updated_at: datetime | None = None,
        subaccount_name: str | None = None,
        api_key_invalid: bool = False,
        api_keys_state: KeysState = "ok",
        is_locked: bool = False,
        lock_reason: str | None = None,
    ) -> Account:
        """An exchange account as a story finds it, without a contact: the flags are those of the last contact.

        `holdings` are the balances last loaded, free and locked per asset. `subaccount_name` marks a row whose key
        belongs to a sub-account.
        """
        return self._accounts.add(
            person,
            market_code,
            name,
            api_key=api_key,
            secret=secret,
            account_id=account_id,
            holdings=holdings,
            created_at=created_at,
            updated_at=updated_at,
            subaccount_name=subaccount_name,
            api_key_invalid=api_key_invalid,
            api_keys_state=api_keys_state,
            is_locked=is_locked,
            lock_reason=lock_reason,
        )

    def account(self, person: int, account_id: int) -> Account:
        """Raises ApiError 404."""
        return self._accounts.get(person, account_id)

    async def refresh(self, person: int, account_id: int) -> Account:
        """The refresh symbol, and `load_balances`. Raises ApiError 422 when the key is dead or the venue is down."""
        return await self._accounts.refresh(person, account_id)

    async def update_key(
        self,
        person: int,
        account_id: int,
        key: str,
        secret: str,
        passphrase: str = "",
        customer_id: str | None = None,
    ) -> Account:
        """ "Update API key" by hand. The new key is tried first; a refused one changes nothing. Raises ApiError."""
        return await self._accounts.update_key(
            person, account_id, key=key, secret=secret, passphrase=passphrase, customer_id=customer_id
        )

    async def fast_connect(self, person: int, account_id: int) -> Account:
        """ "Update API key" by Fast Connect, for the main account. The old key at the venue stays. Raises Refused."""
        return await self._accounts.fast_connect(person, account_id)

    def rename_account(self, person: int, account_id: int, name: str) -> Account:
        """Raises ApiError."""
        return self._accounts.rename(person, account_id, name)

    # SmartTrades, DCA bots and deals

    def add_smart_trade(self, person: int, trade: SmartTrade) -> SmartTrade:
        """Put a trade of `builders.smart_trade` into the world."""
        return self._trades.add_smart_trade(person, trade)

    def open_smart_trade(self, person: int, trade: SmartTrade) -> SmartTrade:
        """As `add_smart_trade`, and its orders go to the venue with the account's key. Raises VenueRefused, VenueDown.

        The same goes for the other `open_…`.
        """
        return self._trades.open_smart_trade(person, trade)

    def open_deal(self, person: int, deal: Deal) -> Deal:
        return self._trades.open_deal(person, deal)

    def open_grid_bot(self, person: int, bot: GridBot) -> GridBot:
        return self._trades.open_grid_bot(person, bot)

    def open_simple_trade(self, person: int, trade: SimpleTrade) -> SimpleTrade:
        return self._trades.open_simple_trade(person, trade)

    def cancel_trade(self, person: int, trade_id: int) -> SmartTrade:
        """ "Cancel" of an open SmartTrade. Raises Refused."""
        return self._trades.cancel_trade(person, trade_id)

    def add_deal(self, person: int, deal: Deal) -> Deal:
        """Put a deal of `builders.deal` into the world."""
        return self._trades.add_deal(person, deal)

    def add_bot(self, person: int, bot: Bot) -> Bot:
        return self._trades.add_bot(person, bot)

    async def place_due_order(self, person: int, trade_id: int) -> SmartTrade:
        """An order of an open SmartTrade is due: the trade fails if the venue refuses it."""
        return await self._trades.place_due_order(person, trade_id)

    def fail_trade(self, person: int, trade_id: int, error: str, at: datetime | None = None) -> SmartTrade:
        """End an open SmartTrade as failed with this text; the API forgets its plan."""
        return self._trades.fail_trade(person, trade_id, error, at)
