"""Whatever is typed or pressed gets a helpful answer: unknown words, stale and made-up buttons, commands in between."""

import pytest

from sandbox.stories.figures import ALEX, KIM
from tests.chats.steps import connected_to_3commas
from tests.world import World

STORY = "all_fine"


@pytest.mark.parametrize("text", ["hello", "what now?", "1234", "/", "/nonsense", "🙂", "x" * 4096])
async def test_anything_typed_gets_a_way_on(text: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send(text)
        answer = await chat.last()
        assert answer.from_bot
        assert answer.buttons, chat.transcript()


@pytest.mark.parametrize(
    "data", ["", "x", "o1:nothing:", "o9:check:", "c1:update:which:none", "n1:0123", "s1:key:none"]
)
async def test_a_made_up_button_does_nothing_and_says_what_works(data: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        welcome = await chat.last()
        world.house.telegram.press(ALEX.id, welcome.message_id, data or "o1")
        answer = await chat.last()
        assert answer.message_id != welcome.message_id, chat.transcript()


@pytest.mark.parametrize(
    "command", ["start", "check", "connect", "update", "keys", "help", "privacy", "forget", "cancel"]
)
async def test_every_command_of_the_menu_answers_a_newcomer(command: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(KIM)
        assert command in [entry.command for entry in world.house.telegram.commands_for(KIM.id)]
        await chat.send(f"/{command}")
        assert (await chat.last()).from_bot


async def test_two_taps_on_one_button_are_answered_once_and_explained_once() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await chat.send("/check")
        await chat.press("Repair Binance spot")
        question = await chat.shows_button("Main")
        await chat.press("Main", on=question)
        await chat.press("Main", on=question)
        await chat.still_shows("A new key for 3Commas")
        await chat.still_shows("That question is answered already")
        await chat.quiet()
        assert sum("A new key for 3Commas" in message.text for message in chat.messages()) == 1


async def test_every_tap_stops_spinning() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        for label in ("What changed while I was away", "Connect Binance"):
            await chat.press(label, on=await chat.still_shows("I help you get back"))
        await chat.quiet()
        taps = world.house.telegram.chat(ALEX.id).taps
        assert len(taps) == 2
        assert all(tap.answered_at is not None for tap in taps)


async def test_a_group_is_left_without_a_word() -> None:
    async with World.story(STORY) as world:
        group = -1_000_000_000_777
        world.house.telegram.add_to_group(group, "Traders", ALEX.id)
        world.house.telegram.say_in_group(group, ALEX.id, "/start")
        await world.quiet()
        await world.arrived("telegram", "leaveChat")
        assert not [message for message in world.house.telegram.group(group).messages if message.from_bot]


async def test_who_blocked_the_bot_is_left_alone_and_finds_everything_on_coming_back() -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await chat.quiet()
        world.house.telegram.block(ALEX.id)
        await world.quiet()
        world.house.telegram.unblock(ALEX.id)
        await chat.send("/check")
        await chat.shows("Binance spot: 3Commas cannot use its key")


async def test_what_changed_meanwhile_is_told_without_any_connection() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.press("What changed while I was away")
        assert (await chat.last()).text != (await chat.still_shows("I help you get back")).text


async def test_a_question_in_own_words_gets_the_short_answer() -> None:
    async with World.story("no_token_at_all") as world:
        chat = world.chat(ALEX)
        await chat.send("is fast connect safe?")
        await chat.shows("What is Fast Connect?", "It gives no right to withdraw")


async def test_a_number_by_itself_is_not_taken_for_an_error_code() -> None:
    """It can be a price or a year. Where the message was asked for, or with its minus, it is a code."""
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("2024")
        await chat.shows("I did not understand that.")
        await chat.press("I only have an error message")
        await chat.send("2024")
        await chat.shows("The position is smaller than the order")
        await chat.send("-2024")
        assert "The position is smaller than the order" in (await chat.last()).text


@pytest.mark.parametrize(
    ("text", "leads_to"),
    [
        ("why is my balance lower", "I look at what you hold"),
        ("my upnl is frozen", "I look whether 3Commas can use its keys"),
        ("my trade failed", "I look at your trades"),
    ],
)
async def test_a_question_about_the_account_is_answered_while_an_error_text_is_waited_for(
    text: str, leads_to: str
) -> None:
    """The question for the text stays open, and an unknown text is still no question."""
    async with World.story("no_token_at_all") as world:
        chat = world.chat(ALEX)
        await chat.send("-2015")
        await chat.shows("Different faults share this text")
        await chat.send(text)
        await chat.shows(leads_to)
        await chat.shows("Still open: reading an error message")
        await chat.press("Go on")
        await chat.send("something else entirely")
        await chat.shows("I do not know this message")
