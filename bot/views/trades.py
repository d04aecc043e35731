"""/trades: what failed, was cancelled or is in error, what of it is still there, and then what is alive."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.buttons import Button, Open, Press, Show
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.say import moment
from bot.views import setting_up, walks
from bot.views.account_buttons import repair_button
from bot.views.checking import account_name, why
from bot.views.example import example, given
from bot.views.examples import trades as pretend
from bot.views.key_offers import check_buttons, link_buttons, make_buttons, offer
from bot.views.order_words import owner_word, part_word
from bot.views.pages import Place, Slice, cut, short_key, turning
from bot.views.trade_words import deal_sentences, ended, owner_of, reason, title, what_is_left
from domain.check_view import Sight
from domain.looking.view import AccountSight, Source
from domain.records import ExchangeAccount
from domain.trades_view import LeftKind, LivingTrade, TradesView, TroubledDeal, TroubledTrade
from domain.values import THREE_COMMAS

PAGES = "trades"
"""What Show buttons of this view name."""
HERE = Place("trades-1-2")
MAX_OWNERS = 6
MAX_PARTS = 4
MAX_REPAIRS = 3
MONTHS_BACK = 13
"""So far back cancelled trades are asked for (`look_trades.CANCELLED_SINCE`)."""
_HOLDING = (LeftKind.COINS, LeftKind.POSITION)
_NOTHING = (LeftKind.NOTHING_ENTERED, LeftKind.GONE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A trade with a name for its place in the list, the same in every picture that shows it."""

    row: TroubledTrade | TroubledDeal | LivingTrade

    @property
    def key(self) -> str:
        one = self.row.deal if isinstance(self.row, TroubledDeal) else self.row.trade
        owner = owner_of(one)
        return short_key(self.row.sight.account.id, owner.kind, owner.id)


def entries(view: TradesView, *, every: bool) -> list[Entry]:
    """What needs attention, first what still holds something; with `every`, what is alive and well after it."""
    living = [Entry(one) for one in view.living if every or one.reason is not None]
    trouble: list[TroubledTrade | TroubledDeal] = [*view.troubled, *view.deals]
    return [*(Entry(one) for one in sorted(trouble, key=_urgency)), *living]


def _urgency(one: TroubledTrade | TroubledDeal) -> int:
    """Of trades and deals alike; among equals the order of the look stays."""
    if one.left.kind in _HOLDING:
        return 0
    return 2 if one.left.kind in _NOTHING else 1


@example()
def nothing_connected() -> Reply:
    """No token: trades are 3Commas' own, so a key at the exchange does not help."""
    return walks.beginning("trades", say("trades-nothing-connected"))


@example()
def beginning() -> Reply:
    """At once, before anything was asked."""
    return Reply(say("trades-beginning"))


@example(
    given(pretend.half_way(), HERE),
    given(pretend.failed(), HERE),
    given(pretend.every_left(), HERE),
    given(pretend.every_left(), Place("trades-1-2", every=True)),
    given(pretend.every_reason(), HERE),
    given(pretend.not_read(), HERE),
    given(pretend.no_key(), HERE),
    given(pretend.none(), HERE),
    given(pretend.paper_alone(), HERE),
    given(pretend.waiting(), HERE),
)
def picture(view: TradesView, place: Place) -> Reply:
    """One page of one snapshot; buttons come with the last snapshot."""
    page = cut(entries(view, every=place.every), lambda one: one.key, place.after)
    paragraphs = [*_sum(view), *_not_read(view), *_nothing_real(view)] if page.first == 1 else []
    paragraphs += [_row(one, view, page.first + n if page.of > 1 else 0) for n, one in enumerate(page.rows)]
    if page.first == 1:
        paragraphs += _living(view) if not place.every else []
        paragraphs += offer(view.sources, _blind(view))
        paragraphs += _left_out(view)
    paragraphs.append(_footer(view))
    ended_ = view.complete or view.waiting_until is not None
    return Reply(Html("\n\n".join(paragraphs)), _buttons(view, place, page) if ended_ else ())


