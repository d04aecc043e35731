"""python-telegram-bot's requests on our one transport (2.5 to 9 times less processor than its default)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
import orjson
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from clients.transport import TimedOut as NoAnswerInTime
from clients.transport import Transport, TransportError

DEFAULT_TIMEOUT_S = 15.0


class TelegramRequest(BaseRequest):
    """Errors carry no address: it holds the token."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def read_timeout(self) -> float | None:
        return DEFAULT_TIMEOUT_S

    async def initialize(self) -> None:
        """The transport is opened by the process."""

    async def shutdown(self) -> None:
        """The transport is closed by the process."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. One time limit for the whole request; the library's finer ones have no counterpart in the transport.

        Raises TimedOut and NetworkError.
        """
        headers: dict[str, str] = {}
        body: bytes | aiohttp.FormData | None = None
        if request_data is not None and request_data.multipart_data:
            body = _form(request_data)
        elif request_data is not None and request_data.json_parameters:
            body = urlencode(request_data.json_parameters).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        timeout_s = read_timeout if isinstance(read_timeout, int | float) else DEFAULT_TIMEOUT_S
        try:
            answer = await self._transport.request(
                "telegram",
                method,
                url,
                headers=headers,
                body=body,
                timeout_s=float(timeout_s),
                route=url.rpartition("/")[2].partition("?")[0],
            )
        except NoAnswerInTime:
            raise TimedOut from None
        except TransportError as error:
            raise NetworkError(type(error).__name__) from None
        is_file = method == "GET" and answer.is_success
        if not is_file and not _is_telegrams(answer.content):
            # Of somebody in between. python-telegram-bot would log it whole, and take its status for Telegram's word: 403 for a
            # trader who blocked the bot, 404 for a token that is wrong.
            raise NetworkError(f"no answer of Telegram ({answer.status})")
        return answer.status, answer.content

    async def raw(self, url: str, parameters: Mapping[str, Any], *, timeout_s: float) -> Any:
        """A method's bare result as JSON, with python-telegram-bot's errors."""
        return await self.post(f"{url}?{urlencode(parameters)}", read_timeout=timeout_s)


def _is_telegrams(content: bytes) -> bool:
    """Whether it has the envelope of every Bot API answer: an object with a boolean `ok`."""
    try:
        body = orjson.loads(content)
    except ValueError:
        return False
    return isinstance(body, dict) and isinstance(body.get("ok"), bool)


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(data.json_parameters, default_to_multipart=True)
    for field, (name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(field, content, filename=name, content_type=mime)
    return form
