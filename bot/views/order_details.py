"""One open order: its figures, whose it is and why, and what may be done about it."""

from datetime import datetime

from bot.buttons import Button, Copy, Open, Press, Show
from bot.errors import service_name
from bot.reply import MAX_COPY, Reply
from bot.texts import Html, code, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views import orders as listing
from bot.views.checking import account_name
from bot.views.example import example, given
from bot.views.examples import orders as pretend
from bot.views.examples.checks import NOW
from bot.views.figures import coins
from bot.views.order_list import Entry
from bot.views.order_words import (
    MAX_ID,
    amount_word,
    base_and_quote,
    foreign_mark,
    grounds_sentences,
    head,
    line,
    locks,
    market_word,
    order_id,
    sure_sentence,
    who_word,
)
from bot.views.pages import Place
from domain.free_by_hand import may_be_freed
from domain.matching.verdict import Clue, Standing
from domain.ports import OpenOrder
from domain.trading import OwnerKind

_SCREEN = "orders-1-2"


@example(
    *(given(Entry(row, book), NOW, _SCREEN) for book in pretend.left_over().books for row in book.orders),
    *(given(Entry(row, book), NOW, _SCREEN) for book in pretend.every_kind().books for row in book.orders),
    *(given(Entry(row, book), NOW, _SCREEN) for book in pretend.not_read().books for row in book.orders),
    *(given(Entry(row, book), NOW, _SCREEN) for book in pretend.not_linked().books for row in book.orders),
    given(Entry(pretend.SIMPLE_ROW, pretend.left_over().books[0]), NOW, _SCREEN),
    given(Entry(pretend.EVERY_CLUE, pretend.left_over().books[0]), NOW, _SCREEN),
)
def details(one: Entry, at: datetime, screen: str) -> Reply:
    """All of it, as it was seen `at`. `screen` is the list that it stands in."""
    verdict = one.row.verdict
    parts = [_figures(one)]
    if one.told:
        whose = [say("orders-detail-whose", head=head(verdict))]
        if verdict.standing is not Standing.FOREIGN:
            whose.append(sure_sentence(verdict))
        grounds = grounds_sentences(verdict)
        parts += [Html("\n".join(whose))]
        if grounds:
            parts.append(Html("\n".join([say("orders-detail-grounds"), *(f"• {sentence}" for sentence in grounds)])))
        parts.append(_what_to_do(one))
    parts.append(say("orders-as-of", at=moment(at, "full")))
    return Reply(Html("\n\n".join(parts)), _buttons(one, screen))


def _figures(one: Entry) -> Html:
    order, account = one.row.verdict.order, one.book.sight.account
    venue = service_name(account.venue)
    placed = order.created_at
    lines = [
        say(
            "orders-detail",
            line=line(order),
            name=account_name(account),
            symbol=market_word(order.symbol),
            type=foreign(order.type.replace("_", " "), MAX_ID),
            open=_open(order),
            placed=say("orders-detail-placed", at=moment(placed, "full"))
            if placed
            else say("orders-detail-placed-unknown", venue=venue),
            locks=locks(one.row.lock, shared=one.shares_lock),
            venue=venue,
            id=order_id(order),
        )
    ]
    if order.client_id:
        lines.append(say("orders-detail-client", id=code(order.client_id, MAX_ID)))
    if order.position_side:
        lines.append(say("orders-detail-leg", leg=foreign(order.position_side, MAX_ID)))
    if order.reduce_only:
        lines.append(say("orders-detail-reduces"))
    return Html("\n".join(lines))


def _open(order: OpenOrder) -> Html:
    remaining = amount_word(order)
    if not order.amount:
        return remaining
    return say("orders-detail-open", remaining=remaining, amount=coins(order.amount, base_and_quote(order.symbol)[0]))


def _what_to_do(one: Entry) -> Html:
    verdict, venue = one.row.verdict, service_name(one.book.sight.account.venue)
    clues = {evidence.clue for evidence in verdict.evidence}
    match verdict.standing:
        case Standing.LEFTOVER:
            nothing = one.row.lock is None
            return say("orders-detail-do-leftover-nothing" if nothing else "orders-detail-do-leftover", venue=venue)
        case Standing.OWNED if verdict.owner is not None and verdict.owner.kind is OwnerKind.SIMPLE:
            return say("orders-detail-do-simple", venue=venue)
        case Standing.OWNED:
            return say("orders-detail-do-owned")
        case Standing.FOREIGN if foreign_mark(verdict) == "app":
            return say("orders-detail-do-app", venue=venue)
        case Standing.FOREIGN:
            return say("orders-detail-do-foreign", who=Html(_capital(who_word(verdict))))
        case Standing.AMBIGUOUS:
            return say("orders-detail-do-ambiguous")
    if not may_be_freed(verdict):
        return say("orders-detail-do-not-read")
    return say("orders-detail-do-not-linked") if Clue.NOT_LINKED in clues else say("orders-detail-do-unknown")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _buttons(one: Entry, screen: str) -> tuple[tuple[Button, ...], ...]:
    order = one.row.verdict.order
    rows: list[tuple[Button, ...]] = []
    if 1 <= len(order.id) <= MAX_COPY:
        rows.append((Copy(say("button-orders-copy-id"), order.id),))
    if one.told and may_be_freed(one.row.verdict):
        rows.append((Press(listing.free_label(one), Open(listing.FREE, f"{screen}.{one.key}")),))
        if one.row.lock is None:
            rows.append((Press(say("button-open-positions"), Open("positions")),))
    back = Show(listing.PAGES, Place(screen).pack())
    rows.append((Press(say("button-orders-back"), back), Press(say("button-look-again"), Open("orders"))))
    return tuple(rows)


@example()
def picture_is_gone() -> Reply:
    """Before a new look: an old button whose picture is not kept any more."""
    return Reply(say("orders-gone-picture"), silent=True)


@example(given(NOW))
def picture_is_old(at: datetime) -> Reply:
    """Before a new look: nobody cancels an order on the strength of an old picture."""
    return Reply(say("orders-old-picture", at=moment(at, "full")), silent=True)


@example(
    given(Entry(pretend.OWNED_ROWS[0], pretend.left_over().books[0]), _SCREEN),
    given(Entry(pretend.SIMPLE_ROW, pretend.left_over().books[0]), _SCREEN),
)
def not_to_be_freed(one: Entry, screen: str) -> Reply:
    """A made-up button, or one of an order that a living trade needs."""
    return Reply(say("orders-not-to-free", why=_what_to_do(one)), _buttons(one, screen))
