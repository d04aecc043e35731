"""python -m bot and its words: exit codes and the sentences that a person at a terminal reads."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import InvalidToken

from bot.__main__ import LATER, main
from bot.doctor import examine
from bot.settings import Settings
from sandbox.house import House
from storage.vault.keys import KeyRing

TOKEN = "123456789:" + "A" * 35


@pytest.fixture(autouse=True)
def _empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    # The process of the tests goes on after `main`: it keeps its own logs and stays open to a debugger.
    monkeypatch.setattr("bot.__main__.harden", lambda: None)
    monkeypatch.setattr("bot.__main__.set_up_logs", lambda _form, _level: None)


def a_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def test_a_new_key_is_one_line_that_the_vault_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-key"]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert len(KeyRing.parse(line).active.material) == 32


@pytest.mark.parametrize("word", [*sorted(LATER), "bot", "--help", "doctor2"])
def test_a_word_that_is_no_process_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert main([word]) == 2
    said = capsys.readouterr().err
    assert repr(word) in said
    assert "python -m bot doctor" in said


def test_without_a_token_the_bot_stops_with_the_sentence_that_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("TELEGRAM_BOT_TOKEN is missing.")
    assert "make run" in said
    assert said.count("\n") == 1


def test_a_wrong_value_stops_every_process(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "wrong-and-secret")
    for word in ([], ["doctor"], ["rotate"]):
        assert main(word) == 1
        said = capsys.readouterr().err
        assert said.startswith("TELEGRAM_BOT_TOKEN is not a token of BotFather.")
        assert "wrong-and-secret" not in said


@pytest.mark.parametrize("keys", ["short", "a:b:c", "x" * 44])
def test_master_keys_that_are_none_stop_the_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ENCRYPTION_KEYS", keys)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("ENCRYPTION_KEYS")
    assert "new-key" in said
    assert keys not in said


def test_a_database_that_is_not_there_yet_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL is not reached yet: the start stops instead of going on with another database."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ENCRYPTION_KEYS", a_key())
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hidden@db.example/bot")
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("DATABASE_URL")
    assert "hidden" not in said


def test_rotate_says_under_which_key_everything_is_sealed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", f"new:{a_key()}")
    assert main(["rotate"]) == 0
    assert "under the key new now" in capsys.readouterr().out


# --- doctor ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def house() -> AsyncIterator[House]:
    found = House("all_fine", symbols=60)
    await found.open()
    yield found
    await found.close()


def as_in(house: House, folder: Path, **changes: object) -> Settings:
    values: dict[str, object] = {
        "telegram_bot_token": house.telegram.bot_token,
        "telegram_api_url": house.telegram_url,
        "threecommas_api_url": house.three_commas_url,
        "encryption_keys": f"first:{a_key()}",
        "data_dir": folder,
    }
    return Settings(_env_file=None, **{**values, **changes})  # type: ignore[arg-type]  # settings read any value


async def test_the_doctor_says_that_everything_is_fine(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine(as_in(house, tmp_path)) == 0
    said = capsys.readouterr().out
    assert "wrong" not in said
    assert "master key first (active)" in said
    assert "Telegram knows the bot as @" in said
    assert "3Commas answers" in said


async def test_the_doctor_notes_what_is_set_without_effect(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EGRESS_PROXIES", "http://ann:secret-of-mine@127.0.0.1:9")
    assert await examine(as_in(house, tmp_path)) == 0
    said = capsys.readouterr().out
    assert "note   EGRESS_PROXIES is set and has no effect in this version." in said
    assert "secret-of-mine" not in said


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"telegram_bot_token": None}, "TELEGRAM_BOT_TOKEN is missing"),
        ({"telegram_bot_token": TOKEN}, "Telegram does not accept the token"),
        ({"telegram_api_url": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"threecommas_api_url": "http://127.0.0.1:9"}, "3Commas' market list could not be read"),
        ({"telegram_bot_token": None, "encryption_keys": None}, "ENCRYPTION_KEYS is missing"),
        ({"encryption_keys": "nonsense"}, "ENCRYPTION_KEYS"),
    ],
)
async def test_the_doctor_names_what_is_wrong_and_goes_on_looking(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, object], found: str
) -> None:
    assert await examine(as_in(house, tmp_path, **changes)) == 1
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("wrong") and found in line]
    assert [line for line in said.splitlines() if line.startswith("ok")], "the rest is looked at all the same"
    assert TOKEN not in said


async def test_the_doctor_notices_that_the_master_key_is_another_one(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine(as_in(house, tmp_path)) == 0
    assert await examine(as_in(house, tmp_path)) == 1, "a fresh key opens nothing"
    assert "wrong" in capsys.readouterr().out


def test_the_doctor_is_a_process_with_an_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THREECOMMAS_API_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == 1
    assert "ENCRYPTION_KEYS is missing" in capsys.readouterr().out


# --- a Telegram that does not answer as it should ---------------------------------------------------------------


def started(house_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("ENCRYPTION_KEYS", a_key())
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("TELEGRAM_API_URL", house_url)


async def test_a_token_that_telegram_does_not_know_is_not_printed(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started(house.telegram_url, tmp_path, monkeypatch)
    assert await asyncio.to_thread(main, ["doctor"]) == 1
    assert TOKEN not in capsys.readouterr().out


def test_a_telegram_out_of_reach_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started("http://127.0.0.1:9", tmp_path, monkeypatch)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith("Telegram cannot be reached at TELEGRAM_API_URL.")
    assert TOKEN not in said


def test_a_token_that_was_revoked_stops_the_start_without_being_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(_settings: Settings) -> int:
        raise InvalidToken(f"The token `{TOKEN}` was rejected by the server.")

    started("http://127.0.0.1:9", tmp_path, monkeypatch)
    monkeypatch.setattr("bot.__main__.run_bot", refused)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert "BotFather" in said
    assert TOKEN not in said
