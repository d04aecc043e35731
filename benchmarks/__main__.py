"""`make bench`: every benchmark, one table each. Nothing is asserted; a table says whether its goal is met on this machine.

`python -m benchmarks check_cost ...` runs those alone. Each has a process of its own: none walks through another one's heap.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
NAMES = ("check_cost", "loop_stall", "check_wall_time", "orders_look", "reply_latency", "matching")


def main(wanted: list[str]) -> int:
    """0; 1 if one of them broke off; 2 for an unknown name."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}. Benchmarks: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    broken = 0
    for name in wanted or NAMES:
        broken += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=PROJECT).returncode != 0
        print("\n", flush=True)
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
