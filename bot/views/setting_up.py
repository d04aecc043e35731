"""3Commas' form, filled in: which tool, the switch that prevents a second entry, each field in its order and where its value comes from."""

from dataclasses import dataclass
from decimal import Decimal

from bot.buttons import Button, Choose, Copy, Open, Press
from bot.reply import MAX_COPY, Reply
from bot.texts import Html, code, say
from bot.texts.say import moment
from bot.views.example import example, given
from bot.views.examples import setting_up as pretend
from bot.views.figures import figure
from bot.views.order_words import base_and_quote, owner_word
from domain.set_up import Caution, Field, FormField, Origin, SetUp
from domain.trading import Owner, OwnerKind

FLOW = "set_up"
"""Of the conversation, and the command behind buttons that begin it with a trade."""
MAX_COPY_BUTTONS = 24
MAX_OLD_ORDERS = 8
COPIED = frozenset(
    {
        Field.PAIR,
        Field.ENTRY_TRIGGER,
        Field.UNITS,
        Field.PRICE,
        Field.LEVERAGE,
        Field.TARGET_PRICE,
        Field.TARGET_SHARE,
        Field.TARGET_TRAILING,
        Field.STOP_TRIGGER,
        Field.STOP_PRICE,
        Field.STOP_TRAILING,
        Field.STOP_TIMEOUT,
    }
)
"""Fields that are typed; the others are chosen."""
TYPES = frozenset({Field.ENTRY_TYPE, Field.TARGET_TYPE, Field.STOP_TYPE})
KNOWN_TYPES = frozenset({"market", "limit", "conditional"})
_SAID_APART = frozenset({Caution.SECOND_ENTRY, Caution.CANCEL_OLD_ORDERS})


@dataclass(frozen=True, slots=True)
class About:
    """A trade by its id, or a position by symbol and side."""

    trade: str = ""
    symbol: str = ""
    side: str = ""

    @property
    def word(self) -> Html:
        if self.trade:
            return owner_word(Owner(OwnerKind.SMART_TRADE, self.trade))
        return say("position-title", coin=base_and_quote(self.symbol)[0], side=Html(self.side))


TRADE = About(trade="118")
POSITION = About(symbol="BTC/USDT:USDT", side="long")


@example(given(pretend.coins(), TRADE), given(pretend.position(), POSITION))
def ask_target(set_up: SetUp, about: About) -> Reply:
    """Nobody knows at which price it was to be sold."""
    return Reply(
        say("setup-ask-target", what=about.word, trade=bool(about.trade), **_market(set_up)),
        ((Press(say("button-setup-leave"), Choose(FLOW, "target", "leave")),),),
        asks=say("setup-price-hint"),
    )


@example(given(pretend.coins(), TRADE))
def ask_stop(set_up: SetUp, about: About) -> Reply:
    """Nobody knows where the loss was to be limited."""
    return Reply(
        say("setup-ask-stop", what=about.word, trade=bool(about.trade), **_market(set_up)),
        ((Press(say("button-setup-leave"), Choose(FLOW, "stop", "leave")),),),
        asks=say("setup-price-hint"),
    )


def _market(set_up: SetUp) -> dict[str, Html | bool]:
    """The price of now, as texts take it."""
    last = set_up.last_price
    return {"now": Html("") if last is None else figure(last), "priced": last is not None}


def wrong_side(now: Decimal | None, price: Decimal, *, above: bool) -> Html:
    """Why a price cannot be taken."""
    return say("setup-wrong-side", price=figure(price), now=figure(now or price), above=above)


@example()
def trade_not_there() -> Reply:
    return Reply(say("setup-trade-not-there"), ((Press(say("button-open-trades"), Open("trades"), "primary"),),))


@example()
def position_not_there() -> Reply:
    return Reply(
        say("setup-position-not-there"), ((Press(say("button-open-positions"), Open("positions"), "primary"),),)
    )


