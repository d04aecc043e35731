"""Recognises the words that open a wallet: 12, 15, 18, 21 or 24 plain words in a row. Conservative: sentences must pass.

The word list of BIP-39 is not shipped; its rules are used instead. Every word has 3 to 8 small letters, and none is inflected: a list of
twelve has hardly ever two plurals or two forms in -ed, -ing, -ly. Source: BIP-39, English word list.
"""

import re

COUNTS = frozenset({12, 15, 18, 21, 24})
_NUMBERING = re.compile(r"(?<!\w)\d{1,2}\s*[.):]\s*|(?<!\w)\d{1,2}\s+(?=[a-z])")
_CALLED_SEED = re.compile(r"seed|mnemonic|recovery phrase|backup phrase|сид|фраз|semilla|kurtarma", re.IGNORECASE)
_RUN = re.compile(r"(?:[a-z]{3,8}[\s,]+)+[a-z]{3,8}")
_NOT_IN_THE_LIST = frozenset(
    {
        "the", "and", "for", "are", "was", "were", "not", "but", "has", "had", "him", "his", "her", "its", "our", "out", "who", "why", "how",
        "did", "does", "your", "yours", "from", "them", "these", "those", "their", "which", "would", "could", "should", "been", "than",
        "many", "while", "without", "cannot",
    }
)  # fmt: skip
_INFLECTED = re.compile(r"(?:[^s]s|ed|ing|ly)$")


def holds_seed_phrase(text: str) -> bool:
    """Whether the text, one of its lines, or what follows a colon in it reads like the words of a wallet."""
    called = _CALLED_SEED.search(text) is not None
    plain = _NUMBERING.sub(" ", text)
    parts = [plain, *plain.splitlines(), *plain.split(":")[1:]]
    if any(_is_list(part, called=called) for part in parts):
        return True
    return called and any(_is_list(run.group(), called=True, exact=False) for run in _RUN.finditer(plain))


def _is_list(text: str, *, called: bool, exact: bool = True) -> bool:
    words = text.replace(",", " ").split()
    if not all(word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 8 for word in words):
        return False
    if (exact and len(words) not in COUNTS) or len(words) < min(COUNTS):
        return False
    if any(word in _NOT_IN_THE_LIST for word in words):
        return False
    inflected = sum(_INFLECTED.search(word) is not None for word in words)
    return inflected <= (len(words) // 6 if called else len(words) // 12)
