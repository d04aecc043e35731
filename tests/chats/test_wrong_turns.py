"""Everything that goes wrong while a key is pasted: most of it is taken all the same, the rest is named, and no secret stays."""

import secrets
import string
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from sandbox.exchanges.binance.state import Rights
from sandbox.stories.figures import ALEX
from sandbox.world import BOT_ADDRESS
from tests.chat import Chat
from tests.chats.misbehaving import empty_chat, settled
from tests.chats.steps import ask_for_a_binance_pair
from tests.desk import READ, Desk
from tests.world import World

Paste = Callable[[str], str]
CAN_WITHDRAW = Rights(reading=True, withdrawals=True)
REFUSES_TO_DELETE = '{"ok": false, "error_code": 400, "description": "Bad Request: message can\'t be deleted"}'


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[World]:
    """One world for all wrong turns: a day passes between two of them."""
    async with World.story("returning_trader") as world:
        yield world


@pytest.fixture
async def world(shared: World) -> World:
    await empty_chat(shared, ALEX)
    made = shared.desk.binance.keys()
    for key in made:
        if key.label.startswith("Reconnect"):
            shared.desk.binance.delete_key(key.key)
    return shared


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat(ALEX)


@pytest.fixture
def desk(world: World) -> Desk:
    return world.desk


def invented(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    """Looks like a key and is none."""
    return "aB3" + "".join(secrets.choice(alphabet) for _ in range(length - 3))


async def ask_for_a_3commas_key(chat: Chat) -> str:
    """Up to the question for the API key; returns the public half."""
    await chat.send("/connect three_commas")
    await chat.shows("I made a key pair")
    return await chat.document()


async def ask_for_key_and_secret(chat: Chat) -> None:
    await chat.send("/connect binance")
    await chat.press("I have key and secret instead")
    await chat.shows("Step 1 of 2")


# --- decoration ------------------------------------------------------------------------------------------------------

DECORATED: dict[str, Paste] = {
    "blanks": lambda key: f"   {key}  ",
    "line break": lambda key: f"{key[:31]}\n{key[31:]}",
    "blank in the middle": lambda key: f"{key[:40]} {key[40:]}",
    "quotes": lambda key: f'"{key}"',
    "typographic quotes": lambda key: f"“{key}”",
    "label": lambda key: f"API Key: {key}",
    "env file": lambda key: f"BINANCE_API_KEY='{key}'",
    "json": lambda key: f'{{"apiKey": "{key}"}}',
    "no width": lambda key: f"\u200b{key[:10]}\u200b{key[10:]}\ufeff",
    "a sentence": lambda key: f"here is my key {key} thanks",
}
each_decoration = pytest.mark.parametrize("paste", DECORATED.values(), ids=DECORATED)


@each_decoration
async def test_a_key_of_binance_is_found_in_what_was_pasted_around_it(chat: Chat, desk: Desk, paste: Paste) -> None:
    key = desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat))
    await chat.send(paste(key))
    await chat.shows("Works. I can read spot and futures")


@each_decoration
async def test_a_key_of_3commas_is_found_in_what_was_pasted_around_it(chat: Chat, desk: Desk, paste: Paste) -> None:
    key = desk.create_self_generated_token(await ask_for_a_3commas_key(chat))
    await chat.send(paste(key))
    await chat.shows("Works.", "I see 2 exchange accounts")


# --- something else than the key -------------------------------------------------------------------------------------

NOT_A_KEY: dict[str, tuple[str, str]] = {
    "half a pem": ("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA", "only a part of a key block"),
    "somebody's public half": (
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----",
        "not the one that I made for you now",
    ),
    "stars": ("vmPUZE6mv9SD****************", "hides a part of it behind stars"),
    "a translated page": ("Ключ API: вмПУЗЕ6мв9СД5ВНхк4ХлФФОО6аСНт", "Something translated a part of it"),
    "a link": ("https://www.binance.com/en/my/settings/api-management", "That is a link"),
    "its name": ("Reconnect24", "shorter than a key"),
    "a word": ("done", "I see no key in that message"),
    "another script": ("我已经创建了密钥", "Something translated a part of it"),
    "a very long text": ("all of this is not a key " * 160, "I see no key in that message"),
}


