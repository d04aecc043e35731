"""Orders, their owners and the grounds of a verdict in words. Names, ids and types are foreign text."""

from collections.abc import Iterable, Mapping, Sequence

from bot.texts import Html, code, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views.figures import coins, figure, usd
from domain.locked_funds import Lock
from domain.matching.verdict import Clue, Evidence, Standing, Verdict
from domain.pairs import Pair, likely_symbols
from domain.ports import OpenOrder
from domain.trading import ExpectedOrder, Owner, OwnerKind, Purpose
from domain.values import MarketType

MAX_NAME = 40
MAX_ID = 64
_COUNTED_ID = 12
"""Ids of 3Commas are numbers of up to so many digits; a longer one could be taken for a card number by an app."""
_OPEN_CLUES = frozenset({Clue.NOT_LINKED, Clue.NOT_READ})
"""Said once per exchange account, not with each order."""
_MAY_BE_LEFT = frozenset({Clue.UNSEEN_TRADES, Clue.MORE_THAN_UNITS})
"""A trade that is over fits, but something speaks against it."""
PARTS: Mapping[str, str] = {
    "accounts": "orders-part-accounts",
    "trades:active": "orders-part-active-trades",
    "trades": "orders-part-closed-trades",
    "deals:active": "orders-part-deals",
    "deals": "orders-part-closed-deals",
    "grids": "orders-part-grids",
    "simple": "orders-part-simple",
}
"""Names of parts, or their kinds before the colon, as `domain/looking/answers.py` writes them."""
ENDED = frozenset({"failed", "cancelled", "finished"})
WHO = frozenset({"ccxt", "api", "app"})


# --- the order -----------------------------------------------------------------------------------------------------


def base_and_quote(symbol: str) -> tuple[str, str]:
    """Of ccxt's unified name: "BTC/USDT:USDT" is BTC and USDT."""
    base, _, quote = symbol.partition(":")[0].partition("/")
    return base, quote


def market_word(symbol: str) -> Html:
    """ "BTC/USDT"; of a contract "BTC/USDT perpetual", or with the day on which it ends."""
    pair, contract, terms = symbol.partition(":")
    if not contract:
        return foreign(pair, MAX_ID)
    _, dated, expiry = terms.partition("-")
    if dated:
        return say("orders-market-dated", pair=foreign(pair, MAX_ID), expiry=foreign(expiry, MAX_ID))
    return say("orders-market-perpetual", pair=foreign(pair, MAX_ID))


def amount_word(order: OpenOrder) -> Html:
    """What is left of it. An order that closes a whole position is written without an amount by the exchange."""
    if not order.remaining and order.trigger is not None:
        return say("orders-amount-whole")
    return coins(order.remaining, base_and_quote(order.symbol)[0])


def line(order: OpenOrder) -> Html:
    """ "sell 0.4 ETH at 4,100 USDT"."""
    _, quote = base_and_quote(order.symbol)
    trigger = order.trigger
    if "trailing" in order.type:
        trigger = order.activation
        how = "follows" if trigger is None else "follows_from"
    elif trigger is not None:
        how = "stop_limit" if order.price is not None else "stop_market"
    else:
        how = "limit" if order.price is not None else "market"
    return say(
        "orders-line",
        side=Html(order.side),
        amount=amount_word(order),
        how=Html(how),
        price=Html("") if order.price is None else coins(order.price, quote),
        trigger=Html("") if trigger is None else coins(trigger, quote),
    )


def locks(lock: Lock | None, *, shared: bool = False) -> Html:
    """`shared`: another order of the same list stands there, and both hold it once."""
    if lock is None:
        return say("orders-locks-nothing")
    if lock.amount is None:
        together = Html("") if lock.together is None else coins(lock.together, lock.asset)
        return say("orders-locks-some", asset=foreign(lock.asset, MAX_NAME), told=bool(together), together=together)
    held = coins(lock.amount, lock.asset)
    if lock.together is not None or lock.leverage is not None:
        worth = Html("") if lock.worth is None else usd(lock.worth)
        times = Html("") if lock.leverage is None or lock.together is not None else figure(lock.leverage)
        return say("orders-locks-margin", coins=held, priced=bool(worth), worth=worth, told=not times, times=times)
    said = (
        say("orders-locks", coins=held)
        if lock.worth is None
        else say("orders-locks-worth", coins=held, worth=usd(lock.worth))
    )
    return say("orders-locks-shared", locks=said) if shared else said


def order_id(order: OpenOrder) -> Html:
    return code(order.id, MAX_ID)


# --- owners --------------------------------------------------------------------------------------------------------


def owner_word(owner: Owner) -> Html:
    """ "SmartTrade #118"."""
    named = Html("yes" if owner.name else "no")
    name = foreign(owner.name, MAX_NAME)
    match owner.kind:
        case OwnerKind.SMART_TRADE:
            return say("orders-owner-smart-trade", id=_number(owner.id))
        case OwnerKind.DEAL:
            return say("orders-owner-deal", id=_number(owner.id), named=named, name=name)
        case OwnerKind.GRID:
            return say("orders-owner-grid", id=_number(owner.id), named=named, name=name)
        case OwnerKind.SIMPLE:
            return say("orders-owner-simple")


def owners_word(owners: Iterable[Owner]) -> Html:
    return Html(", ".join(dict.fromkeys(owner_word(owner) for owner in owners)))


