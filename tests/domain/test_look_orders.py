"""One look at the orders, from what is stored to the last snapshot."""

import json
from dataclasses import replace

import pytest

from domain.causes import Cause
from domain.check_view import Sight
from domain.errors import AnswerLost, KeyRefused, RightMissing, TokenRefused, TooManyRequests
from domain.look_orders import LookOrders
from domain.match_orders import Clue, Standing, Sureness
from domain.orders_view import OrderBook, OrdersView
from domain.ports import Balance, Contact
from domain.records import AccountLink
from domain.trading import Holding, Purpose, Side
from domain.values import MarketType
from tests.domain.fakes import TOKEN, days_ago, deal, failed, listed, trade
from tests.domain.looks_world import D, LooksWorld, bot_deal, earlier, expected, order, plan, position, smart, target

PREFIX = "x-AbCdEfGh-"


@pytest.fixture
def world() -> LooksWorld:
    return LooksWorld()


@pytest.fixture
def returning() -> LooksWorld:
    """Three spot orders: a leftover of failed trade 118, the target of 121, a safety order of deal 77."""
    world = LooksWorld()
    world.stands(
        order("1001", "ETH/USDT", "sell", "4100", "0.4", client_id=PREFIX + "1a"),
        order("1002", "SOL/USDT", "sell", "210", "2", client_id=PREFIX + "2b"),
        order("1003", "BNB/USDT", "buy", "500", "0.42", client_id=PREFIX + "3c"),
    )
    world.holds(Balance("ETH", D(0), D("0.4")), Balance("SOL", D(0), D(2)), Balance("USDT", D(1000), D(210)))
    gone = failed(118, error="Invalid API-key (-2015)", at=days_ago(17))
    world.over(replace(gone, plan=plan(), created_at=days_ago(57)))
    world.living(trade(121, pair="USDT_SOL"), expected(smart(121), "USDT_SOL", Side.SELL, "210", "2"))
    safety = expected(bot_deal(77), "USDT_BNB", Side.BUY, "500", "0.42", purpose=Purpose.SAFETY)
    world.deal(deal(77, error="Invalid API keys"), safety)
    return world


def spot_book(view: OrdersView) -> OrderBook:
    return next(book for book in view.books if book.sight.account.market_type is MarketType.SPOT)


def standings(book: OrderBook) -> dict[str, Standing]:
    return {row.id: row.verdict.standing for row in book.orders}


def clues(book: OrderBook, order_id: str) -> set[Clue]:
    (row,) = (row for row in book.orders if row.id == order_id)
    return {evidence.clue for evidence in row.verdict.evidence}


# --- the line of the returning trader -------------------------------------------------------------------------------


async def test_a_failed_trades_order_is_left_over_and_living_ones_have_their_owners(returning):
    book = spot_book(await returning.last(LookOrders))
    assert standings(book) == {"1001": Standing.LEFTOVER, "1002": Standing.OWNED, "1003": Standing.OWNED}
    left, *owned = book.orders
    assert left.verdict.owner == smart(118)
    assert left.verdict.sureness is Sureness.PROBABLE
    assert {row.verdict.sureness for row in owned} == {Sureness.CERTAIN}
    assert Clue.LEARNED_PREFIX in clues(book, "1001")
    assert book.owners is Sight.FINE
    assert not book.missing


async def test_what_the_orders_lock_is_summed_per_asset_with_its_worth(returning):
    book = spot_book(await returning.last(LookOrders))
    assert {one.asset: (one.amount, one.worth) for one in book.locked} == {
        "ETH": (D("0.4"), D(800)),
        "SOL": (D(2), D(300)),
        "USDT": (D(210), D(210)),
    }
    assert sum(one.worth for one in book.locked) == 1310
    assert [one.asset for one in book.left_locked] == ["ETH"]
    assert not any(one.unexplained for one in book.locked)


async def test_the_orders_are_shown_before_their_owners_are_known(returning):
    views = await returning.views(LookOrders)
    early = next(view for view in views if view.orders)
    assert not early.complete
    assert spot_book(early).owners is Sight.LOOKING
    assert {row.verdict.standing for row in early.orders} == {Standing.UNKNOWN}
    assert [view.complete for view in views] == [False] * (len(views) - 1) + [True]


