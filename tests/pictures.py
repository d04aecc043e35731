"""Draws the pictures of the README: `python -m tests.pictures` writes them to docs/pictures. Needs a chromium.

Scenes: story `returning_trader` after a check, with the steps of the repair open and the desk on My Portfolio; then with a key of the bot,
its orders and its funds.
"""

import asyncio
import sys
from pathlib import Path
from typing import Literal

from sandbox.stories.figures import ALEX
from tests.browser import PROGRAM, Page, browser
from tests.chats.steps import check, connected_to_3commas, connected_to_binance, steps_of_repair
from tests.world import World

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
AT_3COMMAS = "site-three_commas"
STEPS, LEFT_OVER, DRAWN = "I am watching and will tell you", "Left over, most likely", "What is free and what is locked"
PHONE = (390, 844)
A_MINUTE_S = 63
LARGEST_PICTURE = 300_000
"""Bytes of a PNG, so that the README opens quickly."""


async def take(
    page: Page,
    name: str,
    address: str,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
    *,
    last: str,
    desk: bool,
) -> Path:
    """One picture of the chat as it stands, at its newest message; `last`: words of that."""
    await page.colours(scheme)
    await page.size(*size)
    await page.open(address)
    await page.sees(last)
    if desk:
        await page.sees("Binance spot", frame=AT_3COMMAS)
    await page.js("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    picture = await page.picture()
    assert len(picture) <= LARGEST_PICTURE, f"{name} has {len(picture)} bytes"
    file = FOLDER / name
    file.write_bytes(picture)
    return file


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with World.story("returning_trader") as world, browser() as page:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await steps_of_repair(chat, "Binance spot")
        await chat.quiet()
        address = f"{world.house.telegram_url}/?person={ALEX.id}"
        print(await take(page, "chat-and-desk.png", address, (1400, 900), "light", last=STEPS, desk=True))
        print(await take(page, "chat-phone-dark.png", address, (390, 844), "dark", last=STEPS, desk=False))
        await connected_to_binance(chat, world.desk)
        await chat.press("Link with Binance spot")
        for command, name, last in (
            ("/orders", "orders-phone.png", LEFT_OVER),
            ("/funds", "funds-phone-dark.png", DRAWN),
        ):
            world.bot_clock.advance(A_MINUTE_S)
            await chat.send(command)
            await chat.quiet()
            await chat.still_shows(last)
            print(await take(page, name, address, PHONE, "dark" if "dark" in name else "light", last=last, desk=False))


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit("No chromium found.")
    asyncio.run(main())
