"""SmartTrades, deals, bots and single orders: putting them into the world, finding them, ending them."""

from datetime import datetime

from sandbox.three_commas.accounts import Accounts
from sandbox.three_commas.errors import Refused, not_found
from sandbox.three_commas.grid_state import GridBot
from sandbox.three_commas.lifecycle import Lifecycle
from sandbox.three_commas.simple_state import SimpleTrade
from sandbox.three_commas.standstill import freeze
from sandbox.three_commas.state import Bot, Deal, Mode, SmartTrade, ThreeCommasState
from sandbox.three_commas.statuses import CANCELLABLE, FINAL_SMART_TRADE
from sandbox.world import World


class Trades:
    def __init__(self, world: World, state: ThreeCommasState, accounts: Accounts, life: Lifecycle) -> None:
        self._world = world
        self._state = state
        self._accounts = accounts
        self._life = life

    # `add_…` puts in what history left behind, `open_…` sends the orders to the venue as well and raises what the venue says.

    def open_smart_trade(self, person: int, trade: SmartTrade) -> SmartTrade:
        """Raises VenueRefused, VenueDown."""
        self.add_smart_trade(person, trade)
        self._life.smart_trades.place(self._accounts.get(person, trade.account_id), trade)
        return trade

    def open_deal(self, person: int, deal: Deal) -> Deal:
        """Raises VenueRefused, VenueDown."""
        self.add_deal(person, deal)
        self._life.deals.place(self._accounts.get(person, deal.account_id), deal)
        return deal

    def open_grid_bot(self, person: int, bot: GridBot) -> GridBot:
        """Raises VenueRefused, VenueDown."""
        for order in (*bot.lines, *bot.balancing):
            order.id = order.id or self._state.take_order_id()
        self._state.user(person).grid_bots.append(bot)
        self._life.grids.place(self._accounts.get(person, bot.account_id), bot)
        return bot

    def open_simple_trade(self, person: int, trade: SimpleTrade) -> SimpleTrade:
        """Raises VenueRefused, VenueDown."""
        self._state.user(person).simple_trades.append(trade)
        self._life.simple.place(self._accounts.get(person, trade.account_id), trade)
        return trade

    def add_smart_trade(self, person: int, trade: SmartTrade) -> SmartTrade:
        """Put a built SmartTrade into the world; its orders get ids of the shared counter."""
        if self._accounts.get(person, trade.account_id).api_key_invalid:
            freeze(trade, self._accounts.worth)
        trade.entry_id = trade.entry_id or self._state.take_order_id()
        for way_out in trade.exits:
            way_out.id = way_out.id or self._state.take_order_id()
        self._state.user(person).smart_trades.append(trade)
        self._world.changed()
        return trade

    def add_deal(self, person: int, deal: Deal) -> Deal:
        """Put a built deal into the world; its orders get ids of the shared counter."""
        if self._accounts.get(person, deal.account_id).api_key_invalid:
            freeze(deal, self._accounts.worth)
        for order in deal.orders:
            order.id = order.id or self._state.take_order_id()
        self._state.user(person).deals.append(deal)
        self._world.changed()
        return deal

    def add_bot(self, person: int, bot: Bot) -> Bot:
        self._state.user(person).bots.append(bot)
        self._world.changed()
        return bot

    def smart_trade(self, person: int, trade_id: int) -> SmartTrade | None:
        return next((t for t in self._state.user(person).smart_trades if t.id == trade_id), None)

    def deal(self, person: int, deal_id: int) -> Deal:
        """Raises ApiError 404."""
        for deal in self._state.user(person).deals:
            if deal.id == deal_id:
                return deal
        raise not_found()

    def smart_trades_in(self, person: int, mode: Mode) -> list[SmartTrade]:
        """Paper and real trades live in separate lists; the account tells which."""
        ids = self._account_ids(person, mode)
        return [trade for trade in self._state.user(person).smart_trades if trade.account_id in ids]

    def deals_in(self, person: int, mode: Mode) -> list[Deal]:
        ids = self._account_ids(person, mode)
        return [deal for deal in self._state.user(person).deals if deal.account_id in ids]

    def bots_in(self, person: int, mode: Mode) -> list[Bot]:
        ids = self._account_ids(person, mode)
        return [bot for bot in self._state.user(person).bots if bot.account_id in ids]

    def bot_name(self, person: int, bot_id: int) -> str:
        return next((bot.name for bot in self._state.user(person).bots if bot.id == bot_id), "")

    def set_note(self, trade: SmartTrade, note: str) -> None:
        trade.note = note
        self._touch(trade)

    async def place_due_order(self, person: int, trade_id: int) -> SmartTrade:
        """The moment an order of a SmartTrade is due: the venue takes it, or the trade fails with what the venue said.

        Only the refusal matters here: what is taken and filled comes with the next contact.
        """
        trade = self._open_trade(person, trade_id)
        refusal = await self._accounts.may_trade(person, self._accounts.get(person, trade.account_id))
        if refusal is not None:
            self.fail_trade(person, trade_id, refusal)
        return trade

    def fail_trade(self, person: int, trade_id: int, error: str, at: datetime | None = None) -> SmartTrade:
        """End a SmartTrade as failed. What it did not execute is forgotten by the API; orders at the venue stay."""
        trade = self._open_trade(person, trade_id)
        trade.status, trade.error = "failed", error
        if trade.entry_status not in ("finished", "smart_sell"):
            trade.entry_status = "failed"
        for way_out in trade.exits:
            if way_out.status != "finished":
                way_out.status = "cancelled"
        trade.closed_at = at or self._world.clock.now()
        self._touch(trade)
        return trade

    def cancel_trade(self, person: int, trade_id: int) -> SmartTrade:
        """The button "Cancel": coins and position stay, orders go where they can be reached. Raises Refused."""
        trade = self.smart_trade(person, trade_id)
        if trade is None or trade.status not in CANCELLABLE:
            raise Refused(f"SmartTrade {trade_id} cannot be cancelled.")
        self._life.smart_trades.cancel(self._accounts.get(person, trade.account_id), trade)
        return trade

    def grid_bots_in(self, person: int, mode: Mode) -> list[GridBot]:
        ids = self._account_ids(person, mode)
        return [bot for bot in self._state.user(person).grid_bots if bot.account_id in ids]

    def simple_trades_in(self, person: int, mode: Mode) -> list[SimpleTrade]:
        ids = self._account_ids(person, mode)
        return [trade for trade in self._state.user(person).simple_trades if trade.account_id in ids]

    def _open_trade(self, person: int, trade_id: int) -> SmartTrade:
        trade = self.smart_trade(person, trade_id)
        if trade is None or trade.status in FINAL_SMART_TRADE:
            raise KeyError(f"no open SmartTrade {trade_id}")
        return trade

    def _touch(self, trade: SmartTrade) -> None:
        trade.updated_at = self._world.clock.now()
        self._world.changed()

    def _account_ids(self, person: int, mode: Mode) -> set[int]:
        return {account.id for account in self._state.user(person).accounts if account.mode == mode}
