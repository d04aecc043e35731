"""What a SmartTrade or a deal that is over has left behind: coins in the wallet, an open position, or nothing."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.deal_plans import left_in_deal, side_of_deal
from domain.looking import answers as part_of
from domain.looking.wallets import FUTURES, Wallet
from domain.managers import Manager, entered, units_left
from domain.pairs import Pair
from domain.plans import read_plan
from domain.ports import Balance, Deal, Trade
from domain.trades_view import Left, LeftKind
from domain.trading import Position, Side, exact_sum
from domain.values import MarketType

DUST = Decimal("0.01")
"""Share of a trade's units below which nothing of it is left: fees and rounding."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A SmartTrade or a deal that is over, as far as its remains are concerned."""

    pair: str
    side: Side | None
    """Of its entry; None: not told."""
    units: Decimal | None
    """What should be left: entered less closed. None: not told."""
    entered: bool | None
    """Whether it got anything."""

    @classmethod
    def trade(cls, trade: Trade) -> "Ended":
        plan = read_plan(trade.plan)
        return cls(trade.pair, plan.entry.side, units_left(trade, plan), entered(trade, plan))

    @classmethod
    def deal(cls, deal: Deal) -> "Ended":
        got = None if deal.bought_amount is None else deal.bought_amount > 0
        return cls(deal.pair, side_of_deal(deal), left_in_deal(deal), got)

    @property
    def word(self) -> str:
        """ "long" or "short"; empty if nobody tells."""
        return {Side.BUY: "long", Side.SELL: "short"}.get(self.side, "") if self.side else ""


def left_of(
    ended: Ended,
    market: MarketType,
    wallet: Wallet | None,
    symbols: Mapping[str, str],
    living: Sequence[Manager],
) -> Left:
    """`wallet` None: no key of the bot. `living`: what is alive on the same account and holds something."""
    if wallet is None:
        return left_at_exchange(ended, market, None, None, symbols, living)
    balances, positions = part_of.balances(wallet.market), part_of.positions(wallet.market)
    left = left_at_exchange(ended, market, wallet.get(balances), wallet.get(positions), symbols, living)
    if left.kind is not LeftKind.UNKNOWN:
        return left
    sight = wallet.sight(positions) if market in FUTURES else wallet.sight(balances)
    return replace(left, not_looked=sight.not_looked)


def left_at_exchange(
    ended: Ended,
    market: MarketType,
    balances: Sequence[Balance] | None,
    positions: Sequence[Position] | None,
    symbols: Mapping[str, str],
    living: Sequence[Manager],
) -> Left:
    """From what the exchange shows; None where that was not read. `symbols` by pair, needed on futures."""
    if ended.entered is False:
        return Left(LeftKind.NOTHING_ENTERED, Decimal(0))
    if market in FUTURES:
        return _position(ended, positions, symbols, living)
    if ended.side is Side.SELL:
        return Left(LeftKind.SOLD, ended.units)
    return _coins(ended, balances, living)


def _coins(ended: Ended, balances: Sequence[Balance] | None, living: Sequence[Manager]) -> Left:
    pair, units = Pair.of(ended.pair), ended.units
    if pair is None or balances is None:
        return Left(LeftKind.UNKNOWN, units)
    of_coin = [balance for balance in balances if balance.asset.upper() == pair.right.upper()]
    free = exact_sum(balance.free for balance in of_coin)
    total = exact_sum([free, *(balance.locked for balance in of_coin)])
    shared = any(one.holds and _coin(one.pair) == pair.right for one in living)
    enough = DUST * units if units is not None else Decimal(0)
    if total <= enough or units == 0:
        return Left(LeftKind.GONE, units, Decimal(0), Decimal(0))
    held = total if units is None else min(total, units)
    return Left(LeftKind.COINS, units, held, free, shared=shared, there=total)


def _position(
    ended: Ended, positions: Sequence[Position] | None, symbols: Mapping[str, str], living: Sequence[Manager]
) -> Left:
    symbol, side, units = symbols.get(ended.pair), ended.word, ended.units
    if positions is None or (symbol is None and positions) or not side:
        return Left(LeftKind.UNKNOWN, units)
    found = next((one for one in positions if one.symbol == symbol and one.side == side), None)
    if found is None or units == 0:
        return Left(LeftKind.GONE, units, Decimal(0))
    shared = any(symbols.get(one.pair) == symbol and one.fits(side) for one in living)
    held = found.amount if units is None else min(units, found.amount)
    return Left(LeftKind.POSITION, units, held, None, found, shared, there=found.amount)


def contested(claims: Sequence[tuple[Hashable, Left]]) -> list[bool]:
    """For each, whether others that are over had the same and there is not enough for all of them.

    A claim is what it is about (an account's coin, or one side of a contract) and what was found of it.
    """
    groups: dict[Hashable, list[Left]] = {}
    for about, left in claims:
        if left.kind in (LeftKind.COINS, LeftKind.POSITION):
            groups.setdefault(about, []).append(left)
    return [left in groups.get(about, ()) and _too_many(groups[about]) for about, left in claims]


def _too_many(lefts: Sequence[Left]) -> bool:
    if len(lefts) == 1:
        return False
    units = [left.units for left in lefts if left.units is not None]
    there = max(left.there or Decimal(0) for left in lefts)
    return len(units) < len(lefts) or exact_sum(units) > there * (1 + DUST)


def _coin(pair: str) -> str:
    parts = Pair.of(pair)
    return parts.right if parts else ""
