"""/funds: what it claims, how it is paged, and why 3Commas may show less."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.background.account_looks import FUNDS
from bot.buttons import MAX_BYTES, Open, Press, Show
from bot.pictures.funds import draw_funds
from bot.reply import Reply
from bot.views import funds, funds_reasons
from bot.views.examples import funds as pretend
from bot.views.pages import Place
from domain.check_view import Sight
from domain.funds_view import FundsView

SCREEN = "funds-4294967295-12"
HERE = Place(SCREEN)
PICTURES: dict[str, Callable[[], FundsView]] = {
    one.__name__: one
    for one in (
        pretend.half_way,
        pretend.locked,
        pretend.by_three_commas,
        pretend.not_read,
        pretend.told_instead,
        pretend.many,
        pretend.empty,
        pretend.waiting,
    )
}
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def presses(reply: Reply) -> dict[str, object]:
    return {button.label: button.data for row in reply.buttons for button in row if isinstance(button, Press)}


@each_picture
def test_a_kept_snapshot_shows_what_was_shown(picture):
    assert FUNDS.read(FUNDS.out(picture())) == replace(picture(), resume={})


@each_picture
def test_buttons_fit_whatever_a_coin_is_called(picture):
    for place in (HERE, Place(SCREEN, "f" * 10, every=True)):
        for row in funds.picture(picture(), place).buttons:
            assert all(len(button.data.pack()) <= MAX_BYTES for button in row if isinstance(button, Press))


def test_sums_are_of_all_wallets_and_say_what_is_locked():
    text = funds.picture(pretend.locked(), HERE).text
    assert "The wallets below hold <b>6,500.50 USD</b>. Of that, <b>3,477.80 USD</b> are locked." in text
    assert "<b>Binance spot</b>: 5,500.50 USD, of which 3,300.00 USD are locked." in text


def test_each_coin_says_what_locks_it():
    text = funds.picture(pretend.locked(), HERE).text
    assert "1 ETH (2,000.00 USD): 0.5 free, 0.5 locked by one open order" in text
    assert "10 locked: 9 by 3 open orders, 1 by something else" in text
    assert "Something else can be an earn product" in text
    assert "locked as margin: 55 for one open order, the rest for open positions" in text


def test_what_3commas_shows_less_is_told_beside_the_wallet_and_explained_where_it_is_what_is_locked():
    text = funds.picture(pretend.locked(), HERE).text
    assert "3Commas shows 2,200.00 USD, 3,300.50 USD less: that is what is locked." in text
    other = replace(pretend.SPOT_WALLET, three_commas_worth=Decimal(5000))
    text = funds.picture(replace(pretend.locked(), wallets=(other,)), HERE).text
    assert "3Commas shows 5,000.00 USD, 500.50 USD less." in text
    more = replace(pretend.SPOT_WALLET, three_commas_worth=Decimal(6000))
    assert "more than I see" in funds.picture(replace(pretend.locked(), wallets=(more,)), HERE).text
    same = replace(pretend.SPOT_WALLET, three_commas_worth=Decimal(5501))
    assert "3Commas shows" not in funds.picture(replace(pretend.locked(), wallets=(same,)), HERE).text


def test_a_refused_key_is_said_beside_what_3commas_tells_instead_and_leads_to_the_check_and_to_no_second_key():
    reply = funds.picture(pretend.told_instead(), HERE)
    assert "Binance refuses my key. So here stands what 3Commas tells, refreshed just now." in reply.text
    assert (
        "Binance futures</b>: I could not read its balances, so nothing of it stands here. Binance refuses"
        in reply.text
    )
    assert "What 3Commas tells of it I could not read either. 3Commas did not answer in time." in reply.text
    assert "empty" not in reply.text
    assert presses(reply)["Check my accounts"] == Open("check")
    assert not [label for label in presses(reply) if label.startswith(("Link", "Make"))]
    assert "not linked" not in reply.text
    old = replace(pretend.told_instead().wallets[0], sight=replace(pretend.SIGHT, state=Sight.WARNING))
    text = funds.picture(replace(pretend.told_instead(), wallets=(old,)), HERE).text
    assert "which it could not refresh just now, so it may be old." in text
    assert "I could not read myself" in funds_reasons.reasons(pretend.told_instead(), SCREEN).text


def test_a_table_without_coins_that_could_not_be_refreshed_is_said_to_be_old():
    wallet = replace(pretend.by_three_commas().wallets[0], assets=())
    text = funds.picture(replace(pretend.by_three_commas(), wallets=(wallet,)), HERE).text
    assert "empty. As 3Commas tells it; it could not refresh these figures" in text


def test_the_picture_says_what_it_leaves_out_and_nothing_else():
    assert "Coins without a price are left out." in funds.drawn(pretend.locked(), b"").text
    many = funds.drawn(pretend.many(), b"").text
    assert "The 8 largest coins." in many
    assert "without a price" not in many


def test_a_coin_without_a_price_has_no_worth_and_is_not_lost():
    text = funds.picture(pretend.locked(), HERE).text
    assert "40 OLD (no price), all free" in text


def test_where_a_wallet_was_not_read_nothing_is_called_all():
    text = funds.picture(pretend.not_read(), HERE).text
    assert "<b>Binance spot</b>: I could not read its balances, so nothing of it stands here." in text
    assert "I see <b>" in text
    assert "The wallets below hold" not in text


def test_where_orders_were_not_read_what_locks_is_not_known():
    assert "0.5 locked, by what I could not see" in funds.picture(pretend.orders_unread(), HERE).text


def test_before_prices_and_orders_are_there_no_sum_is_told_and_nothing_is_out_of_sight():
    reply = funds.picture(pretend.half_way(), HERE)
    assert "what it is worth and what locks it, I am still finding out" in reply.text
    assert "0.5 locked" in reply.text
    for untold in ("USD worth", "0.00 USD", "I see", "no price", "I could not see", "all of it free"):
        assert untold not in reply.text
    assert reply.buttons == ()


def test_3commas_figures_are_called_so_and_old_ones_old():
    reply = funds.picture(pretend.by_three_commas(), HERE)
    assert "As 3Commas tells it; it could not refresh these figures just now, so they may be old." in reply.text
    assert "0.5 locked in orders" in reply.text
    assert presses(reply)["Make one"] == Open("connect", "binance")
    assert "At OKX I cannot read with a key of my own yet" in reply.text


def test_small_coins_are_summed_up_and_shown_on_demand():
    few = funds.picture(pretend.many(), HERE)
    assert "3 more coins are worth less than 1.00 USD each, 0.60 USD together." in few.text
    assert " D1 " not in few.text
    every = presses(few)["Show all"]
    assert isinstance(every, Show)
    shown = ""
    place: Place | None = Place.unpack(every.id)
    while place is not None:
        reply = funds.picture(pretend.many(), place)
        shown += reply.text
        after = presses(reply).get("Next")
        place = Place.unpack(after.id) if isinstance(after, Show) else None
    assert all(f" D{n} (" in shown for n in range(3))
    assert len(re.findall(r"^• ", shown, re.M)) == 24


def test_next_walks_through_all_coins_once():
    seen: list[str] = []
    place: Place | None = HERE
    while place is not None:
        reply = funds.picture(pretend.many(), place)
        seen += re.findall(r"^• \S+ (\S+)", reply.text, re.M)
        after = presses(reply).get("Next")
        place = Place.unpack(after.id) if isinstance(after, Show) else None
    assert seen == [f"C{n}" for n in range(20)] + ["USDT"]


def test_only_the_largest_coins_with_a_price_are_drawn():
    bars = funds.bars(pretend.locked())
    assert {bar.asset for bar in bars} == {"ETH", "USDT", "SOL"}
    usdt = next(bar for bar in bars if bar.asset == "USDT")
    assert (usdt.free_usd, usdt.locked_usd) == (Decimal("2044.14"), Decimal("977.8"))
    assert (usdt.worth, usdt.locked_worth) == ("3,022 USD", "978 USD locked")
    assert draw_funds(bars, funds.legend()).startswith(b"\x89PNG")
    assert funds.bars(pretend.empty()) == []


# --- why 3Commas may show less -------------------------------------------------------------------------------------


def why(view: FundsView) -> str:
    return funds_reasons.reasons(view, SCREEN).text


def test_what_was_seen_comes_first_and_only_what_can_apply_follows():
    text = why(pretend.locked())
    assert text.index("hold 3,477.80 USD") < text.index("What it can be besides")
    assert "40 OLD have no price" in text
    assert "Money in another wallet at Binance: funding, earn, margin." in text
    assert "control panel has figures with and without the profit" in text
    assert "pretend money" in text
    assert "not linked" not in text
    assert "free plan" not in text


def test_without_futures_there_is_no_word_of_their_profit_and_futures_is_another_wallet():
    spot = replace(pretend.SPOT_WALLET, assets=pretend.SPOT_WALLET.assets[:1])
    text = why(replace(pretend.locked(), wallets=(spot,), sources=pretend.SOURCES[1:]))
    assert "funding, earn, margin, futures" in text
    assert "control panel" not in text
    assert "no price" not in text
    assert "pretend money" not in text
    assert "Tiny" not in text


def test_a_wallet_that_is_not_linked_or_not_read_or_whose_figure_is_old_is_named():
    text = why(pretend.not_read())
    assert "I do not see <b>Binance sub</b> through 3Commas" in text
    assert "<b>Binance spot</b> I could not read myself" in text
    assert "3Commas could not give me a fresh figure of <b>Binance futures</b>" in text


def test_a_sub_account_points_to_the_main_account_and_the_other_way_round():
    assert "Money in a sub-account at Binance" in why(pretend.locked())
    sight = pretend.SIGHT
    sub = replace(sight.account, is_sub=True)
    view = replace(pretend.locked(), wallets=(replace(pretend.SPOT_WALLET, sight=replace(sight, accounts=(sub,))),))
    assert "Money in the main account at Binance" in why(view)


def test_nothing_locked_leads_to_no_orders():
    free = tuple(replace(row, locked=Decimal(0), free=row.total) for row in pretend.SPOT_WALLET.assets)
    view = replace(pretend.locked(), wallets=(replace(pretend.SPOT_WALLET, assets=free),))
    assert "Which orders lock it" not in presses(funds.picture(view, HERE))
    assert "Which orders lock it" not in presses(funds_reasons.reasons(view, SCREEN))
    assert "Nothing of it is locked" in funds.picture(view, HERE).text


def test_margin_of_positions_alone_leads_to_no_orders():
    view = replace(pretend.not_read(), wallets=pretend.not_read().wallets[1:2])
    assert view.wallets[0].sight.state is Sight.FINE
    reply = funds.picture(view, HERE)
    assert "100 locked as margin of open positions" in reply.text
    assert "Which orders lock it" not in presses(reply)
