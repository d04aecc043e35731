"""kill -9 in the middle of `/connect`, `/check` and `/update`: once each in the tests, in series in `make proof`.

Each goes on to its end after the restart and then looks for what must not be: an update that was given up, an effect that came
twice, a message that came more than twice.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from tests.chats.steps import ask_for_a_binance_pair, connected_to_3commas, steps_of_repair
from tests.desk import READ
from tests.process.world import ProcessWorld

SOON_S = 0.03
"""The kill comes at some moment within so many seconds after the one that is named."""
WATCH_SAYS = "Balances of Binance spot load again"
LIVE_KEYS = "SELECT count(*) FROM access_key WHERE state = 'live'"
ALL_KEYS = "SELECT count(*) FROM access_key"
WATCHES = "SELECT count(*) FROM repair"
OPEN_CONVERSATIONS = "SELECT count(*) FROM conversation"


async def in_connect_after_the_pair_was_shown(world: ProcessWorld) -> None:
    chat = world.chat
    await chat.send("/connect three_commas")
    public_half = await chat.document()
    await world.kill_and_start_again(SOON_S)
    await chat.send(world.desk.create_self_generated_token(public_half, READ))
    await world.appears("Works.")
    await _everything_once(world, keys=1)


async def in_connect_while_the_pair_is_made(world: ProcessWorld) -> None:
    chat = world.chat
    await chat.send("/connect three_commas")
    await world.stored()
    await world.kill_and_start_again(10 * SOON_S)
    await chat.send(world.desk.create_self_generated_token(await chat.document(), READ))
    await world.appears("Works.")
    await _everything_once(world, keys=1)


async def in_connect_between_storing_and_handling_the_key(world: ProcessWorld) -> None:
    chat = world.chat
    await chat.send("/connect three_commas")
    await chat.send(world.desk.create_self_generated_token(await chat.document(), READ))
    await world.stored()
    await world.kill_and_start_again(SOON_S)
    await world.appears("Works.")
    await _everything_once(world, keys=1)


async def in_connect_while_3commas_is_slow(world: ProcessWorld) -> None:
    chat = world.chat
    await chat.send("/connect three_commas")
    public_half = await chat.document()
    world.fault("three_commas", "slow")
    since = world.requests
    await chat.send(world.desk.create_self_generated_token(public_half, READ))
    await world.arrived("three_commas", "/public/api", since=since)
    await world.kill_and_start_again(SOON_S)
    await world.appears("Works.")
    await _everything_once(world, keys=1)


async def in_connect_while_the_answer_is_sent(world: ProcessWorld) -> None:
    """The token is kept, and Telegram has the message, but the bot does not know that."""
    chat = world.chat
    await chat.send("/connect three_commas")
    public_half = await chat.document()
    world.fault("telegram", "lost", "sendMessage")
    await chat.send(world.desk.create_self_generated_token(public_half, READ))
    await world.appears("Works.")
    await world.kill_and_start_again(SOON_S)
    await _everything_once(world, keys=1)


async def in_connect_binance_while_the_exchange_is_slow(world: ProcessWorld) -> None:
    chat = world.chat
    key = world.desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat))
    world.fault("binance", "slow")
    await chat.send(key)
    await world.arrived("binance", "/sapi/v1/account/apiRestrictions")
    await world.kill_and_start_again(SOON_S)
    await world.appears("Works.")
    await _everything_once(world, keys=1)


async def in_check_while_3commas_is_slow(world: ProcessWorld) -> None:
    chat = world.chat
    await connected_to_3commas(chat, world.desk)
    await world.quiet()
    world.fault("three_commas", "slow", "load_balances")
    since = world.requests
    await chat.send("/check")
    await world.arrived("three_commas", "load_balances", since=since)
    await world.kill_and_start_again(SOON_S)
    await world.appears("Binance futures: fine")
    await _everything_once(world, keys=1)
    results = [message for message in world.chat.messages() if "Binance futures" in message.text]
    assert len(results) == 1, "a check fills in one message, before and after"


async def in_update_after_the_guide_was_shown(world: ProcessWorld) -> None:
    await _at_the_steps_of_repair(world)
    await world.kill_and_start_again(SOON_S)
    assert await world.desk.fast_connect("Binance spot") == ""
    await world.appears(WATCH_SAYS)
    await _everything_once(world, keys=1, watches=1)


async def in_update_while_the_watch_looks(world: ProcessWorld) -> None:
    await _at_the_steps_of_repair(world)
    world.fault("three_commas", "slow")
    since = world.requests
    assert await world.desk.fast_connect("Binance spot") == ""
    await world.arrived("three_commas", "/public/api", since=since)
    await world.kill_and_start_again(SOON_S)
    await world.appears(WATCH_SAYS)
    await _everything_once(world, keys=1, watches=1)


async def in_update_while_the_bot_is_away_and_the_trader_goes_on(world: ProcessWorld) -> None:
    """Pressed and repaired while nobody was there to see it."""
    chat = world.chat
    await connected_to_3commas(chat, world.desk)
    await chat.send("/check")
    await chat.press("Repair Binance spot")
    await chat.shows_button("Main")
    await world.kill_bot(SOON_S)
    await chat.press("Main")
    await world.start_bot()
    await chat.shows("I am watching")
    assert await world.desk.fast_connect("Binance spot") == ""
    await world.appears(WATCH_SAYS)
    await _everything_once(world, keys=1, watches=1)


async def _at_the_steps_of_repair(world: ProcessWorld) -> None:
    chat = world.chat
    await connected_to_3commas(chat, world.desk)
    await chat.send("/check")
    await steps_of_repair(chat, "Binance spot")
    await world.quiet()


async def _everything_once(world: ProcessWorld, *, keys: int, watches: int = 0) -> None:
    await world.quiet()
    assert world.lost() == {}, world.bot.complaints()
    assert (world.count(LIVE_KEYS), world.count(ALL_KEYS)) == (keys, keys)
    assert world.count(WATCHES) == watches
    assert world.count(OPEN_CONVERSATIONS) == 0
    said = Counter(message.text for message in world.chat.messages() if message.from_bot)
    assert max(said.values()) <= 2, world.chat.transcript()


KILLS: Mapping[str, Callable[[ProcessWorld], Awaitable[None]]] = {
    play.__name__: play
    for play in (
        in_connect_after_the_pair_was_shown,
        in_connect_while_the_pair_is_made,
        in_connect_between_storing_and_handling_the_key,
        in_connect_while_3commas_is_slow,
        in_connect_while_the_answer_is_sent,
        in_connect_binance_while_the_exchange_is_slow,
        in_check_while_3commas_is_slow,
        in_update_after_the_guide_was_shown,
        in_update_while_the_watch_looks,
        in_update_while_the_bot_is_away_and_the_trader_goes_on,
    )
}
STORY = "returning_trader"
