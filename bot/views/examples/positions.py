"""Pretend positions."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.views.examples.checks import FUTURES, KEY, NOW, TOKEN
from bot.views.examples.orders import TRADE_121, order
from domain.check_view import NotLooked, Sight
from domain.looking.view import AccountSight, Progress, Source, Unread
from domain.positions_view import (
    FuturesAccount,
    Management,
    PositionRow,
    PositionsView,
    Protection,
    StopState,
    Watched,
)
from domain.trading import MarginMode, MarketRules, Owner, OwnerKind, Position

SOURCES = (Source(TOKEN, Sight.FINE, paper_accounts=1), Source(KEY, Sight.FINE))
SIGHT = AccountSight((FUTURES,), ("k2",), Sight.FINE, looked_at=NOW)
ACCOUNT = FuturesAccount(SIGHT, Sight.FINE, (), orders_read=True)
WHY = NotLooked("TimedOut")


def position(symbol: str, side: str, amount: str, entry: str, mark: str | None, gained: str | None) -> Position:
    return Position(
        symbol=symbol,
        side=side,
        amount=Decimal(amount),
        entry_price=Decimal(entry),
        mark_price=None if mark is None else Decimal(mark),
        unrealised=None if gained is None else Decimal(gained),
        leverage=Decimal(5),
        margin_mode=MarginMode.ISOLATED,
        liquidation_price=Decimal("49500"),
        hedged=False,
    )


BTC = position("BTC/USDT:USDT", "long", "0.05", "61200", "63097.2", "94.86")
ETH = replace(
    position("ETH/USDT:USDT", "short", "0.6", "2150", "2200", "-30"),
    margin_mode=MarginMode.CROSS,
    liquidation_price=Decimal("2290"),
    hedged=True,
)
SOL = replace(position("SOL/USDT:USDT", "long", "10", "145", None, None), margin_mode=None, leverage=None)
COIN = replace(position("BTC/USD:BTC", "long", "7", "61000", "63000", "0.00004"), liquidation_price=None)
CONTRACT = MarketRules(COIN.symbol, "BTCUSD_PERP", "BTC", "USD", Decimal("0.1"), Decimal(1), contract_size=Decimal(100))
TARGETS = tuple(order(n, BTC.symbol, "sell", "0.01", f"{66000 + n * 500}", reduce_only=True) for n in range(5))
NOBODY = PositionRow(
    SIGHT, BTC, None, Management.UNMANAGED, (), None, Protection(StopState.NONE), (), TARGETS, Decimal("3.1")
)
MANAGED = PositionRow(
    SIGHT,
    ETH,
    None,
    Management.MANAGED,
    (TRADE_121,),
    Decimal("0.6"),
    Protection(StopState.AT_3COMMAS, Decimal(2300)),
    (),
    (order(9, ETH.symbol, "buy", "0.6", "1700"),),
    Decimal("-2.3"),
)
BY_HAND = replace(
    NOBODY,
    position=SOL,
    protection=Protection(StopState.AT_EXCHANGE, Decimal(130), Decimal(130)),
    targets=(),
    profit_percent=None,
)
WHOLE = order(8, SOL.symbol, "sell", "0", None, conditional=True, trigger=Decimal(190))
TRAILING = replace(
    BY_HAND,
    targets=(WHOLE,),
    position=COIN,
    rules=CONTRACT,
    protection=Protection(StopState.AT_EXCHANGE),
    profit_percent=Decimal("3.3"),
)
HELD = Watched(Decimal("0.4"), Decimal(2300))
PART = replace(MANAGED, managed=HELD.units, protection=Protection(StopState.PART, there=ETH.amount, watched=HELD))
BOTH = replace(
    PART,
    protection=Protection(
        StopState.PART, Decimal(2250), Decimal(2250), 1, Decimal("0.2"), ETH.amount, replace(HELD, price=None)
    ),
)
BEGINS = replace(BY_HAND, protection=Protection(begins=Decimal(190)))
UNSIZED = replace(PART, managed=None, protection=Protection(watched=Watched()))
UNKNOWN = replace(NOBODY, management=Management.UNKNOWN, protection=Protection(), targets=())
MAYBE = replace(UNKNOWN, managers=(Owner(OwnerKind.DEAL, "77", "BTC steady"),), position=replace(BTC, unrealised=None))


def _view(*rows: PositionRow, account: FuturesAccount = ACCOUNT, **more: object) -> PositionsView:
    view = PositionsView(SOURCES, Progress(4, 4), True, None, NOW, {}, (account,), rows)
    return replace(view, **more)  # type: ignore[arg-type]  # fields of the view


def half_way() -> PositionsView:
    return _view(UNKNOWN, account=replace(ACCOUNT, managers=Sight.LOOKING, orders_read=False), complete=False)


def orphaned() -> PositionsView:
    return _view(NOBODY, BY_HAND, TRAILING, MANAGED, PART)


def half_watched() -> PositionsView:
    """Stops of 3Commas for a part of it: alone, beside one at the exchange, and for nobody knows how much; one that may be asleep."""
    seen = replace(UNSIZED, protection=Protection(watched=HELD))
    return _view(PART, BOTH, UNSIZED, seen, BEGINS)


def not_read() -> PositionsView:
    """The trades of one account could not be read, and nothing of another."""
    unread = tuple(Unread(part, WHY) for part in ("trades:active", "deals:active", "grids", "accounts", "simple"))
    other = AccountSight((replace(FUTURES, id="a9", name="Second futures"),), ("k3",), Sight.NOT_LOOKED, WHY)
    third = AccountSight((replace(FUTURES, id="a8", name="Third futures"),), ("k4",), Sight.FINE)
    account = replace(ACCOUNT, managers=Sight.NOT_LOOKED, unread=unread, orders_read=False)
    accounts = (
        account,
        FuturesAccount(other, Sight.NOT_LOOKED, unread[:1]),
        FuturesAccount(third, Sight.FINE),
        FuturesAccount(replace(other, state=Sight.LOOKING), Sight.LOOKING),
    )
    return _view(MAYBE, UNKNOWN, accounts=accounts)


def not_linked() -> PositionsView:
    return _view(UNKNOWN, account=replace(ACCOUNT, managers=Sight.NOT_ATTACHED), sources=SOURCES[1:])


def no_key() -> PositionsView:
    refused = Source(TOKEN, Sight.NOT_LOOKED, WHY)
    return _view(accounts=(), without_key=(FUTURES,), sources=(refused,))


def none() -> PositionsView:
    return _view()


def no_account() -> PositionsView:
    return _view(accounts=())


def many() -> PositionsView:
    rows = tuple(replace(NOBODY, position=replace(BTC, symbol=f"C{n}/USDT:USDT")) for n in range(20))
    return _view(*rows)


def waiting() -> PositionsView:
    return replace(half_way(), waiting_until=NOW + timedelta(minutes=5))
