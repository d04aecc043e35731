"""3Commas' form, filled in: which tool, the switch that prevents a second entry, each field in its order and where its value comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.buttons import Button, Choose, Copy, Open, Press
from bot.errors import service_name
from bot.reply import MAX_COPY, Reply
from bot.texts import Html, code, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views.account_buttons import MAX_NAME_ON_BUTTON
from bot.views.example import example, given
from bot.views.examples import setting_up as pretend
from bot.views.examples.checks import NOW
from bot.views.figures import figure
from bot.views.order_words import MAX_ID, base_and_quote, owner_word
from domain.set_up.again import Step
from domain.set_up.answers import Flaw, Reference
from domain.set_up.values import Caution, Field, FormField, Origin, SetUp
from domain.trading import Owner, OwnerKind
from domain.typed_number import Misread
from domain.values import THREE_COMMAS

FLOW = "set_up"
"""Of the conversation, and the command behind buttons that begin it with a trade."""
MAX_COPY_BUTTONS = 24
MAX_OLD_ORDERS = 8
_COIN_LENGTH = 20
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
_SAID_APART = frozenset({Caution.SECOND_ENTRY, Caution.CANCEL_OLD_ORDERS, Caution.CANCEL_OLD_ENTRIES})


_DEAL = "deal-"


def trade_subject(trade_id: int) -> str:
    """What a button says behind the account."""
    return str(trade_id)


def deal_subject(deal_id: int) -> str:
    return f"{_DEAL}{deal_id}"


def start_of(subject: str) -> dict[str, str]:
    """What a conversation about it starts from; empty for anything that is neither a trade nor a deal."""
    kind = "deal" if subject.startswith(_DEAL) else "trade"
    number = subject.removeprefix(_DEAL)
    return {kind: number} if number.isascii() and number.isdigit() else {}


@dataclass(frozen=True, slots=True)
class About:
    """A trade or a deal by its id, or a position by symbol and side."""

    trade: str = ""
    deal: str = ""
    symbol: str = ""
    side: str = ""

    @property
    def kind(self) -> Html:
        """trade, deal or position, as texts choose by it."""
        return Html("trade" if self.trade else "deal" if self.deal else "position")

    @property
    def word(self) -> Html:
        if self.trade:
            return owner_word(Owner(OwnerKind.SMART_TRADE, self.trade))
        if self.deal:
            return owner_word(Owner(OwnerKind.DEAL, self.deal))
        return say("position-title", coin=base_and_quote(self.symbol)[0], side=Html(self.side))

    @property
    def list(self) -> str:
        """The command whose list it stands in."""
        return "positions" if self.symbol else "trades"


TRADE = About(trade="118")
DEAL = About(deal="86")
POSITION = About(symbol="BTC/USDT:USDT", side="long")


@dataclass(frozen=True, slots=True)
class Pause:
    """A service lets nothing through before `until`; `left` was not looked at yet."""

    service: str
    until: datetime
    left: tuple[Step, ...]


@example(
    given(TRADE, None),
    given(POSITION, None),
    given(TRADE, Pause(THREE_COMMAS, NOW, tuple(Step))),
    given(DEAL, Pause("binance", NOW, (Step.LIVING,))),
)
def reading(about: About, pause: Pause | None) -> Reply:
    """At once, and again whenever a service asks to slow down."""
    if pause is None:
        return Reply(say("setup-reading", what=about.word, kind=about.kind))
    left = Html(", ".join(say(f"setup-step-{step.value}", kind=about.kind) for step in pause.left))
    return Reply(
        say(
            "setup-reading-waits",
            what=about.word,
            service=service_name(pause.service),
            until=moment(pause.until, "clock"),
            left=left,
        )
    )


@example(given(TRADE))
def reading_done(about: About) -> Reply:
    """What the message of a reading that had to wait turns into; the question or the form stands below it."""
    return Reply(say("setup-reading-done", what=about.word))


@example(given(TRADE))
def reading_stopped(about: About) -> Reply:
    """What it turns into after /cancel, or where something else than the form follows."""
    return Reply(say("setup-reading-stopped", what=about.word))


@example(given(DEAL))
def nothing_left(about: About) -> Reply:
    """A deal of which nothing is there any more."""
    return Reply(
        say("setup-nothing-left", what=about.word), ((Press(say("button-open-trades"), Open("trades"), "primary"),),)
    )


@example(
    given(pretend.coins(), TRADE),
    given(pretend.position(), POSITION),
    given(pretend.of_deal(), DEAL),
    given(pretend.unread(), TRADE),
    given(pretend.unread(), POSITION),
)
def ask_target(set_up: SetUp, about: About) -> Reply:
    """Nobody knows at which price it was to be sold."""
    return Reply(
        say("setup-ask-target", what=about.word, kind=about.kind, **_unread(set_up), **_market(set_up)),
        ((Press(say("button-setup-leave"), Choose(FLOW, "target", "leave")),),),
        asks=say("setup-price-hint"),
    )


@example(given(pretend.coins(), TRADE), given(pretend.unread(), TRADE), given(pretend.unread(), POSITION))
def ask_stop(set_up: SetUp, about: About) -> Reply:
    """Nobody knows where the loss was to be limited."""
    return Reply(
        say("setup-ask-stop", what=about.word, kind=about.kind, **_unread(set_up), **_market(set_up)),
        ((Press(say("button-setup-leave"), Choose(FLOW, "stop", "leave")),),),
        asks=say("setup-price-hint"),
    )


def _unread(set_up: SetUp) -> dict[str, Html | bool]:
    """Where it may still stand; only where all of that was read, nobody knows."""
    where = Html(" ".join(say(f"setup-unread-{one.value}") for one in set_up.unread))
    return {"where": where, "read": not set_up.unread}


def _market(set_up: SetUp) -> dict[str, Html | bool]:
    """The price of now, as texts take it."""
    last = set_up.last_price
    return {"now": Html("") if last is None else figure(last), "priced": last is not None}


def misread(why: Misread, coin: str) -> Html:
    """Why what was sent is not read as a price."""
    return say(f"setup-misread-{why.value.replace('_', '-')}", coin=foreign(coin, _COIN_LENGTH))


def flawed(flaw: Flaw, price: Decimal, base: Reference, *, above: bool) -> Html:
    """Why a price is not taken, or not at once."""
    compared: dict[str, Html] = {"price": figure(price), "base": figure(base.price), "kind": Html(base.kind.value)}
    if flaw is Flaw.WRONG_SIDE:
        return say("setup-wrong-side", above=above, **compared)
    return say("setup-far", more=price > base.price, times=figure(Decimal(int(base.times(price)))), **compared)


@example(given(TRADE), given(DEAL), given(POSITION))
def not_there(about: About) -> Reply:
    """It is not over, or not open, any more."""
    if about.symbol:
        text, button = say("setup-position-not-there"), say("button-open-positions")
    else:
        text, button = say("setup-trade-not-there", kind=about.kind), say("button-open-trades")
    return Reply(text, ((Press(button, Open(about.list), "primary"),),))


@example(
    given(pretend.coins(), TRADE, unsure=False),
    given(pretend.position(), POSITION, unsure=True),
    given(pretend.entry_again(), TRADE, unsure=False),
    given(pretend.every_field(), TRADE, unsure=False),
    given(pretend.of_deal(), DEAL, unsure=False),
    *(given(one, TRADE, unsure=False) for one in pretend.every_tool()),
)
def form(set_up: SetUp, about: About, *, unsure: bool) -> Reply:
    """`unsure`: whether something at 3Commas manages the position already could not be seen."""
    tool = set_up.tool.value.replace("_", "-")
    heading = say("setup-heading", what=about.word, kind=about.kind, tool=say(f"setup-tool-{tool}"))
    parts = [Html(f"{heading}\n{say(f'setup-tool-{tool}.does')}")]
    if set_up.repair_first:
        parts.append(say("setup-repair-first", name=foreign(_account(set_up))))
    if unsure:
        parts.append(say("setup-unsure"))
    if Caution.SECOND_ENTRY in set_up.cautions:
        parts.append(say("setup-caution-second-entry", tool=say(f"setup-tool-{tool}")))
    if Caution.CANCEL_OLD_ORDERS in set_up.cautions:
        parts.append(say("setup-caution-cancel-old-orders", **_orders(set_up.old_orders)))
    if Caution.CANCEL_OLD_ENTRIES in set_up.cautions:
        entries = _orders(set_up.old_entries)
        parts.append(say("setup-caution-cancel-old-entries", buys=set_up.is_long, **entries))
    parts.append(Html("\n".join([say("setup-fields"), *_rows(set_up)])))
    if set_up.plan_seen_at is not None:
        parts.append(say("setup-plan-seen", at=moment(set_up.plan_seen_at, "full")))
    cautions = [_caution(one, set_up) for one in set_up.cautions if one not in _SAID_APART]
    if cautions:
        parts.append(Html("\n".join([say("setup-mind"), *(f"• {sentence}" for sentence in cautions)])))
    parts.append(say("setup-finish", takes_over=set_up.takes_over))
    return Reply(Html("\n\n".join(parts)), _buttons(set_up, about))


def _account(set_up: SetUp) -> str:
    return next((one.value for one in set_up.fields if one.field is Field.ACCOUNT), "")


def _orders(ids: Sequence[str]) -> dict[str, Html | int]:
    return {"orders": len(ids), "ids": Html(", ".join(code(one) for one in ids[:MAX_OLD_ORDERS]))}


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
        safety=set_up.safety_left,
        **_market(set_up),
    )


def _buttons(set_up: SetUp, about: About) -> tuple[tuple[Button, ...], ...]:
    copies = [
        Copy(say("button-setup-copy", number=n, field=_label(one)), one.value)
        for n, one in enumerate(set_up.fields, 1)
        if one.field in COPIED and 1 <= len(one.value) <= MAX_COPY
    ][:MAX_COPY_BUTTONS]
    old = [*set_up.old_orders[:MAX_OLD_ORDERS], *set_up.old_entries[:MAX_OLD_ORDERS]]
    orders = [
        Copy(say("button-setup-copy-order", id=foreign(one, MAX_ID)), one) for one in old if 1 <= len(one) <= MAX_COPY
    ]
    rows: list[tuple[Button, ...]] = [(one,) for one in orders]
    if set_up.repair_first:
        label = say("button-repair", name=foreign(_account(set_up), MAX_NAME_ON_BUTTON))
        rows.insert(0, (Press(label, Open("update", set_up.repair_first), "primary"),))
    rows += [tuple(copies[at : at + 2]) for at in range(0, len(copies), 2)]
    back = about.list
    rows.append((Press(say(f"button-open-{back}"), Open(back)), Press(say("button-open-check"), Open("check"))))
    return tuple(rows)
