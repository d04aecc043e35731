"""What stories trade with: going back in time, trades whose orders lie at Binance, how they ended, and orders of other programs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.exchanges.binance.state import ExchangeAccount
from sandbox.exchanges.venue import FreshKey
from sandbox.stories.figures import ALEX, FUTURES, FUTURES_RIGHTS, SPOT
from sandbox.stories.furnishing import (
    begin,
    exchange_account,
    key_for_3commas,
    row_futures,
    row_spot,
    stand_still,
    wallet,
)
from sandbox.three_commas.accounts import KEY_DEAD
from sandbox.three_commas.builders import smart_trade
from sandbox.three_commas.state import Bot, CachedHolding, Deal, Leverage, Plan, Side, SmartTrade, Stop, Target

if TYPE_CHECKING:
    from sandbox.house import House

A_MOMENT = timedelta(seconds=2)
"""From the start of a trade to its orders."""


def alex(
    house: "House", spot: Mapping[str, str], margin: str = "500", *, plan: Plan = "pro", hedge_mode: bool = False
) -> tuple[ExchangeAccount, FreshKey]:
    """Alex with both accounts working: his account at Binance, and the key that 3Commas has for spot."""
    begin(house, plan)
    wallets = {asset: Decimal(total) for asset, total in spot.items()}
    account = exchange_account(house, ALEX.id, "Alex", wallets, Decimal(margin))
    house.binance.set_hedge_mode(account.id, hedge_mode)
    key = key_for_3commas(house, account, "3commas")
    row_spot(house, key)
    row_futures(house, key_for_3commas(house, account, "3commas futures", rights=FUTURES_RIGHTS))
    return account, key


@contextmanager
def back_at(house: "House", moment: datetime) -> Iterator[None]:
    """The world as it was then: what happens inside is dated so."""
    seconds = (house.world.clock.now() - moment).total_seconds()
    house.world.clock.advance(-seconds)
    try:
        yield
    finally:
        house.world.clock.advance(seconds)


def living_trade(
    house: "House",
    trade_id: int,
    pair: str,
    units: str,
    entry: str,
    targets: Sequence[Target],
    created_at: datetime,
    *,
    stop: str | None = None,
    side: Side = "buy",
    account_id: int = SPOT,
    leverage: Leverage | None = None,
    note: str = "",
) -> SmartTrade:
    """A SmartTrade of Alex in position; its limit targets are placed at Binance with the key that 3Commas has."""
    trade = smart_trade(
        trade_id=trade_id,
        account_id=account_id,
        pair=pair,
        side=side,
        units=Decimal(units),
        entry=Decimal(entry),
        created_at=created_at,
        targets=targets,
        stop=Stop(trigger=Decimal(stop)) if stop is not None else None,
        leverage=leverage,
        note=note,
    )
    with back_at(house, created_at + A_MOMENT):
        house.three_commas.open_smart_trade(ALEX.id, trade)
    return trade


def waiting_entry(
    house: "House",
    trade_id: int,
    pair: str,
    units: str,
    entry: str,
    target: str,
    created_at: datetime,
    *,
    account_id: int = SPOT,
    leverage: Leverage | None = None,
) -> SmartTrade:
    """A SmartTrade of Alex whose limit entry stands at Binance."""
    trade = smart_trade(
        trade_id=trade_id,
        account_id=account_id,
        pair=pair,
        units=Decimal(units),
        entry=Decimal(entry),
        created_at=created_at,
        status="waiting_position",
        entry_order_type="limit",
        targets=[limit(target)],
        leverage=leverage,
    )
    with back_at(house, created_at + A_MOMENT):
        house.three_commas.open_smart_trade(ALEX.id, trade)
    return trade


def add_bot(house: "House", bot_id: int, name: str, account_id: int, pair: str, made: datetime) -> None:
    """A DCA bot of Alex."""
    bot = Bot(id=bot_id, name=name, account_id=account_id, pairs=[pair], created_at=made, updated_at=made)
    house.three_commas.add_bot(ALEX.id, bot)


def living_deal(house: "House", deal: Deal, bot_name: str) -> Deal:
    """A deal of a DCA bot of Alex, its orders at Binance."""
    add_bot(house, deal.bot_id, bot_name, deal.account_id, deal.pair, deal.created_at)
    with back_at(house, deal.created_at + A_MOMENT):
        return house.three_commas.open_deal(ALEX.id, deal)


def forget_deal(house: "House", deal: Deal, at: datetime, *, status: str = "cancelled", message: str = "") -> None:
    """The deal ends at 3Commas without reaching Binance: its orders stay there."""
    deal.status, deal.closed_at, deal.updated_at = status, at, at
    deal.failed_message = message or None
    for order in deal.orders:
        if order.status == "Active":
            order.status = "Cancelled"
    house.world.changed()


def fail(house: "House", trade_id: int, error: str, at: datetime) -> None:
    """3Commas gives a trade up; what it has at Binance stays."""
    with back_at(house, at):
        house.three_commas.fail_trade(ALEX.id, trade_id, error, at)


def cancel(house: "House", trade_id: int, at: datetime) -> None:
    """Alex cancels a trade; whether its orders go depends on the switch of the reported defect."""
    with back_at(house, at):
        house.three_commas.cancel_trade(ALEX.id, trade_id)


def limit(price: str, volume: str = "100") -> Target:
    """A limit target: an order at the exchange."""
    return Target(price=Decimal(price), volume=Decimal(volume))


def last_contact(house: "House", account_id: int, at: datetime, *, dead: bool = False) -> None:
    """The row of Alex's account as the contact of that moment left it, with what stands at Binance now.

    `dead`: the next contact was refused and everything open stands still.
    """
    account = house.three_commas.account(ALEX.id, account_id)
    exchange_account = account.exchange_account or ""
    found = wallet(house, exchange_account, account.market_code)
    account.holdings = [CachedHolding(asset=asset, free=free, locked=locked) for asset, (free, locked) in found.items()]
    account.updated_at = account.loaded_at = at
    if dead:
        account.api_key_invalid, account.api_keys_state, account.error = True, "expired", KEY_DEAD
        stand_still(house, ALEX.id, account_id)
    house.world.changed()


def settled(house: "House") -> None:
    """Both rows as of yesterday: for stories whose keys work."""
    yesterday = house.world.clock.now() - timedelta(days=1)
    for account in house.three_commas.user(ALEX.id).accounts:
        if account.id in (SPOT, FUTURES):
            last_contact(house, account.id, yesterday)


def by_hand(
    house: "House", account: ExchangeAccount, symbol: str, side: str, quantity: str, price: str, placed: datetime
) -> int:
    """A spot order that Alex placed on Binance's website."""
    return house.binance.put_order(
        account.id, symbol, "BUY" if side == "buy" else "SELL", Decimal(quantity), Decimal(price), placed=placed
    )