def owned_word(owner: Owner, purpose: Purpose, orders: int = 1) -> Html:
    """ "SmartTrade #121 (take profit)"; without the purpose where it is not known."""
    if purpose is Purpose.OTHER:
        return say("orders-owned-plain", owner=owner_word(owner), orders=orders)
    return say("orders-owned", owner=owner_word(owner), purpose=purpose_word(purpose), orders=orders)


def purpose_word(purpose: Purpose) -> Html:
    return say(f"orders-purpose-{purpose.value.replace('_', '-')}")


def expected_price(expected: ExpectedOrder) -> Html:
    left = Pair.of(expected.pair)
    if expected.price is None:
        return Html("")
    return coins(expected.price, left.left) if left else figure(expected.price)


def expected_amount(expected: ExpectedOrder, market: MarketType) -> Html:
    """In coins. On futures the right side of 3Commas' pair is the contract's name, in which the coin has to be found."""
    pair = Pair.of(expected.pair)
    bases = {base_and_quote(symbol)[0] for symbol in likely_symbols(expected.pair, market)}
    if market is MarketType.USDM and len(bases) == 1:
        return coins(expected.remaining, bases.pop())
    return coins(expected.remaining, pair.right if pair else expected.pair)


def _number(text: str) -> Html:
    plain = text.isascii() and text.isdigit() and len(text) <= _COUNTED_ID
    return Html(f"#{text}") if plain else code(text, MAX_NAME)


# --- verdicts ------------------------------------------------------------------------------------------------------


def head(verdict: Verdict) -> Html:
    """Whose it is, as the beginning of a row."""
    match verdict.standing:
        case Standing.LEFTOVER if verdict.owner is not None:
            sure = Html(verdict.sureness.name.lower())
            return say("orders-left-over", sure=sure, owner=owner_word(verdict.owner))
        case Standing.LEFTOVER:
            return say("orders-left-over-one-of", owners=owners_word(verdict.candidates))
        case Standing.AMBIGUOUS:
            return say("orders-ambiguous", owners=owners_word(verdict.candidates))
        case Standing.FOREIGN:
            return say("orders-foreign", who=who_word(verdict))
        case Standing.OWNED if verdict.owner is not None:
            word = owned_word(verdict.owner, verdict.expected.purpose if verdict.expected else Purpose.OTHER)
            return Html(word[:1].upper() + word[1:])
        case Standing.UNKNOWN if verdict.candidates and any(one.clue in _MAY_BE_LEFT for one in verdict.evidence):
            return say("orders-unknown-fits", owners=owners_word(verdict.candidates))
        case _:
            return say("orders-unknown")


def head_with_grounds(verdict: Verdict) -> Html:
    """The same with its grounds in a few words, where they are this order's own."""
    own = [one for one in verdict.evidence if one.clue not in _OPEN_CLUES]
    own.sort(
        key=lambda one: one.clue is Clue.PLACED_WHILE_IT_RAN
    )  # it tells how the trade ended: that closes the sentence
    if verdict.standing is Standing.OWNED or not own:
        return head(verdict)
    grounds = Html(", ".join(_few_words(one, verdict) for one in own))
    return say("orders-grounds", head=head(verdict), grounds=grounds)


def who_word(verdict: Verdict) -> Html:
    """Who placed an order that is not of 3Commas."""
    return _who(foreign_mark(verdict))


def foreign_mark(verdict: Verdict) -> str:
    """What its id says of the program that placed it; one of `WHO`, or empty."""
    return next((one.word for one in verdict.evidence if one.clue is Clue.FOREIGN_PREFIX), "")


def sure_sentence(verdict: Verdict) -> Html:
    return say(f"orders-detail-sure-{verdict.sureness.name.lower()}")


def grounds_sentences(verdict: Verdict) -> Sequence[Html]:
    """One sentence each."""
    return [_said(f"orders-clue-{_dashed(one)}", one, verdict, "full") for one in verdict.evidence]


def _few_words(one: Evidence, verdict: Verdict) -> Html:
    return _said(f"orders-clue-{_dashed(one)}.short", one, verdict, "day")


def _said(key: str, one: Evidence, verdict: Verdict, style: str) -> Html:
    base, quote = base_and_quote(verdict.order.symbol)
    ended = one.word if one.word in ENDED else "other"
    return say(
        key,
        price=Html("") if one.price is None else coins(one.price, quote),
        amount=Html("") if one.amount is None else coins(one.amount, base),
        seconds=one.seconds or 0,
        since=Html("?") if one.since is None else moment(one.since, style),
        until=Html("none") if one.until is None else moment(one.until, style),
        day=Html("") if one.until is None else moment(one.until, "day"),
        word=code(one.word, MAX_NAME) if one.word else Html("?"),
        ended=say(f"orders-ended-{ended}"),
        who=_who(one.word),
        part=part_word(one.word),
        owners=owners_word(verdict.candidates),
    )


def _dashed(one: Evidence) -> str:
    return one.clue.value.replace("_", "-")


def _who(word: str) -> Html:
    return say(f"orders-who-{word if word in WHO else 'api'}")


def part_word(part: str) -> Html:
    """A part of 3Commas' answers that could not be read."""
    kind, _, rest = part.partition(":")
    if kind == "expected":
        what, _, number = rest.partition(":")
        known = what in set(OwnerKind)
        return (
            say("orders-part-expected", owner=owner_word(Owner(OwnerKind(what), number)))
            if known
            else say("orders-part-other")
        )
    return say(PARTS.get(part) or PARTS.get(kind, "orders-part-other"))
