"""The first five minutes in a real browser: everything a person presses and types, in the chat and at the desk beside it."""

import pytest

from sandbox.stories.figures import ALEX
from tests.browser import Page, browser
from tests.chats.steps import LOOK_AGAIN_S
from tests.world import World

pytestmark = pytest.mark.browser

AT_3COMMAS = "site-three_commas"
SMALLEST_PICTURE = 20_000
"""Bytes of a PNG; an empty page has far fewer."""


async def type_and_send(page: Page, text: str) -> None:
    await page.fill("Message", text)
    await page.press("Send")


async def make_a_token(page: Page, public_half: str) -> str:
    """At the pretend 3Commas; returns the API key that the page shows."""
    await page.press("API", frame=AT_3COMMAS)
    await page.press("New API access token", frame=AT_3COMMAS)
    await page.fill("name", "Reconnect", frame=AT_3COMMAS)
    await page.fill("public_key", public_half, frame=AT_3COMMAS)
    frame = f"document.getElementById('{AT_3COMMAS}').contentDocument"
    for right in ("ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ"):
        await page.js(f"{frame}.querySelector('[name={right}]').click()")
    await page.press("Create", frame=AT_3COMMAS)
    shown = await page.sees("The token is ready", frame=AT_3COMMAS)
    await page.press("Done", frame=AT_3COMMAS)
    return max(shown.split(), key=len)


async def test_from_start_to_balances_that_load_again() -> None:
    async with World.story("returning_trader") as world, browser() as page:
        await page.size(1280, 900)
        await page.open(f"{world.house.telegram_url}/?person={ALEX.id}")
        await page.press("Start")
        await page.sees("I help you get back to trading")
        await page.press("Connect 3Commas")
        await page.sees("I made a key pair", "BEGIN PUBLIC KEY")
        public_half = await world.chat(ALEX).document()
        await type_and_send(page, await make_a_token(page, public_half))
        await page.sees("Works.")
        await page.press("Check them now")
        await page.sees("3Commas cannot use its key", "Binance futures: fine")
        await page.press("Repair Binance spot")
        await page.press("Main")
        await page.sees("I am watching")
        await page.press("My Portfolio", frame=AT_3COMMAS)
        await page.press("Update API key", frame=AT_3COMMAS)
        await page.press("Fast Connect", frame=AT_3COMMAS)
        await page.sees("The API key is updated", frame=AT_3COMMAS)
        world.bot_clock.advance(LOOK_AGAIN_S)
        await page.sees("Balances of Binance spot load again since")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_chat_and_desk_are_drawn_side_by_side_and_on_a_phone(scheme: str) -> None:
    async with World.story("returning_trader") as world, browser() as page:
        await page.colours(scheme)  # type: ignore[arg-type]  # one of the two words above
        chat = world.chat(ALEX)
        await chat.send("/start")
        await chat.quiet()
        await page.size(1280, 900)
        await page.open(f"{world.house.telegram_url}/?person={ALEX.id}")
        await page.sees("I help you get back to trading")
        await page.sees("Binance spot", frame=AT_3COMMAS)
        assert len(await page.picture()) > SMALLEST_PICTURE
        await page.size(390, 844)
        assert await page.js("document.documentElement.scrollWidth <= 390"), "nothing is cut off at the side"
        assert len(await page.picture()) > SMALLEST_PICTURE
