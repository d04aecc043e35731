"""/orders, /trades and /funds in a world that moves while it is read, or holds what nobody expects: each has its sentence."""

from datetime import timedelta
from decimal import Decimal

from sandbox.faults import Fault
from sandbox.stories.figures import ALEX, KIM
from tests.chat import Chat
from tests.chats.looks import connected
from tests.chats.misbehaving import assert_fit_to_read, settled
from tests.chats.steps import ask_for_a_binance_pair, connected_to_3commas, connected_to_binance
from tests.world import World

STORY = "leftover_orders"
TAKE_PROFIT = ("BTCUSDT", Decimal(72000))
"""Of trade 203, which lives: sell 0.01 BTC."""
A_MINUTE_S = 63
"""What 3Commas lets through in a minute is enough for one look."""
NASTY = "<b>x</b> & </code> [a](t.me/evil) _*`"


def order_id(world: World, symbol: str, price: Decimal) -> int:
    return next(o.order_id for o in world.desk.binance.account().spot_orders if (o.symbol, o.price) == (symbol, price))


def held_up(world: World, service: str, path: str) -> Fault:
    """The next request of this kind waits until `released` is set."""
    return world.fault(service, "slow", path, delay_s=60.0, times=1)


def rows(text: str, words: str) -> list[str]:
    return [row for row in text.split("\n\n") if words in row]


async def orders(world: World, chat: Chat) -> str:
    """/orders with everything listed on its pages, filled in."""
    await chat.send("/orders")
    await settled(world)
    return (await chat.shows("Looked")).text


async def test_orders_of_3commas_that_it_does_not_show_make_what_is_left_over_less_sure() -> None:
    """A signal bot's entries, or another 3Commas on the same account: one such order stands here already."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        assert "others begin so, too" not in await orders(world, chat)
        house = world.house
        house.binance.put_order(
            world.desk.binance.account().id,
            "ETHUSDT",
            "BUY",
            Decimal("0.2"),
            Decimal(1400),
            client_order_id=f"{house.three_commas.order_prefix}signal",
            placed=house.world.clock.now() - timedelta(days=70),
        )
        world.bot_clock.advance(A_MINUTE_S)
        text = await orders(world, chat)
        (row,) = rows(text, "sell 0.3 ETH at 2,600")
        assert "Left over, most likely from SmartTrade #201" in row
        assert "others begin so, too, that 3Commas does not show me" in row
        await chat.press("1 · Why I think so")
        await chat.shows("A signal bot, a connection that was deleted, or somebody else’s 3Commas may run this account")


# --- the world moves between two reads -----------------------------------------------------------------------------


async def test_an_order_that_was_filled_after_it_was_read_is_not_called_left_over() -> None:
    """Its trade at 3Commas is read afterwards and needs it no more."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.bot_clock.advance(A_MINUTE_S)
        heard = len(world.received("binance"))
        held = held_up(world, "three_commas", "/smart_trades")
        await chat.send("/orders")
        await world.arrived("binance", "/fapi/v1/openAlgoOrders", after=heard)  # asked once spot was answered
        world.house.binance.fill_order(order_id(world, *TAKE_PROFIT), Decimal("0.01"))
        held.released.set()
        await settled(world)
        (row,) = rows((await chat.shows("Looked")).text, "0.01 BTC at 72,000")
        assert "Owner unknown" in row


async def test_an_order_that_was_filled_before_it_was_read_is_not_said_to_be_missing() -> None:
    """3Commas was read while it still stood, and is read again before anything is missed."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.bot_clock.advance(A_MINUTE_S)
        heard = len(world.received("three_commas"))
        held = held_up(world, "binance", "/api/v3/openOrders")
        await chat.send("/orders")
        await world.arrived("three_commas", "/ver1/trades", after=heard)  # asked once the active trades were answered
        world.house.binance.fill_order(order_id(world, *TAKE_PROFIT), Decimal("0.01"))
        held.released.set()
        await settled(world)
        text = (await chat.shows("Looked")).text
        assert "18 open orders" in text
        assert "expects" not in text
        assert "I found no order" not in text


async def test_an_order_that_is_gone_while_its_trade_lives_is_named_with_its_trade() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.bot_clock.advance(A_MINUTE_S)
        world.house.binance.cancel_at_desk(world.desk.binance.account().id, order_id(world, *TAKE_PROFIT))
        text = await orders(world, chat)
        assert "SmartTrade #203 expects a sell of 0.01 BTC at 72,000 USDT that Binance does not show." in text


async def test_an_order_whose_trade_is_closed_while_it_is_read_is_not_called_left_over_yet() -> None:
    """It may still be on its way out."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.bot_clock.advance(A_MINUTE_S)
        heard = len(world.received("three_commas"))
        held = held_up(world, "three_commas", "/grid_bots")
        await chat.send("/orders")
        await world.arrived("three_commas", "/grid_bots", after=heard)  # asked once the active trades were answered
        world.house.three_commas.cancel_trade(ALEX.id, 203)
        held.released.set()
        await settled(world)
        text = (await chat.shows("Looked")).text
        assert "SmartTrade #203 (take profit, 2 orders)" in text
        assert not rows(text, "0.01 BTC at")
        world.bot_clock.advance(A_MINUTE_S)
        found = rows(await orders(world, chat), "0.01 BTC at")
        assert len(found) == 2
        assert all("from SmartTrade #203" in row for row in found)


