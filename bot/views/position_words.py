"""Open positions in words: figures, who manages them, and what protects them."""

from collections.abc import Callable
from decimal import Decimal

from bot.texts import Html, say
from bot.views.figures import coins, figure, signed, signed_coins
from bot.views.order_words import base_and_quote, line, owners_word
from domain.ports import OpenOrder
from domain.positions_view import Management, PositionRow, Protection, StopState, Watched
from domain.trading import MarketRules, Position

MAX_TARGETS = 3
NEAR_LIQUIDATION = Decimal("0.05")
"""Share of the mark price: so close, safety comes before tools."""


def title(position: Position) -> Html:
    """ "BTC long"."""
    base, _ = base_and_quote(position.symbol)
    return say("position-title", coin=base, side=Html(position.side))


def size(position: Position, rules: MarketRules | None, units: Decimal | None = None) -> Html:
    """In coins, or in contracts where the market counts contracts. `units`: a part of it."""
    held = position.amount if units is None else units
    if rules is not None and rules.contract_size != 1:
        return say("position-contracts", amount=figure(held))
    return coins(held, base_and_quote(position.symbol)[0])


def money(position: Position, *, begins: bool = False) -> Html:
    """Entry and mark; `begins` a line, or is in the middle of a sentence."""
    _, quote = base_and_quote(position.symbol)
    entry = coins(position.entry_price, quote)
    if position.mark_price is None:
        return say("position-entry.begin" if begins else "position-entry", entry=entry)
    key = "position-entry-now.begin" if begins else "position-entry-now"
    return say(key, entry=entry, mark=figure(position.mark_price))


def profit(position: Position, percent: Decimal | None) -> Html:
    """ "+94.86 USDT (+3.1 %)"; empty where the exchange does not tell."""
    if position.unrealised is None:
        return Html("") if percent is None else per_cent(percent)
    settle = position.symbol.partition(":")[2] or base_and_quote(position.symbol)[1]
    gained = signed_coins(position.unrealised, settle)
    return gained if percent is None else say("position-profit", gained=gained, percent=per_cent(percent))


def per_cent(value: Decimal) -> Html:
    return say("position-percent", percent=signed(value, 1))


def terms(position: Position) -> Html:
    """Margin mode, leverage, liquidation: as far as the exchange tells."""
    said = []
    if position.margin_mode is not None:
        said.append(say(f"position-{position.margin_mode.value}"))
    if position.leverage is not None:
        said.append(say("position-leverage", times=figure(position.leverage)))
    if position.liquidation_price:
        said.append(say("position-liquidation", price=figure(position.liquidation_price)))
    if position.hedged:
        said.append(say("position-hedged"))
    return Html(", ".join(said))


def near_liquidation(position: Position) -> bool:
    mark, liquidation = position.mark_price, position.liquidation_price
    if not mark or not liquidation:
        return False
    return abs(mark - liquidation) <= NEAR_LIQUIDATION * mark


def managed_by(row: PositionRow) -> Html:
    owners = owners_word(row.managers)
    match row.management:
        case Management.UNMANAGED if row.protection.state is StopState.AT_EXCHANGE:
            return say("positions-not-managed")
        case Management.UNMANAGED:
            return say("positions-nobody")
        case Management.MANAGED if row.managed is not None and row.managed < row.position.amount:
            return say("positions-managed-part", owners=owners, part=size(row.position, row.rules, row.managed))
        case Management.MANAGED:
            return say("positions-managed", owners=owners)
    return say("positions-maybe", owners=owners) if row.managers else say("positions-unknown")


def stop_word(
    found: Protection, amount: Callable[[Decimal], Html], *, orders_read: bool = False, whole: bool = True
) -> Html:
    """As `_counted_word`, and what could not be counted."""
    if found.begins is None:
        return _counted_word(found, amount, orders_read=orders_read, whole=whole)
    waits = say("position-stop-begins", price=figure(found.begins))
    if found.state is StopState.UNKNOWN and found.watched is None:
        return waits
    return Html(f"{_counted_word(found, amount, orders_read=orders_read, whole=whole)} {waits}")


def _counted_word(found: Protection, amount: Callable[[Decimal], Html], *, orders_read: bool, whole: bool) -> Html:
    """`amount` writes one. `orders_read`: the orders at the exchange were, so that a stop can be missing there and be held by 3Commas
    at most. `whole`: this is about all that is there; else stops for a part of it may be for what is meant, or for the rest."""
    match found.state:
        case StopState.NONE:
            return say("position-stop-none")
        case StopState.UNKNOWN if found.watched is not None:
            return _watched(found.watched, amount, "rest")
        case StopState.UNKNOWN:
            return say("position-stop-not-there") if orders_read else say("position-stop-unknown")
        case StopState.PART if found.watched is not None and found.covered is None:
            there, held = found.there or Decimal(0), found.watched
            covered, price = held.units or Decimal(0), _price(held.price)
            told = held.price is not None
            return say(
                "position-stop-part-watched", covered=amount(covered), there=amount(there), price=price, told=told
            )
        case StopState.AT_3COMMAS:
            return say("position-stop-at-3commas", price=_price(found.first), told=found.first is not None)
    prices = {"how": Html(_how(found)), "first": _price(found.first), "last": _price(found.last)}
    if found.state is StopState.AT_EXCHANGE:
        return say("position-stop-at-exchange", **prices)
    covered, there = found.covered or Decimal(0), found.there or Decimal(0)
    part = say("position-stop-part", whole=whole, covered=amount(covered), there=amount(there), **prices)
    return part if found.watched is None else Html(f"{part} {_watched(found.watched, amount, 'beside')}")


def _watched(held: Watched, amount: Callable[[Decimal], Html], what: str) -> Html:
    """`what`: "beside" stops at the exchange, or the "rest" is not known."""
    sized = held.units is not None
    units = Html("") if held.units is None else amount(held.units)
    told = held.price is not None
    return say("position-stop-watched", what=Html(what), price=_price(held.price), told=told, units=units, sized=sized)


def _price(price: Decimal | None) -> Html:
    return Html("") if price is None else figure(price)


def _how(found: Protection) -> str:
    if found.first is None:
        return "follows"
    if found.first == found.last:
        return "one"
    return "several" if found.last is not None else "mixed"


def targets(row: PositionRow) -> list[Html]:
    """Orders at the exchange that would close it with profit."""
    if not row.targets:
        return []
    lines = [_target(order) for order in row.targets[:MAX_TARGETS]]
    if len(row.targets) > MAX_TARGETS:
        lines.append(say("positions-targets-more", orders=len(row.targets) - MAX_TARGETS))
    return [say("positions-targets", orders=Html("; ".join(lines)))]


def _target(order: OpenOrder) -> Html:
    """An order that closes the whole position is written without an amount by the exchange."""
    if order.remaining or order.trigger is None:
        return line(order)
    return say("positions-target-whole", trigger=coins(order.trigger, base_and_quote(order.symbol)[1]))
