"""Logs: structlog over the standard library, redaction last in the chain.

Nothing third-party is logged as an object (updates, models, exceptions of other libraries): the filter is the belt, not the trousers.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Travels from a tap to the call at the venue; every line of one update carries it."""

SHAPES = re.compile(
    r"""
    -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----.*?(?:-----END\ [A-Z ]*PRIVATE\ KEY-----|\Z)   # private keys
    | (?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}          # bot tokens, behind "/bot" in an address too
    | (?<=signature=)[^&\s"']+                            # signatures in addresses
    | (?<=api_key=)[^&\s"']+
    | (?:[A-Za-z0-9+/_-]|%[0-9A-F]{2}){40,}={0,2}         # keys, secrets, signatures, sealed text
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

SILENT = ("telegram.request",)
"""It writes answers that it cannot read, in full: an update with what somebody typed may be among them."""
QUIET = ("httpx", "httpcore", "ccxt", "aiohttp", "telegram", "sqlalchemy", "asyncio", "alembic")


def redact(text: str) -> str:
    """Everything that is shaped like a key, a token or a signature becomes [removed]."""
    return SHAPES.sub("[removed]", text)


def _redact_all(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, int | float | bool | type(None)):
            event[key] = redact(str(value)) if isinstance(value, list | tuple | dict) else f"<{type(value).__name__}>"
    return event


def _redact_line(_logger: Any, _name: str, line: Any) -> Any:
    """Last in the chain: whatever the renderer put together."""
    return redact(line) if isinstance(line, str) else line


def _with_request(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if request_id.get():
        event["request"] = request_id.get()
    return event


def where(error: BaseException) -> str:
    """The way to an error as file:line:function, without any value: frames and texts of exceptions may hold secrets."""
    frames: list[str] = []
    trace: TracebackType | None = error.__traceback__
    for frame, line in traceback.walk_tb(trace):
        file = "/".join(frame.f_code.co_filename.rsplit("/", 2)[-2:])
        frames.append(f"{file}:{line}:{frame.f_code.co_name}")
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ is not None else ""
    return f"{type(error).__name__}{cause} at {' > '.join(frames[-8:])}"


class _Foreign(logging.Formatter):
    """Lines of other libraries: their message only, redacted; never their traceback."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = str(record.msg)
        failure = f" [{record.exc_info[0].__name__}]" if record.exc_info and record.exc_info[0] else ""
        return redact(f"{self.formatTime(record)} {record.levelname.lower()} {record.name}: {message}{failure}")


def set_up_logs(form: str = "text", level: str = "INFO", stream: Any = None) -> None:
    """Once per process."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Foreign())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_request,
            _redact_all,
            renderer,
            _redact_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )


log = structlog.get_logger()
