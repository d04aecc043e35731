"""/trades: what is said of what ended, and of what is left of it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.background.account_looks import TRADES
from bot.buttons import MAX_BYTES, Open, Press, Show
from bot.reply import Reply
from bot.views import trades
from bot.views.examples import checks
from bot.views.examples import trades as pretend
from bot.views.pages import Place
from bot.views.trade_words import coin_of, reason
from domain.check_view import NotLooked, Sight
from domain.look_trades import CANCELLED_SINCE
from domain.looking.view import Source
from domain.positions_view import Protection, StopState
from domain.trade_errors import ErrorText, Group, classify
from domain.trades_view import Left, LeftKind, TradesView

SCREEN = "trades-4294967295-12"
HERE = Place(SCREEN)
PICTURES: dict[str, Callable[[], TradesView]] = {
    one.__name__: one
    for one in (
        pretend.half_way,
        pretend.failed,
        pretend.every_left,
        pretend.every_reason,
        pretend.not_read,
        pretend.no_key,
        pretend.none,
        pretend.paper_alone,
        pretend.waiting,
    )
}
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def presses(reply: Reply) -> dict[str, object]:
    return {button.label: button.data for row in reply.buttons for button in row if isinstance(button, Press)}


def shown(*rows, **more) -> str:
    return trades.picture(replace(pretend.none(), troubled=rows, **more), HERE).text


@each_picture
def test_a_kept_snapshot_shows_what_was_shown(picture):
    assert TRADES.read(TRADES.out(picture())) == replace(picture(), resume={})


@each_picture
def test_buttons_fit_and_carry_ids(picture):
    for row in trades.picture(picture(), HERE).buttons:
        assert all(len(button.data.pack()) <= MAX_BYTES for button in row if isinstance(button, Press))


def test_a_failed_trade_says_why_what_is_left_and_that_no_stop_protects_it():
    text = shown(pretend.ETH)
    assert (
        "<b>SmartTrade #118, ETH</b> failed on 3 March: Binance refused the key, its address list or one of its rights."
        in text
    )
    assert "0.4 ETH are still there, free. <b>No stop.</b> This trade watches it no more." in text


def test_a_futures_trade_names_its_side_and_the_position_that_is_open():
    text = shown(pretend.BTC_LONG)
    assert (
        "<b>SmartTrade #119, BTC long, futures</b> failed on 3 March: the price was beyond its stop or target" in text
    )
    assert "The position is still open: 0.05 BTC, entry 61,200 USDT, now 63,097.2: +94.86 USDT (+3.1 %)." in text
    assert "Stop at 59,400, at the exchange." in text


def test_the_button_names_the_trade_itself_so_that_it_works_for_ever():
    buttons = presses(trades.picture(pretend.failed(), HERE))
    assert buttons["1 · How to set it up again"] == Open("set_up", "a1.118")
    assert buttons["2 · How to take it over"] == Open("set_up", "a2.119")


def test_a_deal_in_error_goes_on_by_itself_and_its_key_can_be_repaired():
    reply = trades.picture(pretend.failed(), HERE)
    assert "<b>DCA deal #85 of BNB steady, BNB</b> is in error" in reply.text
    assert "usually goes on by itself once the key is updated" in reply.text
    assert presses(reply)["Repair Binance spot"] == Open("update", "a1")


def deal_row(**known) -> str:
    return trades.picture(replace(pretend.none(), deals=(replace(pretend.FAILED_DEAL, **known),)), HERE).text


def test_a_deal_that_is_over_says_what_it_got_what_is_left_and_that_its_bot_left_it():
    text = deal_row()
    assert "<b>DCA deal #86 of BNB steady, BNB</b> failed on 3 March" in text
    assert "It had bought 0.6 BNB at 590 USDT on average, 354 USDT in all." in text
    assert "0.6 BNB are still there, free. <b>No stop.</b> Its bot looks after it no more." in text


def test_a_figure_of_a_deal_that_is_not_told_is_left_out():
    bare = replace(pretend.FAILED_DEAL.deal, strategy="short", bought_average_price=None, bought_volume=None)
    assert "It had sold 0.6 BNB. Nothing of it is there any more." in deal_row(deal=bare, left=Left(LeftKind.GONE))


def test_a_living_deal_says_what_waits_for_it_as_3commas_tells_it():
    text = trades.picture(replace(pretend.none(), deals=(pretend.IN_ERROR,)), HERE).text
    assert "As 3Commas tells it, its take profit stands at 607.7 USDT." in text
    assert "One safety order waits; 2 of 5 were filled." in text


def test_where_several_had_the_same_coin_it_is_said():
    text = deal_row(left=replace(pretend.FAILED_DEAL.left, contested=True))
    assert "Others that ended had it as well, and there is not enough for all of them" in text


def test_what_a_deal_left_is_taken_over_by_a_button_of_its_own_and_an_empty_one_has_none():
    buttons = presses(trades.picture(replace(pretend.none(), deals=(pretend.FAILED_DEAL,)), HERE))
    assert buttons["How to take it over"] == Open("set_up", "a1.deal-86")
    for kind in (LeftKind.GONE, LeftKind.NOTHING_ENTERED):
        empty = replace(pretend.FAILED_DEAL, left=Left(kind))
        assert "How to take it over" not in presses(trades.picture(replace(pretend.none(), deals=(empty,)), HERE))


def test_what_still_holds_something_stands_first_trade_or_deal():
    nothing = replace(pretend.ETH, left=Left(LeftKind.NOTHING_ENTERED))
    view = replace(pretend.none(), troubled=(nothing,), deals=(pretend.IN_ERROR, pretend.FAILED_DEAL))
    assert [one.row for one in trades.entries(view, every=False)] == [pretend.FAILED_DEAL, pretend.IN_ERROR, nothing]


def test_an_error_that_is_not_about_the_key_leads_to_no_new_key():
    strange = replace(pretend.IN_ERROR, reason=ErrorText(Group.PAIR))
    reply = trades.picture(replace(pretend.none(), deals=(strange,)), HERE)
    assert "once the key is updated" not in reply.text
    assert "Once the reason is gone it usually goes on by itself" in reply.text
    assert not [label for label in presses(reply) if label.startswith("Repair")]


def test_for_a_key_that_was_refused_long_ago_a_check_comes_before_a_repair():
    buttons = presses(trades.picture(replace(pretend.none(), troubled=(pretend.ETH,)), HERE))
    assert buttons["Check my accounts"] == Open("check")
    assert not [label for label in buttons if label.startswith("Repair")]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Left(LeftKind.NOTHING_ENTERED), "Its entry was never filled, so nothing of it is held."),
        (Left(LeftKind.COINS, Decimal(1), Decimal(1), Decimal(0)), "1 ETH are still there, locked in orders."),
        (Left(LeftKind.COINS, Decimal(1), Decimal(1), Decimal("0.3")), "1 ETH are still there, 0.3 ETH of them free."),
        (Left(LeftKind.COINS, Decimal(1), Decimal(1), Decimal(9)), "1 ETH are still there, free."),
        (Left(LeftKind.SOLD, Decimal(1)), "It had sold 1 ETH; the money should be there."),
        (Left(LeftKind.GONE), "Nothing of it is there any more."),
        (Left(LeftKind.UNKNOWN, Decimal(1), not_looked=pretend.WHY), "whether they are still there I could not see."),
    ],
)
def test_what_is_left_is_said_as_it_was_seen(left, said):
    assert said in shown(replace(pretend.ETH, left=left))


ALL_TEN = Left(LeftKind.COINS, Decimal(4), Decimal(4), Decimal(0), there=Decimal(10))


def test_where_the_wallet_has_more_of_the_coin_nothing_is_called_this_trades():
    """Neither what is free nor what a stop is for."""
    stop = Protection(StopState.PART, Decimal(120), Decimal(120), 1, Decimal(6), Decimal(10))
    text = shown(replace(pretend.ETH, left=replace(ALL_TEN, free=Decimal(3)), protection=stop))
    assert "4 ETH are still there. Of the 10 ETH in the wallet 3 ETH are free, the rest is locked" in text
    assert "A stop at 120 stands at the exchange for 6 ETH of the 10 ETH there; whether for these," in text
    assert "of them free" not in text
    assert "4 ETH are still there, free." in shown(replace(pretend.ETH, left=replace(ALL_TEN, free=Decimal(10))))
    assert "4 ETH are still there, locked in orders." in shown(replace(pretend.ETH, left=ALL_TEN))


def test_a_stop_for_a_part_of_all_that_the_wallet_has_is_a_part_of_these():
    stop = Protection(StopState.PART, Decimal(120), Decimal(120), 1, Decimal("0.1"), Decimal("0.4"))
    assert "<b>Only 0.1 ETH of 0.4 ETH have a stop</b>" in shown(replace(pretend.ETH, protection=stop))


def test_what_living_trades_may_own_is_not_called_unwatched():
    shared = replace(pretend.ETH, left=replace(pretend.ETH.left, shared=True), protection=Protection())
    text = shown(shared)
    assert "part of it may be that one’s" in text
    assert "No stop" not in text
    assert "watches it no more" not in text


def test_without_a_key_what_is_left_is_not_known_and_a_key_is_offered():
    reply = trades.picture(pretend.no_key(), HERE)
    assert (
        "It held 0.4 ETH; whether they are still there I cannot see: no key of mine is linked with this account."
        in reply.text
    )
    assert {"Make one", "How to look by hand"} <= presses(reply).keys()


def test_what_is_being_read_is_not_called_unseen():
    text = trades.picture(pretend.half_way(), HERE).text
    assert "It held 0.4 ETH; whether they are still there, I am still finding out." in text
    assert "could not" not in text
    orders_unread = replace(pretend.ETH, protection=Protection())
    growing = trades.picture(replace(pretend.half_way(), troubled=(orders_unread,)), HERE).text
    assert "I could not see" not in growing
    ended = trades.picture(replace(pretend.failed(), troubled=(orders_unread,)), HERE).text
    assert "Whether it has a stop, I could not see." in ended


def test_where_3commas_shows_no_real_account_it_is_not_said_that_nothing_failed():
    reply = trades.picture(pretend.paper_alone(), HERE)
    assert "No trade has failed" not in reply.text
    assert "one demo (paper) account and no exchange account with real money. So whether a trade" in reply.text
    assert "is left out" not in reply.text, "that is said once"
    assert "How to look by hand" in presses(reply)
    growing = trades.picture(replace(pretend.paper_alone(), complete=False), HERE)
    assert "So whether a trade" not in growing.text


def test_a_second_token_without_a_real_account_is_told_apart_from_the_first():
    real, unreal = replace(pretend.SOURCES[0], real_accounts=2), replace(pretend.SOURCES[0], real_accounts=0)
    text = trades.picture(replace(pretend.none(), sources=(real, unreal)), HERE).text
    assert "With one of your tokens, 3Commas shows me one demo (paper) account" in text
    assert "No trade has failed" not in text
    assert "One paper account is left out" in text, "that of the first token"


def test_where_the_token_is_refused_the_check_is_the_next_step():
    """Looking again does not help against it."""
    refused = Source(checks.TOKEN, Sight.NOT_LOOKED, NotLooked("PlanWithoutApi"))
    reply = trades.picture(replace(pretend.not_read(), sources=(refused,), troubled=(), deals=(), living=()), HERE)
    assert "Check my accounts" in presses(reply)


def test_where_a_list_was_not_read_there_may_be_more_and_none_is_never_said():
    reply = trades.picture(pretend.not_read(), HERE)
    assert "So there may be more than stands here." in reply.text
    nothing = trades.picture(replace(pretend.not_read(), troubled=()), HERE)
    assert "No trade has failed" not in nothing.text
    assert "No trade has failed" in trades.picture(pretend.none(), HERE).text


def test_so_far_back_as_is_said_is_asked():
    assert abs(CANCELLED_SINCE.days / 30.5 - trades.MONTHS_BACK) < 1


def test_living_trades_are_one_sentence_until_all_are_wanted():
    reply = trades.picture(pretend.failed(), HERE)
    assert "2 are alive without an error: SmartTrade #121, DCA deal #77 of BNB steady." in reply.text
    every = presses(reply)["Show all"]
    assert isinstance(every, Show)
    text = trades.picture(pretend.failed(), Place.unpack(every.id)).text
    assert "<b>SmartTrade #121, SOL</b> is alive." in text
    assert text.index("#118") < text.index("#121")


def test_a_living_trade_that_met_an_error_is_a_row_of_its_own():
    text = trades.picture(pretend.every_left(), Place(SCREEN, every=True)).text
    last = trades.entries(pretend.every_left(), every=False)[-1]
    assert last.row.trade.id == 122  # type: ignore[union-attr]  # a living trade
    assert "122" not in text.split("alive without an error")[0] or "met an error" in text


@pytest.mark.parametrize("group", Group, ids=lambda one: one.value)
def test_every_reason_is_said_in_words_without_codes(group):
    said = reason(ErrorText(group, right="futures", code="-2015"), "", "binance")
    assert said
    assert "2015" not in said
    assert "None" not in said


def test_a_text_that_nobody_knows_is_shown_as_it_is_and_cannot_become_tappable():
    said = reason(classify("binance", "<b>/forget</b> now"), "<b>/forget</b> now", "binance")
    assert said == "3Commas says <code>&lt;b&gt;/forget&lt;/b&gt; now</code>"


def test_who_cancelled_is_not_guessed():
    assert "somebody cancelled it, or 3Commas does not say why" in reason(
        ErrorText(Group.UNKNOWN), "", "binance", cancelled=True
    )


@pytest.mark.parametrize(
    ("pair", "coin"),
    [("USDT_ETH", "ETH"), ("USDT_BTCUSDT", "BTC"), ("USDT_BTCUSDT_UMCBL", "BTCUSDT_UMCBL"), ("odd", "odd")],
)
def test_the_coin_of_a_trade_is_read_from_3commas_pair(pair, coin):
    assert coin_of(pair) == coin


def test_what_is_on_accounts_that_are_gone_is_counted():
    assert "2 more are on accounts that 3Commas does not list any more" in shown(pretend.ETH, elsewhere=2)
