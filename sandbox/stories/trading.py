"""What stories trade with: going back in time, trades whose orders lie at Binance, how they ended, and orders of other programs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sandbox.exchanges.binance.state import ExchangeAccount
from sandbox.stories.figures import ALEX, FUTURES, SPOT
from sandbox.stories.furnishing import stand_still, wallet
from sandbox.three_commas.accounts import KEY_DEAD
from sandbox.three_commas.builders import smart_trade
from sandbox.three_commas.state import CachedHolding, Leverage, Side, SmartTrade, Stop, Target

if TYPE_CHECKING:
    from sandbox.house import House

A_MOMENT = timedelta(seconds=2)
"""From the start of a trade to its orders."""


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
