"""Exchange accounts, and what is attached to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.values import MarketType


@dataclass(frozen=True, slots=True)
class AccountLink:
    """The 3Commas account of an exchange account, as the token `token_id` sees it."""

    token_id: str
    three_commas_id: int


@dataclass(frozen=True, slots=True)
class ExchangeAccount:
    """What the trader thinks in, one row of /check."""

    id: str
    trader_id: str
    venue: str
    """ccxt id"""
    market_type: MarketType
    name: str
    market_code: str = ""
    """3Commas' code, where it is known."""
    is_sub: bool | None = None
    """None: nobody said yet."""
    link: AccountLink | None = None
    created_at: datetime | None = None
    apart_from: tuple[str, ...] = ()
    """Keys of which the trader said that they are not of this account; they are never linked with it unasked."""


class ExchangeAccounts(Protocol):
    async def list(self, trader_id: str) -> Sequence[ExchangeAccount]: ...
    async def get(self, account_id: str) -> ExchangeAccount | None: ...
    async def put(self, account: ExchangeAccount) -> None: ...
    async def remove(self, account_id: str) -> None: ...
    async def keys_of(self, account_id: str) -> Sequence[str]: ...
    async def accounts_of(self, key_id: str) -> Sequence[str]: ...
    async def attach(self, account_id: str, key_id: str) -> None: ...
    async def detach(self, account_id: str, key_id: str) -> None: ...
