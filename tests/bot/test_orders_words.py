"""Words of one order: what closes a whole position, contracts by their name, locks that are shared, and orders that lock nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.buttons import Press
from bot.reply import Reply
from bot.views import freeing, order_details, orders, positions
from bot.views.examples import orders as pretend
from bot.views.examples import positions as pretend_positions
from bot.views.examples.checks import NOW
from bot.views.order_list import Entry
from bot.views.order_words import expected_amount, line, market_word
from bot.views.pages import Place
from domain.check_view import Sight
from domain.free_by_hand import Became
from domain.locked_funds import Lock
from domain.looking.view import Source
from domain.matching.verdict import Clue, Evidence, Standing
from domain.orders_view import OrderBook, OrdersView
from domain.ports import OpenOrder
from domain.values import MarketType

HERE = Place("orders-1-2")
CLOSING = replace(
    pretend.STOP, reduce_only=False, position_side="long", trigger=None, price=Decimal(67000), conditional=False
)
"""A take profit on the long leg of hedge mode: it locks nothing."""


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row if isinstance(button, Press)]


def left_over(order: OpenOrder, lock: Lock | None) -> OrdersView:
    row = replace(pretend.LEFT_ROW, verdict=pretend.LEFT._replace(order=order), lock=lock)
    return replace(pretend.left_over(), books=(replace(pretend.left_over().books[0], orders=(row,), locked=()),))


def entry(view: OrdersView) -> Entry:
    return Entry(view.books[0].orders[0], view.books[0])


# --- amounts and names ---------------------------------------------------------------------------------------------


def test_an_order_that_closes_the_whole_position_has_no_amount_of_zero():
    whole = replace(pretend.STOP, amount=Decimal(0), remaining=Decimal(0))
    assert line(whole) == "sell the whole position at the market price once 59,400 USDT is touched"
    text = order_details.details(entry(left_over(whole, None)), NOW, HERE.screen).text
    assert "Open: the whole position" in text
    assert "0 BTC" not in text


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("ETH/USDT", "ETH/USDT"),
        ("BTC/USDT:USDT", "BTC/USDT</code> perpetual"),
        ("BTC/USD:BTC-261225", "BTC/USD</code>, <code>261225"),
    ],
)
def test_a_contract_is_named_as_a_trader_finds_it(symbol, said):
    assert said in market_word(symbol) or market_word(symbol) == said
    assert ":USDT" not in market_word(symbol)


@pytest.mark.parametrize(
    ("pair", "market", "said"),
    [
        ("USDT_SOLUSDT", MarketType.USDM, "2 SOL"),
        ("USDT_DOGE_USDT", MarketType.USDM, "2 DOGE"),
        ("USDT_SOL", MarketType.SPOT, "2 SOL"),
        ("BTC_WBTC", MarketType.SPOT, "2 WBTC"),
    ],
)
def test_what_a_trade_expects_is_told_in_coins(pair, market, said):
    assert said in expected_amount(replace(pretend.TAKE_PROFIT, pair=pair), market)


def test_without_a_key_each_expected_order_has_its_line_and_its_price():
    text = orders.picture(pretend.no_key(), HERE).text
    assert "\n• SmartTrade #121 (take profit): sell 2 SOL at 210 USDT" in text


# --- locks ---------------------------------------------------------------------------------------------------------


def test_two_orders_of_one_list_say_that_they_lock_once():
    first, second = (
        replace(pretend.LEFT_ROW, verdict=pretend.LEFT._replace(order=replace(pretend.ETH, id=name, group="815001")))
        for name in ("1", "2")
    )
    alone = replace(first, verdict=pretend.LEFT._replace(order=replace(pretend.ETH, id="3", group="815002")))
    book: OrderBook = replace(pretend.left_over().books[0], orders=(first, second, alone))
    text = orders.picture(replace(pretend.left_over(), books=(book,)), HERE).text
    assert text.count("once, together with the order that it is paired with (OCO:") == 2


def test_an_order_that_locks_nothing_is_cancelled_and_frees_nothing():
    """It may be the last thing that protects a position."""
    view = left_over(CLOSING, None)
    listed, details = orders.picture(view, HERE), order_details.details(entry(view), NOW, HERE.screen)
    steps = freeing.steps(entry(view), NOW)
    assert "How to cancel it" in labels(listed)
    assert not [label for reply in (listed, details) for label in labels(reply) if "free it" in label]
    for reply in (details, steps):
        assert "only target or stop" in reply.text
        assert "My positions" in labels(reply)
        assert "frees what it locks" not in reply.text
        assert "sees what is free" not in reply.text


def test_an_order_that_locks_something_is_freed_without_a_word_on_positions():
    for lock in (Lock("ETH", Decimal("0.4")), Lock("USDT", None)):
        view = left_over(pretend.ETH, lock)
        assert "How to free it" in labels(orders.picture(view, HERE))
        steps = freeing.steps(entry(view), NOW)
        assert "only target or stop" not in steps.text
        assert "sees what is free" in steps.text


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        (None, "The position is as it was."),
        (Lock("USDT", None), "What it held as margin is free again."),
        (Lock("USDT", Decimal(40)), "40 USDT are free again."),
    ],
)
def test_what_a_cancelled_futures_order_held_is_told(lock, said):
    """An entry has no position to leave as it was."""
    reply = freeing.gone(
        replace(pretend.WATCHED_STOP, lock=lock), "Binance futures", Became.CANCELLED, NOW, first=False
    )
    assert said in reply.text


# --- whose ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mark", "said"), [("app", "so most likely by you"), ("ccxt", "Another program placed it")])
def test_what_is_not_of_3commas_says_who_may_need_it_and_names_no_doubt_about_an_owner(mark, said):
    strange = pretend.LEFT._replace(
        standing=Standing.FOREIGN, owner=None, evidence=(Evidence(Clue.FOREIGN_PREFIX, word=mark),)
    )
    row = replace(pretend.LEFT_ROW, verdict=strange)
    text = order_details.details(Entry(row, pretend.left_over().books[0]), NOW, HERE.screen).text
    assert said in text
    assert "I name no owner" not in text


def test_a_row_begins_with_a_capital():
    book = replace(pretend.left_over().books[0], orders=(pretend.SIMPLE_ROW,))
    assert (
        "A Simple Trading order: sell"
        in orders.picture(replace(pretend.left_over(), books=(book,)), Place(HERE.screen, every=True)).text
    )


# --- the list ------------------------------------------------------------------------------------------------------


def test_a_page_says_which_rows_of_how_many_stand_on_it():
    view = pretend.many()
    assert "1 to 8 of 20 stand here." in orders.picture(view, HERE).text
    assert "9 to 16 of 20 stand here." in orders.picture(view, Place(HERE.screen, pretend.EIGHTH)).text
    assert "stand here." not in orders.picture(pretend.left_over(), HERE).text


def test_so_far_is_said_only_while_more_is_being_read():
    assert "so far" in orders.picture(replace(pretend.not_read(), complete=False), HERE).text
    assert "so far" not in orders.picture(pretend.not_read(), HERE).text


def test_where_3commas_is_not_connected_the_button_to_connect_it_stands():
    """Otherwise "I cannot tell whose they are" is a dead end."""
    unseen = pretend_positions.not_linked()
    without = replace(unseen, sources=tuple(one for one in unseen.sources if one.key.service != "three_commas"))
    for reply in (orders.picture(pretend.not_linked(), HERE), positions.picture(without, Place("positions-1-2"))):
        assert "Connect 3Commas" in labels(reply)
    book = replace(pretend.not_linked().books[0], owners=Sight.NOT_ATTACHED)
    with_token = replace(pretend.not_linked(), books=(book,), sources=(Source(pretend.TOKEN, Sight.FINE),))
    assert "Connect 3Commas" not in labels(orders.picture(with_token, HERE))
