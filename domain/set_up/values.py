"""How a trade is set up again, or what it left is taken over, by hand at 3Commas: the tool, the switch, each field in its order."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """The deal has left nothing behind, so nothing is to be taken over; its bot begins the next one by itself."""


class Tool(StrEnum):
    """Tabs of 3Commas' SmartTrade window."""

    SMART_SELL = "smart_sell"
    """Looks after coins, or a long position, that are there already. Sends no entry order."""
    SMART_BUY = "smart_buy"
    """Looks after a short position, or coins that were sold already. Sends no entry order."""
    SMART_TRADE = "smart_trade"
    """Buys, then sells at target or stop. On futures called Smart Long."""
    SMART_COVER = "smart_cover"
    """Sells, then buys back. On futures called Smart Short."""
    SIMPLE_BUY = "simple_buy"
    SIMPLE_SELL = "simple_sell"


class Field(StrEnum):
    """Fields of the form, named as they stand there from top to bottom."""

    ACCOUNT = "account"
    PAIR = "pair"
    TOOL = "tool"
    USE_EXISTING = "use_existing"
    """The switch that prevents a second entry."""
    ENTRY_TYPE = "entry_type"
    """market, limit or conditional."""
    ENTRY_TRIGGER = "entry_trigger"
    UNITS = "units"
    PRICE = "price"
    """Of the entry. When taking over, only the base of profit and percentages."""
    LEVERAGE_TYPE = "leverage_type"
    LEVERAGE = "leverage"
    TARGET_TYPE = "target_type"
    TARGET_PRICE = "target_price"
    TARGET_SHARE = "target_share"
    """Per cent of the units."""
    TARGET_TRAILING = "target_trailing"
    """Per cent."""
    STOP_TYPE = "stop_type"
    STOP_TRIGGER = "stop_trigger"
    STOP_PRICE = "stop_price"
    """Limit price of a limit stop."""
    STOP_TRAILING = "stop_trailing"
    STOP_TIMEOUT = "stop_timeout"
    """Seconds."""
    STOP_BREAKEVEN = "stop_breakeven"


class Origin(StrEnum):
    """Where a value comes from."""

    STORED_PLAN = "stored_plan"
    """The bot saw it while the trade lived (`SetUp.plan_seen_at`)."""
    TRADE = "trade"
    """The trade at 3Commas still shows it."""
    ROWS = "rows"
    """A step of the trade that 3Commas still shows."""
    OLD_ORDER = "old_order"
    """An order that the trade left at the exchange."""
    BALANCE = "balance"
    """What is free in the wallet now, rounded down to the lot."""
    ONCE_CANCELLED = "once_cancelled"
    """What is free as soon as the trade's old orders are cancelled, rounded down to the lot."""
    POSITION = "position"
    """The open position."""
    TOOL = "tool"
    """It follows from the tool."""
    ASK = "ask"
    """Nobody knows; only the trader can say."""


class Caution(StrEnum):
    """What must be said with the form."""

    SECOND_ENTRY = "second_entry"
    """Without this tool or its switch a second position would be opened, or more would be bought."""
    HEDGE_LEG = "hedge_leg"
    """Long and short stand side by side: this is about `SetUp.leg` alone."""
    CANCEL_OLD_ORDERS = "cancel_old_orders"
    """`SetUp.old_orders` hold the coins, or use up what may be closed: cancel them first, and go on at once."""
    LESS_THAN_BEFORE = "less_than_before"
    """There is less than the trade had."""
    MORE_THAN_BEFORE = "more_than_before"
    """The position is larger than what the trade had: another that is over, or the trader, may have added the rest."""
    NOT_ALL_FREE = "not_all_free"
    """Part of it is locked."""
    BELOW_MINIMUM = "below_minimum"
    """Too little for any order of this market."""
    TARGET_BELOW_MINIMUM = "target_below_minimum"
    """A share is too little for an order: fewer targets."""
    STOP_PASSED = "stop_passed"
    """The price is beyond the old stop: it would fire at once."""
    TARGET_PASSED = "target_passed"
    """The price is beyond an old target: it would be carried out at once."""
    STOP_BEYOND_LIQUIDATION = "stop_beyond_liquidation"
    NOTHING_LEFT = "nothing_left"
    """Neither coins nor a position are there: only the entry can be repeated."""
    NOT_LOOKED = "not_looked"
    """The bot could not look at the exchange: amounts are the trade's own."""
    SHARED = "shared"
    """Living trades use the same coin or contract."""
    OTHERS_NOT_READ = "others_not_read"
    """What is alive at 3Commas could not be read: something may use the same coin or contract."""
    ORDERS_NOT_READ = "orders_not_read"
    """An order of it may stand at the exchange, and hold or add something."""
    ORDERS_UNCLEAR = "orders_unclear"
    """Orders stand there on it, and one may be its own."""
    PRICE_NOT_READ = "price_not_read"
    """Nothing was judged by the price of now."""
    CANCEL_OLD_ENTRIES = "cancel_old_entries"
    """`SetUp.old_entries` still stand: filled, they would get more than the form knows of."""
    NO_STOP = "no_stop"
    """The deal had no stop, so the form has none."""
    SAFETY_ORDERS_END = "safety_orders_end"
    """`SetUp.safety_left` safety orders of the deal will not be placed: a SmartTrade has no place for them."""
    TRAILING_ENDS = "trailing_ends"
    """The deal followed the price; how closely 3Commas does not tell, so the form has fixed prices."""
    CONDITION_ENDS = "condition_ends"
    """A condition of the market was to close the deal; a SmartTrade closes at prices alone."""


class Unread(StrEnum):
    """Where a target, a stop or an order of it may be that the form does not know of. Without any, nobody knows what is asked for."""

    STEPS = "steps"
    """The steps that 3Commas may still show were not read."""
    ORDERS = "orders"
    """Orders at the exchange were not read."""
    OWNERS = "owners"
    """Orders stand there on it, and whether one of them is its own is not known."""
    FREED = "freed"
    """Orders on it were cancelled under the eyes of the bot, and whether one of them was its own is not known."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `value` is what to copy, as 3Commas takes it; empty with ASK."""

    field: Field
    value: str
    origin: Origin
    step: int = 0
    """Of targets, from 1."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """The whole form for one trade or position. Nothing in it is invented."""

    tool: Tool
    takes_over: bool
    """No entry order may be sent."""
    pair: str
    fields: tuple[FormField, ...]
    cautions: tuple[Caution, ...] = ()
    leg: str = ""
    """"long" or "short" in hedge mode."""
    old_orders: tuple[str, ...] = ()
    """Exchange ids, to cancel first."""
    old_entries: tuple[str, ...] = ()
    """Exchange ids of orders that would get in once more."""
    safety_left: int = 0
    """Safety orders of a deal that were not filled."""
    plan_seen_at: datetime | None = None
    last_price: Decimal | None = None
    """The price that `cautions` were judged by."""
    unread: tuple[Unread, ...] = ()
    liquidation_price: Decimal | None = None
    repair_first: str = ""
    """The exchange account, if 3Commas could not trade with its key there when it was last looked at: nothing that is set up starts."""

    @property
    def is_long(self) -> bool:
        """It buys, or has bought, and closes by selling."""
        return self.tool in (Tool.SMART_SELL, Tool.SMART_TRADE, Tool.SIMPLE_BUY)

    @property
    def asks(self) -> tuple[FormField, ...]:
        return tuple(field for field in self.fields if field.origin is Origin.ASK)
