"""What open orders hold back, per asset, and how that agrees with what the exchange or 3Commas call locked.

Spot: a buy locks price times remaining amount of the quote coin, a sell the coin. Futures lock nothing on spot wallets; an order holds
initial margin (worth divided by leverage), one that only closes holds none, and a sleeping stop holds none before it wakes. Orders of
one list (OCO) share one lock. What an exchange itself holds for all orders of a margin coin goes before what prices and leverage come to:
orders of both sides may share their margin. Sources: Binance's account documentation; 3Commas' help on locked funds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.pairs import Pair
from domain.ports import Balance, OpenOrder
from domain.trading import ExpectedOrder, Holding, MarketRules, Side, exact_sum
from domain.values import MarketType

TOLERANCE = Decimal("0.001")
"""Share by which two services may differ about one sum."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What one order holds back. `amount` None: something, but how much hangs on a leverage or price that we do not know."""

    asset: str
    amount: Decimal | None
    worth: Decimal | None = None
    """In USD."""
    leverage: Decimal | None = None
    """Of margin: with which `amount` was worked out."""
    together: Decimal | None = None
    """Of margin: what the exchange holds for all orders of this coin; equal to `amount` where this order is the only one."""


@dataclass(frozen=True, slots=True)
class LockedAsset:
    """What all orders hold back of one asset."""

    asset: str
    amount: Decimal
    worth: Decimal | None
    orders: tuple[str, ...]
    """Exchange ids of the orders, the largest lock first."""
    uncounted: int = 0
    """Orders whose lock is not known."""
    told: Decimal | None = None
    """What the exchange itself calls locked; None where that was not read."""

    @property
    def unexplained(self) -> Decimal:
        """Locked beyond what the orders hold: earn products, collateral, a withdrawal under way, position margin."""
        if self.told is None or self.uncounted or self.told - self.amount <= TOLERANCE * self.told:
            return Decimal(0)
        return self.told - self.amount


@dataclass(frozen=True, slots=True)
class Excess:
    """One coin as 3Commas tells it, where the bot has no key: what is on orders, and what living trades explain."""

    asset: str
    on_orders: Decimal
    by_trades: Decimal
    excess: Decimal
    """Locked by orders that no living trade of 3Commas explains; 0 within the tolerance."""
    worth: Decimal | None = None
    """Of all that is on orders, in USD."""
    excess_worth: Decimal | None = None


def lock_of(
    order: OpenOrder, rules: MarketRules | None, market: MarketType, leverage: Decimal | None = None
) -> Lock | None:
    """None if it holds nothing back. Without its market's rules the coins are read from ccxt's symbol."""
    pair, _, settle = order.symbol.partition(":")
    base, _, quote = pair.partition("/")
    price = order.price if order.price is not None else order.trigger
    if market in (MarketType.SPOT, MarketType.MARGIN):
        if order.side == Side.SELL:
            return Lock(base, order.remaining)
        return Lock(quote, None if price is None else price * order.remaining)
    if order.reduce_only or order.conditional or _closes(order):
        return None
    asset = settle or quote
    if price is None or not leverage:
        return Lock(asset, None)
    size = order.remaining * (rules.contract_size if rules else Decimal(1))
    worth = size / price if market is MarketType.COINM and price else size * price
    return Lock(asset, worth / leverage, leverage=leverage)


def _closes(order: OpenOrder) -> bool:
    """In hedge mode a leg is closed by the opposite side, without the word "reduce only"."""
    return (order.position_side, order.side) in (("long", "sell"), ("short", "buy"))


def as_told(locks: Sequence[Lock | None], balances: Sequence[Balance]) -> list[Lock | None]:
    """Margin of orders, held against the exchange's own sum of each coin.

    One order alone holds that sum. Of several, each is believed only if together they come to it; else nobody tells the share of each.
    A sum of nothing is no finding: where several coins are one margin, it may be held in another.
    """
    found = list(locks)
    for balance in balances:
        margin = balance.order_margin
        if not margin:
            continue
        mine = [(n, lock) for n, lock in enumerate(locks) if lock is not None and lock.asset == balance.asset]
        amounts = [lock.amount for _, lock in mine if lock.amount is not None]
        agree = len(amounts) == len(mine) and abs(exact_sum(amounts) - margin) <= TOLERANCE * margin
        for n, lock in mine:
            if len(mine) == 1:
                found[n] = Lock(lock.asset, margin, together=margin)
            elif not agree:
                found[n] = Lock(lock.asset, None, together=margin)
    return found


