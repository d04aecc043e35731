"""Freeing an order by hand: the steps at the exchange, and what came of it."""

from datetime import datetime

from bot.buttons import Button, Copy, Open, Press
from bot.errors import service_name
from bot.reply import MAX_COPY, Reply
from bot.texts import Html, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views.checking import account_name, why
from bot.views.example import example, given
from bot.views.examples import orders as pretend
from bot.views.examples.checks import NOW
from bot.views.figures import coins
from bot.views.order_list import Entry
from bot.views.order_words import line, market_word, order_id
from domain.check_view import NotLooked
from domain.free_by_hand import Became, WatchedOrder
from domain.locked_funds import Lock
from domain.matching.verdict import Standing
from domain.records import ExchangeAccount
from domain.values import MarketType

WATCH = "watch_order"
"""Command behind the button that looks once more whether an order is gone."""
_WALLETS = (MarketType.SPOT, MarketType.MARGIN)


@example(
    given(Entry(pretend.LEFT_ROW, pretend.left_over().books[0]), NOW),
    given(Entry(pretend.UNKNOWN_STOP, pretend.every_kind().books[1]), NOW),
)
def steps(one: Entry, at: datetime) -> Reply:
    """How to cancel this one order, as it was seen `at`."""
    order, account, lock = one.row.verdict.order, one.book.sight.account, one.row.lock
    heading = say(
        "orders-free-heading-nothing" if lock is None or lock.amount is None else "orders-free",
        coins=_coins(lock),
        line=line(order),
        name=account_name(account),
        at=moment(at, "full"),
    )
    numbered = [_where(account)]
    if order.conditional:
        numbered.append(say("orders-free-conditional"))
    numbered.append(say("orders-free-find", symbol=market_word(order.symbol), line=line(order), id=order_id(order)))
    numbered.append(say("orders-free-cancel"))
    if lock is not None:
        numbered.append(say("orders-free-refresh"))
    parts = [heading]
    if lock is None:
        parts.append(say("orders-free-nothing"))
    if one.row.verdict.standing is not Standing.LEFTOVER:
        parts.append(say("orders-free-unknown"))
    parts.append(Html("\n".join(f"{n}. {step}" for n, step in enumerate(numbered, 1))))
    parts.append(say("orders-free-watching"))
    copy: tuple[Button, ...] = ()
    if 1 <= len(order.id) <= MAX_COPY:
        copy = (Copy(say("button-orders-copy-id"), order.id),)
    again = (Press(say("button-look-again"), Open("orders")),)
    positions = (Press(say("button-open-positions"), Open("positions")),) if lock is None else ()
    return Reply(Html("\n\n".join(parts)), tuple(row for row in (copy, positions, again) if row))


def _where(account: ExchangeAccount) -> Html:
    venue = service_name(account.venue)
    if account.venue != "binance":
        return say("orders-free-open-elsewhere", venue=venue)
    return say(f"orders-free-open-{account.market_type.value}", venue=venue)


def _coins(lock: Lock | None) -> Html:
    return Html("") if lock is None or lock.amount is None else coins(lock.amount, lock.asset)


@example(
    given(pretend.WATCHED, "Binance spot", Became.CANCELLED, NOW, first=False),
    given(pretend.WATCHED_STOP, "Binance futures", Became.CANCELLED, NOW, first=False),
    given(pretend.WATCHED, "Binance spot", Became.FILLED, NOW, first=False),
    given(pretend.WATCHED, "Binance spot", Became.UNCLEAR, NOW, first=False),
    given(pretend.WATCHED, "Binance spot", Became.UNCLEAR, NOW, first=True),
)
def gone(watched: WatchedOrder, name: str, became: Became, at: datetime, *, first: bool) -> Reply:
    """Unasked: the order is not there any more, and its trade may be set up again. `first`: it was gone when the watch began."""
    said = _became(watched, name, became, at, first=first)
    if watched.market in _WALLETS and became is not Became.FILLED:
        said = Html(f"{said}\n\n{say('orders-refresh-portfolio')}")
    return Reply(
        said, ((Press(say("button-open-orders"), Open("orders")), Press(say("button-open-trades"), Open("trades"))),)
    )


def _became(watched: WatchedOrder, name: str, became: Became, at: datetime, *, first: bool) -> Html:
    values = {
        "at": moment(at, "clock"),
        "line": line(watched.order),
        "name": foreign(name),
        "venue": service_name(watched.venue),
    }
    if first:
        return say("orders-gone-before", **values)
    match became:
        case Became.FILLED:
            return say("orders-filled", **values)
        case Became.CANCELLED if watched.market in _WALLETS:
            return say("orders-freed", coins=_coins(watched.lock), **values)
        case Became.CANCELLED if watched.lock is None:
            return say("orders-freed-position", **values)
        case Became.CANCELLED if not watched.lock or watched.lock.amount is None:
            return say("orders-freed-margin", **values)
        case Became.CANCELLED:
            return say("orders-freed", coins=_coins(watched.lock), **values)
        case Became.UNCLEAR:
            return say("orders-gone", **values)


@example(given(pretend.WATCHED, "Binance spot", "0123456789abcdef"))
def still_there(watched: WatchedOrder, name: str, repair_id: str) -> Reply:
    """Half an hour has passed."""
    return Reply(
        say("orders-still-there", line=line(watched.order), name=foreign(name)),
        ((Press(say("button-orders-watch-again"), Open(WATCH, repair_id)),),),
    )


@example(given(pretend.WATCHED, "Binance spot"))
def watching_again(watched: WatchedOrder, name: str) -> Reply:
    return Reply(say("orders-watching-again", line=line(watched.order), name=foreign(name)))


@example()
def unknown_watch() -> Reply:
    """Before a new look: a made-up button, or one of somebody else."""
    return Reply(say("orders-watch-unknown"), silent=True)


@example(given(pretend.WATCHED, "Binance spot", NotLooked("KeyGone")))
def could_not_watch(watched: WatchedOrder, name: str, reason: NotLooked) -> Reply:
    """The key is gone, or may not read any more: nothing will be seen."""
    return Reply(
        say("orders-could-not-watch", line=line(watched.order), name=foreign(name), why=why(reason, watched.venue)),
        ((Press(say("button-open-orders"), Open("orders")),),),
    )
