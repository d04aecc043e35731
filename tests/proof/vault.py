"""The vault at full size: section 1.6 of the security requirements, line by line."""

import asyncio
import tempfile
from pathlib import Path

from storage.opening import new_key
from tests.storage.experiments import ENCODINGS, damage_accepted, implementations_differ, swaps_accepted
from tests.storage.killed_rotation import READS_PER_S, rotate_under_fire
from tests.storage.leaks import id_hits, live_through, make_canaries, make_telegram_ids, traces_after_forget
from tests.storage.test_seal import ANSWERS, test_a_record_is_the_same_bytes_as_ever

SWAPS = 100_000
DAMAGED_RECORDS = 20
INPUTS = 10_000
CANARIES = 1_000
TRADERS = 300
USERS = 100_000
KILLS = 50


def run() -> list[tuple[str, str, str]]:
    """What was tried, how often, and what came of it."""
    return [*_records(), *asyncio.run(_stored())]


def _records() -> list[tuple[str, str, str]]:
    for number in range(len(ANSWERS)):
        test_a_record_is_the_same_bytes_as_ever(number)
    tried, accepted = damage_accepted(DAMAGED_RECORDS)
    return [
        (
            "records moved between users, records, fields and revisions",
            f"{SWAPS:,} tries",
            f"{swaps_accepted(SWAPS)} accepted",
        ),
        (f"bit flips and truncations of {DAMAGED_RECORDS} records", f"{tried:,}, all", f"{accepted} accepted"),
        ("known-answer vectors", f"{len(ANSWERS)}", f"{len(ANSWERS)} equal"),
        ("second implementation", f"{INPUTS:,} inputs", f"{implementations_differ(INPUTS)} differ"),
    ]


async def _stored() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        canaries, telegram_ids = make_canaries(CANARIES), make_telegram_ids(CANARIES)
        written = await live_through(Path(folder), new_key(), canaries, telegram_ids)
    with tempfile.TemporaryDirectory() as folder:
        before, after, took = await traces_after_forget(Path(folder), new_key(), TRADERS)
    with tempfile.TemporaryDirectory() as folder:
        fire = await rotate_under_fire(Path(folder), USERS, KILLS)
    size = (len(written.files) + len(written.backup) + len(written.logs)) / 1e6
    return [
        (
            f"secrets in database, write-ahead log, backup and logs at DEBUG, {len(ENCODINGS)} encodings",
            f"{CANARIES:,} secrets, {size:.0f} MB searched",
            f"{written.hits(canaries)} hits",
        ),
        (
            "Telegram ids in the same files",
            f"{CANARIES:,} ids",
            f"{id_hits(written, telegram_ids)} found",
        ),
        (
            f"/forget of one of {TRADERS} traders: id, HMAC and wrapped data keys in file and write-ahead log",
            f"{before} of 4 there before, {took:.2f} s",
            f"{after} left",
        ),
        (
            f"rotation of {fire.users:,} users under {READS_PER_S} reads a second, kill -9",
            f"{fire.kills} kills, {fire.kills_in_the_middle} of them half-way; {fire.reads:,} reads",
            f"{fire.failed_reads} failed reads, {fire.left_behind} left behind, {fire.unopened} unopened",
        ),
    ]
