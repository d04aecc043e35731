"""Every command, typed and pressed, with nothing connected and with everything."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.handlers.table import COMMANDS
from bot.texts import say
from domain.check_accounts import CheckAccounts
from sandbox.stories.figures import ALEX
from tests.chats import steps
from tests.chats.misbehaving import settled
from tests.world import World

BROKEN = "went wrong on my side"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World.story("returning_trader") as found:
        yield found


async def every_command(world: World) -> None:
    chat = world.chat(ALEX)
    for command in COMMANDS:
        for subject in ("", " 0123456789abcdef"):
            if command.name == "cancel":
                continue
            before = {m.message_id for m in chat.messages()}
            await chat.send(f"/{command.name}{subject}")
            await settled(world)
            said = [m.text for m in chat.messages() if m.from_bot and m.message_id not in before]
            assert said, f"/{command.name}{subject} is not answered"
            assert not [text for text in said if BROKEN in text], f"/{command.name}{subject}"
            await chat.send("/cancel")
    await settled(world)


async def test_every_command_works_with_nothing_connected(world: World) -> None:
    await every_command(world)


async def test_every_command_works_with_everything_connected(world: World) -> None:
    chat = world.chat(ALEX)
    await steps.connected_to_3commas(chat, world.desk)
    await steps.connected_to_binance(chat, world.desk)
    await steps.check(chat)
    await every_command(world)


async def test_the_menu_shows_the_commands_that_work_and_no_other(world: World) -> None:
    shown = world.house.telegram.commands_for(ALEX.id)
    expected = [(c.name, str(say(f"command-{c.name}"))) for c in COMMANDS if c.in_menu]
    assert [(command.command, command.description) for command in shown] == expected


@pytest.mark.parametrize("payload", ["check", "err_-2015", "x" * 64, "../../etc", "<b>"])
async def test_a_deep_link_only_chooses_a_screen(world: World, payload: str) -> None:
    chat = world.chat(ALEX)
    await chat.send("/away")
    await chat.shows("Roughly when")
    await chat.send(f"/start {payload}")
    await chat.still_shows("I help you get back to trading")
    await chat.still_shows("Still open: what changed while you were away")


async def test_a_look_that_breaks_is_told_in_its_own_message(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = world.chat(ALEX)
    await steps.connected_to_3commas(chat, world.desk)
    with monkeypatch.context() as broken:

        def breaks(*_: object, **__: object) -> None:
            raise ValueError("my-secret-value")

        broken.setattr(CheckAccounts, "run", breaks)
        await chat.send("/check")
        told = await chat.shows(BROKEN)
        await world.quiet()
    number = re.search(r"quote number ([0-9A-F]{6})", told.text)
    assert number is not None
    logged = capsys.readouterr().out
    assert number[1] in logged
    assert "my-secret-value" not in logged
    await chat.does_not_show("Looking at")
    await steps.check(chat)