@pytest.mark.parametrize(("text", "said"), NOT_A_KEY.values(), ids=NOT_A_KEY)
async def test_what_is_no_key_is_named_and_the_question_stays(chat: Chat, desk: Desk, text: str, said: str) -> None:
    public_half = await ask_for_a_binance_pair(chat)
    await chat.send(text)
    await chat.shows(said, "Please send me the API key")
    await chat.send(desk.binance.create_key_from_public_half(public_half))
    await chat.shows("Works.")


@pytest.mark.parametrize("ask", [ask_for_a_binance_pair, ask_for_a_3commas_key])
async def test_our_own_public_half_pasted_back_is_recognised(chat: Chat, ask: Callable[[Chat], Awaitable[str]]) -> None:
    public_half = await ask(chat)
    await chat.send(public_half)
    await chat.shows("That is the public half that I sent you")
    await chat.send(public_half.splitlines()[1])
    await chat.shows("That is the public half that I sent you")


async def test_a_private_half_is_deleted_wherever_it_is_pasted(chat: Chat) -> None:
    private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI" + invented(43) + "\n-----END PRIVATE KEY-----"
    await ask_for_a_binance_pair(chat)
    message = await chat.send(private)
    await chat.shows("That is a private key", "I deleted your message", "Please send me the API key")
    assert not chat.visible(message)


async def test_a_secret_where_the_key_belongs_is_deleted_and_named(chat: Chat, desk: Desk) -> None:
    """At 3Commas the two differ in length."""
    await ask_for_a_3commas_key(chat)
    message = await chat.send(desk.create_system_token(READ, addresses=[BOT_ADDRESS]).secret)
    await chat.shows("That is the secret. I asked for the API key.", "I deleted your message")
    assert not chat.visible(message)


async def test_key_and_secret_where_only_the_key_belongs_are_deleted_and_named(chat: Chat, desk: Desk) -> None:
    await ask_for_a_3commas_key(chat)
    token = desk.create_system_token(READ, addresses=[BOT_ADDRESS])
    message = await chat.send(f"{token.key}\n{token.secret}")
    await chat.shows("That is a key together with its secret", "I deleted your message")
    assert not chat.visible(message)


async def test_a_key_of_3commas_is_not_taken_by_binance_without_a_word(chat: Chat, desk: Desk) -> None:
    await ask_for_a_binance_pair(chat)
    await chat.send(desk.create_system_token(READ, addresses=[BOT_ADDRESS]).key)
    await chat.shows("That looks like a key of 3Commas. I need the one of the exchange.")


async def test_a_key_of_binance_is_not_taken_by_3commas_without_a_word(chat: Chat, desk: Desk) -> None:
    key = desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat))
    await ask_for_a_3commas_key(chat)
    await chat.send(key)
    await chat.shows("That looks like a key of an exchange. I need the one of 3Commas.")


async def test_a_key_made_with_another_pair_is_refused_with_what_to_test(world: World, chat: Chat, desk: Desk) -> None:
    """The pair was thrown away after a day; the key id that comes now belongs to nothing any more."""
    public_half = await ask_for_a_binance_pair(chat)
    world.bot_clock.advance(23 * 3600 + 1800)
    await settled(world)
    key = desk.binance.create_key_from_public_half(public_half)
    world.bot_clock.advance(3600)
    await settled(world)
    await chat.send(key)
    await chat.shows("older than 24 hours, so I have thrown it away")
    fresh = await chat.copied("Copy the public half")
    assert fresh != public_half
    await chat.send(desk.binance.create_key_from_public_half(fresh, label="Reconnect 2"))
    await chat.shows("Works.")


# --- key and secret --------------------------------------------------------------------------------------------------


