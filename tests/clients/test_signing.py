"""Signatures against documented and recomputed vectors, and the pairs that the bot makes."""

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from clients.signing import Pairs, Unsignable, signature
from domain.values import Credentials, KeyKind, Secret

DEMO = Credentials("tc_demo_key_0001", Secret("tc_demo_secret_0001"))
# Published in 3Commas' documentation, so no secret.
DOCUMENTED = Credentials(
    "documented", Secret("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j")
)  # pragma: allowlist secret
NOTE = b'{"account_id":41,"pair":"USDT_SOL","note":"reconnect:7f3a"}'
SPACED = b'{"account_id": 41, "pair": "USDT_SOL", "note": "reconnect:7f3a"}'

VECTORS = [
    ("/public/api/ver1/validate", b"", "", "b6130780791de71c7850ab5e39d4850abf8ee4cddd864b0a4dca386a7b0da51a"),
    (
        "/public/api/v2/smart_trades?account_id=41&page=1&per_page=100&status=failed",
        b"",
        "",
        "9c1a69de6877bc8829a8774ef5f2c983c44d66ea03fd31b4058dacc2a4755491",
    ),
    (
        "/public/api/v2/smart_trades?from=2026-01-02T03%3A04%3A05.000Z&status=all",
        b"",
        "",
        "eb571a6a1d73d2d9317a2ee17581598477063633dcf80d49577eea1b3b619fe8",
    ),
    (
        "/public/api/ver1/accounts/41/load_balances",
        b"",
        "",
        "f9daa900704bfc254ab7e2dc8d96454241e0e12f7a0f1aada8a3808f460a7f1f",
    ),
    (
        "/public/api/ver1/accounts/41/rename?name=New%20name",
        b"",
        "",
        "72c28bb3cdc28dd8ad88357aafd4d3aa67c0cc776778536886b8275cd3a5173c",
    ),
    ("/public/api/v2/smart_trades", NOTE, "", "c1ca7cc0b3500e73bd81336740f5d422788e0015073a1ca0b72e7529859881d5"),
    ("/public/api/v2/smart_trades", NOTE, "?", "5cb88cbed334f494ced52c2b4e241862a029934699045eaeff4982fc218376e1"),
    ("/public/api/v2/smart_trades", SPACED, "", "290f3bb664de6938e6cda4d8316542724ffcc6928cfe3c57a7650338c4558d0a"),
    ("/public/api/v2/smart_trades/9001", b"", "", "55fe9e5822ba160ba8a69ee4a36a07691a7fcc0e53097365dcd05b93da74a8d7"),
]

PUBLIC = b"""-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1bsC/Pr4TzlfKnYBmTXs
NQmlKbb3ZH/jjMvBpaQo/uV4LjNfjyuNq2TUHQye99jAP5U3ykpMNc23BKVq/Sbj
92lHUsMlpYC2CcEthyUWqW8Jl4AAsgYpFc/TfI25RubaVRyl5jokJRQmJfYsJQ3m
l8QXZj13NbXOkOc7KWKLfZKdQkcsfhLaypfVWjHtxBteGgTlbxWmpdkjpBh1HnhD
wDgi28dG4Hq3tcHuuBjfbxetCFIwcpBF0TFfCdrAs6+JrNIxv4qsG8AWFKc2PZQe
cGZeeRhY7kdvDYZAZbJ9CVGM9ZMuqR3pSA+3HJRKwBvgWUfvaaG/BrhCf5S153jU
swIDAQAB
-----END PUBLIC KEY-----
"""
RSA_VECTORS = {
    b"/public/api/ver1/validate": (
        "EO0L2fP1gu0d/4FE4tdZ+YTxUvtfpmgTvcdlHtBzE3MAnfMVEze54atUFY/JQjWWJ4NbUmfDmz+zn0gvWJU9TQlB9e1Km8cpaQ9KPRMEI01UJJ6b"
        "++uFsOZpdQZkw7X/CDa6U2AZBZf37r0aX4yIqxgMSv4b0kBF48jxImT86uZ/FyVZeiA+65zz/bt3sM3VlCxClOg3man/2ss5boH4j7R/QfTJJOVR"
        "GpaAJ+sWG72tpjXF9QMMg3hZ0S1qcwrFaEFZMWsb2R4TYcjuhZyj+suAxQOcaJt0Ra7FevleH6QRCHshY0vdjvtZAEk+q7Szt0YXdQzNKfjP5WOA"
        "ZU2nfA=="
    ),
    b"/public/api/v2/smart_trades" + NOTE: (
        "Bg2zRW25kMv6vaXyWaFYJT1L4/WrvB0BZ+ep2uaW2qw8C8TUiXX8plPPHCM9PVCZLEhorFRcm2PJdAgxfyJ2PjgmtcyBTfEe8ayz2MwLOn5u1zFS"
        "Dj+CPShOGzF1AzvlYggkS7gQvLoIObvNrzWP1bFnEo8bS3pHACwNIuJG9Fla1tTNn79jv/r0DuByNngNKgfPcUEPWOS+AgsZPlc2xa0vW7JDmg9H"
        "eYJ2K9k9rbGWvLguWV7U41d7PQo5D3KxxGOqrkSinEj2J6PixH+H8gcenPL6+MsbxhsQ6ce05fvCGge/mYNNGJ6DvJPBzW6G1zrY7NNpoAeK9dpp"
        "wtWWWw=="
    ),
}


