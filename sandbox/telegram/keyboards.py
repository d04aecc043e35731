"""Reply markup: inline keyboards, forced replies, and their refusals.

Limits: https://core.telegram.org/bots/api#inlinekeyboardbutton; texts as observed and as in `Client.cpp`.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from sandbox.telegram.errors import Refused, bad_request, not_emulated
from sandbox.telegram.links import checked_url, url_fault
from sandbox.telegram.state import Button

BUTTON_LIMIT = 100
ROW_LIMIT = 8
DATA_LIMIT_BYTES = 64
COPY_LIMIT = 256
PLACEHOLDER_LIMIT = 64
STYLES = ("primary", "danger", "success")
KNOWN_BUT_NOT_EMULATED = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
)


@dataclass
class Markup:
    """What stands below a message."""

    keyboard: list[list[Button]] = field(default_factory=list)
    force_reply: bool = False
    placeholder: str = ""


def read_markup(raw: str) -> Markup:
    """Reads the parameter `reply_markup`. Raises Refused."""
    if not raw:
        return Markup()
    try:
        value = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "keyboard" in value:
        raise not_emulated("a reply keyboard")
    force_reply = _flag(value, "force_reply")
    _flag(value, "remove_keyboard")
    _flag(value, "selective")
    placeholder = value.get("input_field_placeholder", "")
    if not isinstance(placeholder, str):
        raise bad_request('field "input_field_placeholder" must be of type String')
    if len(placeholder) > PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long")
    return Markup(_rows(value.get("inline_keyboard", [])), force_reply, placeholder)


def read_inline(raw: str) -> list[list[Button]]:
    """The inline keyboard of an edit; nothing else can be put on by one."""
    markup = read_markup(raw)
    if markup.force_reply:
        raise bad_request("inline keyboard expected")
    return markup.keyboard


def _flag(value: dict[str, Any], name: str) -> bool:
    flag = value.get(name, False)
    if not isinstance(flag, bool):
        raise bad_request(f'field "{name}" must be of type Boolean')
    return flag


def _rows(value: Any) -> list[list[Button]]:
    if not isinstance(value, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    rows: list[list[Button]] = []
    for row in value:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        # A button without a text is left out silently, as in the original.
        buttons = [button for button in (_button(item) for item in row) if button.text]
        if len(buttons) > ROW_LIMIT:
            raise bad_request("reply markup is too long")
        if buttons:
            rows.append(buttons)
    if sum(map(len, rows)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return rows


def _unreadable(why: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {why}")


def _button(value: Any) -> Button:
    if not isinstance(value, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    if "text" not in value:
        raise _unreadable('Can\'t find field "text"')
    for name in ("text", "url", "callback_data", "style"):
        if name in value and not isinstance(value[name], str):
            raise _unreadable(f'Field "{name}" must be of type String')
    style = value.get("style")
    if style is not None and style not in STYLES:
        raise _unreadable("Invalid button style specified")
    button = Button(text=value["text"].strip(), style=cast("Literal['primary', 'danger', 'success'] | None", style))
    if value.get("url"):
        fault = url_fault(value["url"])
        if fault is not None:
            raise bad_request(f"inline keyboard button URL '{value['url']}' is invalid: {fault}")
        button.url = checked_url(value["url"])
    elif value.get("callback_data"):
        if len(value["callback_data"].encode()) > DATA_LIMIT_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        button.callback_data = value["callback_data"]
    elif "copy_text" in value:
        button.copy_text = _copied(value["copy_text"])
    elif "pay" in value:
        raise bad_request("BUTTON_TYPE_INVALID")
    elif known := next((name for name in KNOWN_BUT_NOT_EMULATED if name in value), None):
        raise not_emulated(f"a button with {known}")
    else:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    return button


def _copied(value: Any) -> str:
    if not isinstance(value, dict):
        raise _unreadable('Field "copy_text" must be of type Object')
    if "text" not in value:
        raise _unreadable('Can\'t find field "text"')
    text = value["text"]
    if not isinstance(text, str):
        raise _unreadable('Field "text" must be of type String')
    if not 1 <= len(text) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return text
