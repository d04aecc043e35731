"""The list of open orders: what it claims, how it is paged, and how a snapshot is kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.background.ordering import SNAPSHOTS
from bot.buttons import MAX_BYTES, Copy, Open, Press, Show
from bot.reply import Reply, plain
from bot.views import order_details, orders
from bot.views.examples import orders as pretend
from bot.views.examples.checks import NOW, SPOT
from bot.views.figures import figure
from bot.views.order_list import Entry, entries, find
from bot.views.order_words import PARTS, grounds_sentences, head, head_with_grounds, part_word
from bot.views.pages import MAX_ROWS, Place, cut
from domain.looking import answers
from domain.looking.three_commas import OVER
from domain.matching.verdict import Clue, Evidence, Standing, Verdict
from domain.orders_view import OrdersView
from domain.trading import OwnerKind

SCREEN = "orders-4294967295-12"
HERE = Place(SCREEN)
PICTURES: dict[str, Callable[[], OrdersView]] = {
    one.__name__: one
    for one in (
        pretend.half_way,
        pretend.left_over,
        pretend.every_kind,
        pretend.not_read,
        pretend.not_linked,
        pretend.no_key,
        pretend.none,
        pretend.many,
        pretend.waiting,
    )
}
each_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


def presses(reply: Reply) -> list[Press]:
    return [button for row in reply.buttons for button in row if isinstance(button, Press)]


def numbers(reply: Reply) -> list[int]:
    return [int(n) for n in re.findall(r"^(\d+)\. ", reply.text, re.M)]


def turned(reply: Reply, view: OrdersView, label: str) -> Reply | None:
    for press in presses(reply):
        if press.label == label and isinstance(press.data, Show):
            return orders.picture(view, Place.unpack(press.data.id))
    return None


# --- a snapshot is kept --------------------------------------------------------------------------------------------


@each_picture
def test_a_kept_snapshot_shows_what_was_shown(picture):
    view = picture()
    again = SNAPSHOTS.read(SNAPSHOTS.out(view))
    assert again == replace(view, resume={})


def test_a_figure_of_36_decimals_is_kept_and_written_in_full():
    tiny = Decimal("0.123456789012345678901234567890123456")
    order = replace(pretend.ETH, remaining=tiny, amount=tiny)
    row = replace(pretend.LEFT_ROW, verdict=pretend.LEFT._replace(order=order))
    view = replace(pretend.left_over(), books=(replace(pretend.left_over().books[0], orders=(row,)),))
    again = SNAPSHOTS.read(SNAPSHOTS.out(view))
    assert again is not None
    assert f"sell {tiny} ETH at 4,100 USDT" in orders.picture(again, HERE).text


@pytest.mark.parametrize(
    "memory",
    [{}, {"snapshot": []}, {"snapshot": {"books": 1}}, {"snapshot": None}],
    ids=["none", "list", "other", "null"],
)
def test_what_an_earlier_version_kept_otherwise_is_not_read(memory):
    assert SNAPSHOTS.read(memory) is None


def test_what_a_later_look_would_go_on_from_is_not_kept_with_the_message():
    view = replace(pretend.left_over(), resume={"left open": {"accounts": []}})
    assert "left open" not in str(SNAPSHOTS.out(view))


# --- pages ---------------------------------------------------------------------------------------------------------


def test_next_walks_through_all_rows_once_and_previous_walks_back():
    view = pretend.many()
    page: Reply | None = orders.picture(view, HERE)
    seen: list[list[int]] = []
    last = page
    while page is not None:
        seen.append(numbers(page))
        last, page = page, turned(page, view, "Next")
    assert [number for some in seen for number in some] == list(range(1, 21))
    back: list[list[int]] = []
    page = last
    while page is not None:
        back.append(numbers(page))
        page = turned(page, view, "Previous")
    assert back == seen[::-1]


def test_a_page_has_at_most_eight_rows_and_each_row_its_buttons():
    for place in (HERE, Place(SCREEN, pretend.EIGHTH)):
        reply = orders.picture(pretend.many(), place)
        assert len(numbers(reply)) <= MAX_ROWS
        for number in numbers(reply):
            assert f"{number} · How to free it" in [press.label for press in presses(reply)]


def test_a_page_goes_on_after_its_row_whatever_has_come_or_gone_before_it():
    keys = [f"k{n}" for n in range(20)]
    after = keys[7]
    fewer = [key for key in keys if key not in ("k1", "k2")]
    assert cut(keys, str, after).rows[0] == "k8"
    assert cut(fewer, str, after).rows[0] == "k8"
    assert cut(["new", *keys], str, after).rows[0] == "k8"


def test_after_a_row_that_is_gone_and_after_the_last_one_stands_the_first_page():
    keys = [f"k{n}" for n in range(20)]
    assert cut(keys, str, "gone").first == 1
    assert cut(keys, str, "k19").first == 1
    assert cut([], str, "k1").rows == []


@each_picture
def test_buttons_carry_keys_that_fit_however_long_an_order_id_is(picture):
    view = picture()
    for place in (HERE, Place(SCREEN, "f" * 10, every=True)):
        for press in presses(orders.picture(view, place)):
            assert len(press.data.pack()) <= MAX_BYTES
            if isinstance(press.data, Show | Open) and SCREEN in press.data.pack():
                assert not re.search(r"800000000\d", press.data.pack())


def test_a_made_up_page_is_the_first_one():
    for text in ("", "x", "a.b.c.d", f"{SCREEN}.all", f"{SCREEN}.nothing.f00"):
        place = Place.unpack(text)
        assert orders.picture(pretend.many(), place).text


def test_a_key_finds_its_order_and_no_other():
    view = pretend.every_kind()
    for one in entries(view):
        found = find(view, one.key)
        assert found is not None
        assert found.row.verdict.order == one.row.verdict.order
    assert find(view, "0000000000") is None


# --- what is claimed -----------------------------------------------------------------------------------------------


def test_the_leftover_stands_first_with_its_owner_its_grounds_and_what_it_locks():
    text = orders.picture(pretend.left_over(), HERE).text
    assert "<b>3 open orders</b> lock coins worth 1,310.00 USD." in text
    assert "Left over, most likely from SmartTrade #118" in text
    assert "(same coins, no more than it held, placed while it ran; it failed on 3 March)" in text
    assert "sell 0.4 ETH at 4,100 USDT, locks 0.4 ETH (800.00 USD)" in text
    assert (
        "2 more belong to living trades: SmartTrade #121 (take profit), DCA deal #77 of BNB steady (safety order)."
        in text
    )


def test_all_are_shown_with_those_of_living_trades_last():
    text = orders.picture(pretend.left_over(), Place(SCREEN, every=True)).text
    assert text.index("1. <b>Left over") < text.index("2. SmartTrade #121") < text.index("3. DCA deal #77")
    assert "belong to living trades" not in text


@pytest.mark.parametrize(
    "picture", [pretend.not_read, pretend.not_linked, pretend.waiting], ids=lambda one: one.__name__
)
def test_where_not_everything_was_read_nothing_is_called_left_over(picture):
    for place in (HERE, Place(SCREEN, every=True)):
        reply = orders.picture(picture(), place)
        assert "Left over" not in reply.text
        assert "I call nothing there left over" in reply.text
        assert not [press for press in presses(reply) if "free" in press.label]


def test_an_account_that_was_not_read_is_named_with_the_reason():
    text = orders.picture(pretend.not_read(), HERE).text
    assert (
        "<b>Binance futures</b>: I could not read its open orders, so none of them stand here. Binance refuses my key."
        in text
    )
    assert "I see <b>one open order</b>; it locks" in text


def test_no_orders_is_said_only_where_everything_was_read():
    assert "No open orders" in orders.picture(pretend.none(), HERE).text
    refused = replace(pretend.not_read(), books=pretend.not_read().books[1:])
    assert "No open orders" not in orders.picture(refused, HERE).text


def test_before_owners_were_looked_for_none_is_called_unknown():
    reply = orders.picture(pretend.half_way(), HERE)
    assert "Owner unknown" not in reply.text
    assert "12 of 80 questions answered so far" in reply.text
    assert reply.buttons == ()


def test_missing_orders_are_named_those_for_certain_first():
    text = orders.picture(pretend.every_kind(), HERE).text
    assert "SmartTrade #121 expects a sell of 2 SOL at 210 USDT that Binance does not show" in text
    assert "2 more expected orders are not there" in text


def test_without_a_key_stands_what_3commas_tells_and_a_key_is_offered():
    reply = orders.picture(pretend.no_key(), HERE)
    assert "0.4 ETH, 2 SOL, 210 USDT are locked, worth 1,310.00 USD" in reply.text
    assert "No living trade of 3Commas explains 0.4 ETH of that" in reply.text
    assert "I need a key of my own at Binance. Reading rights are enough" in reply.text
    assert {"Make one", "How to look by hand"} <= {press.label for press in presses(reply)}
    assert "left over" not in reply.text.lower()


def test_a_key_that_is_not_linked_yet_is_offered_to_be_linked_and_no_second_one_made():
    reply = orders.picture(pretend.not_linked_yet(), HERE)
    labels = {press.label: press.data for press in presses(reply)}
    assert labels["Link with Binance spot"] == Open("link", f"{SPOT.id}.k2")
    assert "Make one" not in labels


def test_a_key_that_was_taken_apart_from_an_account_is_not_offered_for_it():
    view = pretend.not_linked_yet()
    apart = replace(SPOT, apart_from=("k2",))
    view = replace(view, without_key=(replace(view.without_key[0], account=apart),))
    assert "Link with Binance spot" not in [press.label for press in presses(orders.picture(view, HERE))]


# --- one order -----------------------------------------------------------------------------------------------------


def detail(verdict: Verdict) -> Reply:
    row = replace(pretend.LEFT_ROW, verdict=verdict)
    return order_details.details(Entry(row, pretend.left_over().books[0]), NOW, SCREEN)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (pretend.OWNED[0], "A living trade needs it, so leave it"),
        (pretend.SIMPLE_ROW.verdict, "Cancel it at 3Commas, not at Binance"),
        (pretend.FOREIGN, "so most likely by you"),
        (pretend.AMBIGUOUS, "A living trade may need it"),
        (pretend.not_read().orders[0].verdict, "do not touch it before I could look again"),
    ],
    ids=["owned", "simple", "foreign", "ambiguous", "not read"],
)
def test_what_somebody_may_need_is_never_offered_to_be_freed(verdict, said):
    reply = detail(verdict)
    assert said in reply.text
    assert [
        press.label for press in presses(reply) if isinstance(press.data, Open) and press.data.command == "free"
    ] == []


def test_a_leftover_has_its_id_to_copy_and_the_way_to_free_it():
    reply = detail(pretend.LEFT)
    assert f"<code>{pretend.ETH.id}</code>" in reply.text
    assert Copy("Copy order id", pretend.ETH.id) in reply.buttons[0]
    assert Open("free", f"{SCREEN}.{entries(pretend.left_over())[0].key}") in [press.data for press in presses(reply)]


def test_a_trade_that_fits_an_order_of_unknown_owner_is_named():
    assert "Owner unknown, perhaps left over from SmartTrade #118" in plain(head(pretend.PERHAPS_LEFT))
    assert plain(head(pretend.UNKNOWN)) == "Owner unknown"


@pytest.mark.parametrize("clue", Clue, ids=lambda clue: clue.value)
@pytest.mark.parametrize("bare", [True, False], ids=["without figures", "with figures"])
def test_each_ground_is_said_in_a_sentence_and_in_a_few_words(clue, bare):
    """With and without its figures: no sentence may break on one that is missing."""
    one = Evidence(clue) if bare else Evidence(clue, Decimal(1), Decimal(2), 3, pretend.WINTER, NOW, "word")
    verdict = pretend.LEFT._replace(standing=Standing.AMBIGUOUS, evidence=(one,), candidates=(pretend.TRADE_118,))
    (sentence,) = grounds_sentences(verdict)
    assert sentence.endswith(".")
    assert "None" not in sentence
    assert head_with_grounds(verdict)


def test_every_part_of_3commas_answers_has_a_name():
    parts = [answers.ACCOUNTS, answers.GRIDS, answers.SIMPLE, answers.trades("active"), answers.deals("active")]
    parts += [answers.trades(status) for status in OVER] + [answers.deals("finished")]
    parts += [answers.expected(kind, 118) for kind in (OwnerKind.SMART_TRADE, OwnerKind.DEAL)]
    for part in parts:
        assert part_word(part.name) != part_word("something else"), part.name
    assert set(PARTS) - {"trades", "deals"} <= {part.name for part in parts}
    assert part_word("expected:smart_trade:118") == "the orders of SmartTrade #118"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("4100.00000000", "4,100"),
        ("0.40", "0.4"),
        ("0E-8", "0"),
        ("1E+3", "1,000"),
        ("100", "100"),
        ("0.00000001", "0.00000001"),
    ],
)
def test_a_figure_is_written_exactly_and_without_empty_decimals(value, written):
    assert figure(Decimal(value)) == written
