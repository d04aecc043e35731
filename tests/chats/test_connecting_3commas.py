"""Connecting 3Commas, with everything that is pasted by mistake. A wrong paste asks again and loses nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from sandbox.stories.figures import ALEX
from sandbox.world import BOT_ADDRESS
from tests.chat import Chat
from tests.chats.steps import check, connected_to_3commas
from tests.world import World

STORY = "all_fine"


async def up_to_the_key(chat: Chat) -> str:
    """The public half; the bot waits for the API key."""
    await chat.send("/connect three_commas")
    await chat.shows("I made a key pair")
    return await chat.document()


def another_public_half() -> str:
    public = rsa.generate_private_key(65537, 2048).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize("decoration", [" {} ", '"{}"', "{}\n", "API key: {}", "`{}`"])
async def test_a_key_is_taken_with_what_clings_to_it(decoration: str) -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        key = world.desk.create_self_generated_token(await up_to_the_key(chat))
        await chat.send(decoration.format(key))
        await chat.shows("Works.")


async def test_our_own_public_half_pasted_back_is_recognized() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        await chat.send(public_half)
        await chat.shows("That is the public half that I sent you")
        await chat.send(world.desk.create_self_generated_token(public_half))
        await chat.shows("Works.")


async def test_half_a_block_and_a_foreign_public_half_are_named() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        foreign = another_public_half()
        await chat.send(foreign[: len(foreign) // 2])
        await chat.shows("what I need is the short API key")
        await chat.send(foreign)
        await chat.shows("not the one that I made for you now")


async def test_a_private_key_is_deleted_and_never_needed() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        private = rsa.generate_private_key(65537, 2048)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        message = await chat.send(pem)
        await chat.shows("I deleted your message")
        assert not chat.visible(message)


async def test_a_secret_where_the_key_belongs_is_deleted() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        token = world.desk.create_system_token(addresses=[BOT_ADDRESS])
        message = await chat.send(token.secret)
        await chat.shows("That is the secret. I asked for the API key", "I deleted your message")
        assert not chat.visible(message)


async def test_words_and_stickers_ask_again() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        await chat.send("where do I find it?")
        await chat.shows("I see no key in that message")
        await chat.send("abcdef")
        await chat.quiet()
        await chat.send(world.desk.create_self_generated_token(public_half))
        await chat.shows("Works.")


async def test_a_token_for_another_public_half_is_refused_with_the_causes_in_order() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        await chat.send(world.desk.create_self_generated_token(another_public_half()))
        await chat.shows("3Commas refuses this", "In the order to test", "another public half")


async def test_a_token_without_a_right_is_taken_or_refused_with_the_rights_name() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        await chat.send(world.desk.create_self_generated_token(public_half, ["SMART_TRADES_READ"]))
        await chat.shows("Accounts read")


async def test_a_token_that_may_write_is_taken_and_the_trader_is_told() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        rights = ["ACCOUNTS_READ", "ACCOUNTS_WRITE", "SMART_TRADES_READ", "BOTS_READ"]
        await chat.send(world.desk.create_self_generated_token(public_half, rights))
        await chat.shows("The token may do more than read")


async def test_key_and_secret_are_tried_before_they_are_kept_and_their_messages_are_gone() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        await chat.press("I have key and secret instead")
        await chat.shows("Step 1 of 2")
        token = world.desk.create_system_token(addresses=[BOT_ADDRESS])
        await chat.send(token.key)
        await chat.shows("Step 2 of 2")
        wrong = await chat.send(token.secret[::-1])
        await chat.shows("3Commas refuses this", "The secret does not belong to this key")
        right = await chat.send(token.secret)
        await chat.shows("Works.")
        assert not chat.visible(wrong)
        assert not chat.visible(right)


async def test_a_token_bound_to_another_address_is_refused_with_the_address_to_list() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        await chat.press("I have key and secret instead")
        token = world.desk.create_system_token(addresses=["198.51.100.1"])
        await chat.send(f"{token.key}\n{token.secret}")
        await chat.shows("3Commas refuses this", BOT_ADDRESS)


async def test_a_pair_that_was_thrown_away_is_replaced_by_a_new_one() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        key = world.desk.create_self_generated_token(public_half)
        world.bot_clock.advance(25 * 3600)
        await chat.quiet()
        await chat.send(key)
        await chat.shows("older than 24 hours, so I have thrown it away")
        fresh = await chat.document()
        assert fresh != public_half
        await chat.send(world.desk.create_self_generated_token(fresh))
        await chat.shows("Works.")


async def test_cancel_ends_it_and_a_token_sent_later_is_no_answer_any_more() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await up_to_the_key(chat)
        await chat.press("Cancel")
        await chat.shows("Stopped: connecting 3Commas. Nothing was changed")
        await chat.send("/check")
        await chat.shows("Nothing is connected yet")


async def test_a_token_that_was_deleted_at_3commas_is_named_and_connected_again() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await chat.send("/connect three_commas")
        key = world.desk.create_self_generated_token(await chat.document())
        await chat.send(key)
        await chat.shows("Works.")
        await check(chat)
        world.desk.delete_token(key)
        result = await check(chat)
        assert "3Commas refuses my token" in result.text
        assert "Binance spot: fine" not in result.text
        await chat.press("Connect 3Commas again")
        await chat.shows("I made a key pair")
        await chat.send(world.desk.create_self_generated_token(await chat.document()))
        await chat.shows("Works.")
        result = await check(chat)
        assert result.text.count("Binance spot: fine") == 1


async def test_a_command_in_between_leaves_the_question_open() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        public_half = await up_to_the_key(chat)
        await chat.send("/privacy")
        await chat.shows("Still open: connecting 3Commas")
        await chat.press("Go on")
        await chat.shows("I made a key pair")
        await chat.send(world.desk.create_self_generated_token(public_half))
        await chat.shows("Works.")


async def test_all_is_fine_is_said_once_per_account_and_offers_nothing_to_repair() -> None:
    async with World.story(STORY) as world:
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        result = await check(chat)
        assert result.text.count("fine. Balances load") == 2
        assert [button.text for button in result.buttons] == ["Look again"]
