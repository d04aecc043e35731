"""No secret in the logs, whatever fails and however loud they are (T4)."""

import asyncio
import base64
import gc
import io
import json
import logging
import secrets
import string
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog
from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.logs import log, redact, request_id, set_up_logs, where
from sandbox.stories.figures import ALEX
from tests.chats import steps
from tests.chats.misbehaving import settled
from tests.world import World


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG, in both formats."""
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    set_up_logs(request.param, "DEBUG", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def encodings(secret: str) -> set[str]:
    """As a secret may come to stand in a line: plain, percent-encoded, hex, base64 twice, JSON."""
    raw = secret.encode()
    return {
        secret,
        quote(secret, safe=""),
        raw.hex(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        json.dumps(secret)[1:-1],
    }


def found(text: str, canaries: dict[str, str]) -> list[str]:
    folded = text.lower()
    return [
        name for name, secret in canaries.items() if any(form.lower() in folded for form in encodings(secret.strip()))
    ]


# --- the filter --------------------------------------------------------------------------------------------------

ALPHABET = string.ascii_letters + string.digits


def canary(length: int = 64) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


SHAPES = {
    "token": lambda: f"123456789:{canary(35)}",
    "binance": canary,
    "three_commas": lambda: secrets.token_hex(64),
    "pem": lambda: f"-----BEGIN PRIVATE KEY-----\n{canary()}\n{canary()}\n-----END PRIVATE KEY-----",
    "base64": lambda: base64.b64encode(secrets.token_bytes(48)).decode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_shaped_like_a_secret_is_removed_wherever_it_stands(shape: str, written: io.StringIO) -> None:
    secret = SHAPES[shape]()
    for form in encodings(secret):
        log.info(f"it was {form}!", value=form, listed=[form], nested={"key": {"deep": form}})
        log.debug("an error", error=ValueError(form))
        log.warning("bytes", value=form.encode())
        logging.getLogger("some.library").error("refused %s", form)
        logging.getLogger("telegram.ext").error("url https://api.telegram.org/bot%s/getMe", form)
        logging.getLogger("aiohttp").warning("https://x.example/?a=1&signature=%s&b=2", form)
    text = written.getvalue()
    assert "it was" in text
    assert not found(text, {shape: secret})
    for line in secret.splitlines():
        assert len(line) < 40 or not found(text, {shape: line})


@pytest.mark.parametrize(
    "line",
    ["/check took 12 ms", "an update failed; trying again", "flows/runner.py:69:answer", "Binance answered -2015"],
)
def test_ordinary_lines_are_left_alone(line: str) -> None:
    assert redact(line) == line


def test_tracebacks_and_texts_of_exceptions_are_not_written(written: io.StringIO) -> None:
    secret = "short-secret-9"
    try:
        raise ValueError(secret)
    except ValueError as error:
        logging.getLogger("some.library").exception("it broke")
        log.error("ours", where=where(error))
    text = written.getvalue()
    assert "it broke [ValueError]" in text
    assert "bot/test_logs.py" in text
    assert secret not in text


def test_where_an_error_came_from_is_said_for_generated_code_too() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile("1/0", "<string>", "exec"))
    assert where(caught.value).endswith("<string>:1:<module>")


def test_a_line_carries_the_update_that_it_belongs_to(written: io.StringIO) -> None:
    token = request_id.set("u17")
    log.info("something")
    request_id.reset(token)
    log.info("something else")
    first, second = written.getvalue().splitlines()
    assert "u17" in first
    assert "u17" not in second


def test_a_message_of_a_library_that_cannot_be_put_together_is_still_a_line(written: io.StringIO) -> None:
    ours = next(handler for handler in logging.getLogger().handlers if handler.formatter is not None)
    ours.handle(logging.LogRecord("some.library", logging.ERROR, "", 1, "%d of %d", ("x",), None))
    assert "%d of %d" in written.getvalue()


def test_an_answer_that_telegrams_library_cannot_read_is_not_quoted(written: io.StringIO) -> None:
    with pytest.raises(TelegramError):
        BaseRequest.parse_json_payload(b'{"ok": true, "result": [{"message": {"text": "what somebody typed"')
    assert "somebody" not in written.getvalue()


async def test_a_task_that_nobody_waits_for_does_not_print_its_error(written: io.StringIO) -> None:
    token = f"123456789:{canary(35)}"

    async def breaks() -> None:
        raise ValueError(f"https://api.telegram.org/bot{token}/getUpdates")

    task = asyncio.create_task(breaks())
    await asyncio.wait({task})
    del task
    gc.collect()
    assert "never retrieved" in written.getvalue()
    assert not found(written.getvalue(), {"token": token})


# --- a whole life ------------------------------------------------------------------------------------------------

WAYS = ("garbage", "cut", "dropped", "status")


async def test_a_life_full_of_failures_writes_no_secret(
    written: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    async with World.story("returning_trader") as world:
        chat, desk = world.chat(ALEX), world.desk
        held = desk.binance.create_key(addresses=None)
        token = desk.create_system_token(addresses=["203.0.113.7"])
        canaries = {
            "bot token": world.house.telegram.bot_token,
            "master key": master_key(world),
            "binance key": held.key,
            "binance secret": held.secret,
            "3commas key": token.key,
            "3commas secret": token.secret,
            "typed": "my words to the bot are nobody's business",
        }
        await steps.connected_to_3commas(chat, desk)
        await chat.send("/connect binance")
        await chat.press("I have key and secret instead")
        await chat.send(f"{held.key} {held.secret}")
        await chat.quiet()
        await chat.send(f"secret: {token.secret}")
        await chat.send(canaries["typed"])
        for way in WAYS:
            for service in ("three_commas", "binance"):
                world.fault(service, way)
            world.fault("telegram", way, "editMessage|deleteMessage|answerCallback", times=3)
            await chat.send("/check")
            await chat.send(f"token {token.key}: {token.secret}")
            await settled(world)
            world.heal()
            world.bot_clock.advance(70)
        await settled(world)
        canaries |= _arrived(world)
    printed = capfd.readouterr()
    text = written.getvalue() + printed.out + printed.err
    assert text
    assert not found(text, canaries)


def master_key(world: World) -> str:
    assert world.bot.app is not None
    keys = world.bot.app.settings.encryption_keys
    assert keys is not None
    return keys.get_secret_value()


def _arrived(world: World) -> dict[str, str]:
    """Signatures and keys as they went over the wire."""
    sent = {}
    for service in ("three_commas", "binance"):
        for number, request in enumerate(world.received(service)):
            for name, value in request.headers.items():
                if name.lower() in ("apikey", "signature", "x-mbx-apikey"):
                    sent[f"{service} {name} {number}"] = value
            if "signature=" in request.query:
                sent[f"{service} query {number}"] = request.query.rpartition("signature=")[2]
    assert len(sent) > 10
    return sent
