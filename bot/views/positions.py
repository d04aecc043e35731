"""/positions: every open futures position, those that nobody manages first, in one message that fills in."""

from dataclasses import dataclass

from bot.buttons import Button, Open, Press
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.say import moment
from bot.views import walks
from bot.views.checking import account_name, why
from bot.views.example import example, given
from bot.views.examples import positions as pretend
from bot.views.key_offers import check_buttons, connect_three_commas, link_buttons, make_buttons, offer
from bot.views.order_words import part_word
from bot.views.pages import Place, Slice, cut, rows_here, short_key, turning
from bot.views.position_words import (
    managed_by,
    money,
    near_liquidation,
    profit,
    size,
    stop_word,
    targets,
    terms,
    title,
)
from domain.check_view import Sight
from domain.positions_view import FuturesAccount, Management, PositionRow, PositionsView, StopState
from domain.values import THREE_COMMAS

PAGES = "positions"
"""What Show buttons of this view name."""
TAKE_OVER = "take_over"
"""The command behind its buttons."""
HERE = Place("positions-1-2")
MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A position with a name for its buttons, the same in every picture that shows it."""

    row: PositionRow

    @property
    def key(self) -> str:
        return short_key(self.row.sight.account.id, self.row.position.symbol, self.row.position.side)


def entries(view: PositionsView) -> list[Entry]:
    return [Entry(row) for row in view.positions]


def find(view: PositionsView, key: str) -> PositionRow | None:
    return next((one.row for one in entries(view) if one.key == key), None)


def may_be_taken_over(row: PositionRow) -> bool:
    """Not where a trade manages it: both would close it."""
    return row.management is not Management.MANAGED


@example()
def nothing_connected() -> Reply:
    """Neither token nor key: the same walk by hand."""
    return walks.beginning("positions", say("positions-nothing-connected"))


@example()
def beginning() -> Reply:
    """At once, before anything was asked."""
    return Reply(say("positions-beginning"))


@example(
    given(pretend.half_way(), HERE),
    given(pretend.orphaned(), HERE),
    given(pretend.half_watched(), HERE),
    given(pretend.not_read(), HERE),
    given(pretend.not_linked(), HERE),
    given(pretend.no_key(), HERE),
    given(pretend.none(), HERE),
    given(pretend.no_account(), HERE),
    given(pretend.many(), HERE),
    given(pretend.waiting(), HERE),
)
def picture(view: PositionsView, place: Place) -> Reply:
    """One page of one snapshot; buttons come with the last snapshot."""
    page = cut(entries(view), lambda one: one.key, place.after)
    paragraphs = [*_sum(view), *_notes(view)] if page.first == 1 else []
    paragraphs += [_row(one.row, view, page.first + n if page.of > 1 else 0) for n, one in enumerate(page.rows)]
    paragraphs += rows_here(page)
    if page.first == 1:
        paragraphs += _without_key(view)
        if view.positions:
            paragraphs.append(say("positions-by-mark"))
    paragraphs.append(_footer(view))
    ended = view.complete or view.waiting_until is not None
    return Reply(Html("\n\n".join(paragraphs)), _buttons(view, place, page) if ended else ())


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _whole(view: PositionsView) -> bool:
    return view.complete and not view.without_key and all(one.sight.state is Sight.FINE for one in view.accounts)


def _sum(view: PositionsView) -> list[Html]:
    if not view.positions:
        return [say("positions-none")] if _whole(view) and view.accounts else []
    alone = sum(row.management is Management.UNMANAGED for row in view.positions)
    bare = sum(row.protection.state is StopState.NONE for row in view.positions)
    partly = sum(row.protection.state is StopState.PART for row in view.positions)
    key = "positions-sum" if _whole(view) else "positions-sum-seen"
    said = [say(key, positions=len(view.positions), growing=not view.complete)]
    if len(view.positions) == 1:
        return said  # the one row below says the rest
    if alone:
        said.append(say("positions-sum-nobody", positions=alone))
    if bare:
        said.append(say("positions-sum-no-stop", positions=bare))
    if partly:
        said.append(say("positions-sum-part", positions=partly))
    return [Html(" ".join(said))]


def _notes(view: PositionsView) -> list[Html]:
    return [note for account in view.accounts for note in _of_account(account, view)]


def _of_account(account: FuturesAccount, view: PositionsView) -> list[Html]:
    name, sight = account_name(account.sight.account), account.sight
    if sight.state is Sight.LOOKING:
        return [say("positions-reading", name=name)]
    if sight.state is not Sight.FINE:
        return [say("positions-not-read", name=name, why=why(sight.not_looked, sight.account.venue))]
    if not any(row.sight.account == sight.account for row in view.positions):
        return [say("positions-none-there", name=name)] if len(view.accounts) > 1 else []
    said = []
    if not account.orders_read and view.complete:
        said.append(say("positions-no-orders", name=name))
    match account.managers:
        case Sight.LOOKING:
            said.append(say("positions-managers-looking", name=name))
        case Sight.NOT_ATTACHED:
            said.append(say("positions-not-linked", name=name))
        case Sight.NOT_LOOKED:
            reason = account.unread[0].why if account.unread else None
            said.append(
                say("positions-managers-not-read", name=name, parts=_parts(account), why=why(reason, THREE_COMMAS))
            )
    return said


def _parts(account: FuturesAccount) -> Html:
    words = list(dict.fromkeys(part_word(unread.part) for unread in account.unread))
    few = words[:MAX_PARTS]
    if len(words) > MAX_PARTS:
        few.append(say("orders-parts-more", parts=len(words) - MAX_PARTS))
    return Html(", ".join(few)) if few else say("orders-part-other")


def _row(row: PositionRow, view: PositionsView, number: int) -> Html:
    position = row.position
    account = next((one for one in view.accounts if one.sight.account == row.sight.account), None)
    looking = account is not None and account.managers is Sight.LOOKING
    head = say(
        "positions-row-open" if looking else "positions-row",
        title=title(position),
        size=size(position, row.rules),
        name=account_name(row.sight.account),
        managed=managed_by(row),
    )
    lines = [say("orders-row-number", number=number, row=head) if number else head]
    gained = profit(position, row.profit_percent)
    lines.append(say("positions-row-money", money=money(position, begins=True), profit=gained, told=bool(gained)))
    if told := terms(position):
        lines.append(say("positions-terms", terms=told))
    if near_liquidation(position):
        lines.append(say("positions-near-liquidation"))
    protected = [] if looking and row.protection.state is StopState.UNKNOWN else [_stop(row, account)]
    lines += [Html(" ".join(words))] if (words := [*protected, *targets(row)]) else []
    return Html("\n".join(lines))


def _stop(row: PositionRow, account: FuturesAccount | None) -> Html:
    read = account is not None and account.orders_read
    return stop_word(row.protection, lambda units: size(row.position, row.rules, units), orders_read=read)


def _at_3commas(row: PositionRow) -> bool:
    """It has a stop that needs 3Commas' key."""
    return row.protection.state is StopState.AT_3COMMAS or row.protection.watched is not None