@pytest.mark.parametrize(("path", "body", "join", "expected"), VECTORS, ids=[f"V{n}" for n in range(1, 10)])
def test_an_hmac_signature_covers_path_query_and_body_byte_by_byte(
    path: str, body: bytes, join: str, expected: str
) -> None:
    assert signature(DEMO, path, body, join) == expected


def test_the_documented_samples_come_out() -> None:
    path = "/public/api/ver1/users/change_mode"
    assert (
        signature(DOCUMENTED, f"{path}?mode=paper")
        == "bca8d8c10acfbe8e76c5335d3efbe0a550487170a8bb7aaea0a13efabab55316"
    )
    assert (
        signature(DOCUMENTED, path, b'{"mode": "paper"}', "?")
        == "0475b407ba6f2388d213134e478b330f74073388a232737837f79018694ae373"
    )


def test_a_join_without_a_body_is_not_signed() -> None:
    assert signature(DEMO, "/public/api/ver1/validate", b"", "?") == VECTORS[0][3]


@pytest.mark.parametrize(("message", "signed"), RSA_VECTORS.items(), ids=["V1", "V6"])
def test_the_reference_signatures_are_pkcs1_v15_with_sha256(message: bytes, signed: str) -> None:
    """The private half of the reference key is not known: its signatures are checked with the way of signing that is ours."""
    public = load_pem_public_key(PUBLIC)
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(base64.b64decode(signed), message, padding.PKCS1v15(), hashes.SHA256())


async def test_an_rsa_token_signs_what_its_public_half_verifies() -> None:
    pair = await Pairs().pair(KeyKind.RSA)
    credentials = Credentials("key", pair.private_pem, KeyKind.RSA)
    public = load_pem_public_key(pair.public_pem.encode())
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048

    signed = signature(credentials, "/public/api/v2/smart_trades", NOTE)

    assert "\n" not in signed
    public.verify(base64.b64decode(signed), b"/public/api/v2/smart_trades" + NOTE, padding.PKCS1v15(), hashes.SHA256())
    assert signature(credentials, "/public/api/v2/smart_trades", NOTE) == signed


async def test_an_ed25519_pair_is_short_enough_for_ccxt_to_recognise() -> None:
    """ccxt takes a secret of more than 120 characters for an RSA key."""
    pair = await Pairs().pair(KeyKind.ED25519)
    pem = pair.private_pem.reveal()
    assert len(pem) <= 120
    assert pem.startswith("-----BEGIN PRIVATE KEY-----\n")
    assert pem == pem.strip()
    assert "\r" not in pem
    assert pair.public_pem.startswith("-----BEGIN PUBLIC KEY-----\n")
    key = load_pem_private_key(pem.encode(), None)
    public = load_pem_public_key(pair.public_pem.encode())
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    assert isinstance(public, ed25519.Ed25519PublicKey)
    public.verify(key.sign(b"payload"), b"payload")


async def test_two_pairs_differ_and_print_nothing() -> None:
    first, second = await Pairs().pair(KeyKind.ED25519), await Pairs().pair(KeyKind.ED25519)
    assert first.private_pem != second.private_pem
    assert first.private_pem.reveal() not in repr(first)


async def test_the_bot_makes_no_hmac_secret() -> None:
    with pytest.raises(ValueError, match="made by the service"):
        await Pairs().pair(KeyKind.HMAC)


def _encrypted() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")).decode()


def _ed25519() -> str:
    return (
        ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    )


@pytest.mark.parametrize(
    "pem", ["", "no key", _ed25519(), _encrypted()], ids=["nothing", "text", "ed25519", "encrypted"]
)
def test_what_is_no_rsa_key_is_refused_without_being_quoted(pem: str) -> None:
    with pytest.raises(Unsignable) as caught:
        signature(Credentials("key", Secret(pem), KeyKind.RSA), "/public/api/ver1/validate")
    assert str(caught.value) == "no RSA private key"


def test_3commas_knows_no_ed25519_token() -> None:
    with pytest.raises(Unsignable):
        signature(Credentials("key", Secret(_ed25519()), KeyKind.ED25519), "/public/api/ver1/validate")
