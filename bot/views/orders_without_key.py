"""What 3Commas alone tells of the orders of an account where the bot has no key, and the offer of one."""

from collections.abc import Sequence
from decimal import Decimal

from bot.buttons import Button, Open, Press
from bot.errors import service_name
from bot.texts import Html, say
from bot.views.checking import account_name, why
from bot.views.figures import coins, usd
from bot.views.key_offers import READABLE, connect_three_commas, keys_for, link_buttons, make_buttons
from bot.views.order_words import expected_amount, expected_price, owned_word
from domain.check_view import Sight
from domain.locked_funds import Excess
from domain.orders_view import AccountWithoutKey, OrdersView
from domain.trading import ExpectedOrder
from domain.values import THREE_COMMAS, MarketType

_FUTURES = (MarketType.USDM, MarketType.COINM)
MAX_ROWS = 8


def told_by_three_commas(account: AccountWithoutKey) -> Html:
    """Totals, and what living trades expect; never an order of somebody else, for 3Commas shows none."""
    name = account_name(account.account)
    if account.state is Sight.LOOKING:
        return say("orders-no-key-reading", name=name)
    if account.state not in (Sight.FINE, Sight.WARNING):
        return say("orders-no-key-not-read", name=name, why=why(account.not_looked, THREE_COMMAS))
    if account.account.market_type in _FUTURES:
        said = [say("orders-no-key-futures", name=name)]
    else:
        said = [say("orders-no-key", name=name), *_locked(account)]
        if account.state is Sight.WARNING:
            said.append(say("orders-no-key-old"))
    if not account.expected:
        return Html(" ".join(said))
    said.append(say("orders-no-key-expected"))
    rows = [_expected(one, account.account.market_type) for one in account.expected[:MAX_ROWS]]
    if len(account.expected) > MAX_ROWS:
        rows.append(say("orders-no-key-expected-rest", orders=len(account.expected) - MAX_ROWS))
    return Html("\n".join([Html(" ".join(said)), *rows]))


def _locked(account: AccountWithoutKey) -> list[Html]:
    held = [one for one in account.coins if one.on_orders]
    if not held:
        return [say("orders-no-key-none")]
    told = Html(", ".join(coins(one.on_orders, one.asset) for one in held[:MAX_ROWS]))
    worth = _worth(held)
    key = "orders-no-key-sum-plain" if worth is None else "orders-no-key-sum"
    said = [say(key, coins=told, worth=Html("") if worth is None else usd(worth))]
    beyond = [coins(one.excess, one.asset) for one in held if one.excess]
    if account.trades is Sight.LOOKING:
        said.append(say("orders-no-key-finding-out"))
    elif account.trades is Sight.NOT_LOOKED:
        said.append(say("orders-no-key-unexplained"))
    elif beyond:
        said.append(say("orders-no-key-excess", coins=Html(", ".join(beyond[:MAX_ROWS]))))
    else:
        said.append(say("orders-no-key-explained"))
    return said


def _worth(held: Sequence[Excess]) -> Decimal | None:
    """None where a coin has no price: a sum without it would say too little."""
    known = [one.worth for one in held if one.worth is not None]
    return sum(known, Decimal(0)) if len(known) == len(held) else None


def _expected(one: ExpectedOrder, market: MarketType) -> Html:
    return say(
        "orders-no-key-expected-row",
        owner=owned_word(one.owner, one.purpose),
        side=Html(one.side.value),
        amount=expected_amount(one, market),
        priced=one.price is not None,
        price=expected_price(one),
    )


def offer(view: OrdersView) -> list[Html]:
    """Once per exchange: a key, or linking the one that is there."""
    said = []
    for venue in dict.fromkeys(account.account.venue for account in view.without_key):
        unlinked = [
            account.account
            for account in view.without_key
            if account.account.venue == venue and keys_for(view.sources, account.account)
        ]
        if unlinked:
            names = Html(", ".join(account_name(account) for account in unlinked))
            said.append(say("orders-no-key-unlinked", venue=service_name(venue), names=names))
        elif venue in READABLE:
            said.append(say("orders-no-key-offer", venue=service_name(venue)))
        else:
            said.append(say("orders-no-key-elsewhere", venue=service_name(venue)))
    return said


def offers(view: OrdersView) -> list[tuple[Button, ...]]:
    """How to see more: links that are missing, a key, or looking by hand."""
    by_hand = Press(say("button-orders-by-hand"), Open("orders_by_hand"))
    if not view.without_key:
        # 3Commas showed no account at all (its plan has ended, say): a key of the bot's own, or the way by hand, still lead on.
        blind = view.complete and not view.books
        if blind:
            return [(Press(say("button-connect-exchange"), Open("connect", "binance")), by_hand)]
        unseen = any(one.owners is Sight.NOT_ATTACHED for one in view.books)
        unread = any(one.sight.state is Sight.NOT_LOOKED for one in view.books)
        return [*connect_three_commas(view.sources, unseen=unseen), *([(by_hand,)] if unread else [])]
    accounts = [account.account for account in view.without_key]
    return [*link_buttons(view.sources, accounts), (*make_buttons(view.sources, accounts), by_hand)]
