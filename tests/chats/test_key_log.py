"""The log of a key in /keys, as it reads after a few minutes with the bot."""

from tests.chat import Chat
from tests.chats.looks import connected, labels
from tests.chats.steps import check, steps_of_repair, time_for_a_look
from tests.world import World

LOOKS = 5


async def log_of(chat: Chat, service: str) -> list[str]:
    """The rows, newest first."""
    await chat.send("/keys")
    listed = await chat.shows("Keys that I keep for you")
    await chat.press(next(label for label in labels(listed) if label.startswith(service)), on=listed)
    await chat.quiet()
    await chat.press("Who used it")
    said = await chat.shows("Uses of")
    return [line for line in said.text.split("\n") if line.startswith("•")]


async def test_spot_and_futures_are_linked_in_one_row_and_a_watch_is_one_row() -> None:
    async with World.story("failed_trades") as world:
        chat = await connected(world)
        await check(chat)
        own = await log_of(chat, "Binance")
        linking = [row for row in own if "looked for the exchange account that it belongs to" in row]
        assert len(linking) == 1
        assert linking[0].endswith("after your answer, 2 times: worked.")
        await steps_of_repair(chat, "Binance spot")
        for _ in range(LOOKS):
            await time_for_a_look(world)
        token = await log_of(chat, "3Commas")
        assert token[0].endswith(f"looked whether a repair shows, by myself, {LOOKS} times: worked."), token
        assert "looked at your exchange accounts, because you asked" in token[1]
