"""python -m sandbox [--story NAME] [--new] [-- CMD ...]: the local world, alone or around a command."""

import argparse
import asyncio
import base64
import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from sandbox.exchanges.doors import every_exchange_id
from sandbox.house import House
from sandbox.stories import STORIES

CLEARED = ("EGRESS_IPS", "EGRESS_PROXIES", "LLM_API_URL", "LLM_API_KEY", "LLM_MODEL", "SUPPORT_CHAT_ID", "WEBHOOK_URL")
"""What the surroundings say of the real world; the story says it anew where it has an answer."""
PORTS = (8100, 8101, 8102)
WORLDS = Path("data/sandbox")
DRAINS_WITHIN_S = 25
"""The bot promises to end within 20 s of SIGTERM."""


class Taken(Exception):
    """Another process plays this story in this folder."""


def arguments(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and the command behind `--`."""
    command: list[str] = []
    if "--" in argv:
        cut = argv.index("--")
        argv, command = argv[:cut], argv[cut + 1 :]
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--story", default="returning_trader", help="the scene: " + ", ".join(STORIES))
    parser.add_argument("--new", action="store_true", help="begin the scene anew: forgets its world and the bot's data")
    return parser.parse_args(argv), command


@contextlib.contextmanager
def alone_with(story: str) -> Iterator[Path]:
    """The story's folder, while nobody else plays in it. Raises Taken."""
    folder = WORLDS.resolve() / story
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(story) from None
        yield folder


def master_key(folder: Path) -> str:
    """The bot's own key for this scene, made once."""
    file = folder / "encryption_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return file.read_text().strip()


def environment(house: House, folder: Path) -> dict[str, str]:
    """What the command sees; EGRESS_IPS is unset where the story has no fixed address."""
    env = {name: value for name, value in os.environ.items() if name not in CLEARED}
    if house.world.state.egress_ips:
        env["EGRESS_IPS"] = ",".join(house.world.state.egress_ips)
    return env | {
        "TELEGRAM_BOT_TOKEN": house.telegram.bot_token,
        "TELEGRAM_API_URL": house.telegram_url,
        "THREECOMMAS_API_URL": house.three_commas_url,
        "EXCHANGE_API_URLS": json.dumps(dict.fromkeys(every_exchange_id(), house.exchange_url)),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'reconnect.db'}",
        "ENCRYPTION_KEYS": master_key(folder),
    }


async def open_on_known_ports(house: House) -> None:
    """The usual ports if they are free, so that a bookmark keeps working; any others if not."""
    try:
        await house.open(*PORTS)
    except OSError:
        await house.close_doors()
        await house.open()


async def live(story: str, folder: Path, command: list[str]) -> int:
    """Open the house and keep it open until a signal comes or the command ends; returns the exit code."""
    house = House(story, folder)
    try:
        await open_on_known_ports(house)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        print(f"Chat: {house.telegram_url}", flush=True)
        print(f"Story: {story}. {house.story.summary}", flush=True)
        if command:
            return await run_around(command, environment(house, folder), stop)
        print(f"3Commas: {house.three_commas_url}\nExchanges: {house.exchange_url}\nCtrl-C ends it.", flush=True)
        await stop.wait()
        return 0
    finally:
        await house.close()


async def run_around(command: list[str], env: dict[str, str], stop: asyncio.Event) -> int:
    """Run the command, pass a stop on to it, and return its exit code, as a shell would."""
    try:
        # Its own session: a Ctrl-C reaches it once, through us.
        child = await asyncio.create_subprocess_exec(*command, env=env, start_new_session=True)
    except OSError as error:
        print(f"{command[0]} cannot be started: {error.strerror}", file=sys.stderr)
        return 127
    ended = asyncio.create_task(child.wait())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not ended.done():
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(signal.SIGTERM)
        await asyncio.wait({ended}, timeout=DRAINS_WITHIN_S)
        if not ended.done():
            child.kill()
    code = await ended
    return code if code >= 0 else 128 - code


def main(argv: list[str]) -> int:
    """Returns the exit code: that of the command, or 2 for a wrong call."""
    options, command = arguments(argv)
    if options.story not in STORIES:
        print(f"There is no story {options.story!r}. Stories: {', '.join(STORIES)}", file=sys.stderr)
        return 2
    try:
        with alone_with(options.story) as folder:
            if options.new:
                shutil.rmtree(folder, ignore_errors=True)
            return asyncio.run(live(options.story, folder, command))
    except Taken:
        print(f"The story {options.story!r} is running here already. End it first.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
