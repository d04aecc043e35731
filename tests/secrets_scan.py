"""Looks for secrets in everything that is tracked: `python -m tests.secrets_scan`, part of `make check`.

detect-secrets does the looking. Its keyword detector is left out: half of our sentences, types and tests speak of secrets by name.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import default_settings, get_settings

PROJECT = Path(__file__).resolve().parents[1]
TOO_EAGER = ("KeywordDetector", "IPPublicDetector")
"""Names, and addresses of exchanges and 3Commas, are no secrets."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """`count` different strings of one kind in one file. One more than that is found, so nothing hides behind an entry."""

    path: str
    kind: str
    count: int
    why: str


PUBLISHED = "keys and signatures that 3Commas or Binance printed in their documentation as examples"
ALLOWED = (
    Allowed("bot/settings.py", "Telegram Bot Token", 1, "the example in the sentence about a malformed token"),
    Allowed("sandbox/telegram/state.py", "Base64 High Entropy String", 1, "the alphabet that tokens are drawn from"),
    Allowed("tests/clients/test_foreign_text.py", "Hex High Entropy String", 1, PUBLISHED),
    Allowed("tests/clients/test_signing.py", "Base64 High Entropy String", 7, PUBLISHED),
    Allowed("tests/clients/test_signing.py", "Hex High Entropy String", 11, PUBLISHED),
    Allowed("tests/domain/test_secrets_guard.py", "Base64 High Entropy String", 2, "public addresses of coins"),
    Allowed("tests/sandbox/test_three_commas_access.py", "Base64 High Entropy String", 6, PUBLISHED),
    Allowed("tests/sandbox/test_three_commas_access.py", "Hex High Entropy String", 9, PUBLISHED),
)
MADE_UP = {
    "01234567": "stands for an id or a nonce",
    "6b9ad766": "the tag of ccxt in ids of orders at OKX, which ccxt publishes",
    "0b1f6a52": "the id of an order in a test",
    "vmPUZE6m": "the example key of Binance's documentation",
    "aB3dE6gH": "made by a pattern, for tests of deleted messages",
    "hidden": "a password in an address of a test",
    "secret-of-mine": "a password in an address of a test",
}
"""How strings begin that look like secrets and are none."""
BODY = re.compile(r"[A-Za-z0-9+/]{40}")
"""Follows the first line of a private key where there really is one."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Where something looks like a secret. What it is stays unsaid: this is printed into logs."""

    path: str
    line: int
    kind: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}"


def tracked_files(folder: Path = PROJECT) -> list[str]:
    """Paths as git names them. Raises CalledProcessError outside of a repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=folder, capture_output=True, check=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (folder / name).is_file()]


def findings(folder: Path, names: Iterable[str]) -> list[Found]:
    """Everything in these files that looks like a secret, each string once per file."""
    collection = SecretsCollection(root=str(folder))
    with default_settings():
        get_settings().disable_plugins(*TOO_EAGER)
        for name in names:
            collection.scan_file(name)
    return sorted(
        Found(path, secret.line_number, secret.type)
        for path, secret in collection
        if not (secret.secret_value or "").removeprefix("secret=").startswith(tuple(MADE_UP))
        and (secret.type != "Private Key" or _has_body(folder / path, secret.line_number))
    )


def _has_body(file: Path, line: int) -> bool:
    """Whether anything that could be a key follows within two lines of its first one."""
    return BODY.search("\n".join(file.read_text("utf-8").splitlines()[line - 1 : line + 2])) is not None


def not_allowed(found: Sequence[Found], allowed: Sequence[Allowed] = ALLOWED) -> list[Found]:
    """All findings of a file and kind of which there are more than the list explains."""
    limits = {(entry.path, entry.kind): entry.count for entry in allowed}
    counts = Counter((one.path, one.kind) for one in found)
    return [one for one in found if counts[one.path, one.kind] > limits.get((one.path, one.kind), 0)]


def main() -> int:
    """0, or 1 with one line per finding."""
    left = not_allowed(findings(PROJECT, tracked_files()))
    for one in left:
        print(
            f"{one} looks like a secret. Remove it; if it is none, say why in tests/secrets_scan.py.", file=sys.stderr
        )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
