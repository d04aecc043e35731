"""/keys: what is kept, how it was made, what it may do, whom it belongs to, who used it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.background.tidying import PAIRS_KEPT
from bot.buttons import Button, Confirm, Open, Press, Show
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, code, say
from bot.texts.markup import clean, foreign
from bot.texts.say import moment
from bot.views import linking
from bot.views.causes import right_word
from bot.views.checking import account_name
from bot.views.connecting import token_right
from bot.views.example import example, given
from bot.views.examples import checks
from bot.views.examples import keys as pretend
from bot.views.key_uses import together, uses_row
from domain.records import ExchangeAccount, Key, KeyState, Use
from domain.values import THREE_COMMAS, KeyKind

OLD = timedelta(days=365)
"""From this age on a key is called old."""
MAX_ROWS = 20
"""Of the log; alike uses that follow each other are one row."""
MAX_USES = 400
"""So many are read for them: a watch of half an hour leaves about seventy."""
MAX_LINK_BUTTONS = 40
"""Telegram refuses a message with more than 100 buttons; the others of a key need some too."""
MAX_NAME_ON_BUTTON = 30


@dataclass(frozen=True, slots=True)
class KeyCard:
    """A key and the trader's exchange accounts as they relate to it."""

    key: Key
    linked: tuple[ExchangeAccount, ...] = ()
    """Those that it reads; of a 3Commas token, those that it shows."""
    stand_ins: frozenset[str] = frozenset()
    """Ids among `linked` that are there only because of this key."""
    others: tuple[ExchangeAccount, ...] = ()
    """Those at the same exchange that it could be linked with."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to be removed, as the question names it. All text but `service` is foreign."""

    label: str
    tail: str
    service: str
    waiting: bool
    """It never was in use: a pair without its key id, or key and secret that were not tried yet."""
    accounts: Sequence[str] = field(default=())
    """Names of the exchange accounts that it reads or shows."""


# --- the list and one of it --------------------------------------------------------------------------------------


@example(
    given(
        [
            KeyCard(pretend.NAMED, pretend.ACCOUNTS),
            KeyCard(pretend.OLD, (checks.SPOT, pretend.STAND_IN), frozenset({"a3"})),
            KeyCard(pretend.UNSEEN),
            KeyCard(pretend.PAIR),
            KeyCard(pretend.HELD),
        ],
        checks.NOW,
    ),
    given([], checks.NOW),
)
def overview(cards: Sequence[KeyCard], now: datetime) -> Reply:
    """Every key, with a button to each."""
    if not cards:
        return Reply(say("keys-none"), ((Press(say("button-open-connect"), Open("connect"), "primary"),),))
    rows = [(Press(_on_button(card.key), Show("key", card.key.id)),) for card in cards]
    paragraphs = [say("keys-overview"), *(_entry(card, now) for card in cards)]
    return Reply(Html("\n\n".join(paragraphs)), (*rows, (Press(say("button-open-connect"), Open("connect")),)))


@example(given([KeyCard(checks.TOKEN, pretend.ACCOUNTS)], checks.NOW), given([], checks.NOW))
def gone(cards: Sequence[KeyCard], now: datetime) -> Reply:
    """An old button of a key that was removed."""
    return overview(cards, now).after(say("keys-gone"))


@example()
def gone_meanwhile() -> Reply:
    """It was removed between question and answer."""
    return Reply(say("keys-gone-meanwhile"), ((_my_keys(),),))


@example(
    given(KeyCard(checks.TOKEN, pretend.ACCOUNTS), checks.NOW),
    given(KeyCard(pretend.OLD, (checks.SPOT,), others=(checks.FUTURES,)), checks.NOW),
    given(KeyCard(pretend.OLD, (pretend.STAND_IN,), frozenset({"a3"}), (checks.SPOT,)), checks.NOW),
    given(KeyCard(pretend.PAIR), checks.NOW),
)
def details(card: KeyCard, now: datetime) -> Reply:
    """One key and what can be done with it."""
    key = card.key
    remove = Press(say("button-keys-remove"), Open("remove", key.id))
    if key.state is KeyState.PENDING:
        go_on = Press(say("button-keys-go-on"), Open("connect", key.service), "primary")
        return Reply(_entry(card, now), ((go_on,), (remove, _my_keys())))
    links = _link_buttons(card)
    text = _entry(card, now)
    if len(links) > MAX_LINK_BUTTONS:
        text = Html(f"{text}\n\n{say('keys-more-accounts', accounts=len(links) - MAX_LINK_BUTTONS)}")
    return Reply(
        text,
        (
            (
                Press(say("button-keys-rename"), Open("rename", key.id)),
                Press(say("button-keys-replace"), Open("connect", key.service)),
            ),
            *((button,) for button in links[:MAX_LINK_BUTTONS]),
            (Press(say("button-keys-log"), Show("log", key.id)), remove),
            (_my_keys(),),
        ),
    )


