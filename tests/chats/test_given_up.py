"""What goes on unasked and breaks by a defect of our own is told, with the number that stands in the log; nobody waits for ever."""

import re
from typing import Any, NoReturn

import pytest

from bot.background import checking, looking
from bot.background.broken_looks import or_apologise
from domain.free_by_hand import OrderWatch
from domain.linking import LinkKey
from domain.repair_watch import RepairWatch
from sandbox.stories.figures import ALEX
from tests.chats.looks import connected
from tests.chats.steps import check, connected_to_3commas, connected_to_binance, steps_of_repair
from tests.world import World

NUMBER = r"quote number [0-9A-F]{6} "


def _break(*_ignored: Any, **_also: Any) -> NoReturn:
    raise ValueError("a defect of our own")


async def _all_tries(world: World) -> None:
    await world.quiet()
    for pause_s in (5, 1, 10, 60):
        world.bot_clock.advance(pause_s)
        await world.quiet()


async def test_a_repair_that_cannot_be_watched_any_more_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        monkeypatch.setattr(RepairWatch, "look", _break)
        await steps_of_repair(chat, "Binance spot")
        await _all_tries(world)
        told = await chat.shows("I stopped watching Binance spot", "Nothing was changed")
        assert re.search(NUMBER, told.text)
        world.bot_clock.advance(3600)
        await world.quiet()
        assert len([m for m in chat.messages() if "I stopped watching" in m.text]) == 1
        monkeypatch.undo()
        await chat.press("Look again")
        await chat.shows("3Commas cannot use its key")


async def test_an_order_that_cannot_be_watched_any_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with World.story("leftover_orders") as world:
        chat = await connected(world)
        monkeypatch.setattr(OrderWatch, "look", _break)
        await chat.send("/orders")
        await world.quiet()
        await chat.press("1 · How to free it")
        await _all_tries(world)
        told = await chat.shows("I stopped looking whether the order is gone", "on Binance spot")
        assert re.search(NUMBER, told.text)


async def test_a_key_whose_account_cannot_be_found_is_kept_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        monkeypatch.setattr(LinkKey, "run", _break)
        await connected_to_binance(chat, world.desk)
        await _all_tries(world)
        told = await chat.shows("I could not find out which exchange account my key at Binance belongs to")
        assert re.search(NUMBER, told.text)
        await chat.press("My keys")
        await chat.shows("Binance")


@pytest.mark.parametrize(("command", "module"), [("/orders", looking), ("/check", checking)])
async def test_a_look_that_the_loop_tries_again_fills_in_its_own_message(
    monkeypatch: pytest.MonkeyPatch, command: str, module: Any
) -> None:
    """It has a time before which it does not start, as one has that goes on later; no newer one has taken over."""
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)

        async def cannot_even_say_so(look: Any, *_: Any) -> None:
            look.close()
            monkeypatch.setattr(module, "or_apologise", or_apologise)
            raise RuntimeError("the database is locked")

        monkeypatch.setattr(module, "or_apologise", cannot_even_say_so)
        await chat.send(command)
        await world.quiet()
        world.bot_clock.advance(1)
        await world.quiet()
        await chat.shows("Looked")
        assert not [message for message in chat.messages() if "It went on in the newer message" in message.text]
