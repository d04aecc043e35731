"""`make proof`: crash, leak and fuzz experiments at full size; prints what came of them and writes docs/proof.md.

`python -m tests.proof kills` runs one part and writes nothing.
"""

import importlib
import os
import platform
import re
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

PARTS = {
    "vault": "What the vault withstands",
    "kills": "What a kill -9 leaves behind",
    "strangers": "What strangers may send",
    "matching": "Whose order it is",
}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "proof.md"
Row = tuple[str, str, str]
BAD = re.compile(r"\b(?!0\b)\d[\d,]* (?:accepted|differ|hits|found|lost|left|failed|unopened|taken|apologies|became)")
"""How a result says that something went wrong: more than none of these."""


def run_part(name: str) -> tuple[list[Row], float]:
    """Its rows, printed as well, and the seconds that they took."""
    print(f"{PARTS[name]} ...", flush=True)
    began = time.monotonic()
    rows: list[Row] = importlib.import_module(f"tests.proof.{name}").run()
    for row in rows:
        print("  " + " | ".join(row), flush=True)
    return rows, time.monotonic() - began


def markdown(parts: Iterable[tuple[str, Sequence[Row], float]], at: datetime) -> str:
    """The page: when, on what, and one table per part."""
    lines = [
        "# Proof",
        "",
        "The experiments of `make proof` at full size; `make test` runs samples of the same. This is what the last run said.",
        "",
        f"{at:%-d %B %Y, %H:%M} UTC, Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores.",
    ]
    for name, rows, seconds in parts:
        lines += ["", f"## {PARTS[name]}", "", "| experiment | how often | result |", "|---|---|---|"]
        lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
        lines += ["", f"{seconds:.0f} s."]
    return "\n".join(lines) + "\n"


def main(wanted: list[str]) -> int:
    """0; 1 if an experiment failed; 2 for a part that does not exist."""
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}. Parts: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    done = [(name, *run_part(name)) for name in wanted or PARTS]
    if not wanted:
        PAGE.write_text(markdown(done, datetime.now(UTC)), "utf-8")
        print(f"Written to {PAGE.relative_to(PAGE.parents[1])}.")
    return 1 if any(BAD.search(result) for _, rows, _ in done for _, _, result in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
