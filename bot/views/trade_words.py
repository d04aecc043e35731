"""Trades in words: what they are about, why they ended, and what of them is still there."""

from bot.errors import service_name
from bot.texts import Html, code, say
from bot.texts.markup import foreign
from bot.texts.say import moment
from bot.views.causes import right_word
from bot.views.checking import why
from bot.views.figures import coins
from bot.views.order_words import owner_word
from bot.views.position_words import money, profit, size, stop_word
from domain.check_view import Sight
from domain.look_positions import profit_percent
from domain.looking.view import AccountSight
from domain.pairs import Pair
from domain.plans import read_plan
from domain.ports import Deal, Trade
from domain.positions_view import StopState
from domain.trade_errors import ErrorText, Group
from domain.trades_view import Left, LeftKind, TroubledDeal, TroubledTrade
from domain.trading import Owner, OwnerKind, Side
from domain.values import MarketType

MAX_SAID = 200
FUTURES = (MarketType.USDM, MarketType.COINM)
ENDED = frozenset({"failed", "cancelled"})


def coin_of(pair: str) -> str:
    """The coin that a trade is about; on futures 3Commas writes the contract's name, which begins with it."""
    found = Pair.of(pair)
    if found is None:
        return pair
    return found.right.removesuffix(found.left) or found.right


def owner_of(one: Trade | Deal) -> Owner:
    if isinstance(one, Deal):
        return Owner(OwnerKind.DEAL, str(one.id), one.bot_name)
    return Owner(OwnerKind.SMART_TRADE, str(one.id))


def title(one: Trade | Deal, sight: AccountSight) -> Html:
    """ "SmartTrade #119, BTC long, futures"."""
    futures = sight.account.market_type in FUTURES
    if isinstance(one, Deal):
        side = one.strategy
    else:
        entry = read_plan(one.plan).entry.side
        side = {Side.BUY: "long", Side.SELL: "short"}.get(entry, "") if entry else ""
    told = side if futures or side == "short" else ""
    return say(
        "trades-title",
        owner=owner_word(owner_of(one)),
        coin=foreign(coin_of(one.pair), 20),
        side=Html(told if told in ("long", "short") else "none"),
        futures=futures,
    )


def ended(one: Trade | Deal) -> Html:
    """ "failed on 3 March"."""
    status = one.status if one.status in ENDED else "other"
    at = one.closed_at
    return say("trades-ended", how=Html(status), told=at is not None, at=Html("") if at is None else moment(at, "day"))


def reason(told: ErrorText, said: str, venue: str, *, cancelled: bool = False) -> Html:
    """As a part of a sentence: "Binance refused the key"."""
    name = service_name(venue)
    if told.group is Group.UNKNOWN:
        if said:
            return say("trades-reason-said", said=code(said, MAX_SAID))
        return say("trades-reason-cancelled") if cancelled else say("trades-reason-untold")
    if told.group is Group.KEY and len(told.causes) > 1:
        return say("trades-reason-key-several", venue=name)
    key = f"trades-reason-{told.group.value.replace('_', '-')}"
    return say(key, venue=name, right=right_word(told.right))


def what_is_left(one: TroubledTrade | TroubledDeal, *, growing: bool = False) -> list[Html]:
    """What is still held or open, and what protects it. `growing`: more is being read, so what is not known yet is no finding."""
    left = one.left
    coin = coin_of(_subject(one).pair)
    units = Html("") if left.units is None else coins(left.units, coin)
    match left.kind:
        case LeftKind.NOTHING_ENTERED:
            return [say("trades-left-nothing-entered")]
        case LeftKind.COINS:
            return [_coins(left, coin), *_contested(left), *_protected(one, growing=growing)]
        case LeftKind.SOLD:
            return [say("trades-left-sold", units=units, told=left.units is not None)]
        case LeftKind.POSITION if left.position is not None:
            position = left.position
            gained = profit(position, profit_percent(position))
            told = say(
                "trades-left-position",
                size=size(position, None),
                money=money(position),
                profit=gained,
                told=bool(gained),
            )
            return [told, *_contested(left), *_protected(one, growing=growing)]
        case LeftKind.GONE:
            return [say("trades-left-gone")]
    known = {"units": units, "told": left.units is not None, "futures": one.sight.account.market_type in FUTURES}
    if not one.sight.key_ids:
        return [say("trades-left-no-key", **known)]
    if growing and one.sight.state is Sight.LOOKING:
        return [say("trades-left-reading", **known)]
    return [say("trades-left-unknown", why=why(left.not_looked, one.sight.account.venue), **known)]