@example(
    given(pretend.coins(), TRADE, unsure=False),
    given(pretend.position(), POSITION, unsure=True),
    given(pretend.entry_again(), TRADE, unsure=False),
    given(pretend.every_field(), TRADE, unsure=False),
    *(given(one, TRADE, unsure=False) for one in pretend.every_tool()),
)
def form(set_up: SetUp, about: About, *, unsure: bool) -> Reply:
    """`unsure`: whether something at 3Commas manages the position already could not be seen."""
    tool = set_up.tool.value.replace("_", "-")
    key = "setup-heading" if about.trade else "setup-heading-position"
    parts = [Html(f"{say(key, what=about.word, tool=say(f'setup-tool-{tool}'))}\n{say(f'setup-tool-{tool}.does')}")]
    if unsure:
        parts.append(say("setup-unsure"))
    if Caution.SECOND_ENTRY in set_up.cautions:
        parts.append(say("setup-caution-second-entry", tool=say(f"setup-tool-{tool}")))
    if Caution.CANCEL_OLD_ORDERS in set_up.cautions:
        parts.append(_old_orders(set_up))
    parts.append(Html("\n".join([say("setup-fields"), *_rows(set_up)])))
    if set_up.plan_seen_at is not None:
        parts.append(say("setup-plan-seen", at=moment(set_up.plan_seen_at, "full")))
    cautions = [_caution(one, set_up) for one in set_up.cautions if one not in _SAID_APART]
    if cautions:
        parts.append(Html("\n".join([say("setup-mind"), *(f"• {sentence}" for sentence in cautions)])))
    parts.append(say("setup-finish", takes_over=set_up.takes_over))
    return Reply(Html("\n\n".join(parts)), _buttons(set_up, about))


def _old_orders(set_up: SetUp) -> Html:
    ids = Html(", ".join(code(one) for one in set_up.old_orders[:MAX_OLD_ORDERS]))
    return say("setup-caution-cancel-old-orders", orders=len(set_up.old_orders), ids=ids)


def _rows(set_up: SetUp) -> list[Html]:
    return [
        say(
            "setup-row",
            number=n,
            field=_name(one, set_up),
            value=_value(one),
            origin=_origin(one),
            told=bool(_origin(one)),
        )
        for n, one in enumerate(set_up.fields, 1)
    ]


def _name(one: FormField, set_up: SetUp) -> Html:
    if one.field is Field.PRICE and set_up.takes_over:
        return say("setup-field-base")
    return _label(one)


def _label(one: FormField) -> Html:
    name = say(f"setup-field-{one.field.value.replace('_', '-')}")
    return say("setup-field-of-step", step=one.step, field=name) if one.step else name


def _value(one: FormField) -> Html:
    if not one.value:
        return say("setup-you-choose")
    if one.field is Field.TOOL:
        return say(f"setup-tool-{one.value.replace('_', '-')}")
    if one.field in TYPES and one.value in KNOWN_TYPES:
        return say(f"setup-type-{one.value}")
    if one.value == "on":
        return say("setup-on")
    return code(one.value)


def _origin(one: FormField) -> Html:
    """Empty where it goes without saying."""
    if one.origin is Origin.TOOL or one.field in (Field.ACCOUNT, Field.PAIR):
        return Html("")
    if one.origin is Origin.ASK:
        return say("setup-origin-told") if one.value else Html("")
    return say(f"setup-origin-{one.origin.value.replace('_', '-')}")


def _caution(caution: Caution, set_up: SetUp) -> Html:
    return say(
        f"setup-caution-{caution.value.replace('_', '-')}",
        leg=Html(set_up.leg or "long"),
        **_market(set_up),
    )


def _buttons(set_up: SetUp, about: About) -> tuple[tuple[Button, ...], ...]:
    copies = [
        Copy(say("button-setup-copy", number=n, field=_label(one)), one.value)
        for n, one in enumerate(set_up.fields, 1)
        if one.field in COPIED and 1 <= len(one.value) <= MAX_COPY
    ][:MAX_COPY_BUTTONS]
    orders = [Copy(say("button-orders-copy-id"), one) for one in set_up.old_orders[:MAX_OLD_ORDERS] if one]
    rows: list[tuple[Button, ...]] = [(one,) for one in orders]
    rows += [tuple(copies[at : at + 2]) for at in range(0, len(copies), 2)]
    back = "trades" if about.trade else "positions"
    rows.append((Press(say(f"button-open-{back}"), Open(back)), Press(say("button-open-check"), Open("check"))))
    return tuple(rows)
