"""Links that /check offers between exchange accounts at 3Commas and keys of the bot."""

from dataclasses import replace

from bot.buttons import Open, Press
from bot.views import checking
from bot.views.examples import checks
from domain.check_view import CheckView, KeyRow, KeySight, NotLooked, Sight
from domain.values import MarketType

OFFER = "My own key at Binance is not linked with it yet"
LINK = Open("link", f"{checks.SPOT.id}.{checks.KEY.id}")


def offered(view: CheckView) -> tuple[bool, int]:
    """Whether a row says it, and how many buttons link the spot account."""
    reply = checking.result(view)
    presses = [button for row in reply.buttons for button in row if isinstance(button, Press)]
    return OFFER in reply.text, sum(press.data == LINK for press in presses)


def with_key(row: KeyRow) -> CheckView:
    return replace(checks.broken_and_not_linked(), keys=(row,))


def test_an_account_that_no_key_reads_is_offered_the_key_that_is_there():
    assert offered(checks.broken_and_not_linked()) == (True, 1)


def test_where_the_key_has_a_row_of_its_own_it_is_said_once():
    assert offered(checks.not_linked_yet()) == (False, 1)


def test_while_answers_come_in_nothing_is_offered():
    assert offered(replace(checks.broken_and_not_linked(), complete=False)) == (False, 0)


def test_a_key_that_has_its_account_of_that_kind_is_no_key_of_another_one():
    view = checks.broken_and_not_linked()
    spot, futures = view.rows
    other = replace(spot, account=replace(checks.SPOT, id="a9", name="Savings"), reach=(KeySight("k2", Sight.FINE),))
    assert offered(replace(view, rows=(spot, futures, other))) == (False, 0)


def test_what_the_trader_took_apart_is_not_offered_again():
    view = checks.broken_and_not_linked()
    apart = replace(view.rows[0], account=replace(checks.SPOT, apart_from=frozenset({"k2"})))
    assert offered(replace(view, rows=(apart, view.rows[1]))) == (False, 0)


def test_a_key_that_reads_nothing_is_not_offered():
    assert offered(with_key(KeyRow(checks.KEY, Sight.BROKEN))) == (False, 0)
    assert offered(with_key(KeyRow(checks.KEY, Sight.NOT_LOOKED, NotLooked("KeyGone")))) == (False, 0)
    assert offered(with_key(KeyRow(replace(checks.KEY, service="okx"), Sight.FINE))) == (False, 0)


def test_a_kind_of_account_that_keys_of_the_bot_do_not_read_is_not_offered():
    view = checks.broken_and_not_linked()
    margin = replace(view.rows[0], account=replace(checks.SPOT, market_type=MarketType.MARGIN))
    assert offered(replace(view, rows=(margin, view.rows[1]))) == (False, 0)
