"""What one form may ask: the exchange, 3Commas and what is stored, each for one exchange account. Says how far it has come."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from domain.access import Access, KeyGone
from domain.errors import NotThere, SupportError, TooManyRequests
from domain.findings import Subject, SubjectKind, Symptom
from domain.freed_orders import freed_orders
from domain.looking.answers import Answers
from domain.ports import Exchanges, ThreeCommas
from domain.records import AccountLink, ExchangeAccount, Json, Key, UnitsOfWork
from domain.set_up.exchange import AtExchange, Market, look_at_exchange, market_of
from domain.set_up.places import places_of
from domain.set_up.three_commas import Questions
from domain.trading import Rates
from domain.values import THREE_COMMAS, Clock

PURPOSE = "set up again"
"""What stands in the access log."""

CANNOT_TRADE = frozenset({Symptom.THREE_COMMAS_KEY_REFUSED, Symptom.THREE_COMMAS_TRADING_REFUSED})


class Step(StrEnum):
    """What is looked at, in this order."""

    EXCHANGE = "exchange"
    """Coins or positions, and orders. Read afresh by every run."""
    ITSELF = "itself"
    """The trade or deal as 3Commas shows it now."""
    LIVING = "living"
    """What else is alive at 3Commas."""
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Ports:
    units: UnitsOfWork
    access: Access
    three_commas: ThreeCommas
    exchanges: Exchanges
    clock: Clock


class Lookup:
    """May be begun again after TooManyRequests: what 3Commas answered is not asked again. `last`: a rate limit stops nothing."""

    def __init__(
        self, ports: Ports, account: ExchangeAccount, token: Key | None, trigger: str, answers: Json, *, last: bool
    ) -> None:
        self.ports = ports
        self.account = account
        self.answers = Answers(token) if token is not None else None
        """Of 3Commas; None: nobody at 3Commas can be asked."""
        self.done: set[Step] = set()
        self._trigger = trigger
        self._last = last
        if self.answers is not None:
            self.answers.fill(answers, ports.clock.now())

    def left(self) -> tuple[Step, ...]:
        """What was not looked at yet."""
        return tuple(step for step in Step if step not in self.done)

    def link(self) -> AccountLink:
        """The account at 3Commas. Raises NotThere, or KeyGone without a token."""
        if self.account.link is None:
            raise NotThere(THREE_COMMAS)
        if self.answers is None:
            raise KeyGone(self.account.link.token_id)
        return self.account.link

    @asynccontextmanager
    async def questions(self, link: AccountLink) -> AsyncIterator[Questions]:
        assert self.answers is not None, "there is a token"
        ports = self.ports
        async with ports.access.open(link.token_id, purpose=PURPOSE, trigger=self._trigger) as opened:
            yield Questions(
                ports.three_commas,
                opened.credentials,
                self.answers,
                ports.clock,
                await places_of(ports.units, self.account, link),
                last=self._last,
            )

    async def at_exchange(self) -> AtExchange:
        """As it is now, with what the trader cancelled there by hand a while ago."""
        self.done.discard(Step.EXCHANGE)
        ports, account = self.ports, self.account
        seen = await look_at_exchange(
            ports.units,
            ports.access,
            ports.exchanges,
            account,
            purpose=PURPOSE,
            trigger=self._trigger,
            last=self._last,
        )
        async with ports.units.reading() as u:
            key_ids = await u.accounts.keys_of(account.id)
            repairs = await u.repairs.noticed(account.trader_id) if key_ids else ()
        seen.freed = freed_orders(repairs, key_ids, account.market_type)
        self.done.add(Step.EXCHANGE)
        return seen

    async def market(self, pairs: Iterable[str], seen: AtExchange) -> Market:
        return await market_of(self.ports.exchanges, self.account, pairs, seen)

    async def rates(self, pair: str) -> Rates | None:
        """3Commas' price and limits of a pair; None if they cannot be read."""
        try:
            return await self.ports.three_commas.rates(self.account.market_code, pair)
        except TooManyRequests:
            if not self._last:
                raise
        except SupportError:
            pass
        return None

    async def repair_first(self) -> str:
        """This account, if 3Commas could not trade there when that was last looked at; else ""."""
        subject = Subject(SubjectKind.ACCOUNT, self.account.id)
        async with self.ports.units.reading() as u:
            found = [issue.finding.symptom for issue in await u.issues.on(subject)]
        return self.account.id if CANNOT_TRADE.intersection(found) else ""