@example(given(checks.KEY, pretend.USES), given(pretend.UNSEEN, ()))
def log(key: Key, uses: Sequence[Use]) -> Reply:
    """The newest uses of a key, newest first; at most MAX_USES are handed over."""
    heading = say("keys-log", label=_name(key.label, key.service), tail=_tail(key.tail))
    rows = together(uses)[:MAX_ROWS]
    shown = sum(row.times for row in rows)
    told = [say("keys-log-last", uses=shown), *map(uses_row, rows)] if rows else [say("keys-log-none")]
    return Reply(Html("\n".join([heading, *told])), ((_back_to(key.id), _my_keys()),))


def _entry(card: KeyCard, now: datetime) -> Html:
    key = card.key
    service = service_name(key.service)
    if key.state is KeyState.PENDING:
        until = moment(key.created_at + PAIRS_KEPT, "full")
        if key.public_pem:
            return say("keys-waiting-pair", service=service, until=until)
        return say("keys-waiting-secret", service=service, tail=_tail(key.tail), until=until)
    kind = say("keys-kind-token" if key.service == THREE_COMMAS else "keys-kind-key")
    head = say("keys-name", label=_name(key.label, key.service), kind=kind, service=service, tail=_tail(key.tail))
    made = say("keys-how-secret" if key.kind is KeyKind.HMAC else "keys-how-pair")
    used = say("keys-unused") if key.last_used_at is None else say("keys-used", ago=moment(key.last_used_at, "ago"))
    return Html("\n".join([head, f"{made} {_rights(key)}", f"{_age(key, now)} {used}", _linked(card)]))


def _rights(key: Key) -> Html:
    word = token_right if key.service == THREE_COMMAS else right_word
    if not key.rights:
        return say("keys-rights-unknown")
    return say("keys-rights", rights=Html(", ".join(word(right) for right in key.rights)))


def _age(key: Key, now: datetime) -> Html:
    at = key.made_at or key.created_at
    told = say("keys-made" if key.made_at else "keys-since", service=service_name(key.service), at=moment(at))
    return Html(f"{told} {say('keys-old')}") if now - at > OLD else told


def _linked(card: KeyCard) -> Html:
    key = "keys-shows" if card.key.service == THREE_COMMAS else "keys-linked"
    if not card.linked:
        return say(f"{key}-none")
    names = [
        say("keys-stand-in", name=account_name(account)) if account.id in card.stand_ins else account_name(account)
        for account in card.linked
    ]
    return say(key, names=Html(", ".join(names)))


def _link_buttons(card: KeyCard) -> list[Button]:
    if card.key.service == THREE_COMMAS:
        return []
    parts = [a for a in card.linked if a.id not in card.stand_ins]
    unlink = [_link_button("unlink", account, card.key) for account in parts]
    return [*unlink, *(_link_button("link", account, card.key) for account in card.others)]


def _link_button(what: str, account: ExchangeAccount, key: Key) -> Button:
    name = foreign(account.name, MAX_NAME_ON_BUTTON)
    return Press(say(f"button-keys-{what}", name=name), Open(what, f"{account.id}.{key.id}"))


def _on_button(key: Key) -> Html:
    if key.state is KeyState.PENDING:
        return say("button-keys-waiting", service=service_name(key.service))
    return say("button-keys-one", label=_name(key.label, key.service), tail=_tail(key.tail))


def _name(label: str, service: str) -> Html:
    """The trader's own name for it, or that of the service where he gave none."""
    return foreign(label) if clean(label) else service_name(service)


