"""What a newcomer lives through, line by line, in the story `returning_trader`."""

from sandbox.stories.figures import ALEX
from tests.chats.steps import (
    check,
    connect_3commas,
    connected_to_3commas,
    steps_of_repair,
    time_for_a_look,
)
from tests.world import World

STORY = "returning_trader"


async def test_start_says_what_the_bot_does_and_offers_four_ways_in() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.shows("I help you get back to trading", "Nothing is changed without your tap")
        assert chat.buttons() == [
            "Connect 3Commas",
            "Connect Binance",
            "I only have an error message",
            "What changed while I was away",
        ]


async def test_connecting_3commas_takes_a_public_half_to_the_desk_and_a_key_back() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.press("Connect 3Commas")
        question = await chat.shows("secret half never leaves me", "Accounts read, SmartTrades read, Bots read")
        public_half = await chat.document()
        assert "BEGIN PUBLIC KEY" in public_half
        assert public_half.strip() in question.text
        await chat.send(world.desk.create_self_generated_token(public_half))
        await chat.shows("Works.", "I change nothing without your tap", "I see 2 exchange accounts")
        assert chat.buttons() == ["Check them now"]


async def test_a_check_says_at_once_that_it_looks_and_fills_in_the_same_message() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        slow = world.fault("three_commas", "slow", "load_balances")
        before, heard = len(chat.messages()), len(world.received("telegram"))
        await chat.press("Look again")
        await world.arrived("telegram", "Looking at 2 exchange accounts", after=heard)
        assert len(chat.messages()) == before + 1
        slow.released.set()
        await chat.shows("Binance spot: 3Commas cannot use its key", "Binance futures: fine")
        assert len(chat.messages()) == before + 1


async def test_a_check_names_what_was_seen_since_when_and_what_follows() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert "asked just now; the first trade that failed because of it: 3 March" in result.text
        assert "2 trades stand still" in result.text
        assert "UPNL" in result.text
        assert "nothing can be closed there" in result.text
        assert [button.text for button in result.buttons] == [
            "Repair Binance spot",
            "Look again",
            "What does this mean?",
        ]


async def test_the_repair_is_noticed_unasked_and_ends_with_the_old_key() -> None:
    """Main account, Fast Connect at the desk, and within seconds the bot says that balances load."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.shows("is this your main account at Binance, or a sub-account?")
        assert chat.buttons()[:3] == ["Main", "Sub-account", "Not sure"]
        await chat.press("Main")
        steps = await chat.shows("My Portfolio → Binance spot → Update API key → Fast Connect", "I am watching")
        assert "When it works I will say which old key to delete" in steps.text
        assert await world.desk.fast_connect("Binance spot") == ""
        await time_for_a_look(world)
        await chat.shows(
            "Balances of Binance spot load again since 10:41", "delete the key", "the one older than today"
        )


async def test_balances_load_is_never_called_works() -> None:
    """Trading rights are proven by a trade alone."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await world.desk.fast_connect("Binance spot")
        await time_for_a_look(world)
        await chat.shows("load again", "only a trade will prove that trading works too")
        result = await check(chat)
        assert "only a trade will prove that trading works too" in result.text


async def test_an_old_button_says_that_it_was_done_and_how_it_stands_now() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await world.desk.fast_connect("Binance spot")
        await time_for_a_look(world)
        await chat.press("Repair Binance spot", on=result)
        await chat.shows("That was done", "10:41", "This is how it stands now")


async def test_a_secret_that_nobody_asked_for_is_deleted_at_once() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        secret = world.desk.binance.create_key("by mistake").secret
        message = await chat.send(secret)
        await chat.shows("I removed that message from this chat", "I was not waiting for a secret")
        assert not chat.visible(message)
        await chat.press("How to delete that key")
        await chat.shows("Delete that key at the exchange now")


async def test_a_secret_in_an_edit_a_caption_or_a_file_is_deleted_as_well() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        secret = world.desk.binance.create_key("by mistake").secret
        harmless = await chat.send("hello")
        await chat.shows("I did not understand that")
        await chat.edit_message(harmless, f"the secret is {secret}")
        await chat.shows("I removed that message")
        captioned = await chat.send_document("picture.bin", b"\x00\x01\x02", caption=secret)
        await chat.shows("I removed that message")
        filed = await chat.send_document("keys.txt", f"secret={secret}\n")
        await chat.shows("I removed that message")
        assert not any(chat.visible(message) for message in (harmless, captioned, filed))


async def test_where_telegram_does_not_delete_the_bot_says_so() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        refusal = '{"ok": false, "error_code": 400, "description": "Bad Request: message can\'t be deleted"}'
        world.fault("telegram", "status", "deleteMessage", status=400, body=refusal)
        message = await chat.send(world.desk.binance.create_key("by mistake").secret)
        await chat.shows("Telegram did not let me delete it", "Please delete it yourself")
        assert chat.visible(message)


async def test_an_error_text_alone_leads_to_the_fault_and_its_repair() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.press("I only have an error message")
        await chat.send("Invalid API key, IP or permissions (-2015)")
        await chat.shows("Different faults share this text", "In this order")
        assert chat.buttons()[:3] == ["Check the key", "Check the address list", "Check the rights"]


async def test_after_a_restart_chat_accounts_and_a_half_finished_conversation_are_there() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await chat.press("Repair Binance spot")
        await chat.shows("main account at Binance, or a sub-account?")
        await world.restart_bot()
        await chat.press("Main")
        await chat.shows("Fast Connect", "I am watching")
        await world.restart_bot()
        await world.desk.fast_connect("Binance spot")
        await time_for_a_look(world)
        await chat.shows("Balances of Binance spot load again")


async def test_a_pair_that_waits_for_its_key_survives_a_restart() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        public_half = await chat.document()
        await world.restart_bot()
        await chat.send(world.desk.create_self_generated_token(public_half))
        await chat.shows("Works.")


async def test_connecting_again_replaces_the_token_and_doubles_nothing() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connect_3commas(chat, world.desk)
        await chat.shows("I see 2 exchange accounts")
        result = await check(chat)
        assert result.text.count("Binance futures") == 1
