"""`make bench`: every benchmark, one table each. Nothing is asserted; a table says whether its goal is met on this machine.

`python -m benchmarks check_cost ...` runs those alone.
"""

import importlib
import os
import platform
import sys

NAMES = ("check_cost", "loop_stall", "check_wall_time", "reply_latency", "matching")


def main(wanted: list[str]) -> int:
    """0, or 2 for an unknown name."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}. Benchmarks: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    for name in wanted or NAMES:
        print(importlib.import_module(f"benchmarks.{name}").run(), end="\n\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
