"""API access tokens: creating and deleting them, as the page "API" of the web app does."""

import ipaddress
import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from sandbox.three_commas.errors import Refused
from sandbox.three_commas.state import ThreeCommasState, Token
from sandbox.world import World

PERMISSIONS = (
    "ACCOUNTS_READ",
    "ACCOUNTS_WRITE",
    "SMART_TRADES_READ",
    "SMART_TRADES_WRITE",
    "BOTS_READ",
    "BOTS_WRITE",
)
RSA_BITS = (2048, 4096)


class SystemToken(NamedTuple):
    """Key and secret of a new system-generated token; the secret is shown this once."""

    key: str
    secret: str


class Tokens:
    def __init__(self, world: World, state: ThreeCommasState) -> None:
        self._world = world
        self._state = state

    def create_system(self, person: int, name: str, permissions: Sequence[str], ips: Sequence[str]) -> SystemToken:
        """A token with a secret made by 3Commas. The IP list is mandatory. Raises Refused."""
        if not any(entry.strip() for entry in ips):
            raise Refused("A system-generated token needs at least one IP address.")
        secret = secrets.token_hex(64)
        token = self._new(person, name, permissions, ips, kind="system", verifier=secret)
        return SystemToken(token.key, secret)

    def create_self_generated(
        self, person: int, name: str, public_key_pem: str, permissions: Sequence[str], ips: Sequence[str] = ()
    ) -> str:
        """The key of a token whose requests are signed with the person's own RSA key. Raises Refused."""
        pem = checked_public_key(public_key_pem)
        return self._new(person, name, permissions, ips, kind="self_generated", verifier=pem).key

    def delete(self, person: int, key: str) -> None:
        user = self._state.user(person)
        kept = [token for token in user.tokens if token.key != key]
        if len(kept) == len(user.tokens):
            raise Refused("This token does not exist any more.")
        user.tokens = kept
        self._world.changed()

    def find(self, key: str) -> tuple[int, Token] | None:
        """The person and the token behind an API key."""
        for person, user in self._state.users.items():
            for token in user.tokens:
                if token.key == key:
                    return person, token
        return None

    def _new(
        self, person: int, name: str, permissions: Sequence[str], ips: Sequence[str], *, kind: str, verifier: str
    ) -> Token:
        unknown = sorted(set(permissions) - set(PERMISSIONS))
        if unknown:
            raise Refused(f"There is no permission {unknown[0]}.")
        if not name.strip():
            raise Refused("Give the token a name.")
        token = Token.model_validate(
            {
                "key": secrets.token_hex(32),
                "name": name.strip(),
                "kind": kind,
                "verifier": verifier,
                "permissions": [p for p in PERMISSIONS if p in permissions],
                "ips": checked_addresses(ips),
                "created_at": self._world.clock.now(),
            }
        )
        self._state.user(person).tokens.append(token)
        self._world.changed()
        return token


def checked_addresses(entries: Iterable[str]) -> list[str]:
    """Single addresses or ranges, blanks removed. Raises Refused for anything else."""
    addresses = []
    for entry in (e.strip() for e in entries):
        if not entry:
            continue
        try:
            ipaddress.ip_network(entry)
        except ValueError:
            raise Refused(f"“{entry}” is not an IP address.") from None
        addresses.append(entry)
    return addresses


def allows(entries: Sequence[str], address: str) -> bool:
    """Whether a caller from `address` may use a token with this IP list; an empty list allows everybody."""
    caller = ipaddress.ip_address(address)
    return not entries or any(caller in ipaddress.ip_network(entry) for entry in entries)


def checked_public_key(pem: str) -> str:
    """The PEM of an RSA public key (PKCS#1 or SubjectPublicKeyInfo, 2048 or 4096 bits). Raises Refused."""
    pem = pem.strip()
    if "PRIVATE KEY" in pem:
        raise Refused("This is a private key. Keep it to yourself and paste the public key.")
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise Refused("This is not a public key in PEM form, from its BEGIN line to its END line.") from None
    if not isinstance(key, RSAPublicKey):
        raise Refused("Only RSA public keys are accepted.")
    if key.key_size not in RSA_BITS:
        raise Refused(f"The key has {key.key_size} bits; 2048 or 4096 are accepted.")
    return pem
