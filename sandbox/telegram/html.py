"""Telegram's HTML: the tags it knows, and the words in which it refuses anything else.

Follows `parse_html` of TDLib (td/telegram/MessageEntity.cpp): byte offsets of the raw text in errors, UTF-16
offsets of the visible text in entities. The texts for `tg-time` are ours, the original's are not public.
"""

from dataclasses import dataclass

from sandbox.telegram.errors import Refused, bad_request
from sandbox.telegram.links import checked_url
from sandbox.telegram.state import Entity

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*STYLES, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\f\v"
END = "\0"


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass
class _Open:
    """A tag whose end was not met yet."""

    tag: str
    offset: int
    start: int
    attributes: dict[str, str]


class _Parser:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.at = 0
        self.visible: list[str] = []
        self.offset = 0
        self.entities: list[Entity] = []
        self.open: list[_Open] = []

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.raw[place] if place < len(self.raw) else END

    def refuse(self, text: str, place: int | None = None) -> Refused:
        where = "" if place is None else f" at byte offset {len(self.raw[:place].encode())}"
        return bad_request(f"can't parse entities: {text.replace('@', where, 1)}")

    def skip(self, characters: str) -> None:
        while self.peek() != END and self.peek() in characters:
            self.at += 1

    def until(self, stop: str) -> str:
        begin = self.at
        while self.peek() != END and self.peek() not in stop:
            self.at += 1
        return self.raw[begin : self.at]

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.raw):
            if self.peek() == "<":
                self.end_tag() if self.peek(1) == "/" else self.start_tag()
                continue
            self.show(self.character())
        if self.open:
            raise self.refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity.type == "code":
                entity.language = None
        return "".join(self.visible), sorted(self.entities, key=lambda e: (e.offset, -e.length))

    def show(self, character: str) -> None:
        self.visible.append(character)
        self.offset += utf16_length(character)

    def character(self) -> str:
        """The next character, with a character reference resolved where it is one."""
        begin = self.at
        self.at += 1
        if self.raw[begin] != "&":
            return self.raw[begin]
        resolved: str | None
        if self.peek() == "#":
            self.at += 1
            base, digits = (16, "0123456789abcdefABCDEF") if self.peek() == "x" else (10, "0123456789")
            self.at += base == 16
            first = self.at
            self.skip(digits)
            number = int(self.raw[first : self.at] or "0", base)
            fits = 0 < number < 0x10FFFF and self.at - begin < 10
            if fits and 0xD800 <= number < 0xE000:
                raise self.refuse(
                    "Text contains invalid Unicode characters after decoding HTML entities,"
                    " check for unmatched surrogate code units"
                )
            resolved = chr(number) if fits else None
        else:
            while self.peek().isascii() and self.peek().isalpha():
                self.at += 1
            resolved = NAMED.get(self.raw[begin + 1 : self.at])
        if resolved is None:
            self.at = begin + 1
            return "&"
        self.at += self.peek() == ";"
        return resolved

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.until(SPACES + ">").lower()
        if self.peek() == END:
            raise self.refuse("Unclosed start tag@", begin)
        if tag not in TAGS:
            raise self.refuse(f'Unsupported start tag "{tag}"@', begin)
        attributes: dict[str, str] = {}
        while True:
            self.skip(SPACES)
            if self.peek() == ">":
                break
            name, value = self.attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler"@', begin)
        self.open.append(_Open(tag, self.offset, len(self.visible), attributes))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self.until(SPACES + "=>")
        if not name and self.peek() != END:
            raise self.refuse(f'Empty attribute name in the tag "{tag}"@', begin)
        self.skip(SPACES)
        if self.peek() == END:
            raise self.refuse(f'Unclosed start tag "{tag}"@', begin)
        if self.peek() != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return name, ""
            raise self.refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}"@', begin)
        self.at += 1
        self.skip(SPACES)
        if self.peek() == END:
            raise self.refuse(f'Unclosed start tag "{tag}"@', begin)
        return name, self.quoted(begin) if self.peek() in "\"'" else self.token()

    def token(self) -> str:
        first = self.at
        while self.peek().isascii() and (self.peek().isalnum() or self.peek() in ".-"):
            self.at += 1
        if self.peek() not in SPACES + ">":
            raise self.refuse("Unexpected end of name token@", first)
        return self.raw[first : self.at].lower()

    def quoted(self, begin: int) -> str:
        quote = self.peek()
        self.at += 1
        value: list[str] = []
        while self.peek() not in (quote, END):
            value.append(self.character())
        if self.peek() == END:
            raise self.refuse("Unclosed start tag@", begin)
        self.at += 1
        if self.peek() == END:
            raise self.refuse("Unclosed start tag@", begin)
        return "".join(value)

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.refuse("Unexpected end tag@", begin)
        self.at += 2
        name = self.until(SPACES + ">").lower()
        self.skip(SPACES)
        if self.peek() != ">":
            raise self.refuse("Unclosed end tag@", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise self.refuse(f'Unmatched end tag@, expected "</{opened.tag}>", found "</{name}>"', begin)
        if self.offset > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self.offset - opened.offset}
        tag, attributes = opened.tag, opened.attributes
        if tag in STYLES:
            self.entities.append(Entity(type=STYLES[tag], **place))
        elif tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
            self.entities.append(Entity(type=kind, **place))
        elif tag == "a":
            url = checked_url(attributes.get("href") or "".join(self.visible[opened.start :]))
            if url is not None:
                self.entities.append(Entity(type="text_link", url=url, **place))
        elif tag == "tg-emoji":
            emoji = attributes.get("emoji-id", "")
            if not emoji.isdigit() or not 0 < int(emoji) < 2**63:
                raise self.refuse("Invalid custom emoji identifier specified")
            self.entities.append(Entity(type="custom_emoji", custom_emoji_id=emoji, **place))
        elif tag == "tg-time":
            self.entities.append(self.moment(attributes, place))
        else:
            self.block(tag, attributes, place)

    def moment(self, attributes: dict[str, str], place: dict[str, int]) -> Entity:
        unix, look = attributes.get("unix", ""), attributes.get("format", "")
        if not unix.isdigit():
            raise self.refuse('Invalid Unix time specified in the tag "tg-time"')
        if look != "r" and (len(set(look)) != len(look) or not set(look) <= set("wdDtT")):
            raise self.refuse('Invalid format specified in the tag "tg-time"')
        return Entity(type="date_time", unix_time=int(unix), date_time_format=look or None, **place)

    def block(self, tag: str, attributes: dict[str, str], place: dict[str, int]) -> None:
        """`pre` and `code`; one right inside the other is a block in that language."""
        named = attributes.get("class", "")
        language = named.removeprefix("language-") if named.startswith("language-") else ""
        last = self.entities[-1] if self.entities else None
        twin = last is not None and (last.offset, last.length) == (place["offset"], place["length"])
        if twin and last is not None and {last.type, tag} == {"pre", "code"} and (language or last.language):
            last.language = language or last.language
            last.type = "pre"
        else:
            self.entities.append(Entity(type=tag, language=language or None, **place))


def parse_html(raw: str) -> tuple[str, list[Entity]]:
    """Visible text and entities. Raises Refused with the original's text where the markup is broken."""
    return _Parser(raw).parse()
