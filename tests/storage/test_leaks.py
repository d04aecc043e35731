"""What is written down anywhere gives no secret away."""

import base64
from pathlib import Path

import pytest

from tests.storage.experiments import ENCODINGS, hits, needles
from tests.storage.leaks import (
    Written,
    id_hits,
    live_through,
    make_canaries,
    make_telegram_ids,
    traces_after_forget,
)


async def test_neither_secrets_nor_typed_texts_nor_telegram_ids_are_found(tmp_path: Path, master_key: str) -> None:
    canaries, telegram_ids = make_canaries(10), make_telegram_ids(10)
    written = await live_through(tmp_path, master_key, canaries, telegram_ids)
    assert b"as expected" in written.logs
    assert written.logs.count(b"INSERT INTO access_key") >= 10
    assert written.hits(canaries) == 0
    assert id_hits(written, telegram_ids) == 0


@pytest.mark.parametrize("encoding", range(len(ENCODINGS)))
def test_the_search_would_find_a_secret_in_each_encoding(encoding: int) -> None:
    [canary] = make_canaries(1)
    raw = canary.encode()
    written = [
        raw,
        canary.encode("utf-16-le"),
        raw.hex().encode(),
        base64.b64encode(b"x" + raw),
        base64.urlsafe_b64encode(b"xy" + raw),
        b"".join(b"%%%02X" % byte for byte in raw),
    ][encoding]
    assert hits(b"before " + written + b" after", [canary]) > 0
    assert Written(b"", b"", written).hits([canary]) > 0
    assert hits(b"before " + written + b" after", make_canaries(50)) == 0
    assert all(len(needle) == 12 for needle in needles(canary))


async def test_nothing_of_a_forgotten_trader_is_found(tmp_path: Path, master_key: str) -> None:
    before, after, took = await traces_after_forget(tmp_path, master_key, 15)
    assert before == 4
    assert after == 0
    assert took < 5
