"""Reads what a person pastes where a key, a secret or the key of a self-made pair is expected.

Decoration (labels, quotes, blanks, line breaks, invisible characters, JSON, .env) is taken off. What is certainly not the thing that was
asked for comes back as a Flaw; what merely looks odd is read and carries a doubt, because only the service knows its keys: try it, and
name the doubt if the service refuses it. A Flaw holds nothing of the text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from domain.key_labels import LabelKind, is_translated_label, sections
from domain.key_shapes import HEX, PLAIN, SHAPES, Shapes
from domain.pem import Half, half_of_pair, is_part_of
from domain.values import THREE_COMMAS, KeyKind, Secret

LONGEST_TEXT = 20_000
"""Characters that are looked at; a Telegram message has at most 4096."""
LONGEST_JOINED = 6
"""Pieces that a broken key may be in; a sentence has more and shorter words."""


class Field(StrEnum):
    KEY = "key"
    SECRET = "secret"


class Flaw(StrEnum):
    """Why a text is not what was asked for. The sentence is `pasted-<value>`."""

    NOTHING = "nothing"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    MASKED = "masked"
    """The page hides a part of the key behind stars or dots."""
    TRANSLATED = "translated"
    """The page was translated, and the key with it."""
    LINK = "link"
    SEVERAL = "several"
    """More values than there are fields."""
    ONE_MISSING = "one-missing"
    """Only one value where key and secret were expected."""
    BOTH_AT_ONCE = "both-at-once"
    SECRET_WHERE_KEY = "secret-where-key"
    KEY_WHERE_SECRET = "key-where-secret"
    KEY_AGAIN = "key-again"
    """The secret field got the key that was given before."""
    PRIVATE_KEY = "private-key"
    HALF_PEM = "half-pem"
    OWN_PUBLIC_HALF = "own-public-half"
    PUBLIC_KEY = "public-key"
    """A public half, not of the pair that waits."""
    THREE_COMMAS_KEY = "three-commas-key"
    EXCHANGE_KEY = "exchange-key"

    @property
    def sentence(self) -> str:
        """Text key."""
        return f"pasted-{self.value}"

    @property
    def shows_secret(self) -> bool:
        """Whether a secret stood in the message: delete it and advise to replace that key."""
        return self in _SHOWING


_SHOWING = frozenset({Flaw.BOTH_AT_ONCE, Flaw.SECRET_WHERE_KEY, Flaw.PRIVATE_KEY, Flaw.ONE_MISSING, Flaw.SEVERAL})


@dataclass(frozen=True, slots=True)
class Expecting:
    """What was asked for. For a pair that the bot made, `own_public_pem` is the half that it showed."""

    service: str
    wanted: Field = Field.KEY
    kind: KeyKind = KeyKind.HMAC
    own_public_pem: str = ""
    given_key: str = field(default="", repr=False)
    """The key, where the secret to it is asked for."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The cleaned value. `doubt` is what to say if the service refuses it."""

    text: str = field(repr=False)
    doubt: Flaw | None = None


@dataclass(frozen=True, slots=True)
class PastedPair:
    """Key and secret from one message. `sure_of_order` is false where only their order in the text told them apart."""

    api_key: str = field(repr=False)
    secret: Secret = field(repr=False)
    sure_of_order: bool
    doubt: Flaw | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    text: str = field(repr=False)
    label: LabelKind | None


def read_api_key(text: str, expecting: Expecting) -> Pasted | Flaw:
    """One value: a key, or the secret to a key. KeyError for a service without shapes; no text raises."""
    shapes = SHAPES[expecting.service]
    cleaned = _tidy(text)
    early = _not_a_value(cleaned, expecting.own_public_pem)
    if early is not None:
        return early
    values = _values(cleaned, shapes, expecting.wanted)
    if expecting.given_key:
        others = [v for v in values if v.text != expecting.given_key]
        if values and not others:
            return Flaw.KEY_AGAIN
        values = others
    match values:
        case []:
            return _why_nothing(cleaned, expecting.service, expecting.wanted)
        case [value]:
            return _checked(value, cleaned, expecting)
        case [_, _]:
            return Flaw.BOTH_AT_ONCE
        case _:
            return Flaw.SEVERAL


def read_pair(text: str, service: str) -> PastedPair | Flaw:
    """Key and secret from one message, in any order. KeyError for a service without shapes; no text raises."""
    shapes = SHAPES[service]
    cleaned = _tidy(text)
    early = _not_a_value(cleaned, "")
    if early is not None:
        return early
    values = _values(cleaned, shapes, Field.KEY)
    match values:
        case []:
            return _why_nothing(cleaned, service, Field.KEY)
        case [_]:
            return Flaw.ONE_MISSING
        case [first, second]:
            key, secret, sure = _in_order(first, second, shapes)
            return PastedPair(key.text, Secret(secret.text), sure, _doubt(key.text, cleaned, service, Field.KEY))
        case _:
            return Flaw.SEVERAL


