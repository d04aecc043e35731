"""/orders: all open orders in one message that fills in, page by page."""

from collections.abc import Sequence

from bot.buttons import Button, Open, Press, Show
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.say import moment
from bot.views.checking import account_name, why
from bot.views.example import example, given
from bot.views.examples import orders as pretend
from bot.views.key_offers import check_buttons
from bot.views.order_list import Entry, entries, of_nobody_living
from bot.views.order_sums import living, missing, notes, sums
from bot.views.order_words import head_with_grounds, line, locks
from bot.views.orders_without_key import offer, offers, told_by_three_commas
from bot.views.pages import Place, Slice, cut, rows_here, turning
from domain.check_view import Sight
from domain.free_by_hand import may_be_freed
from domain.matching.verdict import Standing
from domain.orders_view import OrdersView
from domain.values import THREE_COMMAS

PAGES = "orders"
ONE = "order"
"""What Show buttons of this view name."""
FREE = "free"
BY_HAND = "orders_by_hand"
"""Commands behind its buttons."""
_DETAILS_IN_ROW = 3
HERE = Place("orders-1-2")


@example()
def nothing_connected() -> Reply:
    """Neither token nor key: the same walk by hand."""
    return Reply(
        say("orders-nothing-connected"),
        (
            (Press(say("button-look-by-hand"), Open(BY_HAND), "primary"),),
            (Press(say("button-connect-three-commas"), Open("connect", "three_commas")),),
            (Press(say("button-connect-exchange"), Open("connect", "binance")),),
        ),
    )


@example()
def beginning() -> Reply:
    """At once, before anything was asked."""
    return Reply(say("orders-beginning"))


@example(
    given(pretend.half_way(), HERE),
    given(pretend.left_over(), HERE),
    given(pretend.left_over(), Place("orders-1-2", every=True)),
    given(pretend.every_kind(), HERE),
    given(pretend.not_read(), HERE),
    given(pretend.not_linked(), HERE),
    given(pretend.no_key(), HERE),
    given(pretend.not_linked_yet(), HERE),
    given(pretend.none(), HERE),
    given(pretend.many(), HERE),
    given(pretend.many(), Place("orders-1-2", pretend.EIGHTH)),
    given(pretend.waiting(), HERE),
    given(pretend.going_on(), HERE),
    given(pretend.no_accounts(), HERE),
    given(pretend.worth_nothing(), HERE),
    given(pretend.locks_nothing(), HERE),
)
def picture(view: OrdersView, place: Place) -> Reply:
    """One page of one snapshot. What is no row stands on the first page; buttons come with the last snapshot."""
    rows = entries(view) if place.every else of_nobody_living(view)
    page = cut(rows, lambda one: one.key, place.after)
    paragraphs = list(sums(view))
    if page.first == 1:
        paragraphs += notes(view)
    paragraphs += [_row(view, one, _number(page, n)) for n, one in enumerate(page.rows)]
    paragraphs += rows_here(page)
    if page.first == 1:
        if not place.every:
            paragraphs += living(view)
        paragraphs += missing(view)
        paragraphs += [told_by_three_commas(account) for account in view.without_key]
        paragraphs += offer(view)
        paragraphs += _left_out(view)
        if view.complete and not view.books and not view.without_key and not _refused(view):
            paragraphs.append(say("check-no-accounts"))
    paragraphs.append(_footer(view))
    ended = view.complete or view.waiting_until is not None
    return Reply(Html("\n\n".join(paragraphs)), _buttons(view, place, page) if ended else ())


def _number(page: Slice[Entry], n: int) -> int:
    """Of a row, as its buttons name it; 0 where there is only one."""
    return page.first + n if page.of > 1 else 0


def _row(view: OrdersView, one: Entry, number: int) -> Html:
    verdict, held = one.row.verdict, locks(one.row.lock, shared=one.shares_lock)
    if one.told:
        text = say("orders-row", head=head_with_grounds(verdict), line=line(verdict.order), locks=held)
    else:
        text = say("orders-row-plain", line=line(verdict.order), locks=held)
    if len(view.books) > 1:
        text = say("orders-row-account", row=text, name=account_name(one.book.sight.account))
    return say("orders-row-number", number=number, row=text) if number else text


def _left_out(view: OrdersView) -> list[Html]:
    """What could not be asked at all, and what is left out on purpose."""
    said = [
        say("orders-source-not-read", service=Html("3Commas"), why=why(source.not_looked, THREE_COMMAS))
        for source in view.sources
        if source.key.service == THREE_COMMAS and source.state is Sight.NOT_LOOKED and not _said_with_a_book(view)
    ]
    paper = sum(source.paper_accounts for source in view.sources)
    return [*said, say("check-paper-left-out", accounts=paper)] if paper else said


def _refused(view: OrdersView) -> bool:
    return any(source.state is Sight.NOT_LOOKED for source in view.sources)


def _said_with_a_book(view: OrdersView) -> bool:
    return any(book.owners is Sight.NOT_LOOKED for book in view.books)


def _footer(view: OrdersView) -> Html:
    if view.complete:
        return say("check-complete", at=moment(view.at, "full"))
    if view.waits and view.waiting_until is not None:
        return say("check-waiting", until=moment(view.waiting_until, "clock"))
    if view.progress.of:
        return say("orders-progress", done=view.progress.done, of=view.progress.of)
    return say("orders-progress-first")


# --- buttons -------------------------------------------------------------------------------------------------------


def _buttons(view: OrdersView, place: Place, page: Slice[Entry]) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    details: list[Button] = []
    for n, one in enumerate(page.rows):
        number, subject = _number(page, n), f"{place.screen}.{one.key}"
        if one.row.verdict.standing is Standing.LEFTOVER and may_be_freed(one.row.verdict):
            free = Press(free_label(one, number), Open(FREE, subject), "" if rows else "primary")
            rows.append((free, Press(say("button-orders-why", number=number), Show(ONE, subject))))
        else:
            details.append(Press(say("button-orders-details", number=number), Show(ONE, subject)))
    rows += [tuple(details[at : at + _DETAILS_IN_ROW]) for at in range(0, len(details), _DETAILS_IN_ROW)]
    rows.append(turning(PAGES, place, page))
    rows += check_buttons(view.sources)
    rows += [tuple(row) for row in offers(view)]
    rows.append((*_more_or_less(view, place), Press(say("button-look-again"), Open("orders"))))
    return tuple(row for row in rows if row)


def free_label(one: Entry, number: int = 0) -> Html:
    """Of the button that leads to cancelling it. Nothing is freed by an order that locks nothing."""
    return say("button-orders-cancel" if one.row.lock is None else "button-orders-free", number=number)


def _more_or_less(view: OrdersView, place: Place) -> Sequence[Button]:
    if place.every:
        return [Press(say("button-orders-few"), Show(PAGES, Place(place.screen).pack()))]
    if any(book.of(Standing.OWNED) for book in view.books):
        return [Press(say("button-orders-all"), Show(PAGES, Place(place.screen, every=True).pack()))]
    return []
