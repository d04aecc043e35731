"""The environment, read once into one frozen object; a wrong value stops the start with a sentence that names it.

Meanings and defaults: README, section "Environment". Nothing else in the product reads the environment.
"""

import ipaddress
import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}

EXAMPLES = {
    "TELEGRAM_BOT_TOKEN": "123456789:AAE-the-rest-of-what-BotFather-sent",
    "TELEGRAM_API_URL": "https://api.telegram.org",
    "THREECOMMAS_API_URL": "https://api.3commas.io",
    "EXCHANGE_API_URLS": '{"binance": "http://127.0.0.1:8101"}',
    "ENCRYPTION_KEYS": "the line that `python -m bot new-key` prints",
    "DATABASE_URL": "sqlite:///data/reconnect.db",
    "DATA_DIR": "./data",
    "EGRESS_IPS": "203.0.113.7,203.0.113.8",
    "LOG_FORMAT": "text",
    "LOG_LEVEL": "INFO",
}


TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")


class SettingsError(Exception):
    """One sentence for the person who starts the bot. Never holds the value of a secret."""


def _origin(value: str) -> str:
    """An http(s) origin without path; plain http only to this machine."""
    try:
        parts = urlsplit(value.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError("is not an address that begins with https://") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ValueError("is not an address that begins with https://")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be an origin: scheme, host and port, without a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK_NAMES:
        raise ValueError("uses plain http, which is accepted for this machine (127.0.0.1) only")
    return f"{parts.scheme}://{parts.netloc}"


class Settings(BaseSettings):
    """Everything that the environment (or `.env`) says."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    threecommas_api_url: str = "https://api.3commas.io"
    exchange_api_urls: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    encryption_keys: SecretStr | None = None
    """Looked at where they are used: by the vault, when it opens."""
    database_url: SecretStr | None = None
    data_dir: Path = Path("data")
    egress_ips: Annotated[tuple[str, ...], NoDecode] = ()
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("*", mode="before")
    @classmethod
    def _without_blanks_around(cls, value: Any) -> Any:
        return value.strip() if isinstance(value, str) else value

    @field_validator("telegram_bot_token", "encryption_keys", "database_url", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("log_format", "log_level", mode="before")
    @classmethod
    def _one_of(cls, value: Any, info: ValidationInfo) -> Any:
        """In any case of letters."""
        allowed = get_args(cls.model_fields[str(info.field_name)].annotation)
        found = next((word for word in allowed if word.lower() == str(value).strip().lower()), None)
        if found is None:
            raise ValueError(f"is none of {', '.join(allowed)}")
        return found

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is not a token of BotFather")
        return value

    @field_validator("telegram_api_url", "threecommas_api_url")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        return _origin(value)

    @field_validator("exchange_api_urls", mode="before")
    @classmethod
    def _exchange_origins(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value.strip():
            return {}
        try:
            found = json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError("is not a JSON object") from error
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise ValueError("is not a JSON object of exchange ids and origins")
        return {str(name): _origin(origin) for name, origin in found.items()}

    @field_validator("egress_ips", mode="before")
    @classmethod
    def _addresses(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = tuple(part.strip() for part in value.split(",") if part.strip())
        for part in found:
            try:
                ipaddress.ip_address(part)
            except ValueError as error:
                raise ValueError("holds something that is not an IP address") from error
        return found

    @model_validator(mode="after")
    def _token_needs_keys(self) -> "Settings":
        if self.telegram_bot_token is not None and self.encryption_keys is None:
            raise ValueError(
                "ENCRYPTION_KEYS is missing: keys of traders are kept encrypted. "
                f"Example: {EXAMPLES['ENCRYPTION_KEYS']}"
            )
        return self

    @property
    def storage_url(self) -> str:
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'reconnect.db'}"


class _Later(BaseSettings):
    """Variables of the contract that nothing reads yet."""

    model_config = Settings.model_config

    webhook_url: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    egress_proxies: SecretStr | None = None
    watch_interval_s: SecretStr | None = None
    support_chat_id: SecretStr | None = None
    llm_api_url: SecretStr | None = None
    llm_api_key: SecretStr | None = None
    llm_model: SecretStr | None = None


def without_effect() -> tuple[str, ...]:
    """Names of variables that are set and change nothing in this version: whoever set one relies on it."""
    return tuple(name.upper() for name, value in _Later() if value is not None)


def read_settings(**overrides: Any) -> Settings:
    """Raises SettingsError with one sentence: the variable, what is wrong, an example."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        what = str(first["msg"]).removeprefix("Value error, ")
        if not first["loc"]:
            raise SettingsError(what) from None
        name = str(first["loc"][0]).upper()
        raise SettingsError(f"{name} {what}. Example: {EXAMPLES.get(name, '')}".rstrip()) from None
