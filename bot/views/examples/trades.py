"""Pretend trades."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.views.examples.checks import FUTURES, KEY, MARCH, NOW, SPOT, TOKEN
from bot.views.examples.orders import WINTER
from bot.views.examples.positions import BTC
from domain.causes import Cause
from domain.check_view import NotLooked, Sight
from domain.looking.view import AccountSight, Progress, Source, Unread
from domain.ports import Deal, Safety, Trade
from domain.positions_view import Protection, StopState
from domain.trade_errors import KEY_ADDRESS_OR_RIGHT, ErrorText, Group
from domain.trades_view import Left, LeftKind, LivingTrade, TradesView, TroubledDeal, TroubledTrade

SOURCES = (Source(TOKEN, Sight.FINE, paper_accounts=1), Source(KEY, Sight.FINE))
SIGHT = AccountSight((SPOT,), ("k2",), Sight.FINE, looked_at=NOW)
FUTURES_SIGHT = AccountSight((FUTURES,), ("k2",), Sight.FINE, looked_at=NOW)
WHY = NotLooked("TimedOut")
REFUSED = ErrorText(Group.KEY, KEY_ADDRESS_OR_RIGHT, code="-2015")
NO_REASON = ErrorText(Group.UNKNOWN)
UNITS = Decimal("0.4")


def trade(trade_id: int, pair: str, side: str = "buy", status: str = "failed", error: str = "") -> Trade:
    plan = {"position": {"type": side}}
    return Trade(trade_id, 41, pair, "smart_trade", status, error, WINTER, MARCH, plan)


def deal(deal_id: int, status: str = "bought", *, error: str = "") -> Deal:
    return Deal(
        deal_id,
        41,
        "BNB steady",
        "USDT_BNB",
        status,
        bool(error),
        error,
        WINTER,
        MARCH,
        strategy="long",
        bought_amount=Decimal("0.6"),
        bought_average_price=Decimal(590),
        take_profit_price=Decimal("607.7"),
        bought_volume=Decimal(354),
        take_profit_percent=Decimal(3),
        safety=Safety(5, 2, 1),
    )


NO_STOP = Protection(StopState.NONE)
HALF = (Decimal("0.6"), Decimal(1))
PRICES = ((Decimal(1800), Decimal(1800)), (Decimal(1800), Decimal(1700)), (Decimal(1800), None), (None, None))
ETH = TroubledTrade(trade(118, "USDT_ETH"), SIGHT, REFUSED, Left(LeftKind.COINS, UNITS, UNITS, UNITS), None, NO_STOP)
BTC_LONG = TroubledTrade(
    trade(119, "USDT_BTCUSDT"),
    FUTURES_SIGHT,
    ErrorText(Group.TRIGGER_SIDE),
    Left(LeftKind.POSITION, BTC.amount, BTC.amount, None, BTC),
    MARCH,
    Protection(StopState.AT_EXCHANGE, Decimal(59400), Decimal(59400)),
)
NOT_ASKED = Left(LeftKind.UNKNOWN)
IN_ERROR = TroubledDeal(deal(85, error="Invalid API-key"), SIGHT, REFUSED, alive=True, left=NOT_ASKED)
FAILED_DEAL = TroubledDeal(
    replace(deal(86, "failed"), closed_at=MARCH),
    SIGHT,
    ErrorText(Group.BALANCE),
    False,
    Left(LeftKind.COINS, Decimal("0.6"), Decimal("0.6"), Decimal("0.6")),
    NO_STOP,
)
ALIVE = LivingTrade(trade(121, "USDT_SOL", status="waiting_targets"), SIGHT)


def _view(*troubled: TroubledTrade, **more: object) -> TradesView:
    return replace(TradesView(SOURCES, Progress(5, 5), True, None, NOW, {}, troubled), **more)  # type: ignore[arg-type]  # fields of the view


def half_way() -> TradesView:
    looking = replace(SIGHT, state=Sight.LOOKING)
    unread = replace(ETH, sight=looking, left=Left(LeftKind.UNKNOWN, Decimal("0.4")), protection=Protection())
    nameless = replace(BTC_LONG, sight=looking, left=Left(LeftKind.UNKNOWN), protection=Protection())
    return _view(unread, nameless, complete=False)


def failed() -> TradesView:
    return _view(ETH, BTC_LONG, deals=(IN_ERROR, FAILED_DEAL), living=(ALIVE, LivingTrade(deal(77), SIGHT)))


def every_left() -> TradesView:
    lefts = (
        Left(LeftKind.NOTHING_ENTERED),
        Left(LeftKind.COINS, UNITS, UNITS, Decimal(0)),
        Left(LeftKind.COINS, UNITS, Decimal("0.3"), Decimal("0.1"), shared=True),
        Left(LeftKind.SOLD, UNITS),
        Left(LeftKind.SOLD),
        Left(LeftKind.GONE, UNITS, Decimal(0)),
        Left(LeftKind.UNKNOWN, UNITS, not_looked=WHY),
        Left(LeftKind.UNKNOWN),
        Left(LeftKind.POSITION, None, None, None, replace(BTC, unrealised=None, mark_price=None)),
    )
    rows = [replace(ETH, trade=trade(200 + n, "USDT_ETH"), left=left) for n, left in enumerate(lefts)]
    found = [Protection(StopState.PART, at, to, 2, *HALF) for at, to in PRICES]
    rows += [_with_others(220 + n, one) for n, one in enumerate(found)]
    short = replace(
        BTC_LONG,
        trade=trade(250, "odd", "sell", "cancelled"),
        reason=NO_REASON,
        protection=Protection(StopState.AT_EXCHANGE),
    )
    said = replace(ETH, trade=trade(251, "USDT_ETH", "", "stopped", "<b>something</b> new"), reason=NO_REASON)
    untold = replace(
        ETH, trade=replace(trade(252, "USDT_ETH"), closed_at=None), reason=NO_REASON, protection=Protection()
    )
    broken = LivingTrade(trade(122, "USDT_ADA", error="odd"), SIGHT, ErrorText(Group.MINIMUM))
    empty_deal = replace(
        FAILED_DEAL, deal=replace(FAILED_DEAL.deal, id=87, bought_amount=None), left=Left(LeftKind.NOTHING_ENTERED)
    )
    strange_deal = replace(IN_ERROR, deal=deal(88, error="odd"), reason=ErrorText(Group.PAIR))
    bare = replace(deal(89, error="odd"), take_profit_percent=None, safety=Safety(3, 1, 0))
    bare_deal = replace(strange_deal, deal=bare)
    short_deal = replace(
        FAILED_DEAL,
        deal=replace(deal(90, "cancelled"), strategy="short", bought_average_price=None, bought_volume=None),
        reason=NO_REASON,
        left=Left(LeftKind.SOLD, Decimal("0.6")),
    )
    contested_deal = replace(
        FAILED_DEAL, deal=replace(FAILED_DEAL.deal, id=91), left=replace(FAILED_DEAL.left, contested=True)
    )
    living = tuple(LivingTrade(trade(130 + n, "USDT_SOL"), SIGHT) for n in range(8))
    return _view(
        *rows,
        short,
        said,
        untold,
        deals=(IN_ERROR, strange_deal, bare_deal, FAILED_DEAL, empty_deal, short_deal, contested_deal),
        living=(broken, *living),
        elsewhere=2,
    )


def _with_others(number: int, protection: Protection) -> TroubledTrade:
    """The wallet has more of the coin than is this trade's."""
    left = Left(LeftKind.COINS, UNITS, UNITS, Decimal("0.1"), there=Decimal(1))
    return replace(ETH, trade=trade(number, "USDT_ETH"), left=left, protection=protection)


