"""What several chats have in common, step by step as a person does it."""

from collections.abc import Sequence

from sandbox.exchanges.binance.state import Rights
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.desk import READ, READING, Desk
from tests.world import World

LOOK_AGAIN_S = 6
"""After so many seconds the bot has looked at a repair once more."""


async def connect_3commas(chat: Chat, desk: Desk, rights: Sequence[str] = READ) -> str:
    """With a pair made by the bot; returns the API key of the token."""
    await chat.send("/connect three_commas")
    await chat.shows("I made a key pair")
    key = desk.create_self_generated_token(await chat.document(), rights)
    await chat.send(key)
    return key


async def connected_to_3commas(chat: Chat, desk: Desk) -> None:
    await connect_3commas(chat, desk)
    await chat.shows("Works.")


async def ask_for_a_binance_pair(chat: Chat) -> str:
    """Up to the question for the API key; returns the public half that the bot made."""
    await chat.send("/connect binance")
    await chat.press("Make a pair for me")
    await chat.shows("I made a key pair")
    return await chat.copied("Copy the public half")


async def connected_to_binance(
    chat: Chat, desk: Desk, rights: Rights = READING, *, addresses: Sequence[str] | None = None
) -> str:
    """With a pair made by the bot; returns the API key."""
    key = desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat), rights, addresses=addresses)
    await chat.send(key)
    await chat.shows("Works.")
    await chat.quiet()
    return key


async def check(chat: Chat) -> Message:
    """/check, filled in as far as it goes now."""
    await chat.send("/check")
    await chat.quiet()
    return await chat.shows("Looked")


async def steps_of_repair(chat: Chat, row: str, holder: str = "Main") -> Message:
    """From the button of a check to the steps."""
    await chat.press(f"Repair {row}")
    await chat.press(holder)
    return await chat.shows("A new key for 3Commas")


async def time_for_a_look(world: World) -> None:
    """Let the bot look at what it watches."""
    world.bot_clock.advance(LOOK_AGAIN_S)
    await world.quiet()
