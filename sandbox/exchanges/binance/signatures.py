"""Proof that a request was made by the holder of a key: HMAC-SHA-256, Ed25519, or RSA (PKCS #1 v1.5, SHA-256).

Source: https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security. HMAC signatures are hex
in any case, the others base64; the key takes the text of the request exactly as it was sent.
"""

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from sandbox.exchanges.binance.errors import ApiManagementError
from sandbox.exchanges.binance.state import ApiKey, KeyKind

SHORTEST_RSA_BITS = 2048


def read_public_key(pem: str) -> tuple[KeyKind, str]:
    """The kind and the tidy form of a pasted public key.

    Raises ApiManagementError for a private key, for anything that is no PEM, and for other algorithms.
    """
    if "PRIVATE KEY" in pem:
        raise ApiManagementError("This is a private key. Never share it; paste the public key instead.")
    try:
        public = load_pem_public_key(pem.strip().encode())
    except ValueError as error:
        raise ApiManagementError(
            "The public key is not valid. Paste it whole, with its first and last line."
        ) from error
    if isinstance(public, Ed25519PublicKey):
        kind: KeyKind = "ed25519"
    elif isinstance(public, RSAPublicKey) and public.key_size >= SHORTEST_RSA_BITS:
        kind = "rsa"
    else:
        raise ApiManagementError("Only Ed25519 keys and RSA keys of 2048 bits or more are supported.")
    return kind, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@lru_cache(maxsize=256)
def _loaded(pem: str) -> Ed25519PublicKey | RSAPublicKey:
    public = load_pem_public_key(pem.encode())
    assert isinstance(public, Ed25519PublicKey | RSAPublicKey)
    return public


def signature_holds(key: ApiKey, payload: bytes, signature: str) -> bool:
    """Whether `signature` (percent-decoded) was made over `payload` with the secret or private half of `key`."""
    if key.kind == "hmac":
        expected = hmac.new(key.secret.encode(), payload, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, signature.lower()) if signature.isascii() else False
    try:
        raw = base64.b64decode(signature, validate=True)
        public = _loaded(key.public_key_pem)
        if isinstance(public, Ed25519PublicKey):
            public.verify(raw, payload)
        else:
            public.verify(raw, payload, PKCS1v15(), hashes.SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
