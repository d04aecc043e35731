"""The Bot API's methods that are not about messages: updates, webhook, commands, descriptions, menu, chats."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.answers import Answers
from sandbox.telegram.bot_messages import Method
from sandbox.telegram.chats import Chats
from sandbox.telegram.errors import bad_request, not_emulated
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.state import Command, TelegramState, Webhook
from sandbox.telegram.updates import Updates
from sandbox.world import World

COMMANDS_LIMIT = 100
COMMAND_LIMIT = 32
COMMAND_DESCRIPTION_LIMIT = 256
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120
LONGEST_POLL_S = 50
WEBHOOK_PORTS = (80, 88, 443, 8443)
PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators")


class BotSettings:
    """Each method takes the parameters as they arrived and returns the `result`."""

    def __init__(self, world: World, state: TelegramState, chats: Chats, answers: Answers, updates: Updates) -> None:
        self._world = world
        self._state = state
        self._chats = chats
        self._answers = answers
        self._updates = updates

    def methods(self) -> dict[str, Method]:
        return {
            "getMe": self.get_me,
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
            "setMyCommands": self.set_my_commands,
            "getMyCommands": self.get_my_commands,
            "deleteMyCommands": self.delete_my_commands,
            "setMyDescription": self.set_my_description,
            "getMyDescription": self.get_my_description,
            "setMyShortDescription": self.set_my_short_description,
            "getMyShortDescription": self.get_my_short_description,
            "setChatMenuButton": self.set_chat_menu_button,
            "getChatMenuButton": self.get_chat_menu_button,
            "getChat": self.get_chat,
            "leaveChat": self.leave_chat,
        }

    async def get_me(self, _given: Parameters) -> Any:
        return self._answers.me()

    # Updates

    async def get_updates(self, given: Parameters) -> Any:
        return await self._updates.fetch(
            given.integer("offset"),
            given.integer("limit", 100, 1, 100),
            given.integer("timeout", 0, 0, LONGEST_POLL_S),
            self._allowed(given),
        )

    def _allowed(self, given: Parameters) -> list[str] | None:
        """None leaves what was asked for before; text that is no list is passed over, as in the original."""
        if not given.text("allowed_updates"):
            return None
        value = given.json("allowed_updates", "allowed updates")
        return [str(name) for name in value] if isinstance(value, list) else None

    async def set_webhook(self, given: Parameters) -> Any:
        url = given.text("url")
        if not url:
            return await self.delete_webhook(given)
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in WEBHOOK_PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        secret = given.text("secret_token")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains illegal characters")
        allowed = self._allowed(given)
        if allowed is not None:
            self._state.allowed_updates = allowed
        connections = given.integer("max_connections", 40, 1, 100)
        self._state.webhook = Webhook(url=url, secret_token=secret, max_connections=connections)
        self._updates.webhook_was_set()
        self._drop_if_wanted(given)
        return True

    async def delete_webhook(self, given: Parameters) -> Any:
        self._state.webhook = Webhook()
        self._drop_if_wanted(given)
        return True

    def _drop_if_wanted(self, given: Parameters) -> None:
        if given.flag("drop_pending_updates"):
            self._updates.drop()
        self._world.changed()

    async def get_webhook_info(self, _given: Parameters) -> Any:
        webhook = self._state.webhook
        known: dict[str, Any] = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending()),
        }
        if webhook.url:
            known["max_connections"] = webhook.max_connections
        if self._state.allowed_updates:
            known["allowed_updates"] = self._state.allowed_updates
        return known

    # Commands

    async def set_my_commands(self, given: Parameters) -> Any:
        rows = given.json("commands", "commands")
        if not isinstance(rows, list):
            raise bad_request("expected an Array of BotCommand")
        if len(rows) > COMMANDS_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._state.commands[self._scope(given)] = [_command(row) for row in rows]
        self._commands_changed()
        return True

    async def get_my_commands(self, given: Parameters) -> Any:
        return [command.model_dump() for command in self._state.commands.get(self._scope(given), [])]

    async def delete_my_commands(self, given: Parameters) -> Any:
        self._state.commands.pop(self._scope(given), None)
        self._commands_changed()
        return True

    def commands_in_private(self, chat_id: int, language: str) -> list[Command]:
        """What the app shows in a private chat: that chat, all private ones, default, each with the language first."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for key in (f"{scope}/{language}", f"{scope}/"):
                if self._state.commands.get(key):
                    return self._state.commands[key]
        return []

    def _scope(self, given: Parameters) -> str:
        scope = given.json("scope", "BotCommandScope") or {"type": "default"}
        if not isinstance(scope, dict):
            raise bad_request("BotCommandScope must be an Object")
        language = _language(given)
        kind = scope.get("type")
        if kind in PLAIN_SCOPES:
            return f"{kind}/{language}"
        if kind == "chat_member":
            raise not_emulated("the command scope chat_member")
        if kind not in CHAT_SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        if "chat_id" not in scope:
            raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"")
        return f"{kind}:{self._chats.known_to_bot(str(scope['chat_id'])).id}/{language}"

    def _commands_changed(self) -> None:
        for chat_id in self._state.chats:
            self._chats.changed(chat_id)
        self._world.changed()

    # Descriptions, menu, chats

    async def set_my_description(self, given: Parameters) -> Any:
        return self._describe(given, self._state.descriptions, "description", DESCRIPTION_LIMIT)

    async def get_my_description(self, given: Parameters) -> Any:
        return {"description": self.description(_language(given))}

    async def set_my_short_description(self, given: Parameters) -> Any:
        return self._describe(given, self._state.short_descriptions, "short_description", SHORT_DESCRIPTION_LIMIT)

    async def get_my_short_description(self, given: Parameters) -> Any:
        known = self._state.short_descriptions
        return {"short_description": known.get(_language(given)) or known.get("", "")}

    def _describe(self, given: Parameters, where: dict[str, str], name: str, limit: int) -> bool:
        text = given.text(name)
        if len(text) > limit:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        where[_language(given)] = text
        self._commands_changed()
        return True

    def description(self, language: str) -> str:
        """What stands in an empty chat."""
        return self._state.descriptions.get(language) or self._state.descriptions.get("", "")

    async def set_chat_menu_button(self, given: Parameters) -> Any:
        chat_id = self._chats.known_to_bot(given.text("chat_id")).id if given.text("chat_id") else 0
        button = given.json("menu_button", "menu button") or {"type": "default"}
        kind = button.get("type") if isinstance(button, dict) else None
        if kind == "web_app":
            raise not_emulated("a menu button with web_app")
        if kind not in ("default", "commands"):
            raise bad_request("can't parse menu button: Unsupported type specified")
        self._state.menu_buttons[chat_id] = str(kind)
        self._commands_changed()
        return True

    async def get_chat_menu_button(self, given: Parameters) -> Any:
        chat_id = self._chats.known_to_bot(given.text("chat_id")).id if given.text("chat_id") else 0
        known = self._state.menu_buttons
        return {"type": known.get(chat_id) or known.get(0, "default")}

    async def get_chat(self, given: Parameters) -> Any:
        return self._answers.full_chat(self._chats.known_to_bot(given.text("chat_id")))

    async def leave_chat(self, given: Parameters) -> Any:
        chat = self._chats.writable(given.text("chat_id"))
        if chat.type == "private":
            raise bad_request("chat member status can't be changed in private chats")
        chat.bot_is_member = False
        self._chats.changed(chat.id)
        return True


def _language(given: Parameters) -> str:
    language = given.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _command(row: Any) -> Command:
    if not isinstance(row, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(row.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = row["command"].strip().removeprefix("/")
    description = row["description"].strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > COMMAND_LIMIT:
        raise bad_request(f"command length must not exceed {COMMAND_LIMIT}")
    if not re.fullmatch("[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > COMMAND_DESCRIPTION_LIMIT:
        raise bad_request(f"command description length must not exceed {COMMAND_DESCRIPTION_LIMIT}")
    return Command(command=command, description=description)