async def test_a_kept_plan_makes_a_leftover_surer(returning):
    returning.living(trade(118), expected(smart(118), "USDT_ETH", Side.SELL, "4100", "0.4"))
    returning.three_commas.trades_by_status["active"][-1] = replace(trade(118), plan=plan(targets=[target("4100")]))
    over = returning.three_commas.trades_by_status.pop("failed")
    await returning.last(LookOrders)
    returning.three_commas.trades_by_status["active"].pop()
    returning.three_commas.trades_by_status["failed"] = over
    row = spot_book(await returning.last(LookOrders)).orders[0]
    assert (row.verdict.owner, row.verdict.sureness) == (smart(118), Sureness.STRONG)
    assert row.verdict.evidence[0].price == D(4100)


# --- what could not be seen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["active", "deals", "grids", "simple", "expected:121", "failed", "cancelled", "deals:finished"]
)
async def test_one_unread_part_and_nothing_is_called_left_over(returning, part):
    returning.three_commas.errors[part] = AnswerLost("three_commas")
    book = spot_book(await returning.last(LookOrders))
    assert not book.of(Standing.LEFTOVER)
    assert book.owners is Sight.NOT_LOOKED
    assert {unread.why.error for unread in book.unread} == {"AnswerLost"}
    assert Clue.NOT_READ in clues(book, "1001")


async def test_what_was_read_still_has_its_owner_though_not_for_certain(returning):
    returning.three_commas.errors["grids"] = RightMissing("three_commas", "BOTS_READ")
    book = spot_book(await returning.last(LookOrders))
    (owned, _) = book.of(Standing.OWNED)
    assert owned.verdict.sureness is Sureness.STRONG
    assert book.unread[0].why.right == "BOTS_READ"


async def test_without_a_3commas_link_owners_are_unknown():
    world = LooksWorld(token=False)
    world.stands(order("1", "ETH/USDT", "sell", "4100", "0.4"))
    view = await world.last(LookOrders)
    assert view.complete
    assert spot_book(view).owners is Sight.NOT_ATTACHED
    assert standings(spot_book(view)) == {"1": Standing.UNKNOWN}
    assert clues(spot_book(view), "1") == {Clue.NOT_LINKED}


async def test_a_refused_token_is_one_unread_part(returning):
    returning.three_commas.errors["accounts"] = TokenRefused("three_commas")
    book = spot_book(await returning.last(LookOrders))
    assert [(unread.part, unread.why.error) for unread in book.unread] == [("accounts", "TokenRefused")]
    assert {row.verdict.standing for row in book.orders} == {Standing.UNKNOWN}


async def test_an_exchange_account_that_cannot_be_read_is_not_empty(returning):
    causes = (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED)
    returning.exchange.errors["orders:usdm"] = KeyRefused("binance", causes)
    view = await returning.last(LookOrders)
    futures = next(book for book in view.books if book.sight.account.market_type is MarketType.USDM)
    assert futures.sight.state is Sight.NOT_LOOKED
    assert futures.sight.not_looked.cause is Cause.AMBIGUOUS
    assert len(spot_book(view).orders) == 3
    assert returning.units.access_log.uses[-1].result in {"ok", "KeyRefused"}
    assert "KeyRefused" in {use.result for use in returning.units.access_log.uses}


async def test_nothing_connected_says_so_at_once():
    world = LooksWorld(token=False, key=False)
    [view] = await world.views(LookOrders)
    assert view.complete
    assert view.nothing_connected


async def test_markets_that_cannot_be_loaded_leave_owners_open(returning):
    returning.exchange.errors["rules"] = AnswerLost("binance")
    book = spot_book(await returning.last(LookOrders))
    assert not book.of(Standing.LEFTOVER)
    assert "rules" in {unread.part for unread in book.unread}


# --- without a key of the bot ----------------------------------------------------------------------------------------


