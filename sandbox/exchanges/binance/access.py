"""Who may do what with which key from where: one check for HTTP callers and for the pretend 3Commas."""

import hmac
import re
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from sandbox.exchanges.binance import errors
from sandbox.exchanges.binance.errors import Family
from sandbox.exchanges.binance.state import ApiKey, BinanceState, ExchangeAccount, Rights, Switches

KEY_FORMAT = re.compile(r"[A-Za-z0-9]{64}")
Right = Literal["reading", "spot_and_margin_trading", "futures"]
Proof = Callable[[ApiKey], None]
"""Raises BinanceError unless the caller holds the secret of the key."""

BOUND_TO_IP = tuple(name for name in Rights.model_fields if name != "reading")
"""Rights that need trusted addresses: https://developers.binance.com/docs/wallet/account/api-key-permission"""


def may_hold_trading_rights(key: ApiKey, switches: Switches) -> bool:
    """Whether the key has what trading rights ask for: an IP list, or (by a switch) a kind that needs none."""
    return key.ips is not None or (key.kind != "hmac" and not switches.asymmetric_needs_ip)


def effective_rights(key: ApiKey, switches: Switches, now: datetime) -> Rights:
    """What the boxes are worth today: trading rights lapse at their date, and without an IP list they are void."""
    lapsed = key.trading_until is not None and key.trading_until <= now
    if not lapsed and may_hold_trading_rights(key, switches):
        return key.rights
    return key.rights.model_copy(update=dict.fromkeys(BOUND_TO_IP, False))


def find_key(state: BinanceState, key: str) -> ApiKey | None:
    """The row of a key, deleted or not."""
    return next((row for row in state.keys if row.key == key), None)


def find_account(state: BinanceState, account_id: str) -> ExchangeAccount:
    """Raises KeyError."""
    for account in state.accounts:
        if account.id == account_id:
            return account
    raise KeyError(account_id)


def rights_needed(family: Family, right: Right, switches: Switches) -> tuple[Right, ...]:
    if family in ("fapi", "dapi") and right == "reading" and switches.futures_read_needs_futures_right:
        return ("reading", "futures")
    return (right,)


def admit(
    state: BinanceState,
    *,
    key: str,
    source_ip: str,
    family: Family,
    right: Right | None,
    now: datetime,
    proof: Proof | None,
) -> tuple[ApiKey, ExchangeAccount]:
    """The key and its account, in the order in which the exchange looks: form, existence, address, proof, right.

    Raises BinanceError with the refusal of the original: -2014, -2008 or -2015, -2015, what `proof` raises, -2015.
    """
    if not KEY_FORMAT.fullmatch(key):
        raise errors.key_format_invalid()
    row = find_key(state, key)
    if row is None or row.deleted is not None:
        if family == "api" and state.switches.deleted_key_answers == -2008:
            raise errors.unknown_key_id()
        raise errors.key_ip_or_right(family, source_ip)
    if row.ips is not None and source_ip not in row.ips:
        raise errors.key_ip_or_right(family, source_ip)
    if proof is not None:
        proof(row)
    account = find_account(state, row.account_id)
    if right is not None:
        held = effective_rights(row, state.switches, now)
        needed = rights_needed(family, right, state.switches)
        futures_closed = family == "fapi" and account.futures_opened is None
        if futures_closed or not all(getattr(held, name) for name in needed):
            raise errors.key_ip_or_right(family, source_ip)
    return row, account


def by_secret(secret: str) -> Proof:
    """Proof for a caller that shows its secret instead of signing. Such a caller can only hold an HMAC key."""

    def proof(row: ApiKey) -> None:
        if row.kind != "hmac" or not hmac.compare_digest(row.secret.encode(), secret.encode()):
            raise errors.signature_invalid()

    return proof