def _without_key(view: PositionsView) -> list[Html]:
    said = []
    if view.without_key:
        names = Html(", ".join(account_name(account) for account in view.without_key))
        said = [say("positions-no-key", names=names), *offer(view.sources, view.without_key)]
    if view.complete and not view.accounts and not view.without_key:
        said.append(say("positions-no-account"))
    if any(source.key.service == THREE_COMMAS and source.state is Sight.NOT_LOOKED for source in view.sources):
        reason = next(s.not_looked for s in view.sources if s.key.service == THREE_COMMAS and s.not_looked)
        if not any(account.managers is Sight.NOT_LOOKED for account in view.accounts):
            said.append(say("orders-source-not-read", service=Html("3Commas"), why=why(reason, THREE_COMMAS)))
    paper = sum(source.paper_accounts for source in view.sources)
    return [*said, say("check-paper-left-out", accounts=paper)] if paper else said


def _footer(view: PositionsView) -> Html:
    if view.complete:
        return say("check-complete", at=moment(view.at, "full"))
    if view.waits and view.waiting_until is not None:
        return say("check-waiting", until=moment(view.waiting_until, "clock"))
    return say("check-going-on")


# --- buttons -------------------------------------------------------------------------------------------------------


def _buttons(view: PositionsView, place: Place, page: Slice[Entry]) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    for n, one in enumerate(page.rows):
        if may_be_taken_over(one.row):
            label = say("button-take-over", number=page.first + n if page.of > 1 else 0)
            rows.append((Press(label, Open(TAKE_OVER, f"{place.screen}.{one.key}"), "" if rows else "primary"),))
    rows.append(turning(PAGES, place, page))
    rows += link_buttons(view.sources, view.without_key)
    unseen = any(one.managers is Sight.NOT_ATTACHED for one in view.accounts) and bool(view.positions)
    rows += connect_three_commas(view.sources, unseen=unseen)
    by_hand = [] if _whole(view) and view.accounts else [walks.button("positions")]
    rows.append((*make_buttons(view.sources, view.without_key), *by_hand))
    refused = check_buttons(view.sources)
    rows += refused
    if not refused and any(_at_3commas(row) for row in view.positions):
        rows.append((Press(say("button-open-check"), Open("check")),))
    rows.append((Press(say("button-open-trades"), Open("trades")), Press(say("button-look-again"), Open("positions"))))
    return tuple(row for row in rows if row)