def _ended(view: TradesView) -> list[TroubledTrade | TroubledDeal]:
    """What is over; a living deal waits for its key."""
    return [*view.troubled, *(one for one in view.deals if not one.alive)]


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _sum(view: TradesView) -> list[Html]:
    trouble = len(view.troubled) + len(view.deals)
    if not trouble:
        return [say("trades-none", months=MONTHS_BACK)] if view.complete and _all_read(view) else []
    holding = sum(one.left.kind in _HOLDING for one in _ended(view))
    said = [say("trades-sum" if view.complete else "trades-sum-seen", trades=trouble)]
    if holding:
        said.append(say("trades-sum-holding", trades=holding))
    return [Html(" ".join(said))]


def _all_read(view: TradesView) -> bool:
    tokens = [source for source in view.sources if source.key.service == THREE_COMMAS]
    return not view.unread and all(source.state is Sight.FINE and source.real_accounts != 0 for source in tokens)


def _unreal(view: TradesView) -> list[Source]:
    """Tokens that show no exchange account with real money: those of its demo mode are other lists, and what fails in the real
    ones is not seen."""
    return [source for source in view.sources if source.real_accounts == 0]


def _nothing_real(view: TradesView) -> list[Html]:
    unreal = _unreal(view)
    if not unreal or not view.complete:
        return []
    one_of = sum(source.key.service == THREE_COMMAS for source in view.sources) > len(unreal)
    return [say("trades-nothing-real", paper=sum(source.paper_accounts for source in unreal), one_of=one_of)]


def _not_read(view: TradesView) -> list[Html]:
    if not view.unread:
        return []
    words = list(dict.fromkeys(part_word(unread.part) for unread in view.unread))
    few = words[:MAX_PARTS]
    if len(words) > MAX_PARTS:
        few.append(say("orders-parts-more", parts=len(words) - MAX_PARTS))
    return [say("trades-not-read", parts=Html(", ".join(few)), why=why(view.unread[0].why, THREE_COMMAS))]


def _row(one: Entry, view: TradesView, number: int) -> Html:
    growing = not view.complete and view.waiting_until is None
    match one.row:
        case TroubledTrade() as trade:
            text = _troubled(trade, growing=growing)
        case TroubledDeal() as deal:
            text = _deal(deal, growing=growing)
        case LivingTrade() as living:
            text = _alive(living)
    if len({other.row.sight.account.id for other in entries(view, every=True)}) > 1:
        text = say("trades-on-account", row=text, name=account_name(one.row.sight.account))
    return say("orders-row-number", number=number, row=text) if number else text


def _troubled(one: TroubledTrade, *, growing: bool) -> Html:
    trade = one.trade
    because = reason(one.reason, trade.error, one.sight.account.venue, cancelled=trade.status == "cancelled")
    head = say("trades-row", title=title(trade, one.sight), ended=ended(trade), reason=because)
    return Html("\n".join([head, Html(" ".join(what_is_left(one, growing=growing)))]))


def _deal(one: TroubledDeal, *, growing: bool) -> Html:
    deal = one.deal
    because = reason(one.reason, deal.error, one.sight.account.venue, cancelled=deal.status == "cancelled")
    state = say("trades-in-error") if one.alive else ended(deal)
    head = say("trades-row", title=title(deal, one.sight), ended=state, reason=because)
    return Html("\n".join([head, Html(" ".join(deal_sentences(one, growing=growing)))]))


def _alive(one: LivingTrade) -> Html:
    if one.reason is None:
        return say("trades-alive", title=title(one.trade, one.sight))
    because = reason(one.reason, one.trade.error, one.sight.account.venue)
    return say("trades-alive-error", title=title(one.trade, one.sight), reason=because)


