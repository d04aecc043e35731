"""What all looks have in common: asking with every credential, going on later, and never taking silence for an empty list."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.causes import Cause
from domain.check_view import Sight
from domain.errors import AnswerLost, KeyRefused, ServiceDown, TimedOut, TokenRefused, TooManyRequests
from domain.look_orders import LookOrders
from domain.look_positions import LookPositions
from domain.look_trades import LookTrades
from domain.looking.answers import KEEPS_FOR
from domain.looking.plain_json import from_plain, to_plain
from domain.match_orders import Clue, Evidence
from domain.ports import Contact, LoadedBalances, ThreeCommasAccount, Trade
from domain.records import AccountLink, KeyState
from domain.trading import ExpectedOrder, Holding, Side
from domain.values import MarketType
from tests.domain.fakes import NOW, TOKEN, deal, listed, trade
from tests.domain.looks_world import D, LooksWorld, bot_deal, expected, order, plan, smart, target


@pytest.fixture
def world() -> LooksWorld:
    world = LooksWorld()
    for number in range(12):
        one = trade(100 + number, pair="USDT_SOL")
        world.living(one, expected(smart(one.id), "USDT_SOL", Side.SELL, str(200 + number), "2"))
        world.stands(order(str(number), "SOL/USDT", "sell", str(200 + number), "2"))
    return world


# --- answers as JSON -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (tuple[Trade, ...], (replace(trade(118), plan=plan(targets=[target("4100")]), entered_amount=D("0.4")),)),
        (tuple[type(deal()), ...], (replace(deal(77), strategy="long", bought_amount=D("1E-8")),)),
        (tuple[ExpectedOrder, ...], (expected(bot_deal(77), "USDT_ETH", Side.BUY, None, "0.4", created_at=NOW),)),
        (tuple[ThreeCommasAccount, ...], (listed(41), replace(listed(42), usd_amount=None, updated_at=NOW))),
        (LoadedBalances, LoadedBalances(Contact.KEY_REFUSED, None, "said")),
        (LoadedBalances, LoadedBalances(Contact.WORKS, listed(41))),
        (tuple[Holding, ...], (Holding("ETH", D(1), D(0), D(1), None),)),
        (Evidence, Evidence(Clue.SAME_PRICE, price=D("4100.10"), since=NOW)),
    ],
)
def test_answers_come_back_from_json_as_they_were(shape, value):
    assert from_plain(shape, json.loads(json.dumps(to_plain(value)))) == value


async def limited(world: LooksWorld) -> dict[str, Any]:
    """What is kept of a look that a rate limit ended."""
    world.three_commas.errors_once["simple"] = TooManyRequests("three_commas", 300)
    view = await world.last(LookOrders)
    world.three_commas.asked.clear()
    return json.loads(json.dumps(view.resume))


async def test_a_later_look_does_not_ask_again_what_was_answered(world):
    kept = await limited(world)
    view = await world.last(LookOrders, resume=kept)
    assert view.complete
    assert "active" not in world.three_commas.asked
    assert len(view.books[0].orders) == 12


async def test_old_answers_are_asked_again(world):
    kept = await limited(world)
    world.clock.time += KEEPS_FOR + timedelta(seconds=1)
    await world.last(LookOrders, resume=kept)
    assert "active" in world.three_commas.asked


async def test_answers_of_another_version_are_asked_again(world):
    kept = await limited(world)
    kept[TOKEN]["trades:active"][1] = [["a", "row", "of", "another", "shape"]]
    view = await world.last(LookOrders, resume=kept)
    assert view.complete
    assert "active" in world.three_commas.asked


async def test_nothing_is_kept_of_an_exchange(world):
    kept = await limited(world)
    assert set(kept) == {TOKEN}


async def test_a_look_waits_once_nothing_else_is_left_to_ask(world):
    world.three_commas.errors_once["simple"] = TooManyRequests("three_commas", 300)
    *between, last = await world.views(LookOrders)
    assert not any(view.waits for view in between)
    assert last.waits
    assert not last.complete
    assert not replace(last, at=last.waiting_until).waits, "then it goes on"


# --- silence ---------------------------------------------------------------------------------------------------------


async def test_a_silent_3commas_is_not_asked_forever(world):
    for number in range(12):
        world.three_commas.errors[f"expected:{100 + number}"] = TimedOut("three_commas")
    view = await world.last(LookOrders)
    asked = [part for part in world.three_commas.asked if part.startswith("expected")]
    assert len(asked) < 12
    assert view.complete
    assert view.books[0].owners is Sight.NOT_LOOKED


async def test_an_exchange_that_does_not_answer_in_time_is_not_waited_for_twice(world):
    world.exchange.errors["orders:spot"] = TimedOut("binance")
    view = await world.last(LookOrders)
    assert world.exchange.asked == ["orders:spot"]
    assert {book.sight.state for book in view.books} == {Sight.NOT_LOOKED}
    assert {book.sight.not_looked.error for book in view.books} == {"TimedOut"}


async def test_one_market_that_is_down_leaves_the_other(world):
    world.exchange.errors["orders:usdm"] = ServiceDown("binance")
    view = await world.last(LookOrders)
    states = {book.sight.account.id: book.sight.state for book in view.books}
    assert states == {"spot": Sight.FINE, "futures": Sight.NOT_LOOKED}


async def test_a_margin_account_that_is_not_read_hides_no_other(world):
    world.units.account("margin", 43, market_type=MarketType.MARGIN, market_code="binance_margin")
    world.three_commas.real.append(listed(43, "binance_margin"))
    world.units.accounts.pairs.add(("margin", "key"))
    world.exchange.errors["orders:margin"] = AnswerLost("binance", code="market_not_read")
    view = await world.last(LookOrders)
    states = {book.sight.account.id: book.sight.state for book in view.books}
    assert states == {"spot": Sight.FINE, "futures": Sight.FINE, "margin": Sight.NOT_LOOKED}


# --- credentials -----------------------------------------------------------------------------------------------------


async def test_each_use_stands_in_the_access_log(world):
    world.exchange.errors["orders:usdm"] = KeyRefused("binance", (Cause.KEY_UNKNOWN,))
    await world.last(LookOrders)
    uses = {(use.key_id, use.purpose, use.trigger, use.result) for use in world.units.access_log.uses}
    assert uses == {("key", "orders", "command", "KeyRefused"), ("token", "orders", "command", "ok")}


@pytest.mark.parametrize(("look", "purpose"), [(LookPositions, "positions"), (LookTrades, "trades")])
async def test_every_look_names_its_purpose(world, look, purpose):
    await world.last(look)
    assert {use.purpose for use in world.units.access_log.uses} == {purpose}


async def test_a_key_removed_while_looking_is_said(world):
    world.units.keys.secrets.pop("key")
    view = await world.last(LookOrders)
    assert {book.sight.not_looked.error for book in view.books} == {"KeyGone"}


async def test_a_pending_pair_is_not_used(world):
    key = world.units.keys.rows["key"]
    world.units.keys.rows["key"] = replace(key, state=KeyState.PENDING)
    view = await world.last(LookOrders)
    assert [source.key.id for source in view.sources] == [TOKEN]
    assert not view.books


async def test_a_venue_that_is_not_read_says_so(world):
    world.units.account("kraken", None, venue="kraken")
    world.units.key("kraken-key", accounts=("kraken",), venue="kraken")
    view = await world.last(LookOrders)
    book = next(book for book in view.books if book.sight.account.venue == "kraken")
    assert book.sight.not_looked.error == "NotThere"


async def test_accounts_move_to_the_token_that_lives(world):
    for account in ("spot", "futures"):
        row = world.units.accounts.rows[account]
        world.units.accounts.rows[account] = replace(row, link=AccountLink("gone", row.link.three_commas_id))
    view = await world.last(LookOrders)
    assert view.books[0].owners is Sight.FINE
    assert world.units.accounts.rows["spot"].link.token_id == TOKEN


async def test_new_accounts_are_stored_by_any_look():
    world = LooksWorld(key=False)
    world.units.accounts.rows.clear()
    view = await world.last(LookTrades)
    assert {row.market_type for row in world.units.accounts.rows.values()} == {MarketType.SPOT, MarketType.USDM}
    assert view.complete


async def test_two_tokens_are_asked_side_by_side(world):
    world.units.token("second")
    view = await world.last(LookOrders)
    assert world.three_commas.asked.count("accounts") == 2
    assert view.complete


async def test_a_refused_token_leaves_the_exchanges(world):
    world.three_commas.errors["accounts"] = TokenRefused("three_commas")
    view = await world.last(LookOrders)
    source = next(source for source in view.sources if source.key.id == TOKEN)
    assert (source.state, source.not_looked.error) == (Sight.NOT_LOOKED, "TokenRefused")
    assert len(view.orders) == 12


async def test_leaving_early_stops_asking(world):
    run = LookOrders(*world.ports).run("trader", trigger="command")
    first = await anext(run)
    await run.aclose()
    assert not first.complete
    assert world.three_commas.asked == []


async def test_each_of_twelve_orders_finds_its_own_trade(world):
    view = await world.last(LookOrders)
    found = {row.id: row.verdict.owner for row in view.orders}
    assert found == {str(number): smart(100 + number) for number in range(12)}