async def test_without_a_key_3commas_tells_totals_and_what_living_trades_explain():
    world = LooksWorld(key=False)
    world.three_commas.tables[41] = [
        Holding("ETH", D("0.4"), D(0), D("0.4"), D(800)),
        Holding("SOL", D(2), D(0), D(2), D(300)),
        Holding("USDT", D("1210.55"), D("1000.55"), D(210), D("1210.55")),
    ]
    world.living(trade(121, pair="USDT_SOL"), expected(smart(121), "USDT_SOL", Side.SELL, "210", "2"))
    world.deal(deal(77), expected(bot_deal(77), "USDT_BNB", Side.BUY, "500", "0.42"))
    view = await world.last(LookOrders)
    blind = next(one for one in view.without_key if one.account.market_type is MarketType.SPOT)
    assert not view.books
    assert blind.state is Sight.FINE
    assert {coin.asset: coin.excess for coin in blind.coins} == {"ETH": D("0.4"), "SOL": 0, "USDT": 0}
    assert blind.coins[0].asset == "ETH"
    assert blind.coins[0].excess_worth == 800
    assert sum(coin.worth for coin in blind.coins) == 1310


async def test_without_a_key_nothing_is_an_excess_while_a_part_is_unread():
    world = LooksWorld(key=False)
    world.three_commas.tables[41] = [Holding("ETH", D("0.4"), D(0), D("0.4"), D(800))]
    world.three_commas.errors["deals"] = AnswerLost("three_commas")
    view = await world.last(LookOrders)
    blind = next(one for one in view.without_key if one.account.market_type is MarketType.SPOT)
    assert blind.trades is Sight.NOT_LOOKED
    assert blind.coins[0].excess == 0


async def test_orders_lock_what_they_lock_before_an_owner_or_a_price_is_known(returning):
    *between, last = await returning.views(LookOrders)
    early, judged = spot_book(next(view for view in between if view.orders)), spot_book(last)
    assert early.owners is Sight.LOOKING
    assert set(standings(early).values()) == {Standing.UNKNOWN}
    assert {(one.asset, one.amount) for one in early.locked} == {(one.asset, one.amount) for one in judged.locked}
    assert {one.worth for one in early.locked} == {None}


async def test_what_trades_hold_without_a_key_is_open_until_they_were_read():
    world = LooksWorld(key=False)
    world.three_commas.tables[41] = [Holding("ETH", D("0.4"), D(0), D("0.4"), D(800))]
    first, *_, last = await world.views(LookOrders)
    assert {blind.trades for blind in first.without_key} == {Sight.LOOKING}
    assert {blind.trades for blind in last.without_key} == {Sight.FINE}


async def test_a_balance_table_that_3commas_could_not_refresh_is_marked_as_old():
    world = LooksWorld(key=False)
    world.three_commas.contacts[41] = Contact.KEY_REFUSED
    world.three_commas.tables[41] = [Holding("ETH", D("0.4"), D(0), D("0.4"), D(800))]
    view = await world.last(LookOrders)
    blind = next(one for one in view.without_key if one.account.market_type is MarketType.SPOT)
    assert blind.state is Sight.WARNING


# --- bad luck --------------------------------------------------------------------------------------------------------


async def test_an_order_filled_between_two_reads_is_no_missing_one(world):
    world.living(trade(121, pair="USDT_SOL"), expected(smart(121), "USDT_SOL", Side.SELL, "210", "2"))
    asked: list[str] = []

    def fill(part: str) -> None:
        asked.append(part)
        if asked.count("expected:121") == 2:
            world.three_commas.expected_orders[smart(121)] = []

    world.three_commas.on_ask = fill
    view = await world.last(LookOrders)
    assert asked.count("expected:121") == 2
    assert asked.count("active") == 2
    assert not spot_book(view).missing


async def test_an_order_that_stays_away_is_named_as_missing(world):
    world.living(trade(121, pair="USDT_SOL"), expected(smart(121), "USDT_SOL", Side.SELL, "210", "2"))
    view = await world.last(LookOrders)
    (missing,) = spot_book(view).missing
    assert missing.certain
    assert missing.expected.owner == smart(121)
    assert world.exchange.asked.count("orders:spot") == 2


