"""Why 3Commas may show less than the trader expects: what the look has seen, then what can be and cannot be seen from here."""

from collections.abc import Mapping

from bot.buttons import Button, Open, Press, Show
from bot.errors import service_name
from bot.reply import Reply
from bot.texts import Html, say
from bot.texts.say import moment
from bot.views import funds as listing
from bot.views.checking import why
from bot.views.example import example, given
from bot.views.examples import funds as pretend
from bot.views.figures import coins, usd
from bot.views.funds import name_of
from bot.views.funds_list import small_ones
from bot.views.pages import Place
from domain.check_view import Sight
from domain.funds_view import FundsSource, FundsView, WalletRow
from domain.values import THREE_COMMAS, MarketType

MAX_COINS = 8
PLAN_FOLLOWS = 2
"""Exchange accounts that 3Commas' free plan tracks. Source: 3Commas' help on plans."""
WALLETS: Mapping[MarketType, str] = {
    MarketType.SPOT: "funds-other-spot",
    MarketType.MARGIN: "funds-other-margin",
    MarketType.USDM: "funds-other-futures",
}
"""Wallets that are named as not looked at, where no account of theirs is known."""


@example(
    given(pretend.locked(), "funds-1-2"),
    given(pretend.not_read(), "funds-1-2"),
    given(pretend.told_instead(), "funds-1-2"),
    given(pretend.many(), "funds-1-2"),
)
def reasons(view: FundsView, screen: str) -> Reply:
    """Only what can apply here. `screen` is the list that it belongs to."""
    seen, may = _seen(view), _may(view)
    parts = [say("funds-reasons")]
    if seen:
        parts.append(_listed(say("funds-reasons-seen"), seen))
    parts.append(_listed(say("funds-reasons-more" if seen else "funds-reasons-may"), may))
    parts.append(say("orders-as-of", at=moment(view.at, "full")))
    return Reply(Html("\n\n".join(parts)), _buttons(view, screen))


def _listed(head: Html, sentences: list[Html]) -> Html:
    return Html("\n".join([head, *(f"• {sentence}" for sentence in sentences)]))


def _seen(view: FundsView) -> list[Html]:
    said = []
    if view.locked_worth:
        said.append(say("funds-reason-locked", locked=usd(view.locked_worth)))
    for wallet in view.wallets:
        said += _of_wallet(wallet, view)
    unpriced = [coins(row.total, row.asset) for wallet in view.wallets for row in wallet.unpriced if row.total]
    if unpriced:
        said.append(say("funds-reason-no-price", coins=Html(", ".join(unpriced[:MAX_COINS]))))
    return said


def _of_wallet(wallet: WalletRow, view: FundsView) -> list[Html]:
    name, state = name_of(wallet), wallet.sight.state
    linked = any(account.link for account in wallet.sight.accounts)
    if state is Sight.NOT_LOOKED:
        service = THREE_COMMAS if wallet.source is FundsSource.THREE_COMMAS else wallet.sight.account.venue
        return [say("funds-reason-not-read", name=name, why=why(wallet.sight.not_looked, service))]
    if wallet.own_key is not None:
        return [say("funds-reason-not-read", name=name, why=why(wallet.own_key, wallet.sight.account.venue))]
    if not linked:
        return [say("funds-reason-not-linked", name=name, worth=usd(wallet.worth))] if wallet.worth else []
    stale = state is Sight.WARNING or (wallet.three_commas_worth is None and view.complete)
    return [say("funds-reason-stale", name=name)] if stale else []


def _may(view: FundsView) -> list[Html]:
    """Section by section of what 3Commas leaves out; each only where it can apply."""
    accounts = [account for wallet in view.wallets for account in wallet.sight.accounts]
    linked = [account for account in accounts if account.link]
    said = []
    for venue in dict.fromkeys(account.venue for account in accounts):
        markets = {account.market_type for account in accounts if account.venue == venue}
        others = [say("funds-other-funding"), *(say(WALLETS[one]) for one in WALLETS if one not in markets)]
        said.append(say("funds-reason-wallet", venue=service_name(venue), wallets=Html(", ".join(others))))
        subs = {account.is_sub for account in accounts if account.venue == venue}
        said.append(say("funds-reason-main" if subs == {True} else "funds-reason-sub", venue=service_name(venue)))
    if linked:
        said.append(say("funds-reason-excluded"))
    if any(account.market_type in listing.FUTURES for account in linked):
        said.append(say("funds-reason-profit"))
    if len(linked) > PLAN_FOLLOWS:
        said.append(say("funds-reason-plan", accounts=PLAN_FOLLOWS))
    if any(source.paper_accounts for source in view.sources):
        said.append(say("funds-reason-paper"))
    if small_ones(view):
        said.append(say("funds-reason-tiny"))
    return said


def _buttons(view: FundsView, screen: str) -> tuple[tuple[Button, ...], ...]:
    first: list[Button] = [Press(say("button-open-check"), Open("check"))]
    if listing.held_by_orders(view):
        first.insert(0, Press(say("button-funds-orders"), Open("orders"), "primary"))
    return (tuple(first), (Press(say("button-orders-back"), Show(listing.PAGES, Place(screen).pack())),))
