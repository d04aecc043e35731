"""Which exchange account at 3Commas a key of the bot belongs to, told by what both of them hold.

One account of that venue and market type whose worth agrees within one per cent links itself and says so. Several, differing
or stale balances are one question to the trader. Only balances that were loaded for this are compared.

While futures positions are open there are two worths, with and without their profit, and no source says which of them 3Commas
tells. Either may agree, so an account is also in the way of another one by either.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.access import Access, KeyGone
from domain.errors import SupportError
from domain.ports import Balance, Contact, Exchange, Exchanges, ThreeCommas
from domain.records import ExchangeAccount, UnitsOfWork
from domain.values import MarketType

TOLERANCE = Decimal("0.01")
"""Share of the larger worth. Prices move between two looks, and 3Commas prices coins by its own tickers."""

LINKED_MARKETS = (MarketType.SPOT, MarketType.USDM)
"""The wallets that a key of the bot reads."""

PURPOSE = "link"
"""What stands in the access log."""


@dataclass(frozen=True, slots=True)
class LinkItself:
    """Exactly this one holds the same."""

    account: ExchangeAccount
    with_profit: bool = False
    """It does so only where the profit of open positions is counted."""


@dataclass(frozen=True, slots=True)
class AskWhich:
    """It may be one of these; those that agree stand first. One alone is a yes-or-no question."""

    accounts: tuple[ExchangeAccount, ...]


@dataclass(frozen=True, slots=True)
class NoCandidate:
    """No exchange account of that venue and market type is known at 3Commas that the key is not attached to already."""


Linking = LinkItself | AskWhich | NoCandidate


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exchange account and its worth in USD, if 3Commas loaded it just now; None if it could not."""

    account: ExchangeAccount
    worth: Decimal | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a key sees of one wallet, in USD."""

    held: Decimal
    """The coins."""
    unrealised: Decimal = Decimal(0)
    """Profit of open positions, of either sign."""

    @property
    def with_profit(self) -> Decimal:
        """The margin balance, as exchanges call it."""
        return self.held + self.unrealised

    def agrees(self, told: Decimal) -> bool:
        """With what 3Commas tells, by either figure."""
        return agree(self.held, told) or agree(self.with_profit, told)


def choose(worth: Worth, candidates: Sequence[Candidate]) -> Linking:
    """Two empty wallets look alike, so nothing links itself on zero."""
    if not candidates:
        return NoCandidate()
    same = [candidate for candidate in candidates if candidate.worth is not None and worth.agrees(candidate.worth)]
    rest = [candidate for candidate in candidates if candidate not in same]
    if len(same) == 1 and all(candidate.worth is not None for candidate in rest):
        (found,) = same
        assert found.worth is not None
        return LinkItself(found.account, with_profit=not agree(worth.held, found.worth))
    return AskWhich(tuple(candidate.account for candidate in (*same, *rest)))


def agree(one: Decimal, other: Decimal) -> bool:
    """Within TOLERANCE of the larger; never for an empty wallet."""
    return min(one, other) > 0 and abs(one - other) <= TOLERANCE * max(one, other)


class LinkKey:
    """Finds the exchange account of one wallet of one key."""

    def __init__(self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges) -> None:
        self._units = units
        self._access = access
        self._three_commas = three_commas
        self._exchanges = exchanges

    async def run(
        self,
        trader_id: str,
        key_id: str,
        market: MarketType,
        *,
        trigger: str,
        balances: Sequence[Balance] | None = None,
    ) -> Linking:
        """`balances` spares a request if the key was read a moment ago.

        Raises KeyGone, and what the exchange raises. A candidate that 3Commas cannot load is asked about.
        """
        async with self._units.reading() as u:
            key = await u.keys.get(key_id)
            if key is None:
                raise KeyGone(key_id)
            attached = await u.accounts.accounts_of(key_id)
            accounts = [
                account
                for account in await u.accounts.list(trader_id)
                if (account.venue, account.market_type) == (key.service, market)
                and account.link is not None
                and key_id not in account.apart_from
                and account.id not in attached
            ]
        if not accounts:
            return NoCandidate()
        exchange = self._exchanges.of(key.service)
        if balances is None:
            async with self._access.open(key_id, purpose=PURPOSE, trigger=trigger) as opened:
                balances = await exchange.balances(opened.credentials, opened.state, market)
        worth, loaded = await asyncio.gather(worth_of(exchange, balances), self._load(accounts, trigger))
        return choose(worth, [Candidate(account, loaded.get(account.id)) for account in accounts])

    async def _load(self, accounts: Sequence[ExchangeAccount], trigger: str) -> Mapping[str, Decimal]:
        """Worth in USD by account id; those that could not be loaded are left out."""
        by_token: dict[str, list[ExchangeAccount]] = {}
        for account in accounts:
            if account.link is not None:
                by_token.setdefault(account.link.token_id, []).append(account)
        loads = [self._load_with(token_id, linked, trigger) for token_id, linked in by_token.items()]
        return {account_id: worth for loaded in await asyncio.gather(*loads) for account_id, worth in loaded.items()}

    async def _load_with(
        self, token_id: str, accounts: Sequence[ExchangeAccount], trigger: str
    ) -> Mapping[str, Decimal]:
        worth: dict[str, Decimal] = {}
        try:
            async with self._access.open(token_id, purpose=PURPOSE, trigger=trigger) as opened:
                for account in accounts:
                    assert account.link is not None
                    loaded = await self._three_commas.load_balances(opened.credentials, account.link.three_commas_id)
                    fresh = loaded.account
                    if loaded.contact is Contact.WORKS and fresh is not None and fresh.usd_amount is not None:
                        worth[account.id] = fresh.usd_amount
        except (SupportError, KeyGone):
            return worth  # the rest was not loaded, so the trader is asked
        return worth


async def worth_of(exchange: Exchange, balances: Sequence[Balance]) -> Worth:
    """In USDT. Coins without a price count as nothing, as they do at 3Commas."""
    there = [balance for balance in balances if balance.total or balance.unrealised]
    prices = {"USDT": Decimal(1), **await exchange.prices(sorted({balance.asset for balance in there}))}
    priced = [(balance, prices[balance.asset]) for balance in there if balance.asset in prices]
    return Worth(
        held=sum((balance.total * price for balance, price in priced), Decimal(0)),
        unrealised=sum((balance.unrealised * price for balance, price in priced), Decimal(0)),
    )