_MASK = re.compile(r"[A-Za-z0-9]{2,}\s?(?:\*{2,}|\.{3,}|…|•{2,}|●{2,})|(?:\*{3,}|•{3,}|●{3,})")
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def _tidy(text: str) -> str:
    """Full-width letters become plain ones; what has no width and what controls goes; other white space stays as blanks."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT].replace("…", "\0"))
    return "".join(
        "…" if c == "\0" else " " if c.isspace() else c
        for c in plain
        if c == "\0" or c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")
    ).strip()


def _not_a_value(text: str, own_public_pem: str) -> Flaw | None:
    """Halves of key pairs, which are no key ids."""
    half = half_of_pair(text)
    if half is Half.PRIVATE:
        return Flaw.PRIVATE_KEY
    if own_public_pem and is_part_of(text, own_public_pem):
        return Flaw.OWN_PUBLIC_HALF
    if half is Half.PUBLIC:
        return Flaw.PUBLIC_KEY
    return Flaw.HALF_PEM if half is Half.CUT else None


def _values(text: str, shapes: Shapes, wanted: Field) -> list[_Value]:
    """Everything in the text that has the shape of a key or a secret, once each, in order."""
    found: dict[str, _Value] = {}
    for section in sections(text):
        for value in _section_values(section.words, shapes, wanted):
            found.setdefault(value, _Value(value, section.label))
    return list(found.values())


def _section_values(words: Sequence[str], shapes: Shapes, wanted: Field) -> list[str]:
    material = [w for w in words if PLAIN.fullmatch(w)]
    whole = [w for w in material if shapes.key.holds(w) or shapes.secret.holds(w)]
    if len(whole) != 1 or len(whole[0]) not in _usual(shapes):
        joined = _joined(material, shapes)
        if joined is not None:
            return [joined]
    broken_secret = wanted is Field.SECRET and len(whole) > 1 and shapes.secret.usual is None
    if broken_secret and all(HEX.fullmatch(w) for w in material) and shapes.secret.holds("".join(material)):
        return ["".join(material)]
    return whole


def _joined(material: Sequence[str], shapes: Shapes) -> str | None:
    """A value that a line break or a blank has broken into neighbouring pieces."""
    usual = _usual(shapes)
    if any(len(w) in usual for w in material):
        return None
    for start in range(len(material)):
        for end in range(start + 2, min(start + LONGEST_JOINED, len(material)) + 1):
            pieces = material[start:end]
            value = "".join(pieces)
            if len(value) in usual and _looks_broken(pieces, value):
                return value
    return None


def _looks_broken(pieces: Sequence[str], value: str) -> bool:
    """Pieces of one key, not words of a sentence: random text has digits or odd capitals."""
    odd = any(a.islower() and b.isupper() for a, b in pairwise(value))
    return HEX.fullmatch(value) is not None or any(c.isdigit() for c in value) or (odd and len(pieces) == 2)


def _usual(shapes: Shapes) -> set[int]:
    return {n for n in (shapes.key.usual, shapes.secret.usual) if n is not None}


def _checked(value: _Value, text: str, expecting: Expecting) -> Pasted | Flaw:
    shapes = SHAPES[expecting.service]
    if expecting.wanted is Field.KEY and (value.label is LabelKind.SECRET or not shapes.key.holds(value.text)):
        return Flaw.SECRET_WHERE_KEY
    if expecting.wanted is Field.SECRET and value.label is LabelKind.KEY:
        return Flaw.KEY_WHERE_SECRET
    return Pasted(value.text, _doubt(value.text, text, expecting.service, expecting.wanted))


def _doubt(value: str, text: str, service: str, wanted: Field) -> Flaw | None:
    """What is odd about a value that has the right shape."""
    is_hex = HEX.fullmatch(value) is not None
    if service == THREE_COMMAS:
        if len(value) == 64 and not is_hex:
            return Flaw.EXCHANGE_KEY
        if wanted is Field.SECRET and len(value) == SHAPES[service].key.usual:
            return Flaw.KEY_WHERE_SECRET
    elif is_hex and value == value.lower():
        return Flaw.THREE_COMMAS_KEY
    return Flaw.TRANSLATED if is_translated_label(text) else None


def _in_order(first: _Value, second: _Value, shapes: Shapes) -> tuple[_Value, _Value, bool]:
    if first.label is LabelKind.SECRET and second.label is not LabelKind.SECRET:
        return second, first, True
    if second.label is LabelKind.SECRET and first.label is not LabelKind.SECRET:
        return first, second, True
    if first.label is not LabelKind.KEY and second.label is LabelKind.KEY:
        return second, first, True
    differ_by_shape = shapes.key != shapes.secret and len(first.text) != len(second.text)
    if differ_by_shape and len(first.text) > len(second.text):
        return second, first, True
    return first, second, differ_by_shape or first.label is LabelKind.KEY


def _why_nothing(text: str, service: str, wanted: Field) -> Flaw:
    """Why no part of the text has the shape that was asked for."""
    if _LINK.search(text):
        return Flaw.LINK
    if _MASK.search(text):
        return Flaw.MASKED
    words = [w for s in sections(text) for w in s.words]
    longest = max(words, key=len, default="")
    if any(c.isalpha() and not c.isascii() for c in "".join(words)):
        return Flaw.TRANSLATED
    shape = SHAPES[service].key if wanted is Field.KEY else SHAPES[service].secret
    if len(longest) > shape.longest:
        foreign = service != THREE_COMMAS and len(longest) >= 100 and HEX.fullmatch(longest)
        return Flaw.THREE_COMMAS_KEY if foreign else Flaw.TOO_LONG
    return Flaw.TOO_SHORT if _is_a_piece(words) else Flaw.NOTHING


def _is_a_piece(words: Sequence[str]) -> bool:
    """Part of a key, or the name that somebody gave it, and no sentence."""
    mixed = any(len(w) >= 4 and any(c.isdigit() for c in w) and any(c.isalpha() for c in w) for w in words)
    return mixed or (len(words) == 1 and (len(words[0]) >= 10 or words[0].isdigit()))
