"""What strangers may send: data of buttons, and text that ends up in a message."""

import asyncio
import random
import string
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings

from bot.buttons import KINDS, BadButton, unpack
from bot.logs import set_up_logs
from bot.texts import Html, say
from sandbox.stories.figures import ALEX
from tests.bot.test_markup import FOREIGN, test_foreign_text_makes_no_entity_but_code
from tests.world import World

DATA = 100_000
TAPS = 2_000
TAPS_AT_ONCE = 50
TEXTS = 50_000
WORDS = (
    *(kind.prefix for kind in KINDS),
    "check",
    "connect",
    "update",
    "keys",
    "key",
    "forget",
    "cancel",
    "back",
    "",
    "0" * 16,
)
ODD = (*string.printable, "\0", "é", "²", "а", "\u202e", "🙂", "%s", "{}", "<b>", "../", "'--")


def run() -> list[tuple[str, str, str]]:
    """What was tried, how often, and what came of it. Raises at the first text that breaks out of its place."""
    set_up_logs(level="ERROR")
    return [_data(), asyncio.run(_taps()), _texts()]


def some_data(chance: random.Random) -> str:
    """Like ours, nearly like ours, or nothing like it."""
    made = ":".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 6)))
    for _ in range(chance.choice((0, 0, 1, 2, 8))):
        at = chance.randrange(len(made) + 1)
        made = made[:at] + chance.choice(ODD) + made[at + chance.randrange(2) :]
    return made


def _data() -> tuple[str, str, str]:
    chance, refused, wrong = random.Random(1), 0, 0
    for _ in range(DATA):
        data = some_data(chance)
        try:
            wrong += unpack(data).pack() != data
        except BadButton:
            refused += 1
    return "callback data, read", f"{DATA:,} ({DATA - refused:,} of our form)", f"{wrong} taken for something else"


async def _taps() -> tuple[str, str, str]:
    """Through the whole bot, as taps of somebody who has a conversation open."""
    chance = random.Random(2)
    async with World.story("returning_trader") as world:
        chat = world.chat(ALEX)
        await chat.send("/connect")
        question = await chat.shows_button("3Commas")
        user = {"id": ALEX.id, "is_bot": False, "first_name": ALEX.first_name}
        place = {"id": ALEX.id, "type": "private", "first_name": ALEX.first_name}
        message = {"message_id": question.message_id, "date": 1, "chat": place, "text": question.text}
        for number in range(TAPS):
            tap: dict[str, Any] = {"from": user, "chat_instance": "1", "message": message, "data": some_data(chance)}
            world.house.telegram.updates.put_raw({"callback_query": {"id": f"fuzz{number}", **tap}})
            if number % TAPS_AT_ONCE == 0:
                await world.quiet()
        await world.quiet()
        apology = say("error-incident", incident=Html("")).partition("\n")[0]
        apologies = sum(apology in said.text for said in chat.messages() if said.from_bot)
    return "callback data, pressed in a chat", f"{TAPS:,} taps", f"{apologies} apologies for a fault of the bot"


def _texts() -> tuple[str, str, str]:
    check: Callable[[str], None] = vars(test_foreign_text_makes_no_entity_but_code)["hypothesis"].inner_test
    quiet = settings(max_examples=TEXTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    quiet(given(FOREIGN)(check))()
    return "text of strangers in messages", f"{TEXTS:,} texts", "0 became a command, a mention, a link or markup"
