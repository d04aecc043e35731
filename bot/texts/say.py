"""Looks up a sentence and puts values into it: `say("check-works", name=foreign(account.name))`.

A plain `str` value is foreign text and is treated so; `Html` goes in as it is; numbers, amounts and times are written for the language.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from bot.texts.markup import Html, foreign

FOLDER = Path(__file__).parent
DEFAULT = "en"
_DIGITS = 160
"""Some services write 36 decimals; the usual 28 digits would not hold such an amount."""
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


class NoSuchSentence(KeyError):
    """A key without a text: a defect that a test finds."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is in this language, English where it has no file."""
    token = _language.set(language if (FOLDER / language).is_dir() else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language, DEFAULT], use_isolating=False)
    for file in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle


@cache
def sentence_ids(language: str = DEFAULT) -> frozenset[str]:
    """All ids, attributes as `id.attribute`."""
    found: set[str] = set()
    for name, message in _bundle(language)._messages.items():
        if message.value is not None:
            found.add(name)
        found.update(f"{name}.{attribute.id.name}" for attribute in message.attributes)
    return frozenset(found)


def amount(value: Decimal, places: int | None = None) -> str:
    """A figure in the reader's writing: thousands grouped, at most `places` decimals, never in exponent form."""
    with localcontext(prec=_DIGITS):
        if places is not None:
            value = round(value, places)
        text = format(value, "f")
        decimals = len(text.partition(".")[2])
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return str(format_decimal(value, format=pattern, locale=_language.get()))


def this_year() -> int:
    """The year that a date need not name."""
    return datetime.now(UTC).year


def moment(at: datetime, style: str = "day") -> Html:
    """A time as Telegram shows it in the reader's own zone, with a readable UTC text inside.

    style  "day" 3 March, "clock" 10:42, "full" both, "ago" relative
    """
    at = at.astimezone(UTC)
    locale = _language.get()
    if style == "day":
        return Html(str(format_date(at.date(), "d MMMM" if at.year == this_year() else "d MMMM y", locale=locale)))
    shown = {
        "clock": (str(format_datetime(at, "HH:mm 'UTC'", locale=locale)), "t"),
        "full": (str(format_datetime(at, "d MMM y, HH:mm 'UTC'", locale=locale)), "dt"),
        "ago": (str(format_datetime(at, "d MMM y, HH:mm 'UTC'", locale=locale)), "r"),
    }
    text, form = shown[style]
    return Html(f'<tg-time unix="{int(at.timestamp())}" format="{form}">{text}</tg-time>')


def _written(value: Any) -> Any:
    match value:
        case Html():
            return str(value)
        case Decimal():
            return amount(value)
        case datetime():
            return str(moment(value))
        case date():
            return str(format_date(value, "d MMMM y", locale=_language.get()))
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case str():
            return str(foreign(value))
        case None:
            return ""
    raise TypeError(f"a {type(value).__name__} cannot be said")


def say(key: str, **values: Any) -> Html:
    """Raises NoSuchSentence for an unknown key; a value that the sentence needs and does not get is a ValueError."""
    name, _, attribute = key.partition(".")
    for language in (_language.get(), DEFAULT):
        bundle = _bundle(language)
        if not bundle.has_message(name):
            continue
        message = bundle.get_message(name)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            continue
        text, errors = bundle.format_pattern(pattern, {k: _written(v) for k, v in values.items()})
        if errors:
            raise ValueError(f"{key}: {errors[0]}")
        return Html(text)
    raise NoSuchSentence(key)
