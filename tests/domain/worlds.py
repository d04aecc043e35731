"""Generated exchange accounts with their truth: living trades, closed ones that left orders, other programs, and bad luck."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from domain.match_orders import Book, Reading
from domain.pairs import symbols_of
from domain.ports import OpenOrder
from domain.trading import ClosedTrade, ExpectedOrder, MarketRules, Owner, OwnerKind, Purpose, Side
from domain.values import MarketType
from tests.domain.fakes import NOW

COINS = ("ETH", "SOL", "BNB", "BTC", "DOGE", "XRP")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Truth(StrEnum):
    """Who really placed an order."""

    LIVING = "a living trade"
    LEFT = "a closed trade"
    STRANGER = "somebody else"


@dataclass
class World:
    """`truth` by order id: who placed it, and as whose."""

    book: Book
    truth: Mapping[str, tuple[Truth, Owner | None]]


@dataclass
class Maker:
    """Makes one account.

    `trouble` is the share of rows that meet bad luck. `most` bounds the living trades; half as many closed ones
    and a third as many strangers come with them unless `over` and `strangers` say otherwise. `prices` is how many different ones there
    are: with few, orders are alike. `hidden` is the share of living trades that the token does not show, because somebody else
    connected this exchange account to his own 3Commas.
    """

    seed: int
    trouble: float = 0.1
    most: int = 12
    over: int | None = None
    strangers: int | None = None
    prices: int = 20_000
    hidden: float = 0.0
    orders: list[OpenOrder] = field(default_factory=list)
    expected: list[ExpectedOrder] = field(default_factory=list)
    closed: list[ClosedTrade] = field(default_factory=list)
    truth: dict[str, tuple[Truth, Owner | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.prefix = "x-" + "".join(self.dice.choices(LETTERS, k=8))
        self.own_prefix = "".join(self.dice.choices(LETTERS, k=5))
        self.rules = {rule.symbol: rule for rule in map(_rules, COINS)}

    def make(self) -> World:
        alive = 0 if self.dice.random() < 0.2 else self.dice.randint(0, self.most)
        for _ in range(alive):
            self.living()
        for _ in range(self.dice.randint(0, self.most // 2 if self.over is None else self.over)):
            self.ended()
        for _ in range(self.dice.randint(0, self.most // 3 if self.strangers is None else self.strangers)):
            self.stranger()
        self.dice.shuffle(self.orders)
        pairs = {one.pair for one in self.expected} | {one.pair for one in self.closed}
        symbols = symbols_of(pairs, self.rules.values(), MarketType.SPOT)
        book = Book("binance", self.orders, self.expected, self.closed, symbols, self.rules, Reading(NOW))
        return World(book, self.truth)

    def living(self) -> None:
        """One to three resting orders of one trade or deal; some filled, moved or partly filled between the two readings."""
        dice, coin = self.dice, self.dice.choice(COINS)
        kind = dice.choice((OwnerKind.SMART_TRADE, OwnerKind.SMART_TRADE, OwnerKind.DEAL, OwnerKind.GRID))
        owner, side = Owner(kind, str(dice.randint(10**9, 2 * 10**9))), dice.choice(tuple(Side))
        made = NOW - timedelta(minutes=dice.randint(5, 300 * 1440))
        hidden = dice.random() < self.hidden
        for _ in range(dice.randint(1, 3)):
            price, amount = self.price(coin), self.amount(coin)
            row = ExpectedOrder(
                owner,
                41,
                f"USDT_{coin}",
                side,
                price,
                amount,
                amount,
                Purpose.OTHER,
                str(dice.randint(10**9, 2 * 10**9)),
                made,
                made,
            )
            if hidden:
                self.place(coin, side, price, amount, made, Truth.LIVING, owner)
                continue
            self.expected.append(row)
            if dice.random() >= self.trouble:
                self.place(coin, side, price, amount, made, Truth.LIVING, owner)
                continue
            match dice.randint(0, 4):
                case 0:
                    pass  # filled or cancelled meanwhile
                case 1:
                    moved = dice.choice((NOW - timedelta(seconds=3), made + (NOW - made) * dice.random()))
                    self.place(coin, side, self.price(coin), amount, moved, Truth.LIVING, owner)
                case 2:
                    filled = self.rules[f"{coin}/USDT"].round_amount(amount / 3)
                    self.place(coin, side, price, amount, made, Truth.LIVING, owner, remaining=amount - filled)
                case 3:
                    self.place(coin, side, price, amount * Decimal("0.999"), made, Truth.LIVING, owner)
                case 4:
                    self.expected[-1] = replace(row, price=price + Decimal("0.004"))
                    self.place(coin, side, price, amount, made, Truth.LIVING, owner)

    def ended(self) -> None:
        """A closed trade; most have left an order, for a third of them a plan was kept."""
        dice, coin = self.dice, self.dice.choice(COINS)
        owner, entry = Owner(OwnerKind.SMART_TRADE, str(dice.randint(10**9, 2 * 10**9))), dice.choice(tuple(Side))
        end = NOW - timedelta(minutes=dice.randint(30, 200 * 1440))
        began = end - timedelta(minutes=dice.randint(60, 60 * 1440))
        units, price = self.amount(coin), self.price(coin)
        prices = (price,) if dice.random() < 0.33 else ()
        trade = ClosedTrade(owner, 41, f"USDT_{coin}", entry, self.price(coin), units, "failed", began, end, prices)
        self.closed.append(trade)
        if dice.random() < 0.7:
            placed = began + (end - began) * dice.random()
            side = Side.SELL if entry is Side.BUY else Side.BUY
            self.place(coin, side, price, units, placed, Truth.LEFT, owner)

    def stranger(self) -> None:
        """By hand in the exchange's app, by another program, or by one without a known beginning."""
        dice, coin = self.dice, self.dice.choice(COINS)
        begin = dice.choice(("web_", "ios_", "x-TKT5PX2F", self.own_prefix, self.own_prefix))
        placed = NOW - timedelta(minutes=dice.randint(5, 300 * 1440))
        side = dice.choice(tuple(Side))
        self.place(coin, side, self.price(coin), self.amount(coin), placed, Truth.STRANGER, None, begin=begin)

    def place(
        self,
        coin: str,
        side: Side,
        price: Decimal,
        amount: Decimal,
        placed: object,
        truth: Truth,
        owner: Owner | None,
        *,
        remaining: Decimal | None = None,
        begin: str | None = None,
    ) -> None:
        order_id = str(len(self.orders) + 5000)
        client_id = (begin or self.prefix) + "".join(self.dice.choices(LETTERS, k=14))
        self.orders.append(
            OpenOrder(
                order_id,
                client_id,
                f"{coin}/USDT",
                side.value,
                "limit",
                price,
                amount,
                amount if remaining is None else remaining,
                False,
                False,
                placed,  # type: ignore[arg-type]  # a time
            )
        )
        self.truth[order_id] = (truth, owner)

    def price(self, coin: str) -> Decimal:
        return 900 + Decimal(self.dice.randrange(self.prices)) * 20_000 // self.prices / 100

    def amount(self, coin: str) -> Decimal:
        """Few amounts, so that orders are alike now and then."""
        return Decimal(self.dice.choice((1, 2, 3, 5, 10, self.dice.randint(1, 500)))) / 10


def _rules(coin: str) -> MarketRules:
    return MarketRules(f"{coin}/USDT", f"{coin}USDT", coin, "USDT", Decimal("0.01"), Decimal("0.001"))


def shuffled(book: Book, dice: random.Random) -> Book:
    def mixed(rows: Sequence[object]) -> list[object]:
        copy = list(rows)
        dice.shuffle(copy)
        return copy

    return replace(book, orders=mixed(book.orders), expected=mixed(book.expected), closed=mixed(book.closed))  # type: ignore[arg-type]  # same rows
