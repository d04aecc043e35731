"""/trades of a trader whose trades failed or were cancelled, on spot and on futures in hedge mode, and setting them up again by hand."""

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.looks import connected, labels, look
from tests.chats.misbehaving import settled
from tests.chats.steps import check, connected_to_3commas
from tests.world import World

STORY = "failed_trades"
FROM_ORDER = "(from an order that it left at the exchange)"
ROWS = (
    ("#305, BTC short, futures was cancelled", "The position is still open: 0.02 BTC, entry 64,000 USDT"),
    ("#304, ETH short, futures failed", "The position is still open: 0.6 ETH, entry 2,150 USDT"),
    ("#303, BTC long, futures failed", "The position is still open: 0.05 BTC, entry 61,200 USDT"),
    ("#301, ETH failed", "0.4 ETH are still there, free. No stop."),
    ("#302, SOL was cancelled", "3 SOL are still there, free. No stop."),
)


def row(message: Message, words: str) -> str:
    (found,) = [part for part in message.text.split("\n\n") if words in part]
    return found


def number(message: Message, words: str) -> str:
    return row(message, words).partition(".")[0]


async def form_of(chat: Chat, words: str, *answers: str, listed: Message | None = None) -> Message:
    """The form of the trade, with what is asked for answered. `listed`: the list, if it was looked at already."""
    message = listed or await look(chat, "/trades")
    n = number(message, words)
    await chat.press(next(label for label in labels(message) if label.startswith(f"{n} · ")), on=message)
    for answer in answers:
        await chat.shows("Send me the price")
        await chat.send(answer)
    return await chat.shows("fill in, from top to bottom")


async def second_page(chat: Chat) -> Message:
    await chat.press("Next")
    return await chat.shows("#306")


async def test_each_trade_says_why_it_ended_and_what_of_it_is_still_there() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        message = await look(chat, "/trades")
        assert "9 trades need attention. What 7 of them bought or opened is still there." in message.text
        for title, left in ROWS:
            assert left in row(message, title)
        nothing_held = row(await second_page(chat), "#306, BNB failed")
        assert "Its entry was never filled, so nothing of it is held." in nothing_held
        assert "not enough was free" in nothing_held
        assert "Binance refused the key, its address list or one of its rights" in row(message, "#301")
        assert "beyond its stop or target already" in row(message, "#303")
        assert "is in error" in row(message, "#85")
        assert "usually goes on by itself once the key is updated" in row(message, "#85")
        assert "One is alive without an error: SmartTrade #307." in message.text
        assert "Repair Binance spot" in labels(message)


A_MINUTE_S = 63
"""After it 3Commas counts requests anew."""
FORMS = (
    (
        "#301",
        ("2600", "1500"),
        "Smart Sell",
        ("Units: 0.4", "profit is counted from it): 2100", "1500 (as you told me)"),
    ),
    ("#302", ("180", "120"), "Smart Sell", ("Units: 3", "Stop, trigger price: 120 (as you told me)")),
    ("#305", ("58000", "70000"), "Smart Buy", ("Units: 0.02", "This is about the short side alone")),
    ("#303", ("59400",), "Smart Sell", ("Units: 0.05", f"67000 {FROM_ORDER}", "First cancel its old order")),
    ("#304", ("2300",), "Smart Buy", ("Units: 0.6", f"1800 {FROM_ORDER}", "First cancel its old order")),
)


async def test_the_form_takes_over_what_is_there_and_warns_of_a_second_entry() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        listed = await look(chat, "/trades")
        for trade, answers, tool, said in FORMS:
            world.bot_clock.advance(A_MINUTE_S)
            form = await form_of(chat, trade, *answers, listed=listed)
            assert f"{trade} again, by {tool}" in form.text
            assert "Otherwise a second entry is made, and you hold double." in form.text
            for words in said:
                assert words in form.text
        page = await second_page(chat)
        form = await form_of(chat, "#306", "650", "500", listed=page)  # it never entered: it is begun anew
        assert "again, by SmartTrade" in form.text
        assert "Units: 4 (3Commas still shows it)" in form.text
        assert "second entry" not in form.text


async def test_where_3commas_cannot_use_its_key_the_form_says_to_repair_it_first() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        form = await form_of(chat, "#301", "3,100", "1,700")
        assert "First repair the key that 3Commas has for Binance spot." in form.text
        assert "Repair Binance spot" in labels(form)
        other = await form_of(chat, "#303", "60,000")
        assert "First repair" not in other.text
        await chat.press("Repair Binance spot", on=form)
        await chat.shows("is this your main account at Binance")


