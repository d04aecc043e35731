"""The page "API Management": create, restrict and delete keys, under the rules of the original."""

import ipaddress
import re
import secrets
import string
from datetime import datetime

from sandbox.exchanges.binance.access import BOUND_TO_IP, effective_rights, find_key, may_hold_trading_rights
from sandbox.exchanges.binance.accounts import Accounts
from sandbox.exchanges.binance.errors import ApiManagementError
from sandbox.exchanges.binance.signatures import read_public_key
from sandbox.exchanges.binance.state import ApiKey, ExchangeAccount, Rights
from sandbox.exchanges.venue import FreshKey

MOST_ADDRESSES = 30
MOST_KEYS = 30
"""Both per key and per account: https://www.binance.com/en/support/faq/360002502072"""
ALPHABET = string.ascii_letters + string.digits
LENGTH = 64


def _random_text() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_addresses(text: str) -> list[str]:
    """Addresses from a text field: blanks, commas and line ends separate them."""
    return [part for part in re.split(r"[\s,;]+", text) if part]


def _checked_addresses(addresses: list[str]) -> list[str]:
    checked = []
    for text in dict.fromkeys(addresses):
        if "/" in text:
            raise ApiManagementError(f"{text} is a range. Enter single IP addresses.")
        try:
            checked.append(str(ipaddress.ip_address(text)))
        except ValueError as error:
            raise ApiManagementError(f"{text} is not a valid IP address.") from error
    if not checked:
        raise ApiManagementError("Enter at least one IP address, or choose Unrestricted.")
    if len(checked) > MOST_ADDRESSES:
        raise ApiManagementError(f"At most {MOST_ADDRESSES} IP addresses can be added to one key.")
    return checked


