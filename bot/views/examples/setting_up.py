"""Pretend forms."""

from dataclasses import replace
from decimal import Decimal

from bot.views.examples.checks import MARCH
from domain.set_up.values import Caution, Field, FormField, Origin, SetUp, Tool, Unread

_HEAD = (
    FormField(Field.ACCOUNT, "Binance spot", Origin.TRADE),
    FormField(Field.PAIR, "USDT_ETH", Origin.TRADE),
)


def coins() -> SetUp:
    """Coins are there; targets are known from the kept plan, the stop is not."""
    fields = (
        *_HEAD,
        FormField(Field.TOOL, Tool.SMART_SELL.value, Origin.TOOL),
        FormField(Field.USE_EXISTING, "on", Origin.TOOL),
        FormField(Field.UNITS, "0.399", Origin.BALANCE),
        FormField(Field.PRICE, "3350", Origin.TRADE),
        FormField(Field.TARGET_TYPE, "limit", Origin.STORED_PLAN, 1),
        FormField(Field.TARGET_PRICE, "4100", Origin.STORED_PLAN, 1),
        FormField(Field.TARGET_SHARE, "100", Origin.STORED_PLAN, 1),
        FormField(Field.STOP_TRIGGER, "", Origin.ASK),
    )
    cautions = (Caution.SECOND_ENTRY, Caution.LESS_THAN_BEFORE, Caution.CANCEL_OLD_ORDERS)
    orders = ("8000000001", "8000000002")
    return SetUp(
        Tool.SMART_SELL,
        True,
        "USDT_ETH",
        fields,
        cautions,
        old_orders=orders,
        plan_seen_at=MARCH,
        last_price=Decimal(3900),
        repair_first="a1",
    )


def unread() -> SetUp:
    """Where targets and stop may stand could not be read, nor could the price."""
    return replace(coins(), unread=tuple(Unread), last_price=None)


def position() -> SetUp:
    """A short in hedge mode, with what the trader told."""
    fields = (
        FormField(Field.ACCOUNT, "Binance futures", Origin.TRADE),
        FormField(Field.PAIR, "USDT_BTCUSDT", Origin.TRADE),
        FormField(Field.TOOL, Tool.SMART_BUY.value, Origin.TOOL),
        FormField(Field.USE_EXISTING, "on", Origin.TOOL),
        FormField(Field.LEVERAGE_TYPE, "isolated", Origin.POSITION),
        FormField(Field.LEVERAGE, "5", Origin.POSITION),
        FormField(Field.UNITS, "0.05", Origin.POSITION),
        FormField(Field.PRICE, "61200", Origin.POSITION),
        FormField(Field.TARGET_PRICE, "58000", Origin.ASK, 1),
        FormField(Field.STOP_TRIGGER, "", Origin.ASK),
    )
    cautions = (Caution.SECOND_ENTRY, Caution.HEDGE_LEG, Caution.STOP_BEYOND_LIQUIDATION)
    return SetUp(Tool.SMART_BUY, True, "USDT_BTCUSDT", fields, cautions, "short")


def of_deal() -> SetUp:
    """Coins that a deal of a bot left; its target is 3Commas' own figure, a stop it had none."""
    fields = (
        FormField(Field.ACCOUNT, "Binance spot", Origin.TRADE),
        FormField(Field.PAIR, "USDT_BNB", Origin.TRADE),
        FormField(Field.TOOL, Tool.SMART_SELL.value, Origin.TOOL),
        FormField(Field.USE_EXISTING, "on", Origin.TOOL),
        FormField(Field.UNITS, "0.6", Origin.ONCE_CANCELLED),
        FormField(Field.PRICE, "590", Origin.TRADE),
        FormField(Field.TARGET_TYPE, "limit", Origin.TRADE, 1),
        FormField(Field.TARGET_PRICE, "607.7", Origin.TRADE, 1),
        FormField(Field.TARGET_SHARE, "100", Origin.TRADE, 1),
    )
    cautions = (
        Caution.SECOND_ENTRY,
        Caution.CANCEL_OLD_ORDERS,
        Caution.CANCEL_OLD_ENTRIES,
        Caution.NO_STOP,
        Caution.SAFETY_ORDERS_END,
        Caution.TRAILING_ENDS,
        Caution.CONDITION_ENDS,
    )
    return SetUp(
        Tool.SMART_SELL,
        True,
        "USDT_BNB",
        fields,
        cautions,
        old_orders=("8000000011",),
        old_entries=("8000000012", "8000000013"),
        safety_left=3,
        last_price=Decimal(600),
    )


def entry_again() -> SetUp:
    fields = (
        *_HEAD,
        FormField(Field.TOOL, Tool.SMART_TRADE.value, Origin.TOOL),
        FormField(Field.UNITS, "0.4", Origin.TRADE),
        FormField(Field.ENTRY_TYPE, "conditional", Origin.TRADE),
        FormField(Field.ENTRY_TRIGGER, "3300", Origin.TRADE),
    )
    return SetUp(Tool.SMART_TRADE, False, "USDT_ETH", fields, (Caution.NOTHING_LEFT,))


def every_field() -> SetUp:
    """Each field from each source in turn, with everything that can be said about it."""
    origins = tuple(Origin)
    fields = tuple(
        FormField(one, "odd" if one in (Field.LEVERAGE_TYPE, Field.STOP_TYPE) else "1", origins[n % len(origins)])
        for n, one in enumerate(Field)
        if one is not Field.TOOL
    )
    return replace(coins(), fields=fields, cautions=tuple(Caution), leg="long", safety_left=1)


def every_tool() -> tuple[SetUp, ...]:
    return tuple(replace(entry_again(), tool=tool, fields=_HEAD, cautions=()) for tool in Tool)
