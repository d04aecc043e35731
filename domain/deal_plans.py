"""A deal of a DCA bot read as what a SmartTrade could go on with: what it holds, its take profit, its stop.

Unlike a SmartTrade a deal keeps its take profit and its stop when it ends. What a SmartTrade has no place for, safety orders and
conditions of the market, is not in here. Sources: 3Commas' documentation, deal entity; its help on take profit.
"""

from collections.abc import Iterable
from decimal import Decimal

from domain.matching.reading import SLACK
from domain.plans import Entry, Leverage, OrderType, Plan, Stop, Target
from domain.ports import Deal, OpenOrder, TradeRow
from domain.trading import ClosedTrade, MarketRules, Owner, OwnerKind, Side

_SIDES = {"long": Side.BUY, "short": Side.SELL}


def owner_of_deal(deal: Deal) -> Owner:
    return Owner(OwnerKind.DEAL, str(deal.id), deal.bot_name)


def side_of_deal(deal: Deal) -> Side | None:
    """Of its base order."""
    return _SIDES.get(deal.strategy)


def left_in_deal(deal: Deal) -> Decimal | None:
    """What its orders got, less what was taken out again, in base coin. None: not told."""
    if deal.bought_amount is None:
        return None
    return max(deal.bought_amount - (deal.sold_amount or Decimal(0)), Decimal(0))


def plan_of_deal(deal: Deal) -> Plan:
    """`stop_wanted` False: it had none. A target without a price: 3Commas does not tell it."""
    stop = None
    if deal.stop_loss_price is not None:
        stop = Stop(deal.stop_loss_price, None)
    return Plan(
        entry=Entry(
            side=side_of_deal(deal),
            units=left_in_deal(deal),
            price=deal.bought_average_price,
            order_type=None,
            filled=None if deal.bought_amount is None else deal.bought_amount > 0,
        ),
        targets=_targets(deal),
        stop=stop,
        leverage=Leverage(deal.leverage_type, deal.leverage) if deal.leverage_type or deal.leverage else None,
        stop_wanted=stop is not None,
        targets_wanted=True,
    )


def closed_deal(deal: Deal, rows: Iterable[TradeRow] = ()) -> ClosedTrade | None:
    """What may have left orders behind; `rows` are its orders, where they were read. None without a side."""
    side = side_of_deal(deal)
    if side is None:
        return None
    prices = [row.price for row in rows]
    prices += [deal.take_profit_price, *(step.price for step in deal.take_profit_steps)]
    return ClosedTrade(
        owner=owner_of_deal(deal),
        account_id=deal.account_id,
        pair=deal.pair,
        side=side,
        entry_price=deal.bought_average_price,
        units=deal.bought_amount or Decimal(0),
        status=deal.status,
        created_at=deal.created_at,
        closed_at=deal.closed_at or deal.updated_at,
        known_prices=tuple(dict.fromkeys(price for price in prices if price is not None)),
    )


def is_order_of(order: OpenOrder, row: TradeRow, closed: ClosedTrade, rules: MarketRules | None) -> bool:
    """An order that stands at the exchange exactly as 3Commas wrote it down, placed while the deal ran."""
    if order.side != row.side or order.price is None or row.price is None or order.created_at is None:
        return False
    began, ended = closed.created_at, closed.closed_at
    if began is None or order.created_at < began - SLACK or (ended is not None and order.created_at > ended + SLACK):
        return False
    price, amount = row.price, row.amount
    if rules is not None:
        price, amount = rules.round_price(price), rules.round_amount(amount)
    return order.price == price and order.amount == amount


def _targets(deal: Deal) -> tuple[Target, ...]:
    """Steps that were not carried out, else the one price. Where it trails, 3Commas sends a market order."""
    if deal.take_profit_steps:
        return tuple(Target(step.price, step.share, OrderType.LIMIT, done=step.done) for step in deal.take_profit_steps)
    price = _take_profit(deal)
    if price is None:
        return ()
    kind = OrderType.MARKET if deal.take_profit_trails else OrderType.LIMIT
    return (Target(price, Decimal(100), kind),)


def _take_profit(deal: Deal) -> Decimal | None:
    """3Commas' own figure, else from the per cent and the average price.

    Without a per cent the figure is no target: 3Commas fills in the price of the market then. Per cent of the base order alone move
    with every safety order that was filled, so they are counted only where none was.
    """
    percent, average = deal.take_profit_percent, deal.bought_average_price
    if percent is None:
        return None
    if deal.take_profit_price is not None:
        return deal.take_profit_price
    whole = deal.take_profit_of == "total" or (
        deal.take_profit_of == "base" and deal.safety is not None and deal.safety.filled == 0
    )
    side = side_of_deal(deal)
    if average is None or side is None or not whole:
        return None
    return average * (1 + percent / 100) if side is Side.BUY else average * (1 - percent / 100)
