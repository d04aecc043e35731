"""`python -m sandbox`: the world alone and around a command, as a person starts and stops it."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox.__main__ import CLEARED, PORTS

pytestmark = pytest.mark.process

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_S = 20
SHOW_ENVIRONMENT = "import json, os; print('ENV ' + json.dumps(dict(os.environ)), flush=True)"
WAIT_FOR_TERM = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); print('waiting', flush=True); signal.pause()"


@asynccontextmanager
async def sandbox(folder: Path, *arguments: str, **surroundings: str) -> AsyncIterator[Process]:
    """The process, started in `folder`, and ended with the test."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **surroundings},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line(process: Process, pattern: str) -> re.Match[str]:
    """The first line of its output that fits."""
    assert process.stdout is not None
    async with asyncio.timeout(DEADLINE_S):
        while raw := await process.stdout.readline():
            if found := re.search(pattern, raw.decode()):
                return found
    raise AssertionError(f"it ended without a line like {pattern!r}")


async def ended(process: Process) -> tuple[int, str, str]:
    """Exit code, output and complaints."""
    async with asyncio.timeout(DEADLINE_S):
        out, complaints = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), complaints.decode()


async def test_alone_it_says_where_its_doors_are_and_ends_with_0_on_sigterm(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as process:
        chat = (await line(process, r"^Chat: (http://127\.0\.0\.1:\d+)$"))[1]
        await line(process, "^Story: returning_trader")
        async with aiohttp.ClientSession() as http, http.get(f"{chat}/") as page:
            assert page.status == 200
        process.send_signal(signal.SIGTERM)
        assert (await ended(process))[0] == 0


async def test_around_a_command_it_sets_what_the_bot_needs_and_clears_what_leads_outside(tmp_path: Path) -> None:
    outside = dict.fromkeys(CLEARED, "from outside")
    async with sandbox(tmp_path, "--", sys.executable, "-c", SHOW_ENVIRONMENT, **outside) as process:
        env = json.loads((await line(process, "^ENV (.*)$"))[1])
        assert (await ended(process))[0] == 0
    assert [name for name in CLEARED if name in env] == ["EGRESS_IPS"]
    assert env["EGRESS_IPS"] == "203.0.113.7"
    folder = tmp_path / "data/sandbox/returning_trader"
    assert (env["DATA_DIR"], env["DATABASE_URL"]) == (str(folder), f"sqlite:///{folder}/reconnect.db")
    origins = json.loads(env["EXCHANGE_API_URLS"])
    assert {"binance", "bybit", "okx"} <= set(origins)
    addresses = {env["TELEGRAM_API_URL"], env["THREECOMMAS_API_URL"], *origins.values()}
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)


async def test_a_story_without_a_fixed_address_leaves_egress_ips_unset(tmp_path: Path) -> None:
    command = ("--story", "no_fixed_address", "--", sys.executable, "-c", SHOW_ENVIRONMENT)
    async with sandbox(tmp_path, *command, EGRESS_IPS="198.51.100.1") as process:
        env = json.loads((await line(process, "^ENV (.*)$"))[1])
        await ended(process)
    assert "EGRESS_IPS" not in env


@pytest.mark.parametrize(
    ("code", "expected"), [("raise SystemExit(3)", 3), ("import os; os.kill(os.getpid(), 9)", 137)]
)
async def test_it_ends_as_its_command_ends(tmp_path: Path, code: str, expected: int) -> None:
    async with sandbox(tmp_path, "--", sys.executable, "-c", code) as process:
        assert (await ended(process))[0] == expected


async def test_a_command_that_cannot_be_started_ends_it_with_127_and_a_sentence(tmp_path: Path) -> None:
    async with sandbox(tmp_path, "--", str(tmp_path / "nothing")) as process:
        code, _, complaints = await ended(process)
    assert code == 127
    assert "cannot be started" in complaints


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_is_passed_on_and_the_commands_answer_is_waited_for(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with sandbox(tmp_path, "--", sys.executable, "-c", WAIT_FOR_TERM) as process:
        await line(process, "^waiting$")
        process.send_signal(number)
        assert (await ended(process))[0] == 7


async def test_where_the_usual_ports_are_taken_it_opens_on_others(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", PORTS[2]))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        async with sandbox(tmp_path, "--story", "venue_down") as process:
            chat = (await line(process, r"^Chat: http://127\.0\.0\.1:(\d+)$"))[1]
            assert int(chat) not in PORTS
            exchanges = (await line(process, "^Exchanges: (.*)$"))[1]
            ping = f"{exchanges}/api/v3/ping"
            async with aiohttp.ClientSession() as http, http.get(ping, headers={"Host": "api.binance.com"}) as answer:
                assert answer.status == 503, "what the story arms at its start holds on other ports too"


async def test_the_same_world_is_there_again_and_new_begins_anew(tmp_path: Path) -> None:
    async def token_of(*options: str) -> str:
        async with sandbox(tmp_path, *options, "--", sys.executable, "-c", SHOW_ENVIRONMENT) as process:
            env = json.loads((await line(process, "^ENV (.*)$"))[1])
            await ended(process)
        return str(env["TELEGRAM_BOT_TOKEN"] + env["ENCRYPTION_KEYS"])

    first = await token_of()
    database = tmp_path / "data/sandbox/returning_trader/reconnect.db"
    database.write_bytes(b"what the bot remembers")
    assert await token_of() == first
    assert database.exists()
    assert await token_of("--new") != first
    assert not database.exists()


async def test_a_story_that_runs_already_is_left_alone(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as first:
        await line(first, "^Chat:")
        async with sandbox(tmp_path, "--new") as second:
            code, _, complaints = await ended(second)
        assert code == 1
        assert "running here already" in complaints
        assert (tmp_path / "data/sandbox/returning_trader/world.json").exists()


async def test_an_unknown_story_is_answered_with_the_list_of_stories(tmp_path: Path) -> None:
    async with sandbox(tmp_path, "--story", "no_such") as process:
        code, _, complaints = await ended(process)
    assert code == 2
    assert "returning_trader" in complaints