def every_reason() -> TradesView:
    reasons = [ErrorText(group, right="futures") for group in Group]
    reasons.append(ErrorText(Group.KEY, (Cause.KEY_EXPIRED,)))
    return _view(*(replace(ETH, trade=trade(300 + n, "USDT_ETH"), reason=one) for n, one in enumerate(reasons)))


def not_read() -> TradesView:
    parts = ("trades:failed", "trades:active", "deals:active", "deals:failed", "accounts")
    return _view(
        ETH, unread=tuple(Unread(part, WHY) for part in parts), sources=(Source(TOKEN, Sight.NOT_LOOKED, WHY),)
    )


def no_key() -> TradesView:
    blind = AccountSight((SPOT,))
    unknown = Left(LeftKind.UNKNOWN, UNITS)
    return _view(replace(ETH, sight=blind, left=unknown, protection=Protection()), sources=SOURCES[:1])


def none() -> TradesView:
    return _view()


def paper_alone() -> TradesView:
    """3Commas answers in its demo mode."""
    return _view(sources=(replace(SOURCES[0], real_accounts=0), SOURCES[1]))


def waiting() -> TradesView:
    unread = (Unread("trades:cancelled", NotLooked("TooManyRequests", NOW + timedelta(minutes=5))),)
    return _view(ETH, complete=False, waiting_until=NOW + timedelta(minutes=5), unread=unread)