async def test_a_trade_closed_between_two_reads_has_no_missing_order(world):
    living = trade(121, pair="USDT_SOL")
    world.living(living, expected(smart(121), "USDT_SOL", Side.SELL, "210", "2"))
    asked: list[str] = []

    def close(part: str) -> None:
        asked.append(part)
        if asked.count("active") == 2:
            world.three_commas.trades_by_status["active"] = []

    world.three_commas.on_ask = close
    view = await world.last(LookOrders)
    assert not spot_book(view).missing


async def test_an_order_placed_after_3commas_was_read_is_not_left_over(returning):
    returning.exchange.orders[MarketType.SPOT][0] = order(
        "1001", "ETH/USDT", "sell", "4100", "0.4", client_id=PREFIX + "1a", created_at=earlier(seconds=5)
    )
    gone = replace(
        failed(118, error="x", at=earlier(seconds=2)),
        plan=plan(),
        created_at=days_ago(57),
        closed_at=earlier(seconds=2),
    )
    returning.three_commas.trades_by_status["failed"] = [gone]
    book = spot_book(await returning.last(LookOrders))
    assert standings(book)["1001"] is Standing.UNKNOWN


async def test_two_accounts_with_the_same_orders_are_one_book(world):
    world.three_commas.real.append(listed(45, "binance"))
    world.units.account("again", 45, market_code="binance")
    world.units.key("key-2", accounts=("again",))
    world.stands(order("1002", "SOL/USDT", "sell", "210", "2"))
    living = trade(121, account_id=45, pair="USDT_SOL")
    world.living(living, expected(smart(121), "USDT_SOL", Side.SELL, "210", "2", account_id=45))
    view = await world.last(LookOrders)
    books = [book for book in view.books if book.sight.account.market_type is MarketType.SPOT]
    assert len(books) == 1
    assert {account.id for account in books[0].sight.accounts} == {"spot", "again"}
    assert standings(books[0]) == {"1002": Standing.OWNED}


async def test_two_accounts_of_one_venue_stay_apart():
    world = LooksWorld()
    world.three_commas.real.append(listed(45, "binance"))
    world.units.account("other", 45, market_code="binance")
    view = await world.last(LookOrders)
    assert [book.sight.account.id for book in view.books] == ["spot", "futures"]
    assert [one.account.id for one in view.without_key] == ["other"]


async def test_an_order_of_a_neighbour_that_is_the_same_account_is_not_left_over(returning):
    """The trader connected one Binance account twice at 3Commas; the second row has no key of the bot."""
    returning.three_commas.real.append(listed(45, "binance"))
    returning.units.account("again", 45, market_code="binance")
    twin = trade(130, account_id=45, pair="USDT_ETH")
    returning.living(twin, expected(smart(130), "USDT_ETH", Side.SELL, "4100", "0.4", account_id=45))
    book = spot_book(await returning.last(LookOrders))
    assert standings(book)["1001"] is Standing.OWNED


async def test_the_same_exchange_account_of_another_trader_leaves_owners_open(world):
    """What stands there belongs to the other one's trades, of which this token shows nothing."""
    world.stands(order("1002", "SOL/USDT", "sell", "210", "2"))
    book = spot_book(await world.last(LookOrders))
    assert standings(book) == {"1002": Standing.UNKNOWN}
    assert Clue.NO_TRACE in clues(book, "1002")


async def test_paper_accounts_are_left_out_and_counted(returning):
    returning.three_commas.real.append(listed(40, "paper_trading"))
    view = await returning.last(LookOrders)
    assert [source.paper_accounts for source in view.sources if source.key.id == TOKEN] == [1]
    assert not any(one.account.market_code == "paper_trading" for one in view.without_key)


async def test_an_account_that_nobody_linked_to_this_token_shows_its_orders_without_owners(returning):
    returning.units.accounts.rows["spot"] = replace(returning.units.accounts.rows["spot"], link=AccountLink("gone", 41))
    returning.three_commas.real = []
    book = spot_book(await returning.last(LookOrders))
    assert book.owners is Sight.NOT_LOOKED
    assert [unread.why.error for unread in book.unread] == ["KeyGone"]


async def futures_book(world):
    view = await world.last(LookOrders)
    return next(book for book in view.books if book.sight.account.market_type is MarketType.USDM)


