"""Pretend open orders."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.views.examples.checks import FUTURES, KEY, MARCH, NOW, SPOT, TOKEN
from bot.views.pages import short_key
from domain.check_view import NotLooked, Sight
from domain.free_by_hand import WatchedOrder
from domain.locked_funds import Excess, Lock, LockedAsset
from domain.looking.view import AccountSight, Progress, Source, Unread
from domain.matching.verdict import Clue, Evidence, Missing, Standing, Sureness, Verdict
from domain.orders_view import AccountWithoutKey, OrderBook, OrderRow, OrdersView
from domain.ports import OpenOrder
from domain.trading import ExpectedOrder, Owner, OwnerKind, Purpose, Side
from domain.values import MarketType

WINTER = MARCH - timedelta(days=37)
TRADE_118 = Owner(OwnerKind.SMART_TRADE, "118")
TRADE_121 = Owner(OwnerKind.SMART_TRADE, "121")
DEAL_77 = Owner(OwnerKind.DEAL, "77", "BNB steady")
GRID_5 = Owner(OwnerKind.GRID, "5", "Side to side")
SIMPLE = Owner(OwnerKind.SIMPLE, "11111111-1111-1111-1111-111111111111")


def order(number: int, symbol: str, side: str, amount: str, price: str | None, **more: object) -> OpenOrder:
    pretend = OpenOrder(
        id=f"{8000000000 + number}",
        client_id=f"x-pretend-{number}",
        symbol=symbol,
        side=side,
        type="limit",
        price=None if price is None else Decimal(price),
        amount=Decimal(amount),
        remaining=Decimal(amount),
        reduce_only=False,
        conditional=False,
        created_at=WINTER,
    )
    return replace(pretend, **more)  # type: ignore[arg-type]  # fields of the order


ETH = order(1, "ETH/USDT", "sell", "0.40000000", "4100.00000000")
SOL = order(2, "SOL/USDT", "sell", "2", "210")
BNB = order(3, "BNB/USDT", "buy", "0.42", "500")
STOP = order(4, "BTC/USDT:USDT", "sell", "0.05", None, conditional=True, trigger=Decimal("59400"), reduce_only=True)
LEFT = Verdict(
    ETH,
    Standing.LEFTOVER,
    TRADE_118,
    Sureness.PROBABLE,
    (
        Evidence(Clue.CLOSING_SIDE),
        Evidence(Clue.WITHIN_UNITS, amount=Decimal("0.4")),
        Evidence(Clue.PLACED_WHILE_IT_RAN, since=WINTER, until=MARCH, word="failed"),
    ),
)


def _expected(owner: Owner, pair: str, side: Side, amount: str, price: str | None, purpose: Purpose) -> ExpectedOrder:
    limit = None if price is None else Decimal(price)
    return ExpectedOrder(owner, 41, pair, side, limit, Decimal(amount), Decimal(amount), purpose)


TAKE_PROFIT = _expected(TRADE_121, "USDT_SOL", Side.SELL, "2", "210", Purpose.TAKE_PROFIT)
SAFETY = _expected(DEAL_77, "USDT_BNB", Side.BUY, "0.42", "500", Purpose.SAFETY)
OWNED = (
    Verdict(
        SOL,
        Standing.OWNED,
        TRADE_121,
        Sureness.CERTAIN,
        (Evidence(Clue.SAME_PRICE, price=Decimal(210)),),
        (),
        TAKE_PROFIT,
    ),
    Verdict(
        BNB,
        Standing.OWNED,
        DEAL_77,
        Sureness.CERTAIN,
        (Evidence(Clue.SAME_AMOUNT, amount=Decimal("0.42")),),
        (),
        SAFETY,
    ),
)
LEFT_ROW = OrderRow(LEFT, Lock("ETH", Decimal("0.4"), Decimal("800")))
OWNED_ROWS = (
    OrderRow(OWNED[0], Lock("SOL", Decimal(2), Decimal("300"))),
    OrderRow(OWNED[1], Lock("USDT", Decimal("210"), Decimal("210"))),
)
SIMPLE_ROW = OrderRow(
    Verdict(SOL, Standing.OWNED, SIMPLE, Sureness.STRONG, (Evidence(Clue.SAME_PRICE, price=Decimal(210)),)),
    Lock("SOL", Decimal(2), Decimal(300)),
)
SIGHT = AccountSight((SPOT,), ("k2",), Sight.FINE, looked_at=NOW)
FUTURES_SIGHT = AccountSight((FUTURES,), ("k2",), Sight.FINE, looked_at=NOW)
LOCKED = (
    LockedAsset("ETH", Decimal("0.4"), Decimal("800"), (ETH.id,), told=Decimal("0.4")),
    LockedAsset("SOL", Decimal(2), Decimal("300"), (SOL.id,), told=Decimal(2)),
    LockedAsset("USDT", Decimal("210"), Decimal("210"), (BNB.id,), told=Decimal("260")),
)
SAVINGS = replace(SPOT, id="a3", name="Savings spot")
HELD = (Excess("USDT", Decimal(210), Decimal(0), Decimal(0), Decimal(210), Decimal(0)),)
SOURCES = (Source(TOKEN, Sight.FINE, paper_accounts=1), Source(KEY, Sight.FINE))
WHY = NotLooked("TimedOut")


def _view(*books: OrderBook, complete: bool = True, **more: object) -> OrdersView:
    view = OrdersView(SOURCES, Progress(12, 80), complete, None, NOW, {}, books)
    return replace(view, **more)  # type: ignore[arg-type]  # fields of the view


def _book(*rows: OrderRow, **more: object) -> OrderBook:
    return replace(OrderBook(SIGHT, Sight.FINE, (), rows, (), LOCKED[: len(rows)]), **more)  # type: ignore[arg-type]  # fields of the book


def half_way() -> OrdersView:
    unjudged = tuple(
        OrderRow(Verdict(row.verdict.order, Standing.UNKNOWN), row.lock) for row in (LEFT_ROW, OWNED_ROWS[0])
    )
    unjudged = tuple(replace(row, lock=replace(row.lock, worth=None)) for row in unjudged if row.lock)
    unpriced = tuple(replace(one, worth=None, told=None) for one in LOCKED[:2])
    looking = OrderBook(replace(FUTURES_SIGHT, state=Sight.LOOKING))
    return _view(
        _book(*unjudged, owners=Sight.LOOKING, locked=unpriced),
        looking,
        complete=False,
        without_key=(AccountWithoutKey(SAVINGS, Sight.FINE, trades=Sight.LOOKING, coins=HELD),),
    )


def left_over() -> OrdersView:
    return _view(_book(LEFT_ROW, *OWNED_ROWS, left_locked=LOCKED[:1]))


def waiting() -> OrdersView:
    unread = (Unread("trades:failed", NotLooked("TooManyRequests", NOW + timedelta(minutes=5))),)
    book = _book(*OWNED_ROWS, owners=Sight.NOT_LOOKED, unread=unread)
    return _view(book, complete=False, waiting_until=NOW + timedelta(minutes=5))


def going_on() -> OrdersView:
    """The wait is over, and what was known stays until more is."""
    return replace(waiting(), at=NOW + timedelta(minutes=5), progress=Progress(54, 80))


FOREIGN = Verdict(
    order(5, "ADA/USDT", "buy", "100", "0.3", client_id="web_1"),
    Standing.FOREIGN,
    evidence=(Evidence(Clue.FOREIGN_PREFIX, word="app"),),
)
AMBIGUOUS = Verdict(
    order(6, "SOL/USDT", "sell", "2", "220"),
    Standing.AMBIGUOUS,
    evidence=(Evidence(Clue.MAY_BE_MOVED),),
    candidates=(TRADE_121, GRID_5),
    reread=True,
)
UNKNOWN = Verdict(order(7, "XRP/USDT", "buy", "50", "0.5"), Standing.UNKNOWN, evidence=(Evidence(Clue.NO_TRACE),))
PERHAPS_LEFT = Verdict(
    order(9, "ETH/USDT", "sell", "0.1", "4300"),
    Standing.UNKNOWN,
    evidence=(Evidence(Clue.UNSEEN_TRADES, word="x-pretend"),),
    candidates=(TRADE_118,),
)
ONE_OF = Verdict(
    order(8, "ETH/USDT", "sell", "0.1", "4500"),
    Standing.LEFTOVER,
    None,
    Sureness.PROBABLE,
    (Evidence(Clue.SEVERAL_FIT),),
    (TRADE_118, DEAL_77),
)


MARGINS = (
    Lock("USDT", Decimal(10), Decimal(10), together=Decimal(10)),
    Lock("USDT", Decimal(55), leverage=Decimal(10)),
    Lock("USDT", None, together=Decimal(65)),
)


def every_kind() -> OrdersView:
    rows = (
        OrderRow(ONE_OF, Lock("ETH", Decimal("0.1"))),
        OrderRow(AMBIGUOUS, Lock("SOL", Decimal(2), Decimal(300))),
        OrderRow(UNKNOWN, Lock("USDT", Decimal(25), Decimal(25))),
        OrderRow(PERHAPS_LEFT, Lock("ETH", Decimal("0.1"), Decimal(200))),
        OrderRow(FOREIGN, Lock("USDT", None)),
        *(OrderRow(UNKNOWN, lock) for lock in MARGINS),
    )
    unpriced = (LockedAsset("XYZ", Decimal("5.5"), None, ("1",), uncounted=1), *LOCKED)
    expected = _expected(GRID_5, "USDT_BTCUSDT", Side.BUY, "0.01", None, Purpose.GRID_LINE)
    missing = (Missing(expected, certain=False), *(Missing(TAKE_PROFIT) for _ in range(6)))
    stop = OrderRow(Verdict(STOP, Standing.OWNED, TRADE_121, Sureness.PROBABLE), None)
    return _view(
        _book(*rows, locked=unpriced, missing=missing, left_locked=LOCKED[:1]),
        OrderBook(FUTURES_SIGHT, Sight.FINE, (), (stop, stop)),
    )


def not_read() -> OrdersView:
    unread = tuple(Unread(f"expected:smart_trade:{n}", WHY) for n in range(118, 124))
    row = OrderRow(Verdict(ETH, Standing.UNKNOWN, evidence=(Evidence(Clue.NOT_READ, word="simple"),)), LEFT_ROW.lock)
    refused = OrderBook(replace(FUTURES_SIGHT, state=Sight.NOT_LOOKED, not_looked=NotLooked("KeyRefused")))
    return _view(_book(row, owners=Sight.NOT_LOOKED, unread=(*unread, Unread("simple", WHY))), refused)


def not_linked() -> OrdersView:
    row = OrderRow(Verdict(ETH, Standing.UNKNOWN, evidence=(Evidence(Clue.NOT_LINKED),)), LEFT_ROW.lock)
    return _view(_book(row, owners=Sight.NOT_ATTACHED), sources=(Source(KEY, Sight.FINE),))


def no_key() -> OrdersView:
    coins = (
        Excess("ETH", Decimal("0.4"), Decimal(0), Decimal("0.4"), Decimal(800), Decimal(800)),
        Excess("SOL", Decimal(2), Decimal(2), Decimal(0), Decimal(300), Decimal(0)),
        Excess("USDT", Decimal(210), Decimal(210), Decimal(0), Decimal(210), Decimal(0)),
    )
    spot = AccountWithoutKey(SPOT, Sight.WARNING, NotLooked("Undecided"), (TAKE_PROFIT, SAFETY), Sight.FINE, coins)
    return _view(
        without_key=(
            spot,
            AccountWithoutKey(FUTURES, Sight.FINE),
            AccountWithoutKey(replace(SPOT, venue="okx"), Sight.NOT_LOOKED, NotLooked("ServiceDown")),
        ),
        sources=(Source(TOKEN, Sight.NOT_LOOKED, NotLooked("ServiceDown")),),
    )


def not_linked_yet() -> OrdersView:
    """The bot has a key at the exchange, and nobody said yet which account it reads."""
    return replace(no_key(), sources=SOURCES)


def none() -> OrdersView:
    return _view(OrderBook(SIGHT, Sight.FINE))


def no_accounts() -> OrdersView:
    return _view()


def worth_nothing() -> OrdersView:
    """A margin that we cannot tell, and elsewhere a stop that locks nothing."""
    margin = (LockedAsset("USDT", Decimal(0), Decimal(0), (STOP.id,), uncounted=1),)
    return _view(OrderBook(FUTURES_SIGHT, Sight.FINE, (), (UNKNOWN_STOP,), (), margin))


def locks_nothing() -> OrdersView:
    return _view(OrderBook(FUTURES_SIGHT, Sight.FINE, (), (UNKNOWN_STOP,)))


def many() -> OrdersView:
    rows = tuple(replace(LEFT_ROW, verdict=LEFT._replace(order=replace(ETH, id=f"{n}"))) for n in range(20))
    return _view(_book(*rows, locked=LOCKED[:1], left_locked=LOCKED[:1]))


UNKNOWN_STOP = OrderRow(Verdict(STOP, Standing.UNKNOWN, evidence=(Evidence(Clue.NO_TRACE),)), None)
EVERY_CLUE = OrderRow(
    Verdict(
        replace(STOP, position_side="long", price=Decimal("59300")),
        Standing.UNKNOWN,
        evidence=tuple(
            Evidence(clue, Decimal(1), Decimal(2), 3, WINTER, NOW, "grids" if clue is Clue.NOT_READ else "x-pretend")
            for clue in Clue
        ),
        candidates=(TRADE_118, SIMPLE),
    ),
    None,
)
WATCHED = WatchedOrder("k2", "binance", MarketType.SPOT, ETH, LEFT_ROW.lock)
WATCHED_STOP = WatchedOrder("k2", "binance", MarketType.USDM, STOP, None)
EIGHTH = short_key(SPOT.id, ETH.symbol, "7")