async def test_key_and_secret_in_one_message_are_taken_and_deleted(chat: Chat, desk: Desk) -> None:
    fresh = desk.binance.create_key("Reconnect both", addresses=None)
    await ask_for_key_and_secret(chat)
    message = await chat.send(f"API Key: {fresh.key}\nSecret Key: {fresh.secret}")
    await chat.shows("I deleted your message")
    await chat.shows("Works.")
    assert not chat.visible(message)


async def test_swapped_fields_are_put_right(chat: Chat, desk: Desk) -> None:
    fresh = desk.binance.create_key("Reconnect swapped", addresses=None)
    await ask_for_key_and_secret(chat)
    first = await chat.send(fresh.secret)
    await chat.shows("Step 2 of 2")
    second = await chat.send(fresh.key)
    await chat.shows("Key and secret were the other way round; I put them right.")
    await chat.shows("Works.")
    assert not chat.visible(first)
    assert not chat.visible(second)


async def test_the_key_once_more_where_the_secret_belongs_is_named(chat: Chat, desk: Desk) -> None:
    fresh = desk.binance.create_key("Reconnect twice", addresses=None)
    await ask_for_key_and_secret(chat)
    await chat.send(fresh.key)
    await chat.shows("Step 2 of 2")
    await chat.send(fresh.key)
    await chat.shows("That is the API key once more. I asked for its secret.")
    await chat.send(fresh.secret)
    await chat.shows("Works.")


@pytest.mark.parametrize("way", ["caption", "file"])
async def test_a_secret_in_a_caption_or_a_file_answers_the_question_and_is_deleted(
    chat: Chat, desk: Desk, way: str
) -> None:
    fresh = desk.binance.create_key(f"Reconnect {way}", addresses=None)
    await ask_for_key_and_secret(chat)
    await chat.send(fresh.key)
    await chat.shows("Step 2 of 2")
    if way == "caption":
        message = await chat.send_document("picture.png", b"\x89PNG\x00\xff", caption=fresh.secret)
    else:
        message = await chat.send_document("secret.txt", f"{fresh.secret}\n")
    await chat.shows("I deleted your message")
    await chat.shows("Works.")
    assert not chat.visible(message)


async def test_a_secret_edited_into_an_older_message_is_deleted_and_not_used(chat: Chat, desk: Desk) -> None:
    fresh = desk.binance.create_key("Reconnect edited", addresses=None)
    message = await chat.send("hello")
    await ask_for_key_and_secret(chat)
    await chat.send(fresh.key)
    await chat.shows("Step 2 of 2")
    await chat.edit_message(message, fresh.secret)
    await chat.shows("I removed that message")
    assert not chat.visible(message)
    await chat.does_not_show("Works.")
    await chat.send(fresh.secret)
    await chat.shows("Works.")


async def test_a_secret_that_telegram_does_not_delete_is_said_to_stay(world: World, chat: Chat, desk: Desk) -> None:
    fresh = desk.binance.create_key("Reconnect stays", addresses=None)
    await ask_for_key_and_secret(chat)
    world.fault("telegram", "status", "/deleteMessage$", status=400, body=REFUSES_TO_DELETE)
    message = await chat.send(f"{fresh.key}\n{fresh.secret}")
    await chat.shows("Telegram did not let me delete your message", "Please delete it yourself")
    await chat.shows("Works.")
    assert chat.visible(message)
    world.heal()


async def test_a_key_that_may_withdraw_is_not_taken_until_it_may_not(chat: Chat, desk: Desk) -> None:
    public_half = await ask_for_a_binance_pair(chat)
    key = desk.binance.create_key_from_public_half(public_half, CAN_WITHDRAW, addresses=[BOT_ADDRESS])
    await chat.send(key)
    await chat.shows("This key may withdraw money, so I do not take it.", "Take Enable Withdrawals off at Binance")
    desk.binance.tick(key, withdrawals=False)
    await chat.send(key)
    await chat.shows("Works.")