def _living(view: TradesView) -> list[Html]:
    """Those that are alive and well, in one sentence."""
    owners = [owner_word(owner_of(one.trade)) for one in view.living if one.reason is None]
    if not owners:
        return []
    few = owners[:MAX_OWNERS]
    if len(owners) > MAX_OWNERS:
        few.append(say("orders-living-rest", owners=len(owners) - MAX_OWNERS))
    return [say("trades-living", trades=len(owners), owners=Html(", ".join(few)))]


def _blind(view: TradesView) -> list[ExchangeAccount]:
    """Accounts where it matters what is left, and no key of the bot reads it."""
    found: dict[str, AccountSight] = {
        one.sight.account.id: one.sight
        for one in _ended(view)
        if one.left.kind is LeftKind.UNKNOWN and not one.sight.key_ids
    }
    return [sight.account for sight in found.values()]


def _left_out(view: TradesView) -> list[Html]:
    said = [say("trades-elsewhere", trades=view.elsewhere)] if view.elsewhere else []
    paper = sum(source.paper_accounts for source in view.sources if source.real_accounts != 0)
    return [*said, say("check-paper-left-out", accounts=paper)] if paper else said


def _footer(view: TradesView) -> Html:
    if view.complete:
        return say("check-complete", at=moment(view.at, "full"))
    if view.waits and view.waiting_until is not None:
        return say("check-waiting", until=moment(view.waiting_until, "clock"))
    return say("check-going-on")


# --- buttons -------------------------------------------------------------------------------------------------------


def _buttons(view: TradesView, place: Place, page: Slice[Entry]) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    for n, one in enumerate(page.rows):
        press = _way_by_hand(one.row, page.first + n if page.of > 1 else 0, first=not rows)
        if press is not None:
            rows.append((press,))
    rows.append(turning(PAGES, place, page))
    rows += [(button,) for button in _repairs(view)] or check_buttons(view.sources)
    blind = _blind(view)
    rows += link_buttons(view.sources, blind)
    by_hand = [walks.button("trades")] if blind or not _all_read(view) else []
    rows.append((*make_buttons(view.sources, blind), *by_hand))
    rows.append((*_more_or_less(view, place), Press(say("button-look-again"), Open("trades"))))
    return tuple(row for row in rows if row)


def _way_by_hand(row: TroubledTrade | TroubledDeal | LivingTrade, number: int, *, first: bool) -> Press | None:
    """None where nothing is to be done by hand: a living deal waits for its key, of an empty one nothing is left."""
    account = row.sight.account.id
    match row:
        case TroubledTrade():
            held = row.left.kind is LeftKind.POSITION
            label, subject = "button-take-over" if held else "button-set-up", setting_up.trade_subject(row.trade.id)
        case TroubledDeal() if not row.alive and row.left.kind not in _NOTHING:
            label, subject = "button-take-over", setting_up.deal_subject(row.deal.id)
        case _:
            return None
    return Press(say(label, number=number), Open(setting_up.FLOW, f"{account}.{subject}"), "primary" if first else "")


def _repairs(view: TradesView) -> list[Button]:
    """Where a living deal waits for its key: the repair. Where a trade ended by one long ago: how the key is today."""
    waiting = {one.sight.account.id: one.sight.account for one in view.deals if one.alive and one.reason.about_key}
    found: list[Button] = [repair_button(account) for account in list(waiting.values())[:MAX_REPAIRS]]
    reasons = [*(one.reason for one in _ended(view)), *(one.reason for one in view.living)]
    if not found and any(told is not None and told.about_key for told in reasons):
        found.append(Press(say("button-open-check"), Open("check")))
    return found


def _more_or_less(view: TradesView, place: Place) -> Sequence[Button]:
    if place.every:
        return [Press(say("button-orders-few"), Show(PAGES, Place(place.screen).pack()))]
    if any(one.reason is None for one in view.living):
        return [Press(say("button-orders-all"), Show(PAGES, Place(place.screen, every=True).pack()))]
    return []