async def test_futures_orders_hold_margin_by_the_leverage_of_the_position(world):
    world.open(position())
    world.stands(
        order("1", "BTC/USDT:USDT", "buy", "60000", "0.01"),
        order("2", "BTC/USDT:USDT", "sell", "67000", "0.05", reduce_only=True),
        order("3", "BTC/USDT:USDT", "sell", None, "0.05", conditional=True, trigger=D(59400)),
        order("4", "ETH/USDT:USDT", "buy", "2000", "1"),
        market=MarketType.USDM,
    )
    book = await futures_book(world)
    locks = {row.id: row.lock for row in book.orders}
    assert locks["1"].amount == 120
    assert locks["2"] is None
    assert locks["3"] is None
    assert locks["4"].amount is None
    assert book.locked[0].uncounted == 1
    world.exchange.leverages = {"ETH/USDT:USDT": D(20), "BTC/USDT:USDT": D(1)}
    book = await futures_book(world)
    assert {row.id: row.lock and row.lock.amount for row in book.orders} == {"1": 120, "2": None, "3": None, "4": 100}
    assert (book.locked[0].amount, book.locked[0].uncounted) == (220, 0)


async def test_leverage_is_asked_for_only_where_an_order_needs_it(world):
    world.open(position())
    world.stands(order("1", "BTC/USDT:USDT", "buy", "60000", "0.01"), market=MarketType.USDM)
    await futures_book(world)
    assert "leverage:usdm" not in world.exchange.asked


async def test_leverage_that_is_not_told_leaves_the_share_of_an_order_open(world):
    world.stands(order("4", "ETH/USDT:USDT", "buy", "2000", "1"), market=MarketType.USDM)
    world.exchange.errors["leverage:usdm"] = AnswerLost("binance")
    book = await futures_book(world)
    assert [row.lock.amount for row in book.orders] == [None]
    assert book.sight.state is Sight.FINE


# --- rate limits -----------------------------------------------------------------------------------------------------


async def test_a_rate_limit_beyond_patience_leaves_a_view_to_go_on_from(returning):
    returning.three_commas.errors_once["expected:121"] = TooManyRequests("three_commas", 300)
    first = await returning.last(LookOrders)
    assert not first.complete
    assert first.waiting_until is not None
    assert not first.books[0].of(Standing.LEFTOVER)
    kept = json.loads(json.dumps(first.resume))
    returning.three_commas.asked.clear()
    second = await returning.last(LookOrders, resume=kept)
    assert second.complete
    assert spot_book(second).of(Standing.LEFTOVER)
    assert not {"accounts", "active", "deals", "grids", "simple"} & set(returning.three_commas.asked)


async def test_a_short_rate_limit_is_waited_for(returning):
    returning.three_commas.errors_once["grids"] = TooManyRequests("three_commas", 3)
    view = await returning.last(LookOrders, patience_s=5)
    assert view.complete
    assert returning.clock.waited == [3]


async def test_progress_counts_the_questions_to_3commas(returning):
    views = await returning.views(LookOrders)
    assert views[-1].progress.done == views[-1].progress.of == len(set(returning.three_commas.asked))
    assert all(view.progress.done <= view.progress.of for view in views)


async def test_forty_trades_and_twenty_deals_are_asked_once_each(world):
    for number in range(40):
        one = trade(1000 + number, pair="USDT_SOL")
        world.living(one, expected(smart(one.id), "USDT_SOL", Side.SELL, str(200 + number), "2"))
        world.stands(order(f"s{number}", "SOL/USDT", "sell", str(200 + number), "2"))
    for number in range(20):
        bot = deal(2000 + number)
        world.deal(bot, expected(bot_deal(bot.id), "USDT_BTC", Side.BUY, str(50000 + number), "0.01"))
        world.stands(order(f"d{number}", "BTC/USDT", "buy", str(50000 + number), "0.01"))
    view = await world.last(LookOrders)
    assert len(spot_book(view).of(Standing.OWNED)) == 60
    assert len(world.three_commas.asked) == len(set(world.three_commas.asked)) == 69