async def test_connecting_twice_replaces_the_key_and_doubles_nothing(chat: Chat, desk: Desk) -> None:
    for label in ("Reconnect one", "Reconnect two"):
        key = desk.binance.create_key_from_public_half(await ask_for_a_binance_pair(chat), label=label)
        await chat.send(key)
        await chat.shows("Works.")
    await chat.still_shows("It takes the place of the key that I had before")
    await chat.send("/keys")
    text = (await chat.shows("Keys that I keep for you")).text
    assert text.count("key at Binance") == 1, text
    assert key[-4:] in text


# --- in the middle of everything -------------------------------------------------------------------------------------

AT_EACH_STEP: dict[str, tuple[str, ...]] = {
    "connect which": ("/connect",),
    "connect 3Commas": ("/connect three_commas",),
    "connect Binance": ("/connect binance",),
    "pair": ("/connect binance", "Make a pair for me"),
    "key and secret": ("/connect binance", "I have key and secret instead"),
    "update": ("/update",),
    "error text": ("/update error",),
    "look by hand": ("/update look",),
    "away": ("/away",),
    "forget": ("/forget",),
    "really forget": ("/forget", "Yes, delete everything"),
}
"""A command, then labels to press: how to get to a question."""
at_each_step = pytest.mark.parametrize("way", AT_EACH_STEP.values(), ids=AT_EACH_STEP)


async def go(chat: Chat, way: tuple[str, ...]) -> None:
    command, *labels = way
    await chat.send(command)
    for label in labels:
        await chat.press(label)
    await chat.quiet()


@at_each_step
async def test_a_command_in_the_middle_is_answered_and_the_question_is_offered_again(
    chat: Chat, way: tuple[str, ...]
) -> None:
    await go(chat, way)
    await chat.send("/privacy")
    await chat.shows("What I keep")
    await chat.shows("Still open:")
    await chat.press("Go on")
    await chat.quiet()
    assert "Cancel" in chat.buttons()
    await chat.send("/cancel")
    await chat.shows("Stopped:", "Nothing was changed")
    await chat.send("/cancel")
    await chat.shows("There is nothing to stop")


@at_each_step
@pytest.mark.parametrize("odd", ["sticker", "long", "other script", "edited"])
async def test_whatever_is_sent_at_a_question_gets_an_answer(chat: Chat, way: tuple[str, ...], odd: str) -> None:
    early = await chat.send("hello")
    await go(chat, way)
    before = len(chat.messages())
    match odd:
        case "sticker":
            await chat.send_document("sticker.webp", b"RIFF\x00\x00WEBP\xff")
        case "long":
            await chat.send("word " * 800)
        case "other script":
            await chat.send("Ничего не работает, помогите 不能交易 لا يعمل")
        case "edited":
            await chat.edit_message(early, "hello again")
    await chat.quiet()
    said = [message for message in chat.messages()[before:] if message.from_bot]
    if odd == "edited":
        assert not said, "an edit is no answer"
    else:
        assert said, chat.transcript()
        assert not any("Something went wrong" in message.text for message in said), chat.transcript()


@at_each_step
async def test_an_old_button_of_a_question_says_that_it_is_over(chat: Chat, way: tuple[str, ...]) -> None:
    await go(chat, way)
    old = await chat.shows_button("Cancel")
    await chat.send("/cancel")
    await chat.shows("Stopped:")
    label = next(button.text for button in old.buttons if button.callback_data is not None)
    if label == "Cancel":
        return
    for _ in range(2):
        before = len(chat.messages())
        await chat.press(label, on=old)
        await chat.quiet()
        said = "\n".join(message.text for message in chat.messages()[before:])
        assert "answered already" in said or "earlier version" in said, chat.transcript()


@at_each_step
async def test_a_button_pressed_twice_at_once_goes_one_step(chat: Chat, way: tuple[str, ...]) -> None:
    await go(chat, way)
    question = await chat.shows_button("Cancel")
    await chat.press("Cancel", on=question)
    await chat.press("Cancel", on=question)
    await chat.quiet()
    said = [message.text for message in chat.messages() if message.from_bot]
    assert len([text for text in said if text.startswith("Stopped:")]) == 1, chat.transcript()
