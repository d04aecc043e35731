"""A message that fills in: not every answer is shown, but none is held back because the next one takes long."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.background.filling_in import SHOW_EVERY_S, fill_in
from sandbox.clock import Clock as WorldClock
from tests.bot_clock import BotClock


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_came_soon_after_the_last_showing_is_shown_though_nothing_follows() -> None:
    clock, shown, goes_on = BotClock(WorldClock()), list[int](), asyncio.Event()

    async def views() -> AsyncGenerator[int, None]:
        yield 1
        yield 2
        yield 3
        await goes_on.wait()
        yield 4

    async def show(view: int) -> None:
        shown.append(view)

    filling = asyncio.create_task(fill_in(views(), show, clock))
    await _settle()
    assert shown == [1]
    clock.advance(SHOW_EVERY_S)
    await _settle()
    assert shown == [1, 3]
    goes_on.set()
    assert await filling == 4
    assert shown == [1, 3], "the last one is the caller's"


async def test_a_look_that_breaks_is_not_swallowed_and_nothing_goes_on_behind_it() -> None:
    closed = asyncio.Event()

    async def views() -> AsyncGenerator[int, None]:
        try:
            yield 1
            yield 2
        finally:
            closed.set()

    async def show(_view: int) -> None:
        raise ValueError("broke")

    with pytest.raises(ValueError, match="broke"):
        await fill_in(views(), show, BotClock(WorldClock()))
    assert closed.is_set()
