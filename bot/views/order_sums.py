"""What /orders says beside its rows: sums, accounts that could not be read, orders of living trades, orders that are missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.errors import service_name
from bot.texts import Html, say
from bot.views.checking import account_name, why
from bot.views.figures import coins, usd
from bot.views.order_words import expected_amount, expected_price, owned_word, owner_word, part_word
from domain.check_view import Sight
from domain.locked_funds import LockedAsset
from domain.matching.verdict import Missing, Standing
from domain.orders_view import OrderBook, OrdersView
from domain.trading import Owner, Purpose
from domain.values import THREE_COMMAS, MarketType

MAX_COINS = 8
MAX_OWNERS = 6
MAX_MISSING = 5
MAX_PARTS = 4
_FUTURES = (MarketType.USDM, MarketType.COINM)


# --- sums ----------------------------------------------------------------------------------------------------------


def sums(view: OrdersView) -> list[Html]:
    """How many orders lock how much, and of what. What has no price is named once prices were asked for."""
    count = len(view.orders)
    whole = _whole(view)
    if not count:
        return [say("orders-none")] if whole and view.books else []
    every = [asset for book in view.books for asset in book.locked]
    said = [_first_words(count, every, whole=whole, growing=not view.complete)]
    left = [asset for book in view.books for asset in book.left_locked]
    if left and any(book.of(Standing.LEFTOVER) for book in view.books) and _worth(left) != _worth(every):
        said.append(say("orders-sum-left", worth=usd(_worth(left)), more=any(asset.uncounted for asset in left)))
    judged = [asset for book in view.books if book.owners is not Sight.LOOKING for asset in book.locked]
    unpriced = [coins(asset.amount, asset.asset) for asset in judged if asset.worth is None and asset.amount]
    if unpriced:
        said.append(say("orders-sum-unpriced", coins=_listed(unpriced)))
    uncounted = sum(asset.uncounted for asset in judged)
    if uncounted:
        said.append(say("orders-sum-uncounted", orders=uncounted))
    first = Html(" ".join(said))
    held = _by_asset(every)
    return [first, say("orders-locked", coins=_listed([coins(n, a) for a, n in held]))] if len(held) > 1 else [first]


def _whole(view: OrdersView) -> bool:
    return view.complete and not view.without_key and all(book.sight.state is Sight.FINE for book in view.books)


def _first_words(count: int, every: Sequence[LockedAsset], *, whole: bool, growing: bool) -> Html:
    if any(asset.worth for asset in every):
        return say(
            "orders-sum" if whole else "orders-sum-seen", orders=count, worth=usd(_worth(every)), growing=growing
        )
    bare = say("orders-sum-bare" if whole else "orders-sum-bare-seen", orders=count, growing=growing)
    if any(asset.amount or asset.uncounted for asset in every):
        return bare
    return Html(f"{bare} {say('orders-sum-nothing', orders=count)}")


def _worth(assets: Iterable[LockedAsset]) -> Decimal:
    return sum((asset.worth for asset in assets if asset.worth is not None), Decimal(0))


def _by_asset(assets: Iterable[LockedAsset]) -> Sequence[tuple[str, Decimal]]:
    """All accounts together, in the order in which they come."""
    held: dict[str, Decimal] = {}
    for one in assets:
        if one.amount:
            held[one.asset] = held.get(one.asset, Decimal(0)) + one.amount
    return list(held.items())


def _listed(words: Sequence[Html]) -> Html:
    few = list(words[:MAX_COINS])
    if len(words) > MAX_COINS:
        few.append(say("orders-locked-more", assets=len(words) - MAX_COINS))
    return Html(", ".join(few))


# --- accounts ------------------------------------------------------------------------------------------------------


def notes(view: OrdersView) -> list[Html]:
    """What is to be known of each account before its orders are judged."""
    unsaid = len(view.books) == 1 or (not view.orders and _whole(view))
    return [note for book in view.books for note in _notes(book, unsaid=unsaid)]


def _notes(book: OrderBook, *, unsaid: bool) -> list[Html]:
    """`unsaid`: that no order stands there is said already."""
    account, sight = book.sight.account, book.sight
    name = account_name(account)
    if sight.state is Sight.LOOKING:
        return [say("orders-account-reading", name=name)]
    if sight.state is not Sight.FINE:
        return [say("orders-account-not-read", name=name, why=why(sight.not_looked, account.venue))]
    said = [] if book.orders or unsaid else [say("orders-account-none", name=name)]
    if book.orders and book.owners is Sight.LOOKING:
        said.append(say("orders-owners-looking", name=name))
    if book.orders and book.owners is Sight.NOT_ATTACHED:
        said.append(say("orders-owners-not-linked", name=name))
    if book.orders and book.owners is Sight.NOT_LOOKED:
        reason = book.unread[0].why if book.unread else None
        said.append(say("orders-owners-not-read", name=name, parts=_parts(book), why=why(reason, THREE_COMMAS)))
    beyond = [coins(asset.unexplained, asset.asset) for asset in book.locked if asset.unexplained]
    if beyond:
        futures = account.market_type in _FUTURES
        key = "orders-unexplained-futures" if futures else "orders-unexplained"
        said.append(say(key, name=name, coins=_listed(beyond)))
    return said


def _parts(book: OrderBook) -> Html:
    words = list(dict.fromkeys(part_word(unread.part) for unread in book.unread))
    few = words[:MAX_PARTS]
    if len(words) > MAX_PARTS:
        few.append(say("orders-parts-more", parts=len(words) - MAX_PARTS))
    return Html(", ".join(few)) if few else say("orders-part-other")


# --- living trades -------------------------------------------------------------------------------------------------


def living(view: OrdersView) -> list[Html]:
    """Orders of living trades in one sentence."""
    owned = [row.verdict for book in view.books for row in book.of(Standing.OWNED)]
    if not owned:
        return []
    counted: Counter[tuple[Owner | None, Purpose]] = Counter(
        (one.owner, one.expected.purpose if one.expected else Purpose.OTHER) for one in owned
    )
    words = [owned_word(owner, purpose, times) for (owner, purpose), times in counted.items() if owner is not None]
    few = words[:MAX_OWNERS]
    if len(words) > MAX_OWNERS:
        few.append(say("orders-living-rest", owners=len(words) - MAX_OWNERS))
    key = "orders-living" if len(owned) == len(view.orders) else "orders-living-more"
    return [say(key, orders=len(owned), owners=Html(", ".join(few)))]


def missing(view: OrdersView) -> list[Html]:
    """Orders that 3Commas expects and the exchange does not show; those that are certain first."""
    every = sorted(
        ((one, book) for book in view.books if book.sight.state is Sight.FINE for one in book.missing),
        key=lambda pair: not pair[0].certain,
    )
    said = [_missing(one, book) for one, book in every[:MAX_MISSING]]
    if len(every) > MAX_MISSING:
        said.append(say("orders-missing-more", orders=len(every) - MAX_MISSING))
    return said


def _missing(one: Missing, book: OrderBook) -> Html:
    expected = one.expected
    return say(
        "orders-missing" if one.certain else "orders-missing-maybe",
        owner=owner_word(expected.owner),
        side=Html(expected.side.value),
        amount=expected_amount(expected, book.sight.account.market_type),
        priced=Html("no" if expected.price is None else "yes"),
        price=expected_price(expected),
        venue=service_name(book.sight.account.venue),
    )
