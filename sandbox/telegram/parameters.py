"""The parameters of one request: query, form, multipart and JSON bodies all mean the same.

Reading is as lenient as the original: numbers and flags are texts, JSON inside a parameter is strict.
"""

import json
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message as Head
from typing import Any

from aiohttp import web

from sandbox.telegram.errors import Refused, bad_request


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Parameters:
    values: dict[str, str]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A number, drawn to the limits; what is no number counts as not given."""
        try:
            value = int(self.values[name].strip())
        except (KeyError, ValueError):
            return default
        if low is not None:
            value = max(low, value)
        return value if high is None else min(high, value)

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str) -> Any:
        """The JSON in a parameter, None if it is not given. `what` is named in the refusal."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def message_id(self) -> int:
        value = self.integer("message_id")
        if value <= 0:
            raise bad_request("message identifier is not specified")
        return value


async def read_parameters(request: web.Request) -> Parameters:
    """Reads the whole request. Raises Refused (400) for a body that cannot be read."""
    values = dict(request.query)
    files: dict[str, Upload] = {}
    body = await request.read()
    if not body:
        return Parameters(values)
    if request.content_type == "application/json":
        values |= _from_json(body)
    elif request.content_type == "multipart/form-data":
        fields, files = _from_multipart(body, request.headers.get("Content-Type", ""))
        values |= fields
    else:
        form = await request.post()
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return Parameters(values, files)


def _from_json(body: bytes) -> dict[str, str]:
    try:
        value = json.loads(body)
    except ValueError:
        raise Refused(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise Refused(400, "Bad Request: expected an Object")
    return {
        name: item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
        for name, item in value.items()
        if item is not None
    }


def _from_multipart(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, Upload]]:
    """Split by hand: the body was read before (for the record of requests), so aiohttp's reader finds nothing."""
    boundary = _head(f"Content-Type: {content_type}").get_boundary()
    if boundary is None:
        raise Refused(400, "Bad Request: boundary of the multipart body is missing")
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        raw_head, _, content = part.partition(b"\r\n\r\n")
        head = _head(raw_head.decode().strip())
        name = head.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        file_name = head.get_filename()
        if file_name is None:
            values[name] = content.decode()
        else:
            files[name] = Upload(file_name, content, head.get_content_type())
    return values, files


def _head(text: str) -> Head:
    return message_from_string(text + "\n\n")
