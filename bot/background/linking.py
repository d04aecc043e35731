"""The job that finds out which exchange account a key of the bot belongs to, and says so.

One account at 3Commas that holds the same links itself; otherwise the trader is asked. Where 3Commas knows none, the exchange
account stands by itself, so that /check has a row for it.
"""

from bot.background import jobs
from bot.handling import new_id
from bot.logs import log
from bot.reply import Reply, to_json
from bot.services import Services
from bot.texts import speaking
from bot.texts.markup import Html
from bot.views import linking as view
from bot.views.causes import market_word
from domain.access import KeyGone
from domain.errors import SupportError
from domain.linking import LINKED_MARKETS, AskWhich, LinkItself, LinkKey, NoCandidate
from domain.markets import VENUE_NAMES
from domain.records import ExchangeAccount, Job, Key, UnitOfWork
from domain.remove_key import is_stand_in, told_accounts
from domain.values import MarketType


class LinkJob:
    """Subject: key|ask or key|quiet; quiet links what is certain and asks nothing."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._link = LinkKey(services.units, services.access, services.three_commas, services.exchanges)

    async def __call__(self, job: Job) -> None:
        key_id, _, manner = job.subject.partition("|")
        async with self._services.units.reading() as u:
            key = await u.keys.get(key_id)
            trader = await u.traders.get(key.trader_id) if key is not None else None
        if key is None or trader is None:
            return
        with speaking(trader.language):
            for market in LINKED_MARKETS:
                await self._one(key, market, may_ask=manner == "ask")

    async def _one(self, key: Key, market: MarketType, *, may_ask: bool) -> None:
        async with self._services.units.reading() as u:
            attached = [await u.accounts.get(a) for a in await u.accounts.accounts_of(key.id)]
        if any(a is not None and a.market_type is market and a.link is not None for a in attached):
            return
        try:
            found = await self._link.run(key.trader_id, key.id, market, trigger="answer" if may_ask else "command")
        except KeyGone:
            return
        except SupportError as error:
            log.info("a key could not be linked yet", error=type(error).__name__, market=market.value)
            return
        if isinstance(found, LinkItself):
            await self._say(
                key, view.linked_itself(found.account, key.id, with_profit=found.with_profit), found.account
            )
        elif isinstance(found, AskWhich) and may_ask:
            await self._say(key, view.which_account(found.accounts, key.id, market), None)
        elif isinstance(found, NoCandidate) and not any(a is not None and a.market_type is market for a in attached):
            await self._stand_alone(key, market)

    async def _say(self, key: Key, reply: Reply, account: ExchangeAccount | None) -> None:
        async with self._services.units.writing() as u:
            if account is not None:
                await attach(u, account, key.id)
            await u.outbox.put(key.trader_id, to_json(reply), self._services.clock.now())
            await u.jobs.put(jobs.send(key.trader_id))
            await u.commit()

    async def _stand_alone(self, key: Key, market: MarketType) -> None:
        name = f"{VENUE_NAMES.get(key.service, key.service)} {_plain(market_word(market))}"
        account = ExchangeAccount(
            new_id(), key.trader_id, key.service, market, name, created_at=self._services.clock.now()
        )
        async with self._services.units.writing() as u:
            await u.accounts.put(account)
            await u.accounts.attach(account.id, key.id)
            await u.commit()


async def attach(u: UnitOfWork, account: ExchangeAccount, key_id: str) -> None:
    """Attach the key; a stand-in that was made for it while 3Commas was not known goes."""
    told = await told_accounts(u, account.trader_id)
    for other_id in await u.accounts.accounts_of(key_id):
        other = await u.accounts.get(other_id)
        replaced = other is not None and other_id != account.id and other.market_type is account.market_type
        if other is not None and replaced and is_stand_in(other, told):
            await u.accounts.remove(other_id)
    await u.accounts.attach(account.id, key_id)


def _plain(word: Html) -> str:
    return str(word)
