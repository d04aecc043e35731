"""Whether a request was signed by the token's owner."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from sandbox.three_commas.state import Token


def signed_strings(raw_path: str, body: bytes, joins: Sequence[str]) -> Iterator[bytes]:
    """Every string that counts as "the message" of a request.

    `raw_path` is path and query exactly as sent. Between it and the body stands nothing or, without a query, a "?"
    (the original's documents and working clients disagree); an empty body may carry the "?" too. With a body, the
    path alone does not count.
    """
    for join in joins:
        if join and "?" in raw_path:
            continue
        yield raw_path.encode() + join.encode() + body


def is_signed(token: Token, raw_path: str, body: bytes, signature: str, joins: Sequence[str]) -> bool:
    """HMAC-SHA256 in hex of either case for system tokens, RSA PKCS#1 v1.5 with SHA-256 in base64 for the others."""
    check = _hmac_fits if token.kind == "system" else _rsa_fits
    return any(check(token.verifier, message, signature) for message in signed_strings(raw_path, body, joins))


def _hmac_fits(secret: str, message: bytes, signature: str) -> bool:
    expected = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.lower().encode())


def _rsa_fits(public_key_pem: str, message: bytes, signature: str) -> bool:
    key = load_pem_public_key(public_key_pem.encode())
    assert isinstance(key, RSAPublicKey), "refused when the token was created"
    try:
        key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error):
        return False
    return True
