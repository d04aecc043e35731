"""The chat page: what its API does, and what a browser makes of it."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from telegram import CopyTextButton, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from sandbox.telegram.state import Message
from tests.sandbox.telegram_world import ANN, BEN, TelegramWorld, png, telegram_world

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEYS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Repair", callback_data="repair", api_kwargs={"style": "primary"})],
        [
            InlineKeyboardButton("Copy", copy_text=CopyTextButton("192.0.2.1")),
            InlineKeyboardButton("Guide", url="https://help.3commas.io/"),
        ],
    ]
)


@pytest_asyncio.fixture
async def here() -> AsyncIterator[TelegramWorld]:
    async with telegram_world() as world:
        yield world


async def post(here: TelegramWorld, path: str, **order: Any) -> tuple[int, dict[str, Any]]:
    async with here.http.post(f"{here.origin}/chat/{path}", json=order) as answer:
        return answer.status, await answer.json()


async def view(here: TelegramWorld, person: int = ANN) -> dict[str, Any]:
    async with here.http.get(f"{here.origin}/chat/view", params={"person": person}) as answer:
        assert answer.status == 200
        found: dict[str, Any] = await answer.json()
        return found


def last(here: TelegramWorld) -> Message:
    return here.telegram.chat(ANN).last


async def test_what_is_typed_reaches_the_bot(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "key?", reply_markup=ForceReply(input_field_placeholder="API key"))
    await post(here, "say", person=ANN, text="abc", reply_to=sent.message_id)
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.text == "abc"
    assert update.message.reply_to_message is not None


async def test_the_page_gets_everything_it_draws(here: TelegramWorld) -> None:
    await here.bot.set_my_commands([("check", "Health of every account")])
    await here.bot.send_message(ANN, "<b>Broken</b>", parse_mode="HTML", reply_markup=KEYS, protect_content=True)
    await here.bot.send_document(ANN, b"key", filename="public.pem")
    await here.bot.send_photo(ANN, png(4, 3))
    await here.bot.send_message(ANN, "key?", reply_markup=ForceReply(input_field_placeholder="API key"))
    await here.bot.send_chat_action(ANN, "typing")
    seen = await view(here)
    _, broken, document, photo, question = seen["messages"]
    assert broken["entities"] == [{"type": "bold", "offset": 0, "length": 6}]
    assert broken["rows"] == [
        [{"text": "Repair", "style": "primary", "kind": "tap", "value": "repair"}],
        [
            {"text": "Copy", "style": None, "kind": "copy", "value": "192.0.2.1"},
            {"text": "Guide", "style": None, "kind": "url", "value": "https://help.3commas.io/"},
        ],
    ]
    assert broken["protected"]
    assert (document["document"]["name"], document["document"]["size"]) == ("public.pem", 3)
    assert (photo["photo"]["width"], photo["photo"]["height"]) == (4, 3)
    assert question["asks"] == "API key"
    assert seen["commands"] == [{"command": "check", "description": "Health of every account"}]
    assert 0 < seen["typing_ms"] <= 5000


async def test_a_file_is_downloaded_under_its_name_and_only_a_picture_is_shown_in_place(here: TelegramWorld) -> None:
    await here.bot.send_document(ANN, b"<script>", filename="ключ.html")
    href = (await view(here))["messages"][-1]["document"]["href"]
    async with here.http.get(here.origin + href, params={"inline": 1}) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.content_disposition is not None
        assert answer.content_disposition.filename == "ключ.html"
        assert await answer.read() == b"<script>"
    await here.bot.send_photo(ANN, png(4, 3), filename="chart.png")
    href = (await view(here))["messages"][-1]["photo"]["href"]
    async with here.http.get(here.origin + href, params={"inline": 1}) as answer:
        assert answer.content_type == "image/png"


async def test_a_file_is_sent_with_its_caption(here: TelegramWorld) -> None:
    form = aiohttp.FormData({"person": str(ANN), "caption": "my key"})
    form.add_field("file", b"\x00\x01", filename="key.bin", content_type="application/octet-stream")
    async with here.http.post(f"{here.origin}/chat/document", data=form) as answer:
        assert answer.status == 200
    (update,) = await here.bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    assert (update.message.caption, update.message.document.file_name) == ("my key", "key.bin")


async def test_edit_and_delete_work_on_ones_own_messages(here: TelegramWorld) -> None:
    said = here.telegram.say(ANN, "helo")
    await post(here, "edit", person=ANN, message=said.message_id, text="hello")
    assert (await view(here))["messages"][-1]["edited"]
    await post(here, "delete", person=ANN, message=said.message_id)
    assert said.message_id not in [m["id"] for m in (await view(here))["messages"]]


async def test_a_press_and_its_answer_are_seen(here: TelegramWorld) -> None:
    sent = await here.bot.send_message(ANN, "x", reply_markup=KEYS)
    _, pressed = await post(here, "press", person=ANN, message=sent.message_id, button="repair")
    (tap,) = (await view(here))["taps"]
    assert (tap["id"], tap["answered_at"]) == (pressed["tap"], None)
    await here.bot.answer_callback_query(pressed["tap"], "Done")
    (tap,) = (await view(here))["taps"]
    assert tap["text"] == "Done"
    assert tap["answered_at"] is not None


async def test_blocking_is_one_request_and_writing_then_is_refused_in_words(here: TelegramWorld) -> None:
    await post(here, "block", person=ANN)
    assert (await view(here))["blocked"]
    status, body = await post(here, "say", person=ANN, text="x")
    assert (status, body["error"]) == (409, "You blocked this bot. Unblock it to write again.")
    await post(here, "unblock", person=ANN)
    assert (await post(here, "say", person=ANN, text="x"))[0] == 200


@pytest.mark.parametrize(
    ("path", "order", "status"),
    [
        ("say", {"person": 999, "text": "x"}, 404),
        ("say", {"person": ANN}, 404),
        ("say", {"person": "Ann", "text": "x"}, 400),
        ("say", {"person": ANN, "text": "  "}, 409),
        ("edit", {"person": ANN, "message": 999, "text": "x"}, 409),
        ("press", {"person": ANN, "message": 999, "button": "x"}, 409),
    ],
)
async def test_what_cannot_be_done_is_refused(
    here: TelegramWorld, path: str, order: dict[str, Any], status: int
) -> None:
    assert (await post(here, path, **order))[0] == status


async def test_a_change_is_pushed_to_the_page_at_once(here: TelegramWorld) -> None:
    since = (await view(here))["version"]
    async with here.http.ws_connect(f"{here.origin}/chat/live?person={ANN}&since={since}") as live:
        await here.bot.send_message(ANN, "news")
        pushed = await live.receive_json(timeout=5)
        assert pushed["messages"][-1]["text"] == "news"
        assert pushed["version"] != since


async def test_a_page_older_than_the_last_restart_is_brought_up_to_date(here: TelegramWorld) -> None:
    async with here.http.ws_connect(f"{here.origin}/chat/live?person={ANN}&since=1") as live:
        assert (await live.receive_json(timeout=5))["messages"][-1]["text"] == "/start"


async def test_closing_the_world_closes_the_page_connection(here: TelegramWorld) -> None:
    since = (await view(here))["version"]
    async with here.http.ws_connect(f"{here.origin}/chat/live?person={ANN}&since={since}") as live:
        here.telegram.wake()
        assert (await live.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_the_shell_carries_the_first_state_and_lets_no_text_out_of_it(here: TelegramWorld) -> None:
    await here.bot.send_message(ANN, "</script><script>alert(1)</script>")
    async with here.http.get(here.origin, params={"person": ANN}) as answer:
        page = await answer.text()
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    block = page.split('id="state">')[1].split("</script>")[0]
    state = json.loads(block)
    assert state["view"]["messages"][-1]["text"] == "</script><script>alert(1)</script>"
    assert [person["id"] for person in state["people"]] == [ANN, BEN]


async def test_a_world_without_people_still_has_a_page(here: TelegramWorld) -> None:
    here.world.state.people.clear()
    async with here.http.get(here.origin) as answer:
        assert answer.status == 200
        assert '"view": null' in await answer.text()


async def drawn_by_a_browser(address: str, folder: Path) -> str:
    """The page's DOM after its scripts ran."""
    if BROWSER is None:
        pytest.skip("No chromium found: the chat page is not looked at in a browser.")
    flags = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
    process = await asyncio.create_subprocess_exec(
        BROWSER,
        *flags.split(),
        f"--user-data-dir={folder}",
        "--virtual-time-budget=2000",
        "--dump-dom",
        address,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return output.decode()


@pytest.mark.browser
async def test_a_browser_shows_the_message_its_formatting_and_its_buttons(here: TelegramWorld, tmp_path: Path) -> None:
    await here.bot.send_message(
        ANN,
        "<b>Binance spot</b>: see <code>-2015</code> &lt;img src=x&gt;",
        parse_mode="HTML",
        reply_markup=KEYS,
    )
    dom = await drawn_by_a_browser(f"{here.origin}/?person={ANN}", tmp_path)
    assert "<strong>Binance spot</strong>: see <code" in dom
    assert "&lt;img src=x&gt;" in dom
    assert '<button class="inline primary" type="button" data-tap="repair"' in dom
    assert 'href="https://help.3commas.io/"' in dom
    assert 'aria-label="Message"' in dom


@pytest.mark.browser
async def test_a_first_visit_offers_start(here: TelegramWorld, tmp_path: Path) -> None:
    await here.bot.set_my_description("I help you get back.")
    dom = await drawn_by_a_browser(f"{here.origin}/?person={BEN}", tmp_path)
    assert "What can this bot do?" in dom
    assert ">Start</button>" in dom
