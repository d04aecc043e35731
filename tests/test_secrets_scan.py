"""The scan that `make check` runs: a planted secret is found, wherever it is, and is not repeated in what is printed."""

import base64
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.secrets_scan import Allowed, Found, findings, not_allowed

PLANTS: dict[str, Callable[[], str]] = {
    "a token of BotFather": lambda: f"8{secrets.randbelow(10**9):09d}:AA{secrets.token_hex(33)[:33]}",
    "a private key": lambda: "-----BEGIN " + "PRIVATE KEY-----\\n" + secrets.token_hex(32),
    "a secret of 3Commas": lambda: secrets.token_hex(128),
    "a master key": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "a key of a cloud": lambda: "AKIA" + base64.b32encode(secrets.token_bytes(10)).decode(),
}


@pytest.mark.parametrize("what", PLANTS)
@pytest.mark.parametrize("name", ["module.py", "values.toml", "notes.md"])
def test_a_planted_secret_is_found(tmp_path: Path, what: str, name: str) -> None:
    (tmp_path / name).write_text(f'nothing = "here"\nplanted = "{PLANTS[what]()}"\n')
    found = findings(tmp_path, [name])
    assert {(one.path, one.line) for one in found} == {(name, 2)}
    assert not_allowed(found, ()) == found


def test_what_is_printed_names_the_place_and_not_the_secret(tmp_path: Path) -> None:
    secret = secrets.token_hex(32)
    (tmp_path / "module.py").write_text(f'planted = "{secret}"\n')
    (one,) = findings(tmp_path, ["module.py"])
    assert str(one) == "module.py:1: Hex High Entropy String"
    assert secret not in repr(one)


def test_one_more_than_the_list_explains_shows_all_of_that_kind() -> None:
    one, two = Found("vectors.py", 3, "Private Key"), Found("vectors.py", 9, "Private Key")
    explained = (Allowed("vectors.py", "Private Key", 1, "a published example"),)
    assert not_allowed([one], explained) == []
    assert not_allowed([one, two], explained) == [one, two]
    assert not_allowed([Found("other.py", 3, "Private Key")], explained) != []


def test_a_private_key_is_found_over_several_lines_and_its_first_line_alone_is_left_alone(tmp_path: Path) -> None:
    first = "-----BEGIN " + "PRIVATE KEY-----"
    (tmp_path / "key.pem").write_text(f"{first}\n{base64.b64encode(secrets.token_bytes(48)).decode()}\n")
    (tmp_path / "module.py").write_text(f'looks_like = "{first}"\n')
    assert [one.path for one in findings(tmp_path, ["key.pem", "module.py"])] == ["key.pem"]


def test_ordinary_text_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(
        'secret = read_secret()\n"""The secret of the key."""\naddress = "203.0.113.7"\n'
    )
    assert findings(tmp_path, ["module.py"]) == []