class ApiManagement(Accounts):
    """Everything a person does with keys. Raises ApiManagementError with the sentence that the page shows."""

    def key_row(self, key: str) -> ApiKey:
        """A key that exists and is not deleted. Raises ApiManagementError."""
        row = find_key(self.state, key)
        if row is None or row.deleted is not None:
            raise ApiManagementError("This API key does not exist any more.")
        return row

    def keys_of(self, account_id: str) -> list[ApiKey]:
        """The keys of one account that are not deleted, oldest first."""
        rows = [row for row in self.state.keys if row.account_id == account_id and row.deleted is None]
        return sorted(rows, key=lambda row: row.created)

    def create_hmac_key(
        self,
        account_id: str,
        label: str,
        *,
        rights: Rights | None = None,
        ips: list[str] | None = None,
        created: datetime | None = None,
    ) -> FreshKey:
        """A system-generated key: reading only and unrestricted unless said otherwise. The secret is shown once."""
        fresh = FreshKey(_random_text(), _random_text())
        row = ApiKey(
            key=fresh.key,
            secret=fresh.secret,
            kind="hmac",
            account_id=account_id,
            label=label,
            created=created or self.world.clock.now(),
        )
        self._add(row, rights, ips)
        return fresh

    def create_public_key_key(
        self,
        account_id: str,
        label: str,
        public_key_pem: str,
        *,
        rights: Rights | None = None,
        ips: list[str] | None = None,
        created: datetime | None = None,
    ) -> str:
        """A self-generated key: the person brings an Ed25519 or RSA public key and gets the API key that names it."""
        kind, pem = read_public_key(public_key_pem)
        row = ApiKey(
            key=_random_text(),
            public_key_pem=pem,
            kind=kind,
            account_id=account_id,
            label=label,
            created=created or self.world.clock.now(),
        )
        self._add(row, rights, ips)
        return row.key

    def put_key(self, row: ApiKey) -> None:
        """A key as history left it, whatever today's rules say (for stories)."""
        self.state.keys.append(row)
        self.world.changed()

    def rights_of(self, row: ApiKey) -> Rights:
        """The boxes as the page shows them today: lapsed or void rights are unticked."""
        return effective_rights(row, self.state.switches, self.world.clock.now())

    def edit_rights(self, key: str, **ticked: bool) -> None:
        """Tick or untick boxes by their names in `Rights`; boxes that are not named stay."""
        row = self.key_row(key)
        self.edit_restrictions(key, self.rights_of(row).model_copy(update=ticked), row.ips)

    def edit_ips(self, key: str, addresses: list[str] | None) -> None:
        """Trusted addresses, or None for unrestricted, which takes trading rights away where they need a list."""
        row = self.key_row(key)
        changed = row.model_copy(update={"ips": addresses})
        self.edit_restrictions(key, self.rights_of(changed), addresses)

    def edit_restrictions(self, key: str, rights: Rights, addresses: list[str] | None) -> None:
        """Boxes and addresses in one save, as the page does it; nothing changes when one of them is refused.

        Saving with an IP list renews trading rights that were to lapse.
        """
        row = self.key_row(key)
        # A list that stays is not checked again: Fast Connect may have bound more addresses than a person can enter.
        same = addresses is None or addresses == row.ips
        changed = row.model_copy(update={"ips": addresses if same else _checked_addresses(addresses or [])})
        row.rights = self._checked_rights(changed, rights)
        row.ips = changed.ips
        if row.ips is not None:
            row.trading_until = None
        self.world.changed()

    def delete_key(self, key: str) -> None:
        self.key_row(key).deleted = self.world.clock.now()
        self.world.changed()

    def connect_third_party(self, person_id: int, label: str, trusted_ips: list[str]) -> FreshKey:
        """What Fast Connect does here after the person agreed: a fresh HMAC key of the main account.

        Reading, spot and (where a futures account is open) futures, bound to the given addresses, which may be more
        than a person could type in. Old keys stay. Raises ApiManagementError while the user agreement is open.
        """
        main = next((row for row in self.accounts_of(person_id) if not row.is_sub), None)
        if main is None or not main.agreement_accepted:
            raise ApiManagementError(
                "Failed to generate API keys. Please visit the API Management page on the Binance website"
            )
        fresh = FreshKey(_random_text(), _random_text())
        self.put_key(
            ApiKey(
                key=fresh.key,
                secret=fresh.secret,
                kind="hmac",
                account_id=main.id,
                label=self._free_label(main, label),
                rights=Rights(spot_and_margin_trading=True, futures=main.futures_opened is not None),
                ips=list(trusted_ips),
                created=self.world.clock.now(),
            )
        )
        return fresh

    def _add(self, row: ApiKey, rights: Rights | None, ips: list[str] | None) -> None:
        account = self.account(row.account_id)
        if not self.main_of(account).agreement_accepted:
            raise ApiManagementError("Please read and accept the user agreement before you create an API key.")
        if len(self.keys_of(account.id)) >= MOST_KEYS:
            raise ApiManagementError(f"An account can have at most {MOST_KEYS} API keys.")
        row.label = row.label.strip()
        if not row.label:
            raise ApiManagementError("Enter a label for the API key.")
        if any(other.label == row.label for other in self.keys_of(account.id)):
            raise ApiManagementError("This label is already in use. Choose another one.")
        row.ips = None if ips is None else _checked_addresses(ips)
        row.rights = self._checked_rights(row, rights or Rights())
        self.put_key(row)

    def _checked_rights(self, row: ApiKey, wanted: Rights) -> Rights:
        """`wanted`, if each box that is new against the row may be ticked on it."""
        ticked = [name for name in BOUND_TO_IP if getattr(wanted, name)]
        if ticked and not may_hold_trading_rights(row, self.state.switches):
            raise ApiManagementError(
                "Restrict access to trusted IPs only before you enable more than reading. "
                "An unrestricted key may only read."
            )
        if wanted.futures:
            opened = self.account(row.account_id).futures_opened
            if opened is None:
                raise ApiManagementError("Open a futures account before you enable futures.")
            if row.created < opened:
                raise ApiManagementError(
                    "This API key was created before your futures account was opened and does not support futures. "
                    "Create a new one."
                )
        return wanted

    def _free_label(self, account: ExchangeAccount, label: str) -> str:
        taken = {row.label for row in self.keys_of(account.id)}
        number, free = 2, label
        while free in taken:
            free, number = f"{label} {number}", number + 1
        return free
