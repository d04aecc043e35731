"""python -m sandbox [--story NAME] [--new] [-- CMD ...]: the local world, alone or around a command."""

import argparse
import asyncio
import base64
import contextlib
import json
import os
import secrets
import shutil
import signal
import sys
from pathlib import Path

from sandbox.exchanges.doors import every_exchange_id
from sandbox.house import House
from sandbox.stories import STORIES

CLEARED = ("EGRESS_PROXIES", "LLM_API_URL", "LLM_API_KEY", "LLM_MODEL", "SUPPORT_CHAT_ID", "WEBHOOK_URL")
PORTS = (8100, 8101, 8102)


def arguments(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    command: list[str] = []
    if "--" in argv:
        cut = argv.index("--")
        argv, command = argv[:cut], argv[cut + 1 :]
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--story", default="returning_trader", help="the scene: " + ", ".join(STORIES))
    parser.add_argument("--new", action="store_true", help="begin the scene anew: forgets its world and the bot's data")
    return parser.parse_args(argv), command


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
    env = {k: v for k, v in os.environ.items() if k not in CLEARED and k != "EGRESS_IPS"}
    if house.world.state.egress_ips:
        env["EGRESS_IPS"] = ",".join(house.world.state.egress_ips)
    env |= {
        "TELEGRAM_BOT_TOKEN": house.telegram.bot_token,
        "TELEGRAM_API_URL": house.telegram_url,
        "THREECOMMAS_API_URL": house.three_commas_url,
        "EXCHANGE_API_URLS": json.dumps({name: house.exchange_url for name in every_exchange_id()}),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'reconnect.db'}",
        "ENCRYPTION_KEYS": master_key(folder),
    }
    return env


async def open_on_known_ports(house: House) -> None:
    """The usual ports if they are free, so that a bookmark keeps working; any others if not."""
    try:
        await house.open(*PORTS)
    except OSError:
        await house.close_doors()
        await house.open()


async def main(argv: list[str]) -> int:
    options, command = arguments(argv)
    if options.story not in STORIES:
        print(f"There is no story {options.story!r}. Stories: {', '.join(STORIES)}", file=sys.stderr)
        return 2
    folder = Path("data/sandbox").resolve() / options.story
    if options.new:
        shutil.rmtree(folder, ignore_errors=True)
    house = House(options.story, folder)
    await open_on_known_ports(house)
    print(f"Chat: {house.telegram_url}", flush=True)
    print(f"Story: {options.story}. {STORIES[options.story].summary}", flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        if not command:
            print(f"3Commas: {house.three_commas_url}\nExchanges: {house.exchange_url}\nCtrl-C ends it.", flush=True)
            await stop.wait()
            return 0
        return await run_around(command, environment(house, folder), stop)
    finally:
        await house.close()


async def run_around(command: list[str], env: dict[str, str], stop: asyncio.Event) -> int:
    """Run the command, pass a stop on to it, and end with its exit code."""
    try:
        # Its own session: a Ctrl-C reaches it once, through us.
        child = await asyncio.create_subprocess_exec(*command, env=env, start_new_session=True)
    except OSError as error:
        print(f"{command[0]} cannot be started: {error.strerror}", file=sys.stderr)
        return 127
    ended = asyncio.create_task(child.wait())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not ended.done():
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(ended), 25)
        if not ended.done():
            child.kill()
    stopped.cancel()
    return await ended


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