# --- what nobody expects -------------------------------------------------------------------------------------------


async def test_a_pair_that_3commas_writes_otherwise_stays_uncompared_and_nothing_of_it_is_left_over() -> None:
    """A living trade whose coins cannot be found at the exchange may be the owner of any order."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.bot_clock.advance(A_MINUTE_S)
        trade = next(one for one in world.house.three_commas.user(ALEX.id).smart_trades if one.id == 203)
        trade.pair = "USDT_XBT"
        text = await orders(world, chat)
        found = rows(text, "0.01 BTC at")
        assert len(found) == 2
        assert not [row for row in found if "Left over" in row]


async def test_an_amount_of_36_decimals_is_written_in_full() -> None:
    """As 3Commas tells amounts of some trades."""
    tiny = "0.199999999999999999999999999999999999"
    async with World.story("no_key_of_the_bot") as world:
        chat = world.chat(ALEX)
        trade = next(one for one in world.house.three_commas.user(ALEX.id).smart_trades if one.id == 801)
        trade.targets[0].units = Decimal(tiny)
        await connected_to_3commas(chat, world.desk)
        text = await orders(world, chat)
        assert f"SmartTrade #801 (take profit): sell {tiny} ETH at 2,600 USDT" in text


async def test_markup_in_notes_and_names_stands_there_as_it_was_written() -> None:
    async with World.story("failed_trades") as world:
        chat = world.chat(ALEX)
        person = world.house.three_commas.user(ALEX.id)
        for trade in person.smart_trades:
            trade.note = NASTY
        for bot in person.bots:
            bot.name = NASTY
        world.desk.rename("Binance futures", NASTY)
        await connected_to_3commas(chat, world.desk)
        for command in ("/trades", "/orders", "/funds", "/positions"):
            world.bot_clock.advance(A_MINUTE_S)
            await chat.send(command)
            await settled(world)
            message = await chat.shows("Looked")
            assert NASTY in message.text, command
            assert_fit_to_read(message.text.replace(NASTY, ""), chat)
            assert not [entity for entity in message.entities if entity.type in ("text_link", "url", "mention")]


# --- whose account it is -------------------------------------------------------------------------------------------


async def test_two_accounts_of_one_venue_stay_two_and_the_one_that_no_key_reads_is_said_so() -> None:
    async with World.story("sub_account") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await chat.send("/check")
        await settled(world)
        await connected_to_binance(chat, world.desk)
        await chat.press("Link with Binance spot")
        await chat.shows("Linked with Binance spot")
        text = await orders(world, chat)
        assert "3Commas does not show me open orders at Savings spot" in text
        assert "at Binance spot" not in text


async def test_two_traders_on_one_binance_account_see_the_same_orders_and_each_only_his_own_trades() -> None:
    async with World.story(STORY) as world:
        alex, kim = await connected(world), world.chat(KIM)
        public_half = await ask_for_a_binance_pair(kim)
        await kim.send(world.desk.binance.create_key_from_public_half(public_half, label="for Kim"))
        await kim.shows("Works.")
        world.bot_clock.advance(A_MINUTE_S)
        hers = await orders(world, kim)
        assert "19 open orders" in hers
        assert "Left over" not in hers
        assert "SmartTrade" not in hers
        assert "Left over, most likely from SmartTrade #201" in await orders(world, alex)


async def test_a_paper_account_is_left_out_and_that_is_said() -> None:
    """3Commas shows it where the account stands in paper mode and the mode that is asked for is not heeded."""
    async with World.story(STORY) as world:
        world.house.three_commas.add_account(ALEX.id, "paper_trading", "Demo")
        world.house.three_commas.set_mode(ALEX.id, "paper")
        world.house.three_commas.behaviour.forced_mode_honoured = False
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk)
        for command in ("/orders", "/funds", "/positions", "/trades"):
            text = await look_in_a_minute(world, chat, command)
            assert "paper" in text.lower(), command
            assert "Demo" not in text


async def look_in_a_minute(world: World, chat: Chat, command: str) -> str:
    world.bot_clock.advance(A_MINUTE_S)
    await chat.send(command)
    await settled(world)
    return (await chat.shows("Looked")).text
