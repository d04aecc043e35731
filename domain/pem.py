"""Recognises the halves of a key pair in pasted text, whole, cut, or without their BEGIN and END lines."""

import re
from enum import StrEnum

_MARK = re.compile(r"(BEGIN|END)\s+(?:[A-Z0-9]+\s+){0,3}?(PUBLIC|PRIVATE)\s+KEY")
_ANY_MARK = re.compile(r"-{2,}\s*(BEGIN|END)\b")
_PUBLIC_START = re.compile(
    r"MCowBQYDK2VwAyEA"  # SubjectPublicKeyInfo, Ed25519
    r"|MII[BC]IjANBgkqhkiG9w0BAQEFAAOCA[Qg]8A"  # SubjectPublicKeyInfo, RSA 2048 and 4096
    r"|MIIBCgKCAQEA|MIICCgKCAgEA"  # PKCS#1, RSA 2048 and 4096
)
_PRIVATE_START = re.compile(
    r"MC4CAQAwBQYDK2VwBCIEI"  # PKCS#8, Ed25519
    r"|MII[EJ][A-Za-z0-9+/]{2}IBADANBgkqhkiG9w0BAQEFAASC"  # PKCS#8, RSA 2048 and 4096
    r"|MII[EJ][A-Za-z0-9+/]{2}IBAAKC"  # PKCS#1, RSA 2048 and 4096
    r"|MHcCAQEEI"  # SEC 1, P-256 (Coinbase)
)
_PUBLIC_BLOCK = re.compile(
    r"[-\u2010-\u2015]*\s*BEGIN\s+(?:RSA\s+)?PUBLIC\s+KEY.*?(?:END\s+(?:RSA\s+)?PUBLIC\s+KEY[-\u2010-\u2015]*|\Z)",
    re.DOTALL,
)
_BARE_PUBLIC = re.compile(rf"(?:{_PUBLIC_START.pattern})[A-Za-z0-9+/=\s]*")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
ENOUGH_TO_TELL = 24
"""Characters of a public half that are needed to say that it is the same one."""


class Half(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    CUT = "cut"
    """One of the BEGIN and END lines without the other."""


def half_of_pair(text: str) -> Half | None:
    """What part of a key pair this text holds. A private half wins over everything, even when it is cut."""
    marks = _MARK.findall(text)
    kinds = {kind for _, kind in marks}
    compact = re.sub(r"\s", "", text)
    if "PRIVATE" in kinds or _PRIVATE_START.search(compact):
        return Half.PRIVATE
    ends = {end for end, _ in marks} | set(_ANY_MARK.findall(text))
    if len(ends) == 1:
        return Half.CUT
    if "PUBLIC" in kinds or _PUBLIC_START.search(compact):
        return Half.PUBLIC
    return Half.CUT if ends else None


def is_part_of(text: str, public_pem: str) -> bool:
    """Whether the text is this public half, or a piece of it that is long enough to tell."""
    ours, theirs = _body(public_pem), _body(text)
    if not ours:
        return False
    return ours in theirs or (len(theirs) >= ENOUGH_TO_TELL and theirs in ours)


def without_public_halves(text: str) -> str:
    """The text with its public keys taken out: they are meant to be shown around."""
    return _BARE_PUBLIC.sub(" ", _PUBLIC_BLOCK.sub(" ", text))


def _body(pem: str) -> str:
    return _NOT_BASE64.sub("", re.sub(r"(BEGIN|END)\s+(RSA\s+)?PUBLIC\s+KEY", "", pem))
