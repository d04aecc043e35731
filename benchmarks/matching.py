"""Processor time of telling whose order is whose: 10,000 orders against 10,000 trades of 3Commas.

Goal: under 200 ms. The naive way compares every order with every trade of its side and symbol; both name the same owners by price and
amount. The bot matches more than `domain.match_orders.LARGE` rows in a thread, off the event loop.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from benchmarks.tables import table
from domain.match_orders import LARGE, Book, Reading, Standing, match
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, ExpectedOrder, MarketRules, Owner, OwnerKind, Purpose, Side

NAME = "Matching orders with trades"
GOAL_MS = 200
LIVING, CLOSED, STRANGERS = 6_000, 4_000, 1_500
SYMBOLS = 200
ROUNDS = 5
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def make(share: float = 1.0) -> Book:
    """An account of a busy trader: living orders, closed trades of three years of which most left one, and strangers."""
    dice = Random(7)
    rules = {f"C{n}/USDT": _rules(n) for n in range(SYMBOLS)}
    orders: list[OpenOrder] = []
    expected: list[ExpectedOrder] = []
    closed: list[ClosedTrade] = []

    def place(coin: int, side: Side, price: Decimal, amount: Decimal, at: datetime, begin: str) -> None:
        order_id = str(len(orders))
        symbol = f"C{coin}/USDT"
        orders.append(
            OpenOrder(
                order_id, f"{begin}{order_id}z", symbol, side.value, "limit", price, amount, amount, False, False, at
            )
        )

    for number in range(int(LIVING * share)):
        coin, side, price, amount = _figures(dice)
        at = NOW - timedelta(minutes=dice.randint(10, 400_000))
        owner = Owner(OwnerKind.SMART_TRADE, str(10**9 + number))
        row = ExpectedOrder(owner, 1, f"USDT_C{coin}", side, price, amount, amount, Purpose.OTHER, str(number), at, at)
        expected.append(row)
        place(coin, side, price, amount, at, "x-AbCdEfGh-")
    for number in range(int(CLOSED * share)):
        coin, side, price, amount = _figures(dice)
        end = NOW - timedelta(minutes=dice.randint(1_000, 1_500_000))
        began = end - timedelta(minutes=dice.randint(60, 20_000))
        owner = Owner(OwnerKind.SMART_TRADE, str(2 * 10**9 + number))
        entry = Side.BUY if side is Side.SELL else Side.SELL
        closed.append(ClosedTrade(owner, 1, f"USDT_C{coin}", entry, price, amount, "failed", began, end))
        if number % 8 < 5:
            place(coin, side, price, amount, began + (end - began) / 2, "x-AbCdEfGh-")
    for _ in range(int(STRANGERS * share)):
        coin, side, price, amount = _figures(dice)
        place(coin, side, price, amount, NOW - timedelta(days=3), "web_")
    dice.shuffle(orders)
    symbols = {f"USDT_C{n}": f"C{n}/USDT" for n in range(SYMBOLS)}
    return Book("binance", orders, expected, closed, symbols, rules, Reading(NOW))


def _figures(dice: Random) -> tuple[int, Side, Decimal, Decimal]:
    price, amount = Decimal(dice.randint(10_000, 99_999)) / 100, Decimal(dice.randint(1, 9_999)) / 1000
    return dice.randrange(SYMBOLS), dice.choice(tuple(Side)), price, amount


def _rules(number: int) -> MarketRules:
    coin = f"C{number}"
    return MarketRules(f"{coin}/USDT", f"{coin}USDT", coin, "USDT", Decimal("0.01"), Decimal("0.001"))


def naive(book: Book) -> dict[str, Owner]:
    """Every order against every row, by price and amount; then the rest against every closed trade, by amount and time."""
    owners: dict[str, Owner] = {}
    for order in book.orders:
        lot = book.rules[order.symbol].lot
        for row in book.expected:
            same = book.symbols[row.pair] == order.symbol and row.side.value == order.side and row.price == order.price
            if same and abs(row.remaining - order.remaining) * 2 <= lot:
                owners[order.id] = row.owner
                break
        else:
            for trade in book.closed:
                ran = trade.created_at and trade.closed_at and order.created_at
                if ran and trade.created_at <= order.created_at <= trade.closed_at:  # type: ignore[operator]  # all there
                    fits = book.symbols[trade.pair] == order.symbol and trade.side.value != order.side
                    if fits and order.amount <= trade.units:
                        owners[order.id] = trade.owner
                        break
    return owners


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def run() -> str:
    """The table; raises if the two ways disagree about a living trade."""
    book = make()
    named = {one.order.id: one.owner for one in match(book).verdicts if one.standing is Standing.OWNED}
    told = naive(book)
    if any(told.get(order_id) != owner for order_id, owner in named.items()):
        raise AssertionError("the two ways name different owners")
    ours, plain = _milliseconds(lambda: match(book), ROUNDS), _milliseconds(lambda: naive(book), 1)
    small = make(LARGE / (LIVING + CLOSED + len(book.orders)))
    rows = [
        ("every order against every trade", f"{plain:,.0f} ms", "1"),
        ("ours: level by level, over indexes", f"{ours:,.0f} ms", f"1/{plain / ours:,.0f}"),
        (
            f"ours, {LARGE} rows: the most that stays on the loop",
            f"{_milliseconds(lambda: match(small), 9):.1f} ms",
            "",
        ),
    ]
    return table(
        f"{NAME}: {len(book.orders):,} orders, {LIVING:,} living and {CLOSED:,} closed trades",
        ("variant", "CPU", "of the first"),
        rows,
        f"Goal: under {GOAL_MS} ms. {'Met' if ours < GOAL_MS else 'Missed'}: {ours:,.0f} ms.",
    )


if __name__ == "__main__":
    print(run())
