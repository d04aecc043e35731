"""/positions: what it claims of each position, and where it claims nothing."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.background.account_looks import POSITIONS
from bot.buttons import MAX_BYTES, Open, Press, Show
from bot.reply import Reply
from bot.views import positions
from bot.views.examples import positions as pretend
from bot.views.pages import Place
from bot.views.position_words import near_liquidation, profit
from domain.check_view import Sight
from domain.positions_view import Management, PositionsView, Protection, StopState, Watched

D = Decimal
PART = Protection(StopState.PART, D(9), D(9), 1, D("0.02"), D("0.05"))
HELD = Watched(D("0.01"), D(9))
SCREEN = "positions-4294967295-12"
HERE = Place(SCREEN)
PICTURES: dict[str, Callable[[], PositionsView]] = {
    one.__name__: one
    for one in (
        pretend.half_way,
        pretend.orphaned,
        pretend.half_watched,
        pretend.not_read,
        pretend.not_linked,
        pretend.no_key,
        pretend.none,
        pretend.many,
        pretend.waiting,
    )
}
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def shown(*rows, **more) -> Reply:
    return positions.picture(replace(pretend.orphaned(), positions=rows, **more), HERE)


@each_picture
def test_a_kept_snapshot_shows_what_was_shown(picture):
    assert POSITIONS.read(POSITIONS.out(picture())) == replace(picture(), resume={})


@each_picture
def test_buttons_fit_whatever_a_contract_is_called(picture):
    for row in positions.picture(picture(), HERE).buttons:
        assert all(len(button.data.pack()) <= MAX_BYTES for button in row if isinstance(button, Press))


def test_a_position_that_nobody_watches_says_all_of_it():
    reply = shown(pretend.NOBODY)
    assert "<b>BTC long</b>, 0.05 BTC on <b>Binance futures</b>. <b>Nobody watches it.</b>" in reply.text
    assert "Entry 61,200 USDT, now 63,097.2: +94.86 USDT (+3.1 %)" in reply.text
    assert "isolated margin, 5x, liquidation at 49,500" in reply.text
    assert "<b>No stop.</b> Target at the exchange: sell 0.01 BTC at 66,000 USDT;" in reply.text
    assert "and 2 more." in reply.text
    assert labels(reply)[0] == "How to take it over"


def test_a_loss_is_written_as_one():
    assert "-30.00 USDT (-2.3 %)" in shown(pretend.MANAGED).text


def test_what_a_trade_manages_is_not_offered_to_be_taken_over():
    reply = shown(pretend.MANAGED)
    assert "SmartTrade #121 manages it." in reply.text
    assert "Stop at 2,300, held by 3Commas: it fires only while 3Commas’ key works." in reply.text
    assert "How to take it over" not in labels(reply)


def test_what_a_trade_manages_only_in_part_is_said():
    assert "SmartTrade #121 manages 0.4 ETH of it; nobody the rest." in shown(pretend.PART).text


def test_a_stop_at_the_exchange_watches_even_where_3commas_does_not():
    text = shown(pretend.BY_HAND).text
    assert "Nothing at 3Commas manages it." in text
    assert "Stop at 130, at the exchange." in text
    assert "Nobody watches it" not in text
    assert "all of it once 190 USD is touched" in shown(pretend.TRAILING).text.replace("USDT", "USD")


def test_the_sum_counts_what_is_managed_by_nobody_and_what_has_no_stop():
    text = positions.picture(pretend.orphaned(), HERE).text
    assert "<b>5 open positions.</b> Nothing at 3Commas manages 3 of them. One has no stop. One has a stop for" in text
    text = positions.picture(pretend.half_watched(), HERE).text
    assert "no stop" not in text
    assert "2 have a stop for only a part of them.\n" in text


def test_contracts_are_called_contracts():
    assert "7 contracts" in shown(pretend.TRAILING).text


def test_close_to_liquidation_safety_comes_first():
    assert near_liquidation(pretend.ETH)
    assert not near_liquidation(pretend.BTC)
    assert not near_liquidation(replace(pretend.BTC, liquidation_price=None))
    assert not near_liquidation(replace(pretend.BTC, mark_price=None))
    assert "Safety first" in shown(pretend.MANAGED).text


@pytest.mark.parametrize(
    "picture", [pretend.not_read, pretend.not_linked, pretend.half_way], ids=lambda one: one.__name__
)
def test_where_not_everything_was_read_no_position_is_called_unwatched(picture):
    text = positions.picture(picture(), HERE).text
    assert "Nobody watches" not in text
    assert "Nothing at 3Commas manages" not in text
    assert "No stop.</b>" not in text


def test_a_stop_that_is_not_at_the_exchange_may_be_at_3commas():
    text = positions.picture(pretend.not_linked(), HERE).text
    assert "No stop stands at the exchange; whether 3Commas holds one, I could not see." in text
    unread = positions.picture(pretend.not_read(), HERE).text
    assert "Whether it has a stop, I could not see." in unread


def test_while_it_is_being_found_out_nothing_is_said_to_be_out_of_sight():
    text = positions.picture(pretend.half_way(), HERE).text
    assert "who manages what is open there and whether it has a stop, I am still finding out" in text
    assert "I could not see" not in text
    found = replace(
        pretend.half_way(), positions=(replace(pretend.UNKNOWN, protection=Protection(StopState.AT_EXCHANGE)),)
    )
    assert "at the exchange." in positions.picture(found, HERE).text, "a stop that stands there is told at once"


def test_each_account_that_was_not_read_is_named():
    text = positions.picture(pretend.not_read(), HERE).text
    assert "<b>Second futures</b>: I could not read its positions" in text
    assert "<b>Third futures</b>: no open positions." in text
    assert "I could not read the active SmartTrades, the deals of your bots, the grid bots" in text
    assert "I could not read its open orders, so stops and targets" in text


def test_none_is_said_only_where_everything_was_read():
    assert "No open futures positions." in positions.picture(pretend.none(), HERE).text
    refused = replace(pretend.ACCOUNT, sight=replace(pretend.SIGHT, state=Sight.NOT_LOOKED, not_looked=pretend.WHY))
    assert (
        "No open futures positions." not in positions.picture(replace(pretend.none(), accounts=(refused,)), HERE).text
    )
    assert "No open futures positions." not in positions.picture(pretend.no_key(), HERE).text


def test_without_a_key_one_is_offered_and_the_way_by_hand():
    reply = positions.picture(pretend.no_key(), HERE)
    assert "3Commas does not list open positions" in reply.text
    assert {"Make one", "How to look by hand"} <= set(labels(reply))


def test_pages_carry_keys_and_take_over_names_the_position():
    reply = positions.picture(pretend.many(), HERE)
    after = next(b.data for row in reply.buttons for b in row if isinstance(b, Press) and b.label == "Next")
    assert isinstance(after, Show)
    second = positions.picture(pretend.many(), Place.unpack(after.id))
    assert "9. <b>C8 long</b>" in second.text
    found = [b.data for row in second.buttons for b in row if isinstance(b, Press) and "take it over" in b.label]
    assert isinstance(found[0], Open)
    row = positions.find(pretend.many(), found[0].subject.rpartition(".")[2])
    assert row is not None
    assert row.position.symbol == "C8/USDT:USDT"


def test_what_the_exchange_does_not_tell_is_left_out():
    bare = replace(
        pretend.BTC, unrealised=None, mark_price=None, leverage=None, margin_mode=None, liquidation_price=None
    )
    row = replace(pretend.NOBODY, position=bare, profit_percent=None)
    text = shown(row).text
    assert "None" not in text
    assert "Entry 61,200 USDT\n" in text
    assert profit(bare, None) == ""
    assert profit(replace(bare, unrealised=Decimal("0.000042")), None) == "+0.000042 USDT"


def test_a_target_that_follows_the_price_says_from_where():
    follows = replace(pretend.WHOLE, type="trailing_stop_market", remaining=D(2), trigger=None, activation=D(190))
    text = shown(replace(pretend.BY_HAND, targets=(follows,))).text
    assert "sell 2 SOL when the price turns, but only after 190 USDT is touched." in text
    plain = replace(follows, activation=None)
    assert "sell 2 SOL when the price turns." in shown(replace(pretend.BY_HAND, targets=(plain,))).text


def test_a_stop_of_3commas_for_a_part_leads_to_its_key_as_well():
    assert "Check my accounts" in labels(shown(pretend.PART))
    assert "Check my accounts" not in labels(shown(pretend.NOBODY))


def test_every_state_of_management_and_stop_has_its_words():
    for management in Management:
        for stop in StopState:
            for price in (None, Decimal(1)):
                row = replace(pretend.MANAGED, management=management, protection=Protection(stop, price, price))
                assert shown(row).text


@pytest.mark.parametrize(
    ("protection", "said"),
    [
        (Protection(StopState.AT_EXCHANGE, D(9), D(9)), "Stop at 9, at the exchange."),
        (Protection(StopState.AT_EXCHANGE, D(9), D(8), 2), "Stops from 9 to 8, at the exchange, for all of it"),
        (Protection(StopState.AT_EXCHANGE, D(9), None, 2), "the nearest at 9, another follows the price."),
        (Protection(StopState.AT_EXCHANGE), "A stop that follows the price, at the exchange."),
        (PART, "<b>Only 0.02 BTC of 0.05 BTC have a stop</b>, at the exchange: at 9."),
        (replace(PART, last=D(8)), "at the exchange: from 9 to 8."),
        (replace(PART, last=None), "the nearest at 9, another follows the price."),
        (replace(PART, first=None, last=None), "it follows the price."),
        (
            Protection(StopState.PART, there=D("0.05"), watched=HELD),
            "<b>Only 0.01 BTC of 0.05 BTC have a stop</b>, held by 3Commas at 9: it fires only while 3Commas’ key works.",
        ),
        (
            Protection(StopState.PART, there=D("0.05"), watched=replace(HELD, price=None)),
            "have a stop</b>, held by 3Commas: it fires",
        ),
        (
            replace(PART, watched=HELD),
            "at 9. 3Commas holds another at 9 for 0.01 BTC, perhaps of the same: it fires only while 3Commas’ key works.",
        ),
        (
            Protection(watched=HELD),
            "3Commas holds a stop at 9 for 0.01 BTC: it fires only while 3Commas’ key works."
            " Whether the rest has one, I could not see.",
        ),
        (
            Protection(begins=D(9)),
            "but it begins only once 9 is touched; whether that has happened, the exchange does not",
        ),
        (replace(PART, begins=D(8)), "at 9. A stop that follows the price stands at the exchange, but it begins"),
        (Protection(watched=HELD, begins=D(8)), "I could not see. A stop that follows the price stands"),
        (Protection(watched=Watched()), "3Commas holds a stop, for how much of it I could not see: it fires only"),
    ],
)
def test_a_stop_is_told_with_what_it_is_for(protection, said):
    row = replace(pretend.NOBODY, protection=protection)
    text = shown(row).text
    assert said in text
    assert ("Nobody watches it" in text) is (protection.state is not StopState.AT_EXCHANGE)
