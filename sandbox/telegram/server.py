"""The Bot API over HTTP: token, method, answer. https://core.telegram.org/bots/api#making-requests"""

import hmac
import re

from aiohttp import web

from sandbox.telegram.bot_messages import Method
from sandbox.telegram.errors import Refused
from sandbox.telegram.files import Files
from sandbox.telegram.parameters import read_parameters
from sandbox.telegram.state import TelegramState

TOKEN_FORM = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,}")

NOT_EMULATED_METHODS = {
    name.lower()
    for name in [
        "logOut",
        "close",
        "forwardMessage",
        "forwardMessages",
        "copyMessage",
        "copyMessages",
        "sendAudio",
        "sendVideo",
        "sendAnimation",
        "sendVoice",
        "sendVideoNote",
        "sendPaidMedia",
        "sendMediaGroup",
        "sendLocation",
        "sendVenue",
        "sendContact",
        "sendPoll",
        "sendDice",
        "sendSticker",
        "sendMessageDraft",
        "sendRichMessage",
        "setMessageReaction",
        "editMessageMedia",
        "stopPoll",
        "getUserProfilePhotos",
        "getChatMember",
        "getChatAdministrators",
        "getChatMemberCount",
        "pinChatMessage",
        "unpinChatMessage",
        "setMyName",
        "getMyName",
        "createForumTopic",
        "editForumTopic",
        "closeForumTopic",
        "reopenForumTopic",
        "deleteForumTopic",
        "answerInlineQuery",
        "answerWebAppQuery",
        "banChatMember",
        "unbanChatMember",
        "restrictChatMember",
        "promoteChatMember",
    ]
}
"""Methods of the original that are known and answered with 501, so that nobody takes them for misspelt."""


class BotApi:
    """Two routes: the methods, and the download of files."""

    def __init__(self, state: TelegramState, files: Files, methods: dict[str, Method]) -> None:
        self._state = state
        self._files = files
        # The original takes the names of methods in any case.
        self._methods = {name.lower(): method for name, method in methods.items()}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/bot{token}/{method}", self.call),
            web.post("/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
            name = request.match_info["method"].lower()
            method = self._methods.get(name)
            if method is None:
                raise self._no_method(name)
            result = await method(await read_parameters(request))
        except Refused as refused:
            return _refusal(refused)
        return web.json_response({"ok": True, "result": result})

    def _check_token(self, token: str) -> None:
        if not TOKEN_FORM.fullmatch(token):
            raise Refused(404, "Not Found")
        if not hmac.compare_digest(token, self._state.bot_token):
            raise Refused(401, "Unauthorized")

    def _no_method(self, name: str) -> Refused:
        if name in NOT_EMULATED_METHODS:
            return Refused(501, "Not Implemented: the method is not emulated in this sandbox")
        return Refused(404, "Not Found: method not found")

    async def download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
        except Refused as refused:
            return _refusal(refused)
        content = self._files.content(request.match_info["path"])
        if content is None:
            return _refusal(Refused(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")


def _refusal(refused: Refused) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": refused.code, "description": refused.description}
    headers = {}
    if refused.retry_after is not None:
        body["parameters"] = {"retry_after": refused.retry_after}
        headers["Retry-After"] = str(refused.retry_after)
    return web.json_response(body, status=refused.code, headers=headers)