def priced(lock: Lock, prices: Mapping[str, Decimal]) -> Lock:
    price = prices.get(lock.asset)
    return lock if price is None or lock.amount is None else replace(lock, worth=lock.amount * price)


def locked_by(
    locks: Iterable[tuple[OpenOrder, Lock | None]],
    prices: Mapping[str, Decimal],
    balances: Sequence[Balance] = (),
) -> tuple[LockedAsset, ...]:
    """Per asset, what is worth most first. Assets that are locked without any order stand in it as well."""
    held: dict[str, list[tuple[Decimal, str]]] = {}
    uncounted: dict[str, int] = {}
    lists: dict[tuple[str, str], Decimal] = {}
    for order, lock in sorted(locks, key=lambda pair: _largest_first(*pair)):
        if lock is None:
            continue
        rows = held.setdefault(lock.asset, [])
        if lock.amount is None:
            uncounted[lock.asset] = uncounted.get(lock.asset, 0) + 1
            rows.append((Decimal(0), order.id))
            continue
        own = max(lock.amount - lists.get((order.group, lock.asset), Decimal(0)), Decimal(0))
        if order.group:
            lists[order.group, lock.asset] = lists.get((order.group, lock.asset), Decimal(0)) + own
        rows.append((own, order.id))
    told = {balance.asset: balance.locked for balance in balances}
    margins = {balance.asset: balance.order_margin for balance in balances if balance.order_margin}
    assets = held.keys() | {asset for asset, amount in told.items() if amount}
    found = []
    for asset in assets:
        amount = sum((share for share, _ in held.get(asset, ())), Decimal(0))
        if asset in margins and asset in held:
            amount, uncounted[asset] = margins[asset], 0
        price = prices.get(asset)
        found.append(
            LockedAsset(
                asset,
                amount,
                None if price is None else amount * price,
                tuple(order_id for _, order_id in held.get(asset, ())),
                uncounted.get(asset, 0),
                told.get(asset, Decimal(0)) if balances else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (-(one.worth or Decimal(0)), one.asset)))


def _largest_first(order: OpenOrder, lock: Lock | None) -> tuple[Decimal, str]:
    return (-(lock.amount or Decimal(0)) if lock else Decimal(0), order.id)


def without_key(
    holdings: Sequence[Holding], expected: Sequence[ExpectedOrder], *, told: bool = True
) -> tuple[Excess, ...]:
    """Spot only: coins of which 3Commas says that something is on orders, against the living trades' orders; excess first.

    `told` False: not all living trades were read, so nothing is called an excess.
    """
    by_trades: dict[str, Decimal] = {}
    for order in expected:
        pair = Pair.of(order.pair)
        if pair is None or (order.side is Side.BUY and order.price is None):
            continue
        selling = order.side is Side.SELL
        asset = pair.right if selling else pair.left
        amount = order.remaining if selling or order.price is None else order.remaining * order.price
        by_trades[asset] = by_trades.get(asset, Decimal(0)) + amount
    found = []
    for holding in holdings:
        explained = by_trades.get(holding.asset, Decimal(0))
        if not holding.on_orders and not explained:
            continue
        price = holding.usd_value / holding.total if holding.usd_value is not None and holding.total else None
        beyond = holding.on_orders - explained
        excess = beyond if told and beyond > TOLERANCE * holding.on_orders else Decimal(0)
        found.append(
            Excess(
                holding.asset,
                holding.on_orders,
                explained,
                excess,
                None if price is None else holding.on_orders * price,
                None if price is None else excess * price,
            )
        )
    return tuple(
        sorted(found, key=lambda one: (-(one.excess_worth or one.excess), -(one.worth or Decimal(0)), one.asset))
    )
