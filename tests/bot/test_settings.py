"""The environment: a wrong value stops the start with one sentence that names the variable and an example, and shows no secret."""

import base64
import secrets
from pathlib import Path

import pytest

from bot.settings import EXAMPLES, Settings, SettingsError, read_settings, without_effect

TOKEN = "123456789:" + "A" * 35
KEYS = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's variables nor its `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    return str(caught.value)


def test_nothing_set_is_fine_and_has_the_defaults_of_the_contract() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.threecommas_api_url == "https://api.3commas.io"
    assert settings.exchange_api_urls == {}
    assert settings.data_dir == Path("data")
    assert settings.storage_url == "sqlite:///data/reconnect.db"
    assert (settings.log_format, settings.log_level) == ("text", "INFO")
    assert settings.egress_ips == ()


WRONG = [
    ("TELEGRAM_BOT_TOKEN", "secret-of-mine"),
    ("TELEGRAM_BOT_TOKEN", f"{TOKEN}/../secret-of-mine"),
    ("TELEGRAM_BOT_TOKEN", "123:secret-of-mine"),
    ("TELEGRAM_API_URL", "api.telegram.org"),
    ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
    ("TELEGRAM_API_URL", "http://api.telegram.org"),
    ("TELEGRAM_API_URL", "https://api.telegram.org:port"),
    ("TELEGRAM_API_URL", "https://[::1"),
    ("THREECOMMAS_API_URL", "https://user:secret-of-mine@api.3commas.io"),
    ("THREECOMMAS_API_URL", "https://:secret-of-mine@api.3commas.io"),
    ("THREECOMMAS_API_URL", "https://api.3commas.io?x=secret-of-mine"),
    ("EXCHANGE_API_URLS", "binance=http://127.0.0.1:8101"),
    ("EXCHANGE_API_URLS", '["http://127.0.0.1:8101"]'),
    ("EXCHANGE_API_URLS", '{"binance": 8101}'),
    ("EXCHANGE_API_URLS", '{"binance": "http://192.0.2.1:8101"}'),
    ("EXCHANGE_API_URLS", '{"binance": "https://api.binance.com/api"}'),
    ("EGRESS_IPS", "203.0.113.7, home"),
    ("EGRESS_IPS", "203.0.113.0/24"),
    ("LOG_FORMAT", "xml"),
    ("LOG_LEVEL", "LOUD"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_sentence_with_name_and_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = refused(monkeypatch, name, value)
    assert said.startswith(f"{name} ")
    assert said.endswith(f"Example: {EXAMPLES[name]}")
    assert "\n" not in said
    assert "secret-of-mine" not in said
    assert "Input should" not in said, "words of a library"


def test_every_variable_that_can_be_wrong_has_an_example_and_no_other() -> None:
    assert set(EXAMPLES) == {name.upper() for name in Settings.model_fields}


def test_a_token_without_keys_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refused(monkeypatch, "TELEGRAM_BOT_TOKEN", TOKEN)
    assert said.startswith("ENCRYPTION_KEYS is missing")
    assert "new-key" in said
    assert TOKEN not in said


def test_blanks_around_a_value_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv("ENCRYPTION_KEYS", f"{KEYS}\n")
    monkeypatch.setenv("EGRESS_IPS", " 203.0.113.7 , 2001:db8::7,")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8101/ ")
    monkeypatch.setenv("LOG_LEVEL", " debug")
    settings = read_settings()
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.egress_ips == ("203.0.113.7", "2001:db8::7")
    assert settings.telegram_api_url == "http://127.0.0.1:8101"
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    assert read_settings() == Settings(_env_file=None)


@pytest.mark.parametrize(
    "name", ["TELEGRAM_BOT_TOKEN", "ENCRYPTION_KEYS", "DATABASE_URL", "EXCHANGE_API_URLS", "EGRESS_IPS"]
)
def test_so_is_one_of_blanks(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "  ")
    assert read_settings() == Settings(_env_file=None)


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f'TELEGRAM_BOT_TOKEN={TOKEN}\nENCRYPTION_KEYS="{KEYS}"\nLOG_LEVEL=DEBUG\nOTHER=1\n')
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = read_settings()
    assert settings.telegram_bot_token is not None
    assert settings.log_level == "ERROR"


def test_a_variable_without_effect_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert without_effect() == ()
    monkeypatch.setenv("EGRESS_PROXIES", "http://ann:secret-of-mine@127.0.0.1:9")
    monkeypatch.setenv("WATCH_INTERVAL_S", "60")
    assert without_effect() == ("EGRESS_PROXIES", "WATCH_INTERVAL_S")


def test_secrets_do_not_print() -> None:
    settings = Settings(
        _env_file=None, telegram_bot_token=TOKEN, encryption_keys=KEYS, database_url="postgresql://bot:hidden@db/bot"
    )
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert KEYS not in shown
        assert "hidden" not in shown


def test_what_was_read_stays_as_it_is() -> None:
    with pytest.raises(Exception, match="frozen"):
        Settings(_env_file=None).log_level = "DEBUG"  # type: ignore[misc]  # that is the point
