"""What a process that holds secrets does to itself first (H2)."""

import ctypes
import resource
import sys

PR_SET_DUMPABLE = 4  # prctl(2)


def harden() -> None:
    """No core dumps, and on Linux no reading of our memory by other processes of the same user."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