async def test_a_plan_that_was_seen_alive_is_known_when_its_trade_has_failed() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        await look(chat, "/trades")
        now = world.house.world.clock.now()
        world.house.three_commas.fail_trade(ALEX.id, 307, "Margin is insufficient. (-2019)", now)
        form = await form_of(chat, "#307")
        assert "Target 1, price: 200 (from its plan, as I saw it alive)" in form.text
        assert "Stop, trigger price: 125 (from its plan, as I saw it alive)" in form.text
        assert "Its plan as I saw it alive" in form.text


async def test_the_question_survives_a_restart_ends_with_cancel_and_its_button_acts_on_the_world_as_it_is() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        message = await look(chat, "/trades")
        await chat.press(f"{number(message, '#301')} · How to set it up again")
        await chat.shows("Send me the price")
        await world.restart_bot()
        await chat.send("2600")
        await chat.shows("At which price should the loss be limited?")
        await chat.send("/cancel")
        await chat.shows("Stopped: setting a trade up again, by hand")
        trades = world.house.three_commas.user(ALEX.id).smart_trades
        trades[:] = [one for one in trades if one.id != 301]
        await chat.press(f"{number(message, '#301')} · How to set it up again", on=message)
        await chat.shows("neither as failed nor as cancelled any more")


async def test_without_a_key_what_is_left_is_not_known_and_the_form_says_so() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        message = await look(chat, "/trades")
        assert "It held 0.4 ETH; whether they are still there I cannot see: no key of mine is linked" in row(
            message, "#301"
        )
        assert "whether that position is still open I cannot see" in row(message, "#303")
        form = await form_of(chat, "#301", "2600", "1500")
        assert "I could not look at the exchange" in form.text
        assert "again, by Smart Sell" in form.text


async def test_a_list_that_cannot_be_read_is_named_and_there_may_be_more() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        world.fault("three_commas", "status", "/ver1/deals", status=500, body="{}")
        await chat.send("/trades")
        await settled(world)
        await chat.shows("I could not read the deals of your bots", "there may be more than stands here", "Looked")


async def test_in_demo_mode_that_3commas_does_not_leave_it_is_not_said_that_no_trade_has_failed() -> None:
    """Its API may follow the page that the trader has chosen, whatever the bot asks for."""
    async with World.story(STORY) as world:
        chat = await connected(world)
        await look(chat, "/trades")
        world.house.three_commas.add_account(ALEX.id, "paper_trading", "Paper")
        world.house.three_commas.behaviour.forced_mode_honoured = False
        world.house.three_commas.set_mode(ALEX.id, "paper")
        world.bot_clock.advance(A_MINUTE_S)
        message = await look(chat, "/trades")
        assert "No trade has failed" not in message.text
        assert "3Commas shows me one demo (paper) account and no exchange account with real money." in message.text
        assert "choose the real one and look again" in message.text
        world.house.three_commas.set_mode(ALEX.id, "real")
        world.bot_clock.advance(A_MINUTE_S)
        assert "9 trades need attention" in (await look(chat, "/trades")).text


async def test_with_nothing_connected_it_leads_by_hand_to_what_the_answer_means() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/trades")
        await chat.shows("Trades stand at 3Commas, and it is not connected", "Hold the pointer over the error sign")
        await chat.press("A failed or cancelled trade")
        await chat.press("The coins, free")
        await chat.shows("it would buy a second time", "I have not seen it myself")


async def test_words_lead_to_the_look_that_is_meant_an_error_text_to_its_meaning_and_a_guess_to_a_choice() -> None:
    async with World.story(STORY) as world:
        chat = await connected(world)
        before = len(world.received("three_commas"))
        await chat.send("balance")
        await chat.shows("I am not sure what you mean, so I do not guess")
        assert chat.buttons()[:2] == ["My funds", "Check my accounts"]
        await chat.quiet()
        assert len(world.received("three_commas")) == before, "of a guess nothing is done"
        await chat.send("my trade failed")
        await chat.shows("I look at your trades")
        await chat.shows("9 trades need attention")
        await chat.send("it says invalid api")
        await chat.shows("I look whether 3Commas can use its keys")
        await chat.shows("3Commas cannot use its key", "Looked")
        await chat.send("Invalid API-key, IP, or permissions for action. (-2015)")
        await chat.shows("Different faults share this text")
