"""The plan of a SmartTrade as a value: entry, targets, stop, leverage, read from what 3Commas sent and the bot kept.

3Commas' objects are read leniently: a field that is missing or strange is not known. Source: 3Commas' documentation, SmartTrade entity.
When a trade is over, targets and stop that were not executed are gone from it; the entry, the leverage and the pair stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from domain.ports import Trade
from domain.trading import ClosedTrade, Owner, OwnerKind, Side


class OrderType(StrEnum):
    MARKET = "market"
    LIMIT = "limit"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Entry:
    """How the trade gets in. `filled` None: 3Commas does not tell."""

    side: Side | None
    units: Decimal | None
    price: Decimal | None
    order_type: OrderType | None
    trigger: Decimal | None = None
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A step of the take profit. `share` in per cent of the units."""

    price: Decimal | None
    share: Decimal | None
    order_type: OrderType | None
    trailing: Decimal | None = None
    """Per cent; None: it does not trail."""
    done: bool = False
    """Executed already."""


@dataclass(frozen=True, slots=True)
class Stop:
    trigger: Decimal | None
    order_type: OrderType | None
    price: Decimal | None = None
    """Limit price of a limit stop."""
    trailing: Decimal | None = None
    timeout_s: Decimal | None = None
    breakeven: bool = False


@dataclass(frozen=True, slots=True)
class Leverage:
    kind: str
    """"cross" or "isolated", or a word that we do not know."""
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a SmartTrade is (or was) to do."""

    entry: Entry
    targets: tuple[Target, ...]
    stop: Stop | None
    leverage: Leverage | None
    takes_over: bool = False
    """No entry order: it looks after what was there (`skip_enter_step`)."""
    single: bool = False
    """One order without targets (`instant`)."""
    stop_wanted: bool = False
    """There was a stop, even if nothing is known of it any more."""
    targets_wanted: bool = False

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """All limits at which an order of it may stand at the exchange."""
        limits = [self.entry.price if self.entry.order_type is not OrderType.MARKET else None]
        limits += [target.price for target in self.targets if target.order_type is not OrderType.MARKET]
        limits += [self.stop.price, self.stop.trigger] if self.stop else []
        return tuple(dict.fromkeys(price for price in limits if price is not None))


_FILLED = frozenset({"finished", "smart_sell"})
_NOT_FILLED = frozenset({"idle", "to_process", "order_placed", "trailing_activated", "async_order_placement"})


def read_plan(kept: Mapping[str, object]) -> Plan:
    """From `Trade.plan`."""
    position, profit, loss = _object(kept, "position"), _object(kept, "take_profit"), _object(kept, "stop_loss")
    leverage = _object(kept, "leverage")
    steps = profit.get("steps")
    targets = [_target(step) for step in steps if isinstance(step, Mapping)] if isinstance(steps, Sequence) else []
    return Plan(
        entry=_entry(position),
        targets=tuple(targets),
        stop=_stop(loss) if loss.get("enabled") is True else None,
        leverage=_leverage(leverage) if leverage.get("enabled") is True else None,
        takes_over=kept.get("skip_enter_step") is True,
        single=kept.get("instant") is True,
        stop_wanted=loss.get("enabled") is True,
        targets_wanted=profit.get("enabled") is True,
    )


def closed_trade(trade: Trade, kept: Plan | None) -> ClosedTrade | None:
    """What may have left orders behind; `kept` is its plan as the bot saw it alive. None without a side or an amount."""
    shown = read_plan(trade.plan)
    entry = shown.entry
    units = entry.units if entry.units is not None else trade.entered_amount
    if entry.side is None or units is None:
        return None
    known = [*shown.prices, *(kept.prices if kept else ())]
    return ClosedTrade(
        owner=Owner(OwnerKind.SMART_TRADE, str(trade.id)),
        account_id=trade.account_id,
        pair=trade.pair,
        side=entry.side,
        entry_price=entry.price,
        units=units,
        status=trade.status,
        created_at=trade.created_at,
        closed_at=trade.closed_at,
        known_prices=tuple(dict.fromkeys(known)),
    )


def _entry(position: Mapping[str, object]) -> Entry:
    word = position.get("type")
    conditional = _object(position, "conditional")
    status = _object(position, "status").get("type")
    return Entry(
        side=Side(word) if word in ("buy", "sell") else None,
        units=_number(_object(position, "units").get("value")),
        price=_number(_object(position, "price").get("value")),
        order_type=_order_type(position.get("order_type")),
        trigger=_number(_object(conditional, "price").get("value")),
        filled=True if status in _FILLED else False if status in _NOT_FILLED else None,
    )


def _target(step: Mapping[str, object]) -> Target:
    trailing = _object(step, "trailing")
    return Target(
        price=_number(_object(step, "price").get("value")),
        share=_number(step.get("volume")),
        order_type=_order_type(step.get("order_type")),
        trailing=_number(trailing.get("percent")) if trailing.get("enabled") is True else None,
        done=_object(step, "status").get("type") in ("finished", "panic_sold"),
    )


def _stop(loss: Mapping[str, object]) -> Stop | None:
    """None where it was on and nothing of it is told."""
    conditional, timeout = _object(loss, "conditional"), _object(loss, "timeout")
    trailing = _object(conditional, "trailing")
    trigger = _number(_object(conditional, "price").get("value"))
    limit = _number(_object(loss, "price").get("value"))
    if trigger is None and limit is None and trailing.get("enabled") is not True:
        return None
    return Stop(
        trigger=trigger,
        order_type=_order_type(loss.get("order_type")),
        price=limit,
        trailing=_number(trailing.get("percent")) if trailing.get("enabled") is True else None,
        timeout_s=_number(timeout.get("value")) if timeout.get("enabled") is True else None,
        breakeven=loss.get("breakeven") is True,
    )


def _leverage(leverage: Mapping[str, object]) -> Leverage:
    kind = leverage.get("type")
    return Leverage(kind if isinstance(kind, str) else "", _number(leverage.get("value")))


def _order_type(word: object) -> OrderType | None:
    return next((known for known in OrderType if known.value == word), None)


def _object(holder: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = holder.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> Decimal | None:
    """Above zero; 3Commas writes 0 where there is none."""
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None
