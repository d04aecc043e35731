"""/funds: every wallet with what is free, what is locked and what locks it, in one message that fills in."""

from collections.abc import Sequence
from decimal import Decimal

from bot.buttons import Button, Open, Press, Show
from bot.pictures.funds import MOST_ROWS, Bar, Legend
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.say import amount, moment
from bot.views import walks
from bot.views.checking import account_name, why
from bot.views.example import example, given
from bot.views.examples import funds as pretend
from bot.views.figures import coins, figure, signed_coins, usd
from bot.views.funds_list import SMALL_USD, Entry, entries, small_ones
from bot.views.key_offers import check_buttons, link_buttons, make_buttons, offer
from bot.views.pages import Place, Slice, cut, turning
from domain.check_view import Sight
from domain.funds_view import AssetRow, FundsSource, FundsView, WalletRow
from domain.records import ExchangeAccount
from domain.values import THREE_COMMAS, MarketType

PAGES = "funds"
REASONS = "funds_reasons"
"""What Show buttons of this view name."""
HERE = Place("funds-1-2")
FUTURES = (MarketType.USDM, MarketType.COINM)
_SAME = Decimal("0.01")
"""Share by which two services may differ about one worth: prices move between the two readings."""


@example()
def nothing_connected() -> Reply:
    """Neither token nor key: the same walk by hand."""
    return walks.beginning("funds", say("funds-nothing-connected"))


@example()
def beginning() -> Reply:
    """At once, before anything was asked."""
    return Reply(say("funds-beginning"))


@example(
    given(pretend.half_way(), HERE),
    given(pretend.orders_unread(), HERE),
    given(pretend.locked(), HERE),
    given(pretend.by_three_commas(), HERE),
    given(pretend.not_read(), HERE),
    given(pretend.told_instead(), HERE),
    given(pretend.many(), HERE),
    given(pretend.many(), Place("funds-1-2", pretend.EIGHTH)),
    given(pretend.many(), Place("funds-1-2", every=True)),
    given(pretend.empty(), HERE),
    given(pretend.waiting(), HERE),
)
def picture(view: FundsView, place: Place) -> Reply:
    """One page of one snapshot; buttons come with the last snapshot."""
    page = cut(entries(view, every=place.every), lambda one: one.key, place.after)
    paragraphs = _sum(view) if page.first == 1 else []
    paragraphs += _wallets(view, page)
    if page.first == 1:
        paragraphs += _small(view) if not place.every else []
        paragraphs += offer(view.sources, _blind(view))
        paragraphs += _left_out(view)
    paragraphs.append(_footer(view))
    ended = view.complete or view.waiting_until is not None
    return Reply(Html("\n\n".join(paragraphs)), _buttons(view, place, page) if ended else ())


@example(given(pretend.many(), b"\x89PNG pretend"), given(pretend.locked(), b"\x89PNG pretend"))
def drawn(view: FundsView, png: bytes) -> Reply:
    """The picture, a message of its own below the list."""
    more = len(bars(view)) > MOST_ROWS
    unpriced = any(wallet.unpriced for wallet in view.wallets)
    caption = say("funds-picture", at=moment(view.at, "full"), shown=MOST_ROWS, more=more, unpriced=unpriced)
    return Reply(caption, silent=True, picture=png)


def bars(view: FundsView) -> list[Bar]:
    """For the picture: all wallets together, coins with a price alone."""
    free: dict[str, Decimal] = {}
    locked: dict[str, Decimal] = {}
    for one in entries(view, every=True):
        if one.row.price is not None:
            free[one.row.asset] = free.get(one.row.asset, Decimal(0)) + one.row.free * one.row.price
            locked[one.row.asset] = locked.get(one.row.asset, Decimal(0)) + one.row.locked * one.row.price
    return [
        Bar(asset, free[asset], locked[asset], _round(free[asset] + locked[asset]), _locked_word(locked[asset]))
        for asset in free
        if free[asset] + locked[asset] >= SMALL_USD
    ]


def legend() -> Legend:
    return Legend(say("funds-legend-free"), say("funds-legend-locked"))


def _round(worth: Decimal) -> str:
    return str(say("figure-usd", amount=Html(amount(worth, 0))))


def _locked_word(worth: Decimal) -> str:
    return str(say("funds-bar-locked", worth=Html(_round(worth)))) if worth >= SMALL_USD else ""


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _sum(view: FundsView) -> list[Html]:
    """Only what was seen; "in all" is said where everything was."""
    if not any(wallet.assets for wallet in view.wallets) or any(_unpriced(wallet) for wallet in view.wallets):
        return []
    key = "funds-sum" if whole(view) else "funds-sum-seen"
    some, growing = bool(view.locked_worth), not view.complete
    return [say(key, worth=usd(view.worth), locked=usd(view.locked_worth), some=some, growing=growing)]