def _tail(tail: str) -> Html:
    return code(tail or "?", 4)


# --- linking -----------------------------------------------------------------------------------------------------


@example(given(checks.SPOT, "k2"))
def linked(account: ExchangeAccount, key_id: str) -> Reply:
    return linking.linked(account).with_buttons(_undo("unlink", account, key_id))


@example(given(checks.SPOT, "k2"))
def unlinked(account: ExchangeAccount, key_id: str) -> Reply:
    return linking.unlinked(account).with_buttons(_undo("link", account, key_id))


@example(given(pretend.STAND_IN, "k2"))
def only_for_this_key(account: ExchangeAccount, key_id: str) -> Reply:
    return Reply(say("keys-only-for-this-key", name=account_name(account)), ((_back_to(key_id),),))


@example(given([KeyCard(checks.TOKEN, pretend.ACCOUNTS)], checks.NOW))
def nothing_to_link(cards: Sequence[KeyCard], now: datetime) -> Reply:
    return overview(cards, now).after(say("keys-nothing-to-link"))


def _undo(what: str, account: ExchangeAccount, key_id: str) -> tuple[Button, ...]:
    return (Press(say("button-keys-undo"), Open(what, f"{account.id}.{key_id}")), _back_to(key_id))


def _back_to(key_id: str) -> Button:
    return Press(say("button-keys-this"), Show("key", key_id))


def _my_keys() -> Button:
    return Press(say("button-open-keys"), Open("keys"))


# --- renaming and removing ---------------------------------------------------------------------------------------


@example(given("Binance", "binance", 40))
def new_name(label: str, service: str, most: int) -> Reply:
    return Reply(say("keys-rename-ask", label=_name(label, service), most=most), asks=say("keys-rename-hint"))


@example(given("For reading", "binance", "k2"))
def renamed(label: str, service: str, key_id: str) -> Reply:
    said = say("keys-renamed", label=_name(label, service), service=service_name(service))
    return Reply(said, ((_back_to(key_id), _my_keys()),))


@example(
    given(
        Removal("3Commas", "9f3a", THREE_COMMAS, False, ("Binance spot", "Binance futures")), "0123456789abcdef01234567"
    ),
    given(Removal("Binance", "Xy7Q", "binance", False, ("Binance spot",)), "0123456789abcdef01234567"),
    given(Removal("", "", "binance", True), "0123456789abcdef01234567"),
)
def sure_to_remove(removal: Removal, nonce: str) -> Reply:
    """What stops working, and where the key goes on being valid."""
    service = service_name(removal.service)
    if removal.waiting:
        ask, stops, press = "keys-remove-ask-waiting", "keys-remove-stops-waiting", "button-keys-throw-away"
    else:
        kind = "token" if removal.service == THREE_COMMAS else "key"
        ask, stops, press = "keys-remove-ask", f"keys-remove-stops-{kind}", "button-keys-remove-now"
    asked = say(ask, label=_name(removal.label, removal.service), tail=_tail(removal.tail), service=service)
    lost = [say(stops, service=service)]
    if removal.accounts:
        names = Html(", ".join(f"<b>{foreign(name)}</b>" for name in removal.accounts))
        lost.insert(
            0, say("keys-remove-shows" if removal.service == THREE_COMMAS else "keys-remove-reads", names=names)
        )
    return Reply(
        Html("\n\n".join([asked, Html(" ".join(lost)), _stays(removal.service)])),
        ((Press(say(press), Confirm(nonce), "danger"),),),
    )


@example(
    given(Removal("Binance", "Xy7Q", "binance", False)),
    given(Removal("OKX", "Xy7Q", "okx", False)),
    given(Removal("", "", "binance", True)),
)
def removed(removal: Removal) -> Reply:
    said = say(
        "keys-thrown-away" if removal.waiting else "keys-removed",
        label=_name(removal.label, removal.service),
        service=service_name(removal.service),
    )
    return Reply(Html(f"{said}\n\n{_stays(removal.service)}"), ((_my_keys(),),))


def _stays(service: str) -> Html:
    """It stays valid at the service, and how it is deleted there."""
    where = service.replace("_", "-") if service in (THREE_COMMAS, "binance") else "elsewhere"
    return say(f"keys-remove-stays-{where}", service=service_name(service))
