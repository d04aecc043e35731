"""Splits pasted text at its labels ("API Key:", "secretKey", BINANCE_API_SECRET=), in English and as browsers translate them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class LabelKind(StrEnum):
    KEY = "key"
    SECRET = "secret"


@dataclass(frozen=True, slots=True)
class Section:
    """The words after one label, up to the next one."""

    label: LabelKind | None
    words: tuple[str, ...] = field(repr=False)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEY_WORDS = frozenset({"key", "keys", "apikey", "apikeys", "api", "accesskey"})
_SECRET_WORDS = frozenset({"secret", "secretkey", "apisecret", "secretapikey", "private", "privatekey", "passphrase"})
_TRANSLATED_KEY_WORDS = _words(
    "ключ ключи clave claves llave schlüssel apischlüssel clé cle chave anahtar anahtarı chiave klucz klíč ключа "
    "κλειδί مفتاح 密钥 密鑰 キー 키 khóa kunci"
)
_TRANSLATED_SECRET_WORDS = _words(
    "секрет секретный секретного secreto secreta secrète geheim geheimer geheimnis geheimschlüssel gizli segreto "
    "segreta segredo tajny sekret tajný السر سر 秘密 シークレット 비밀 rahasia таємний"
)
_AROUND = _words(
    "my the your here is this a an of for id token access value label name new binance 3commas threecommas "
    "exchange trading spot futures bot test main public x mbx export set const let env config"
)
_AND = frozenset({"and", "plus", "und", "et", "y", "и", "e"})
_WORD = re.compile(r"[\w-]+")
_ASSIGNED = re.compile(r"[\"'`”’]?\s*[:=]")
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-Z])")


def sections(text: str) -> Iterator[Section]:
    """The text's words without labels, grouped by the label that they follow."""
    labels: set[LabelKind] = set()
    joined_by_and = False
    words: list[str] = []
    for found in _WORD.finditer(text):
        word = found.group()
        kind = _label(word, assigned=_ASSIGNED.match(text, found.end()) is not None)
        if kind is not None:
            if words:
                yield Section(_named(labels, joined_by_and), tuple(words))
                labels, joined_by_and, words = set(), False, []
            labels.add(kind)
        elif word.lower() in _AND:
            joined_by_and = joined_by_and or bool(labels)
        elif word.lower() not in _AROUND:
            words.append(word)
    if words:
        yield Section(_named(labels, joined_by_and), tuple(words))


def _named(labels: set[LabelKind], joined_by_and: bool) -> LabelKind | None:
    """ "Secret key" is a secret; "key and secret" names both and tells nothing."""
    if not labels or (joined_by_and and len(labels) > 1):
        return None
    return LabelKind.SECRET if LabelKind.SECRET in labels else LabelKind.KEY


def is_translated_label(text: str) -> bool:
    """Whether the text names a key in another language than English, as a page that the browser translated does."""
    return any(
        part in _TRANSLATED_KEY_WORDS or part in _TRANSLATED_SECRET_WORDS
        for word in _WORD.findall(text)
        for part in _parts(word)
    )


def _label(word: str, *, assigned: bool) -> LabelKind | None:
    parts = _parts(word)
    secret = any(p in _SECRET_WORDS or p in _TRANSLATED_SECRET_WORDS for p in parts)
    key = any(p in _KEY_WORDS or p in _TRANSLATED_KEY_WORDS for p in parts)
    if not (secret or key):
        return None
    known = all(
        p in _SECRET_WORDS
        or p in _KEY_WORDS
        or p in _AROUND
        or p in _TRANSLATED_KEY_WORDS
        or p in _TRANSLATED_SECRET_WORDS
        for p in parts
    )
    if not known and not (assigned and not any(c.isdigit() for c in word)):
        return None
    return LabelKind.SECRET if secret else LabelKind.KEY


def _parts(word: str) -> list[str]:
    return [p.lower() for p in re.split(r"[_-]+", _CAMEL.sub("_", word)) if p]
