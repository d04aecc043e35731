"""Tells whether a private message holds a secret, so that it can be deleted at once. Looks at text, captions, edits and documents alike.

Deleting an ordinary sentence is a nuisance, leaving a secret in the chat is worse; but a guard that deletes order ids and transaction
hashes is soon switched off. So what is ambiguous counts only with a word beside it that makes it a secret. Nothing of the text is kept.
"""

import re
from enum import StrEnum

from domain.pem import Half, half_of_pair, without_public_halves
from domain.seed_phrase import holds_seed_phrase

LONGEST_TEXT = 64_000
"""Characters that are looked at: a document may be larger, a key file is not."""


class Suspicion(StrEnum):
    """What the text seems to hold. The sentence is `guard-<value>`."""

    PRIVATE_KEY = "private-key"
    """A PEM private key, whole or cut."""
    BOT_TOKEN = "bot-token"
    """A Telegram bot's token."""
    LABELLED = "labelled"
    """Something that the person himself calls a secret or a password."""
    WEB_TOKEN = "web-token"
    """A signed-in session (JSON Web Token)."""
    LONG_HEX = "long-hex"
    """Secret of a 3Commas token, or of a similar kind."""
    KEY_SHAPED = "key-shaped"
    """64 letters and digits: at Binance a key and its secret look the same."""
    SEED_PHRASE = "seed-phrase"

    @property
    def sentence(self) -> str:
        """Text key."""
        return f"guard-{self.value}"


_BOT_TOKEN = re.compile(r"(?<![\w:-])\d{6,12}:[A-Za-z0-9_-]{35}(?![\w-])")
_WEB_TOKEN = re.compile(r"(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")
_LONG_HEX = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{128,512}(?![0-9A-Za-z])")
_HEX_64 = re.compile(r"(?<![0-9A-Za-z])(0x)?[0-9a-fA-F]{64}(?![0-9A-Za-z])")
_MIXED = re.compile(r"(?<![0-9A-Za-z+/_-])[0-9A-Za-z+/_-]{60,100}={0,2}(?![0-9A-Za-z+/=_-])")
_ADDRESS_LINE = re.compile(r"https?://\S+")
_TRANSACTION = re.compile(
    r"\b(?:tx|txid|txn|tx ?hash|hash|transaction|transfer|block|deposit|withdrawal|withdraw|address|sha-?256)\b",
    re.IGNORECASE,
)
_SECRET_WORD = re.compile(
    r"(?:secret|passphrase|password|passwd|pass ?phrase|private|api ?keys?|mnemonic|seed|token|credential|"
    r"секрет|пароль|ключ|clave|contraseña|geheim|passwort|schlüssel|gizli|şifre|anahtar|senha|segredo|segreta|mot de passe|clé)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:secret[ _-]*(?:api[ _-]*)?(?:access[ _-]*)?(?:key)?|api[ _-]*secret|private[ _-]*key|passphrase|pass ?word|passwd|"
    r"секрет\w*(?: ключ)?|пароль|clave secreta|contraseña|geheim\w*|passwort|gizli anahtar|şifre|senha|mot de passe)"
    r"[\"'`*]*\s*(?:[:=]|\bis\b|->|→|\n)\s*(?:\*{1,2}(?!\*))?[\"'`]*(?P<value>[^\s\"'`,;]{8,512})",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def looks_secret(text: str) -> Suspicion | None:
    """The gravest suspicion, or None. No text raises."""
    text = text[:LONGEST_TEXT]
    if half_of_pair(text) is Half.PRIVATE:
        return Suspicion.PRIVATE_KEY
    text = without_public_halves(text)
    if _BOT_TOKEN.search(text):
        return Suspicion.BOT_TOKEN
    if _WEB_TOKEN.search(text):
        return Suspicion.WEB_TOKEN
    if any(_random(m["value"]) for m in _LABELLED.finditer(text)):
        return Suspicion.LABELLED
    # A link may carry ids as long as keys; it is no place where people keep secrets.
    text = _ADDRESS_LINE.sub(" ", text)
    if _LONG_HEX.search(text):
        return Suspicion.LONG_HEX
    if _holds_key_shape(text):
        return Suspicion.KEY_SHAPED
    return Suspicion.SEED_PHRASE if holds_seed_phrase(text) else None


def _holds_key_shape(text: str) -> bool:
    called_secret = _SECRET_WORD.search(text) is not None
    called_transaction = _TRANSACTION.search(text) is not None
    for found in _HEX_64.finditer(text):
        if _varied(found.group()) and (called_secret or not (found[1] or called_transaction)):
            return True
    if called_transaction and not called_secret:
        return False
    return any(_mixed(m.group()) for m in _MIXED.finditer(text))


def _varied(token: str) -> bool:
    digits = sum(c.isdigit() for c in token)
    return 8 <= digits <= len(token) - 8


def _mixed(token: str) -> bool:
    """Capitals, small letters and digits all through, as only machines write."""
    return (
        sum(c.isdigit() for c in token) >= 2
        and sum(c.isupper() for c in token) >= 4
        and sum(c.islower() for c in token) >= 4
        and not re.search(r"[/_-]{2}|[a-z]{9}|[A-Z]{12}", token)
    )


def _random(value: str) -> bool:
    """What follows the label is no word of a sentence."""
    if _UUID.fullmatch(value.strip(".")):
        return True  # some exchanges make their secrets in this shape
    digits = sum(c.isdigit() for c in value)
    letters = sum(c.isalpha() for c in value)
    return digits >= 2 and letters >= 2 and "…" not in value and "***" not in value and not value.startswith("http")