def _unpriced(wallet: WalletRow) -> bool:
    """Its coins are there, and what they are worth is not known yet."""
    return bool(wallet.assets) and not wallet.priced


def whole(view: FundsView) -> bool:
    return view.complete and all(wallet.sight.state is Sight.FINE for wallet in view.wallets)


def _wallets(view: FundsView, page: Slice[Entry]) -> list[Html]:
    said = []
    for wallet in view.wallets:
        rows = [one.row for one in page.rows if one.wallet is wallet]
        if rows:
            said.append(Html("\n".join([_head(wallet, view), *(_row(row, wallet) for row in rows), *_notes(wallet)])))
        elif page.first == 1 and not any(row.total for row in wallet.assets):
            said.append(_bare(wallet, view))
        elif page.first == 1 and not [one for one in entries(view, every=False) if one.wallet is wallet]:
            said.append(_head(wallet, view))
    if view.complete and not view.wallets and page.first == 1:
        said.append(say("funds-no-wallets"))
    return said


def name_of(wallet: WalletRow) -> Html:
    """All names under which it is known."""
    return Html(" / ".join(dict.fromkeys(account_name(account) for account in wallet.sight.accounts)))


def _head(wallet: WalletRow, view: FundsView) -> Html:
    if _unpriced(wallet):
        return say("funds-wallet-unpriced", name=name_of(wallet))
    said = [
        say(
            "funds-wallet",
            name=name_of(wallet),
            worth=usd(wallet.worth),
            locked=usd(wallet.locked_worth),
            some=bool(wallet.locked_worth),
        )
    ]
    said += _told(wallet)
    said += _beside(wallet, view)
    return Html(" ".join(said))


def _told(wallet: WalletRow) -> list[Html]:
    """That 3Commas tells it, and why it does where a key of the bot should."""
    if wallet.source is not FundsSource.THREE_COMMAS:
        return []
    old = wallet.sight.state is Sight.WARNING
    if wallet.own_key is None:
        return [say("funds-told-old" if old else "funds-told")]
    return [say("funds-told-instead", why=why(wallet.own_key, wallet.sight.account.venue), old=old)]


def _beside(wallet: WalletRow, view: FundsView) -> list[Html]:
    """What 3Commas shows for it, where that differs."""
    shown = wallet.three_commas_worth
    if shown is None or wallet.source is FundsSource.THREE_COMMAS or not view.complete:
        return []
    less = wallet.worth - shown
    if abs(less) <= _SAME * max(wallet.worth, shown):
        return []
    profit = wallet.unrealised_worth
    if profit and abs(less + profit) <= _SAME * max(wallet.worth, shown):
        return [say("funds-shown-profit", shown=usd(shown))]
    if less < 0:
        return [say("funds-shown-more", shown=usd(shown))]
    locked = bool(wallet.locked_worth) and abs(less - wallet.locked_worth) <= _SAME * wallet.worth
    return [say("funds-shown-less", shown=usd(shown), less=usd(less), locked=locked)]


def _bare(wallet: WalletRow, view: FundsView) -> Html:
    """A wallet of which no coin is shown."""
    sight, name = wallet.sight, name_of(wallet)
    if sight.state is Sight.LOOKING:
        return say("funds-wallet-reading", name=name)
    if sight.state in (Sight.FINE, Sight.WARNING):
        return Html(" ".join([say("funds-wallet-empty", name=name), *_told(wallet), *_beside(wallet, view)]))
    if wallet.own_key is not None:
        own, told = why(wallet.own_key, sight.account.venue), why(sight.not_looked, THREE_COMMAS)
        return say("funds-wallet-neither", name=name, own=own, told=told)
    service = THREE_COMMAS if wallet.source is FundsSource.THREE_COMMAS else sight.account.venue
    return say("funds-wallet-not-read", name=name, why=why(sight.not_looked, service))


def _row(row: AssetRow, wallet: WalletRow) -> Html:
    worth = say("funds-no-price") if row.worth is None else usd(row.worth)
    total = coins(row.total, row.asset)
    profit = Html("")
    if row.unrealised:
        profit = say("funds-row-profit", profit=signed_coins(row.unrealised, row.asset))
    if not wallet.priced:
        return say(
            "funds-row-unpriced", total=total, free=figure(row.free), locked=figure(row.locked), some=bool(row.locked)
        )
    if not row.locked:
        return say("funds-row", total=total, worth=worth, profit=profit)
    return say(
        "funds-row-locked",
        total=total,
        worth=worth,
        profit=profit,
        free=figure(row.free),
        locked=figure(row.locked),
        by=_what_locks(row, wallet),
    )


