"""What a trade that is over has left behind: coins in the wallet, an open position, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.looking import answers as part_of
from domain.looking.wallets import FUTURES, Wallet
from domain.managers import Manager, entered, units_left
from domain.pairs import Pair
from domain.plans import Plan, read_plan
from domain.ports import Balance, Trade
from domain.trades_view import Left, LeftKind
from domain.trading import Position, Side, exact_sum
from domain.values import MarketType

DUST = Decimal("0.01")
"""Share of a trade's units below which nothing of it is left: fees and rounding."""


def left_of(
    trade: Trade,
    market: MarketType,
    wallet: Wallet | None,
    symbols: Mapping[str, str],
    living: Sequence[Manager],
) -> Left:
    """`wallet` None: no key of the bot. `living`: what is alive on the same account and holds something."""
    if wallet is None:
        return left_of_trade(trade, market, None, None, symbols, living)
    balances, positions = part_of.balances(wallet.market), part_of.positions(wallet.market)
    left = left_of_trade(trade, market, wallet.get(balances), wallet.get(positions), symbols, living)
    if left.kind is not LeftKind.UNKNOWN:
        return left
    sight = wallet.sight(positions) if market in FUTURES else wallet.sight(balances)
    return replace(left, not_looked=sight.not_looked)


def left_of_trade(
    trade: Trade,
    market: MarketType,
    balances: Sequence[Balance] | None,
    positions: Sequence[Position] | None,
    symbols: Mapping[str, str],
    living: Sequence[Manager],
) -> Left:
    """From what the exchange shows; None where that was not read. `symbols` by pair, needed on futures."""
    plan = read_plan(trade.plan)
    units = units_left(trade, plan)
    if entered(trade, plan) is False:
        return Left(LeftKind.NOTHING_ENTERED, Decimal(0))
    if market in FUTURES:
        return _position(trade, plan, units, positions, symbols, living)
    if plan.entry.side is Side.SELL:
        return Left(LeftKind.SOLD, units)
    return _coins(trade, units, balances, living)


def _coins(trade: Trade, units: Decimal | None, balances: Sequence[Balance] | None, living: Sequence[Manager]) -> Left:
    pair = Pair.of(trade.pair)
    if pair is None or balances is None:
        return Left(LeftKind.UNKNOWN, units)
    held = [balance for balance in balances if balance.asset.upper() == pair.right.upper()]
    free = exact_sum(balance.free for balance in held)
    total = exact_sum([free, *(balance.locked for balance in held)])
    shared = any(one.holds and _coin(one.pair) == pair.right for one in living)
    enough = DUST * units if units is not None else Decimal(0)
    if total <= enough:
        return Left(LeftKind.GONE, units, Decimal(0), Decimal(0))
    return Left(LeftKind.COINS, units, total if units is None else min(total, units), free, shared=shared)


def _position(
    trade: Trade,
    plan: Plan,
    units: Decimal | None,
    positions: Sequence[Position] | None,
    symbols: Mapping[str, str],
    living: Sequence[Manager],
) -> Left:
    symbol = symbols.get(trade.pair)
    if positions is None or (symbol is None and positions) or plan.entry.side is None:
        return Left(LeftKind.UNKNOWN, units)
    side = "long" if plan.entry.side is Side.BUY else "short"
    found = next((one for one in positions if one.symbol == symbol and one.side == side), None)
    if found is None:
        return Left(LeftKind.GONE, units, Decimal(0))
    shared = any(one.pair == trade.pair and one.fits(side) for one in living)
    held = found.amount if units is None else min(units, found.amount)
    return Left(LeftKind.POSITION, units, held, None, found, shared)


def _coin(pair: str) -> str:
    parts = Pair.of(pair)
    return parts.right if parts else ""
