"""Two traders who share an account at Binance, or a login at 3Commas: each only ever sees his own keys."""

from sandbox.stories.figures import ALEX, KIM
from tests.chat import Chat
from tests.chats.steps import ask_for_a_binance_pair, check
from tests.world import World

STORY = "all_fine"


async def connect_to_alexs_binance(world: World, chat: Chat, label: str) -> str:
    """With a key of the trader's own at Alex's account; returns it."""
    public_half = await ask_for_a_binance_pair(chat)
    key = world.desk.binance.create_key_from_public_half(public_half, label=label)
    await chat.send(key)
    await chat.shows("Works. I can read spot and futures")
    await chat.quiet()
    return key


async def connect_to_alexs_3commas(world: World, chat: Chat) -> str:
    """With a token of the trader's own at Alex's login; returns its key."""
    await chat.send("/connect three_commas")
    await chat.shows("I made a key pair")
    key = world.desk.create_self_generated_token(await chat.document())
    await chat.send(key)
    await chat.shows("Works.", "I see 2 exchange accounts")
    return key


async def keys_of(chat: Chat) -> str:
    await chat.send("/keys")
    return (await chat.last()).text


async def remove(chat: Chat, label: str) -> None:
    await keys_of(chat)
    await chat.press(next(button for button in chat.buttons() if button.startswith(f"{label} …")))
    await chat.press("Remove")
    await chat.press("Remove it")
    await chat.shows("Removed:")


async def test_two_traders_on_one_binance_account_see_their_own_key_alone() -> None:
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        his = await connect_to_alexs_binance(world, alex, "for Alex")
        hers = await connect_to_alexs_binance(world, kim, "for Kim")
        assert his[-4:] in await keys_of(alex)
        assert hers[-4:] in await keys_of(kim)
        assert hers[-4:] not in alex.transcript()
        assert his[-4:] not in kim.transcript()


async def test_one_of_two_traders_removes_his_key_and_the_other_reads_on() -> None:
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connect_to_alexs_binance(world, alex, "for Alex")
        hers = await connect_to_alexs_binance(world, kim, "for Kim")
        await remove(alex, "Binance")
        assert "I keep no key for you" in await keys_of(alex)
        assert hers[-4:] in await keys_of(kim)
        result = await check(kim)
        assert result.text.count("I can read it with my own key") == 2, result.text


async def test_a_pasted_key_of_somebody_else_does_not_work_with_ones_own_pair() -> None:
    """A key id is no secret and may get around; without the secret half it opens nothing."""
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        his = await connect_to_alexs_binance(world, alex, "for Alex")
        await ask_for_a_binance_pair(kim)
        await kim.send(his)
        await kim.shows("Binance refuses this key")
        await kim.send("/keys")
        await kim.shows("a pair made by me waits for its key id")
        await kim.does_not_show("Works.")


async def test_two_traders_with_one_3commas_login_each_keep_their_own_token() -> None:
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        his = await connect_to_alexs_3commas(world, alex)
        hers = await connect_to_alexs_3commas(world, kim)
        for chat in (alex, kim):
            result = await check(chat)
            assert "Binance spot: fine" in result.text
            assert result.text.count("Binance futures") == 1
        world.desk.delete_token(his)
        result = await check(alex)
        assert "3Commas refuses my token" in result.text
        assert "fine. Balances load" not in result.text
        result = await check(kim)
        assert "Binance spot: fine" in result.text
        assert hers[-4:] not in alex.transcript()


async def test_what_one_trader_repairs_is_not_announced_to_the_other() -> None:
    async with World.story("returning_trader") as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connect_to_alexs_3commas(world, alex)
        await connect_to_alexs_3commas(world, kim)
        await check(alex)
        await check(kim)
        await alex.press("Repair Binance spot")
        await alex.press("Main")
        await alex.shows("I am watching")
        assert await world.desk.fast_connect("Binance spot") == ""
        world.bot_clock.advance(6)
        await alex.shows("Balances of Binance spot load again")
        await kim.does_not_show("load again")
        result = await check(kim)
        assert "Binance spot: fine" in result.text


async def test_forgetting_one_trader_leaves_the_other_whole() -> None:
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connect_to_alexs_3commas(world, alex)
        await connect_to_alexs_3commas(world, kim)
        await check(alex)
        await check(kim)
        await alex.send("/forget")
        await alex.press("Yes, delete everything")
        await alex.press("Delete everything now")
        await alex.quiet()
        result = await check(kim)
        assert "Binance spot: fine" in result.text
        await alex.send("/check")
        await alex.shows("Nothing is connected yet")


async def test_a_button_of_one_trader_does_nothing_for_another() -> None:
    """Data of a button can be made up by an altered client; whose it is, is looked up."""
    async with World.story(STORY) as world:
        alex, kim = world.chat(ALEX), world.chat(KIM)
        await connect_to_alexs_binance(world, alex, "for Alex")
        await keys_of(alex)
        row = await alex.last()
        data = next(b.callback_data for b in row.buttons if b.text.startswith("Binance …"))
        assert data is not None
        await kim.send("/start")
        await kim.shows("I help you get back to trading")
        message = await kim.last()
        for made_up in (data, data.replace("s1:key", "s1:log"), "o1:remove:" + data.rpartition(":")[2]):
            before = len(kim.messages())
            world.house.telegram.press(KIM.id, message.message_id, made_up)
            await kim.quiet()
            answer = "\n".join(m.text for m in kim.messages()[before:])
            assert "That key is not here any more" in answer, kim.transcript()
        assert "Binance" in await keys_of(alex)