def _what_locks(row: AssetRow, wallet: WalletRow) -> Html:
    """Open orders, and what they do not explain."""
    locks = row.locks
    futures = wallet.sight.account.market_type in FUTURES
    if wallet.source is FundsSource.THREE_COMMAS:
        return say("funds-by-told", futures=futures)
    if locks is None:
        return say("funds-by-unread")
    orders = len(locks.orders)
    if futures:
        if not orders:
            return say("funds-by-positions")
        if locks.uncounted:
            return say("funds-by-margin-some", orders=orders, positions=_positions(wallet))
        if not locks.unexplained:
            return say("funds-by-margin-some", orders=orders, positions=Html("none"))
        return say("funds-by-margin", orders=orders, held=figure(locks.amount))
    if not orders:
        return say("funds-by-other")
    if locks.unexplained:
        return say("funds-by-both", orders=orders, held=figure(locks.amount), other=figure(locks.unexplained))
    return say("funds-by-orders", orders=orders)


def _positions(wallet: WalletRow) -> Html:
    if wallet.positions is None:
        return Html("unread")
    return Html("some" if wallet.positions else "none")


def _notes(wallet: WalletRow) -> list[Html]:
    """What a word in the rows means."""
    spot = wallet.source is FundsSource.EXCHANGE and wallet.sight.account.market_type not in FUTURES
    other = [row for row in wallet.assets if row.locks is not None and row.locks.unexplained]
    return [say("funds-other-means")] if spot and other else []


def _small(view: FundsView) -> list[Html]:
    small = small_ones(view)
    worth = sum((one.row.worth or Decimal(0) for one in small), Decimal(0))
    return [say("funds-small", coins=len(small), worth=usd(worth), least=usd(SMALL_USD))] if small else []


def _blind(view: FundsView) -> list[ExchangeAccount]:
    """Accounts that no key of the bot belongs to."""
    told = [wallet for wallet in view.wallets if wallet.source is FundsSource.THREE_COMMAS]
    return [wallet.sight.account for wallet in told if wallet.own_key is None]


def _left_out(view: FundsView) -> list[Html]:
    paper = sum(source.paper_accounts for source in view.sources)
    return [
        *(
            say("orders-source-not-read", service=Html("3Commas"), why=why(source.not_looked, THREE_COMMAS))
            for source in view.sources
            if source.key.service == THREE_COMMAS and source.state is Sight.NOT_LOOKED
        ),
        *([say("check-paper-left-out", accounts=paper)] if paper else []),
    ]


def _footer(view: FundsView) -> Html:
    if view.complete:
        return say("check-complete", at=moment(view.at, "full"))
    if view.waits and view.waiting_until is not None:
        return say("check-waiting", until=moment(view.waiting_until, "clock"))
    return say("check-going-on")


# --- buttons -------------------------------------------------------------------------------------------------------


def _buttons(view: FundsView, place: Place, page: Slice[Entry]) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = [turning(PAGES, place, page)]
    if any(wallet.assets for wallet in view.wallets):
        rows.append((Press(say("button-funds-reasons"), Show(REASONS, place.screen), "primary"),))
    if held_by_orders(view):
        rows.append((Press(say("button-funds-orders"), Open("orders")),))
    blind = _blind(view)
    rows += check_buttons(view.sources)
    rows += link_buttons(view.sources, blind)
    refused = any(wallet.own_key is not None for wallet in view.wallets)
    by_hand = [walks.button("funds")] if blind or refused or not whole(view) else []
    rows.append((*make_buttons(view.sources, blind), *by_hand))
    rows.append((*_more_or_less(view, place), Press(say("button-look-again"), Open("funds"))))
    return tuple(row for row in rows if row)


def held_by_orders(view: FundsView) -> bool:
    """Whether open orders lock something, or may: where they were not read, nobody knows."""
    return any(
        row.locked and (row.locks is None or row.locks.orders) for wallet in view.wallets for row in wallet.assets
    )


def _more_or_less(view: FundsView, place: Place) -> Sequence[Button]:
    if place.every:
        return [Press(say("button-orders-few"), Show(PAGES, Place(place.screen).pack()))]
    if small_ones(view):
        return [Press(say("button-orders-all"), Show(PAGES, Place(place.screen, every=True).pack()))]
    return []