def _subject(one: TroubledTrade | TroubledDeal) -> Trade | Deal:
    return one.deal if isinstance(one, TroubledDeal) else one.trade


def _coins(left: Left, coin: str) -> Html:
    held = left.held if left.held is not None else left.units
    assert held is not None, "coins are there, so many"
    there = left.there if left.there is not None else held
    free = left.free if left.free is not None else there
    mixed = "among" if _with_others(left) else "some"
    how = "all" if free >= there else "none" if not free else mixed
    return say(
        "trades-left-coins", held=coins(held, coin), free=coins(free, coin), there=coins(there, coin), how=Html(how)
    )


def _with_others(left: Left) -> bool:
    """The wallet has more of the coin than is this trade's: which of it is locked or protected, no exchange tells."""
    return left.there is not None and left.held is not None and left.there > left.held


def _contested(left: Left) -> list[Html]:
    return [say("trades-left-contested")] if left.contested else []


def _protected(one: TroubledTrade | TroubledDeal, *, growing: bool) -> list[Html]:
    """What is over watches nothing any more."""
    nobody = say("trades-deal-over") if isinstance(one, TroubledDeal) else say("trades-left-unwatched")
    said = [say("trades-left-shared")] if one.left.shared else [nobody]
    if one.protection.state is StopState.UNKNOWN and (growing or one.left.shared):
        return said
    return [_stop(one), *said]


def _stop(one: TroubledTrade | TroubledDeal) -> Html:
    """Of a position all of it is told; of coins the share of this trade, which may be less than the wallet has."""
    left, found = one.left, one.protection
    coin = coin_of(_subject(one).pair)
    if (position := left.position) is not None:
        return stop_word(found, lambda units: size(position, None, units))
    return stop_word(found, lambda units: coins(units, coin), whole=not _with_others(left))


def deal_sentences(one: TroubledDeal, *, growing: bool = False) -> list[Html]:
    """What a deal of a bot has, and what becomes of it."""
    deal = one.deal
    if one.alive:
        lives = say("trades-deal-alive-key") if one.reason.about_key else say("trades-deal-alive")
        return [*_got(deal, alive=True), *_stands(deal), lives]
    if one.left.kind is LeftKind.NOTHING_ENTERED:
        return what_is_left(one, growing=growing)
    return [*_got(deal, alive=False), *what_is_left(one, growing=growing)]


def _got(deal: Deal, *, alive: bool) -> list[Html]:
    """ "It had bought 0.1 ETH at 2,200 USDT on average, 220 USDT in all."; empty where 3Commas does not tell."""
    if not deal.bought_amount:
        return []
    pair = Pair.of(deal.pair)
    quote = pair.left if pair else ""
    price, spent = deal.bought_average_price, deal.bought_volume
    return [
        say(
            "trades-deal-got",
            alive=alive,
            got=coins(deal.bought_amount, coin_of(deal.pair)),
            short=deal.strategy == "short",
            priced=price is not None,
            price=Html("") if price is None else coins(price, quote),
            counted=spent is not None,
            spent=Html("") if spent is None else coins(spent, quote),
        )
    ]


def _stands(deal: Deal) -> list[Html]:
    """What 3Commas has at the exchange for a living deal, by its own account."""
    said: list[Html] = []
    pair, price, safety = Pair.of(deal.pair), deal.take_profit_price, deal.safety
    if price is not None and deal.take_profit_percent is not None and not deal.take_profit_trails:
        said.append(say("trades-deal-target", price=coins(price, pair.left if pair else "")))
    if safety is not None and safety.most:
        said.append(say("trades-deal-safety", standing=safety.standing, filled=safety.filled, most=safety.most))
    return said
