"""From the text that the bot sends to the text and entities that a chat keeps.

Limits and texts: https://core.telegram.org/bots/api (sendMessage), `fix_formatted_text` of TDLib.
"""

import json
from bisect import bisect_right
from typing import Any

from sandbox.telegram.errors import bad_request, not_emulated
from sandbox.telegram.html import parse_html, utf16_length
from sandbox.telegram.links import checked_url, tappable, url_fault
from sandbox.telegram.state import Entity

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT_BYTES = 32_768
ENTITY_LIMIT = 100

SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
QUOTES = {"blockquote", "expandable_blockquote"}
CONTINUOUS = {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
AUTOMATIC = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
REMOVED = {"\r", *map(chr, range(0x2028, 0x202F))}


def formatted(raw: str, parse_mode: str, given: str, limit: int) -> tuple[str, list[Entity]]:
    """The text as it will be seen, with every entity, those found by Telegram itself included.

    `given` is the JSON of `entities`; `parse_mode` wins where both are there. Raises Refused.
    """
    if len(raw.encode()) > RAW_LIMIT_BYTES:
        raise _too_long(limit)
    match parse_mode.lower():
        case "" | "none":
            text, entities = raw, _given(raw, given)
        case "html":
            text, entities = parse_html(raw)
        case "markdown" | "markdownv2":
            raise not_emulated(f"parse_mode {parse_mode}")
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(*_cleaned(text, entities))
    if len(text) > limit:
        raise _too_long(limit)
    return text, with_tappable(text, _consistent(entities)[:ENTITY_LIMIT])


def plain(text: str) -> tuple[str, list[Entity]]:
    """What a person typed: no markup, but addresses and commands become tappable."""
    text, _ = _trimmed(*_cleaned(text, []))
    return text, with_tappable(text, [])


def _too_long(limit: int) -> Exception:
    return bad_request("message is too long" if limit == TEXT_LIMIT else "message caption is too long")


def _given(text: str, given: str) -> list[Entity]:
    """Entities sent beside the text. JSON that is no list counts as none, as in the original."""
    try:
        rows = json.loads(given) if given else []
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    length = utf16_length(text)
    found = [_one(row) for row in rows]
    for entity in found:
        if entity.offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if entity.length < 0:
            raise bad_request(f"receive an entity with incorrect length {entity.length}")
        if entity.offset > length:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        end = entity.offset + entity.length
        if end > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
                f" at UTF-16 offset {end}"
            )
    return [entity for entity in found if entity.length and entity.type not in AUTOMATIC]


def _one(row: Any) -> Entity:
    if not isinstance(row, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for field, kind, name in (("offset", int, "Number"), ("length", int, "Number"), ("type", str, "String")):
        if field not in row:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
        if not isinstance(row[field], kind) or isinstance(row[field], bool):
            raise bad_request(f'can\'t parse MessageEntity: Field "{field}" must be of type {name}')
    entity = Entity(type=row["type"], offset=row["offset"], length=row["length"])
    match entity.type:
        case "text_link":
            url = str(_field(row, "url"))
            fault = "URL host is empty" if not url else url_fault(url)
            if fault is not None:
                raise bad_request(f"entity URL '{url}' is invalid: {fault}")
            entity.url = checked_url(url)
        case "pre":
            entity.language = str(row.get("language") or "") or None
        case "text_mention":
            user = _field(row, "user")
            entity.user_id = int(user["id"]) if isinstance(user, dict) and str(user.get("id", "")).isdigit() else None
        case "custom_emoji":
            entity.custom_emoji_id = str(_field(row, "custom_emoji_id"))
        case "date_time":
            entity.unix_time = int(_field(row, "unix_time"))
            entity.date_time_format = row.get("date_time_format") or None
        case _:
            if entity.type not in SPLITTABLE | QUOTES | AUTOMATIC | {"code"}:
                raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return entity


def _field(row: dict[str, Any], name: str) -> Any:
    if name not in row:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    return row[name]


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become blanks, line and direction marks vanish; entities keep their words."""
    kept: list[str] = []
    gone: list[int] = []  # UTF-16 offsets, before the cleaning, of what was taken away
    offset = 0
    for character in text:
        if character in REMOVED:
            gone.append(offset)
        else:
            kept.append(" " if character < " " and character != "\n" else character)
        offset += utf16_length(character)
    moved = []
    for entity in entities:
        begin = entity.offset - bisect_right(gone, entity.offset - 1)
        end = entity.offset + entity.length
        end -= bisect_right(gone, end - 1)
        if end > begin:
            moved.append(entity.model_copy(update={"offset": begin, "length": end - begin}))
    return "".join(kept), moved


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Blanks at the end go; those at the start go as far as the first entity."""
    text = text.rstrip(" \n")
    first = min((entity.offset for entity in entities), default=len(text))
    cut = 0
    while cut < min(first, len(text)) and text[cut] in " \n":
        cut += 1
    text = text[cut:]
    length = utf16_length(text)
    kept = []
    for entity in entities:
        begin = entity.offset - cut
        end = min(begin + entity.length, length)
        if end > begin:
            kept.append(entity.model_copy(update={"offset": begin, "length": end - begin}))
    return text, kept


def _consistent(entities: list[Entity]) -> list[Entity]:
    """Code holds nothing else, quotes do not nest, links and the like do not overlap."""
    result: list[Entity] = []
    ordered = sorted(entities, key=lambda e: (e.offset, -e.length))
    for group in (QUOTES, CONTINUOUS):
        free_from = 0
        for entity in (e for e in ordered if e.type in group):
            if entity.offset >= free_from:
                result.append(entity)
                free_from = entity.offset + entity.length
    code = [(e.offset, e.offset + e.length) for e in result if e.type in ("code", "pre")]
    for entity in (e for e in ordered if e.type in SPLITTABLE):
        begin, end = entity.offset, entity.offset + entity.length
        for low, high in code:
            if low < end and high > begin:
                if low > begin:
                    result.append(entity.model_copy(update={"offset": begin, "length": low - begin}))
                begin = max(begin, high)
        if end > begin:
            result.append(entity.model_copy(update={"offset": begin, "length": end - begin}))
    return sorted(result, key=lambda e: (e.offset, -e.length))


def with_tappable(text: str, entities: list[Entity]) -> list[Entity]:
    """Adds what the apps make tappable by themselves, outside of code and links."""
    taken = [(e.offset, e.offset + e.length) for e in entities if e.type in CONTINUOUS]
    result = list(entities)
    for kind, first, last in tappable(text):
        begin = utf16_length(text[:first])
        end = begin + utf16_length(text[first:last])
        if all(end <= low or begin >= high for low, high in taken):
            taken.append((begin, end))
            result.append(Entity(type=kind, offset=begin, length=end - begin))
    return sorted(result, key=lambda e: (e.offset, -e.length))
