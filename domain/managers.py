"""Which living trades, deals and grids of 3Commas look after which contract or coin."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.looking import answers as part_of
from domain.looking.answers import GRIDS, Answers
from domain.looking.three_commas import ACTIVE
from domain.plans import Plan, read_plan
from domain.ports import Deal, Trade
from domain.trading import ExpectedOrder, Owner, OwnerKind, Side


@dataclass(frozen=True, slots=True)
class Manager:
    """Something alive at 3Commas that holds, or is about to hold, a pair."""

    owner: Owner
    account_id: int
    pair: str
    side: str
    """"long" or "short"; empty for a grid, or where 3Commas does not tell: it may be either."""
    units: Decimal | None
    """What it holds now; None where 3Commas does not tell."""
    holds: bool
    """False: its entry is not filled yet."""
    has_stop: bool | None
    """Watched by 3Commas; None: not told."""
    stop_price: Decimal | None = None

    def fits(self, side: str) -> bool:
        return self.holds and self.side in ("", side)


def managers_of(answers: Answers) -> list[Manager]:
    """Of one token, as far as it was read."""
    found = [manager_of_trade(trade) for trade in answers.get(part_of.trades(ACTIVE)) or ()]
    found += [manager_of_deal(deal) for deal in answers.get(part_of.deals(ACTIVE)) or ()]
    return [*found, *managers_of_grids(answers.get(GRIDS) or ())]


def managers_of_grids(orders: Iterable[ExpectedOrder]) -> list[Manager]:
    """Each grid once, from its orders."""
    grids = {(order.owner, order.account_id, order.pair) for order in orders}
    return [Manager(*grid, "", None, True, None) for grid in sorted(grids, key=lambda one: one[0].id)]


def manager_of_trade(trade: Trade) -> Manager:
    plan = read_plan(trade.plan)
    side = {Side.BUY: "long", Side.SELL: "short"}.get(plan.entry.side, "") if plan.entry.side else ""
    units = units_left(trade, plan)
    stop = plan.stop
    return Manager(
        owner=Owner(OwnerKind.SMART_TRADE, str(trade.id)),
        account_id=trade.account_id,
        pair=trade.pair,
        side=side,
        units=units,
        holds=entered(trade, plan) is not False,
        has_stop=plan.stop_wanted,
        stop_price=None if stop is None or stop.trailing is not None else stop.trigger,
    )


def manager_of_deal(deal: Deal) -> Manager:
    return Manager(
        owner=Owner(OwnerKind.DEAL, str(deal.id), deal.bot_name),
        account_id=deal.account_id,
        pair=deal.pair,
        side=deal.strategy,
        units=deal.bought_amount,
        holds=deal.bought_amount is None or deal.bought_amount > 0,
        has_stop=deal.stop_loss_price is not None,
        stop_price=deal.stop_loss_price,
    )


def entered(trade: Trade, plan: Plan) -> bool | None:
    """Whether its entry got anything; a trade that took over what was there has by its nature. None: not told."""
    if plan.takes_over:
        return True
    if trade.entered_amount is not None:
        return trade.entered_amount > 0
    return plan.entry.filled


def units_left(trade: Trade, plan: Plan) -> Decimal | None:
    """What it entered less what it has closed. A trade that took over counts its whole units as entered."""
    got = trade.entered_amount if trade.entered_amount or not plan.takes_over else plan.entry.units
    if got is None:
        got = plan.entry.units if entered(trade, plan) else None
    return None if got is None else max(got - (trade.closed_amount or Decimal(0)), Decimal(0))
