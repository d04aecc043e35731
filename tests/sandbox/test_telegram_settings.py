"""Token, unknown methods, commands, descriptions, menu, chats, flood control."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from tests.sandbox.telegram_world import ANN, BEN, TelegramWorld, telegram_world

GROUP = -42


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        yield world


async def test_the_bot_knows_itself(here: TelegramWorld) -> None:
    me = await here.bot.get_me()
    assert me.is_bot
    assert str(me.id) == here.bot.token.partition(":")[0]
    assert not me.can_read_all_group_messages


async def test_a_wrong_token_is_401_and_a_malformed_one_404(here: TelegramWorld) -> None:
    wrong = f"{here.bot.token[:-1]}{'a' if here.bot.token[-1] != 'a' else 'b'}"
    assert await here.call("getMe", wrong) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert (await here.call("getMe", "nonsense"))[0] == 404


async def test_an_unknown_method_is_404_and_a_known_one_that_is_missing_501(here: TelegramWorld) -> None:
    status, body = await here.call("sendPigeon")
    assert (status, body["description"]) == (404, "Not Found: method not found")
    status, body = await here.call("sendSticker")
    assert status == 501
    assert "not emulated" in body["description"]


async def test_a_file_needs_the_token_too(here: TelegramWorld) -> None:
    async with here.http.get(f"{here.origin}/file/bot{here.bot.token[:-5]}aaaaa/documents/file_1.bin") as answer:
        assert answer.status == 401
    async with here.http.get(f"{here.origin}/file/bot{here.bot.token}/documents/none.bin") as answer:
        assert answer.status == 404


async def test_commands_follow_chat_then_private_chats_then_default_each_by_language(here: TelegramWorld) -> None:
    def shown(person: int) -> list[str]:
        return [command.command for command in here.telegram.commands_for(person)]

    await here.bot.set_my_commands([BotCommand("default", "x")])
    assert shown(ANN) == shown(BEN) == ["default"]
    private = BotCommandScopeAllPrivateChats()
    await here.bot.set_my_commands([("private", "x")], scope=private)
    await here.bot.set_my_commands([("privat", "x")], scope=private, language_code="de")
    assert (shown(ANN), shown(BEN)) == (["private"], ["privat"])
    await here.bot.set_my_commands([("ann", "x")], scope=BotCommandScopeChat(ANN))
    assert shown(ANN) == ["ann"]
    assert [c.command for c in await here.bot.get_my_commands(scope=private, language_code="de")] == ["privat"]
    await here.bot.delete_my_commands(scope=BotCommandScopeChat(ANN))
    assert shown(ANN) == ["private"]


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("Upper", "x", "Bot_command_invalid"),
        ("with-dash", "x", "Bot_command_invalid"),
        ("x" * 33, "x", "Command length must not exceed 32"),
        ("", "x", "Command must be non-empty"),
        ("ok", "", "Command description must be non-empty"),
        ("ok", "x" * 257, "Command description length must not exceed 256"),
    ],
)
async def test_a_wrong_command_is_refused(here: TelegramWorld, command: str, description: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await here.bot.set_my_commands([BotCommand(command, description)])


async def test_more_than_a_hundred_commands_are_refused(here: TelegramWorld) -> None:
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await here.bot.set_my_commands([(f"c{n}", "x") for n in range(101)])


async def test_descriptions_are_kept_per_language_and_limited(here: TelegramWorld) -> None:
    await here.bot.set_my_description("I help you")
    await here.bot.set_my_description("Ich helfe", language_code="de")
    await here.bot.set_my_short_description("help")
    assert here.telegram.chat(ANN).description == "I help you"
    assert here.telegram.chat(BEN).description == "Ich helfe"
    assert (await here.bot.get_my_short_description()).short_description == "help"
    with pytest.raises(BadRequest, match="too long"):
        await here.bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await here.bot.set_my_description("x", language_code="deutsch")


async def test_the_menu_button_opens_commands_and_nothing_else_is_pretended(here: TelegramWorld) -> None:
    await here.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await here.bot.get_chat_menu_button()).type == "commands"
    with pytest.raises(NetworkError, match="not emulated"):
        await here.bot.set_chat_menu_button(menu_button=MenuButtonWebApp("x", WebAppInfo("https://a.io")))


async def test_a_chat_can_be_looked_up(here: TelegramWorld) -> None:
    chat = await here.bot.get_chat(ANN)
    assert (chat.first_name, chat.username, chat.type) == ("Ann", "ann", "private")


async def test_the_bot_leaves_a_group_and_is_no_member_after(here: TelegramWorld) -> None:
    here.telegram.add_to_group(GROUP, "Traders", ANN)
    assert await here.bot.leave_chat(GROUP)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await here.bot.send_message(GROUP, "x")
    with pytest.raises(BadRequest):
        await here.bot.leave_chat(ANN)


async def test_a_burst_passes_then_one_message_a_second(here: TelegramWorld) -> None:
    here.telegram.flood.burst = 3
    for number in range(3):
        await here.bot.send_message(ANN, str(number))
    with pytest.raises(RetryAfter) as refused:
        await here.bot.send_message(ANN, "too much")
    wait = refused.value.retry_after
    assert wait == 1
    here.telegram.say(BEN, "/start")
    await here.bot.send_message(BEN, "others go on")
    here.advance(seconds=1)
    await here.bot.send_message(ANN, "after the wait")


async def test_edits_count_as_well(here: TelegramWorld) -> None:
    here.telegram.flood.burst = 2
    sent = await here.bot.send_message(ANN, "0")
    await sent.edit_text("1")
    with pytest.raises(RetryAfter):
        await sent.edit_text("2")


async def test_a_flood_wait_can_be_ordered_and_flood_control_switched_off(here: TelegramWorld) -> None:
    here.telegram.flood.next(7)
    status, body = await here.call("sendMessage", data={"chat_id": ANN, "text": "x"})
    assert (status, body["parameters"]) == (429, {"retry_after": 7})
    assert body["description"] == "Too Many Requests: retry after 7"
    here.telegram.flood.burst = None
    for _ in range(40):
        await here.call("sendMessage", data={"chat_id": ANN, "text": "x"})
    assert len(here.telegram.chat(ANN).messages) == 41
