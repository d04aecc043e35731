"""What a person does at the desk, in the words of the desk: at 3Commas, and at Binance beside it."""

from collections.abc import Sequence

from sandbox.exchanges.binance.state import ApiKey, ExchangeAccount, Rights
from sandbox.exchanges.venue import FreshKey
from sandbox.house import House
from sandbox.three_commas.errors import Refused
from sandbox.three_commas.markets import BINANCE_ADDRESSES
from sandbox.three_commas.state import Account, Plan
from sandbox.three_commas.tokens import SystemToken

READ = ("ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ")
READING = Rights(reading=True)


class Desk:
    """3Commas as one person sees it; `binance` is the other half. Rows are named as My Portfolio names them."""

    def __init__(self, house: House, person: int) -> None:
        self._three_commas = house.three_commas
        self._person = person
        self.binance = BinanceDesk(house, person)

    # The page "API"

    def create_self_generated_token(self, public_pem: str, rights: Sequence[str] = READ) -> str:
        """The API key that 3Commas shows. Raises sandbox.three_commas.errors.Refused."""
        return self._three_commas.create_self_generated_token(self._person, "Reconnect", public_pem, rights)

    def create_system_token(self, rights: Sequence[str] = READ, *, addresses: Sequence[str]) -> SystemToken:
        return self._three_commas.create_system_token(self._person, "Reconnect", rights, addresses)

    def delete_token(self, key: str) -> None:
        self._three_commas.delete_token(self._person, key)

    # The page "Subscription"

    def set_plan(self, plan: Plan, *, ended: bool = False) -> None:
        self._three_commas.set_plan(self._person, plan, ended=ended)

    # The page "My Portfolio"

    def row(self, name: str) -> Account:
        return next(account for account in self._three_commas.user(self._person).accounts if account.name == name)

    async def refresh(self, name: str) -> str:
        """The red line that the row shows afterwards; empty if balances load."""
        return await self._tried(self._three_commas.refresh(self._person, self.row(name).id))

    async def fast_connect(self, name: str) -> str:
        """The sentence of a refusal; empty if it worked."""
        return await self._tried(self._three_commas.fast_connect(self._person, self.row(name).id))

    async def update_key(self, name: str, key: FreshKey) -> str:
        """The sentence of a refusal; empty if the new key was taken."""
        return await self._tried(
            self._three_commas.update_key(self._person, self.row(name).id, key=key.key, secret=key.secret)
        )

    def rename(self, name: str, new: str) -> None:
        self._three_commas.rename_account(self._person, self.row(name).id, new)

    async def place_due_order(self, trade_id: int) -> None:
        """The moment that an order of a SmartTrade is due."""
        await self._three_commas.place_due_order(self._person, trade_id)

    @staticmethod
    async def _tried(operation: object) -> str:
        try:
            await operation  # type: ignore[misc]  # a coroutine of the emulator
        except Refused as refusal:
            return refusal.sentence
        return ""


class BinanceDesk:
    """The page "API Management" and the wallets. Without `account`, the main account is meant."""

    def __init__(self, house: House, person: int) -> None:
        self._binance = house.binance
        self._three_commas = house.three_commas
        self._person = person

    def account(self, name: str = "") -> ExchangeAccount:
        rows = self._binance.accounts_of(self._person)
        return next(row for row in rows if name in ("", row.name))

    def create_key(
        self,
        label: str = "3commas new",
        rights: Rights = READING,
        *,
        addresses: Sequence[str] | None = BINANCE_ADDRESSES,
        account: str = "",
    ) -> FreshKey:
        """Key and secret. Raises ApiManagementError with the sentence of the page."""
        listed = None if addresses is None else list(addresses)
        return self._binance.create_hmac_key(self.account(account).id, label, rights=rights, ips=listed)

    def create_key_from_public_half(
        self,
        public_pem: str,
        rights: Rights = READING,
        *,
        addresses: Sequence[str] | None = None,
        label: str = "Reconnect (pair)",
    ) -> str:
        """The API key for a public half."""
        listed = None if addresses is None else list(addresses)
        return self._binance.create_public_key_key(self.account().id, label, public_pem, rights=rights, ips=listed)

    def keys(self, account: str = "") -> list[ApiKey]:
        """Those that are not deleted, oldest first."""
        return self._binance.keys_of(self.account(account).id)

    def key_labelled(self, label: str) -> ApiKey:
        return next(row for row in self.keys() if row.label == label)

    def tick(self, key: str, **boxes: bool) -> None:
        """Boxes by their names in `Rights`."""
        self._binance.edit_rights(key, **boxes)

    def set_addresses(self, key: str, addresses: Sequence[str] | None) -> None:
        self._binance.edit_ips(key, None if addresses is None else list(addresses))

    def delete_key(self, key: str) -> None:
        self._binance.delete_key(key)

    def key_of_row(self, name: str) -> str:
        """The key that 3Commas has stored in a row of My Portfolio."""
        return next(row.api_key for row in self._three_commas.user(self._person).accounts if row.name == name)
