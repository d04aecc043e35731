"""What the chats about funds, positions and trades have in common."""

from sandbox.stories.figures import ALEX
from sandbox.telegram.state import Message
from tests.chat import Chat
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World


async def connected(world: World) -> Chat:
    """With 3Commas and a key of the bot, linked with both accounts."""
    chat = world.chat(ALEX)
    await connected_to_3commas(chat, world.desk)
    await check(chat)
    await connected_to_binance(chat, world.desk)
    for name in ("Binance spot", "Binance futures"):
        label = f"Link with {name}"
        asked = [message for message in chat.messages() if label in labels(message)]
        if asked:  # what is certain has linked itself
            await chat.press(label, on=asked[-1])
            await chat.shows(f"Linked with {name}")
    await chat.quiet()
    return chat


async def look(chat: Chat, command: str) -> Message:
    """The message of a look, filled in to its end."""
    await chat.send(command)
    await chat.quiet()
    return await chat.shows("Looked")


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]
