"""Which exchange account: one of those that are known, or venue and market in two taps."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from bot.flows.flow import Flow, Said, Turn, again, ask, remembering
from bot.flows.kept import account_in
from bot.handling import Effect, new_id
from bot.reply import Reply
from bot.texts import say
from bot.views import repairing as view
from domain.guides import VenueGuide
from domain.markets import MARKETS, VENUE_NAMES, MarketListing
from domain.ports import ThreeCommas
from domain.records import ExchangeAccount, Json, Key, Trader, UnitOfWork, UnitsOfWork
from domain.repair_watch import RepairWatch
from domain.values import Clock, MarketType


@dataclass(frozen=True, slots=True)
class RepairTools:
    """What a repair works with."""

    units: UnitsOfWork
    clock: Clock
    three_commas: ThreeCommas
    watch: RepairWatch
    venues: Mapping[str, VenueGuide]
    """Guides by ccxt id."""
    snapshot: Mapping[str, MarketListing]
    """The shipped market list, without addresses."""


class ChoosingAccount(Flow):
    """Steps `which`, `venue` and `market`; what follows once the account is known is up to the flow."""

    def __init__(self, tools: RepairTools) -> None:
        self._tools = tools

    @abstractmethod
    async def with_account(
        self, trader: Trader, account: ExchangeAccount, told: Json, keep: tuple[Effect, ...] = ()
    ) -> Turn:
        """Go on with this account. `keep` stores one that is new."""

    def ask_which(self, memory: Json) -> Reply:
        return view.which([account_in(row) for row in memory["accounts"]], set(memory["broken"]))

    async def on_which(self, trader: Trader, said: Said, memory: Json) -> Turn:
        told = what_was_told(memory)
        if said.choice == "other":
            return self.to_venue_question(told, memory.get("venue", ""))
        account, _ = await self.subject_of(trader, said.choice)
        if account is None:
            return again(say("update-use-buttons"))
        return await self.with_account(trader, account, told)

    def to_venue_question(self, told: Json, venue: str) -> Turn:
        if venue in VENUE_NAMES:
            return ask("market", {**told, "venue": venue})
        return ask("venue", {**told, "all": False})

    def ask_venue(self, memory: Json) -> Reply:
        return view.venue(all_venues=memory["all"])

    async def on_venue(self, trader: Trader, said: Said, memory: Json) -> Turn:
        typed = said.text.strip().lower()
        choice = said.choice or next((i for i, name in VENUE_NAMES.items() if typed in (i, name.lower())), "")
        if choice == "more":
            return ask("venue", remembering(memory, all=True))
        if choice not in VENUE_NAMES:
            return again(say("update-use-buttons"))
        return ask("market", {**what_was_told(memory), "venue": choice})

    def ask_market(self, memory: Json) -> Reply:
        return view.market(memory["venue"])

    async def on_market(self, trader: Trader, said: Said, memory: Json) -> Turn:
        kinds = {m.market_type.value for m in MARKETS.values() if m.venue == memory["venue"]}
        choice = said.choice or said.text.strip().lower()
        if choice not in kinds:
            return again(say("update-use-buttons"))
        account = await self._known_or_new(trader, memory["venue"], MarketType(choice))
        return await self.with_account(trader, account, what_was_told(memory), keep=(_keep(account),))

    async def _known_or_new(self, trader: Trader, venue: str, market: MarketType) -> ExchangeAccount:
        async with self._tools.units.reading() as u:
            for account in await u.accounts.list(trader.id):
                if (account.venue, account.market_type, account.link) == (venue, market, None):
                    return account
        kind = {MarketType.USDM: "futures", MarketType.COINM: "coin-margined futures"}.get(market, market.value)
        return ExchangeAccount(
            new_id(), trader.id, venue, market, f"{VENUE_NAMES[venue]} {kind}", created_at=self._tools.clock.now()
        )

    async def subject_of(self, trader: Trader, subject: str) -> tuple[ExchangeAccount | None, Key | None]:
        """An account or a key of this trader; somebody else's is nobody's."""
        if not subject:
            return None, None
        async with self._tools.units.reading() as u:
            account = await u.accounts.get(subject)
            key = await u.keys.get(subject)
        return (
            account if account is not None and account.trader_id == trader.id else None,
            key if key is not None and key.trader_id == trader.id else None,
        )


def what_was_told(memory: Json) -> Json:
    return {k: memory[k] for k in ("told", "task", "said") if memory.get(k)}


def _keep(account: ExchangeAccount) -> Effect:
    async def put(u: UnitOfWork) -> None:
        await u.accounts.put(account)

    return put
