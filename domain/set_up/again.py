"""How to set up again what a trade or a deal was to do, and how to take over a position that nobody manages: looks, then fills the form.

Only what it is about must be found; whatever else cannot be read is left out and said, or asked for. A rate limit is no end: what was
answered is handed out, and a later call goes on from it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.access import Access
from domain.errors import NotThere, TooManyRequests
from domain.ports import Exchanges, ThreeCommas
from domain.records import ExchangeAccount, Json, Key, UnitsOfWork
from domain.set_up.ended import of_deal, of_trade
from domain.set_up.lookup import PURPOSE, Lookup, Ports, Step
from domain.set_up.position import of_position
from domain.set_up.values import NothingLeft, SetUp
from domain.values import THREE_COMMAS, Clock

__all__ = ["PURPOSE", "Paused", "SetUpAgain", "Step", "Wanted"]


class WantedKind(StrEnum):
    TRADE = "trade"
    DEAL = "deal"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A failed or cancelled SmartTrade or deal by its id, or an open position ("long" or "short" of ccxt's symbol)."""

    account_id: str
    """Of ours."""
    kind: WantedKind
    id: int = 0
    symbol: str = ""
    side: str = ""

    @classmethod
    def trade(cls, account_id: str, trade_id: int) -> "Wanted":
        return cls(account_id, WantedKind.TRADE, trade_id)

    @classmethod
    def deal(cls, account_id: str, deal_id: int) -> "Wanted":
        return cls(account_id, WantedKind.DEAL, deal_id)

    @classmethod
    def position(cls, account_id: str, symbol: str, side: str) -> "Wanted":
        return cls(account_id, WantedKind.POSITION, symbol=symbol, side=side)


@dataclass(frozen=True, slots=True)
class Paused:
    """`service` lets nothing through before `until`. Figures of the trader are in `answers`: keep it sealed."""

    service: str
    until: datetime
    left: tuple[Step, ...]
    """What was not looked at yet."""
    answers: Json = field(repr=False)


class SetUpAgain:
    """Three questions with one answer: a trade that is over, a deal that is over, a position that nobody manages."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        self._ports = Ports(units, access, three_commas, exchanges, clock)

    async def read(
        self,
        trader_id: str,
        wanted: Wanted,
        *,
        trigger: str,
        answers: Json | None = None,
        patience_s: float = 0,
        last: bool = False,
    ) -> SetUp | NothingLeft | Paused:
        """The form. `answers`: of an earlier call that was `Paused`; prices, balances and orders are read afresh all the same.

        Waits for rate limits that end within `patience_s` of now. `last`: does not pause any more, what a rate limit keeps back is
        as unread as anything else. `trigger` is logged with each use of a credential.

        Raises NotThere for what is not failed, cancelled or open any more or is somebody else's, KeyGone, and what 3Commas raises
        for the trade or deal itself (a rate limit with `last` alone).
        """
        account, token = await self._known(trader_id, wanted)
        lookup = Lookup(self._ports, account, token, trigger, answers or {}, last=last)
        now = self._ports.clock.now
        patient_until = now() + timedelta(seconds=patience_s)
        while True:
            try:
                match wanted.kind:
                    case WantedKind.TRADE:
                        return await of_trade(lookup, wanted.id)
                    case WantedKind.DEAL:
                        return await of_deal(lookup, wanted.id)
                    case WantedKind.POSITION:
                        return await of_position(lookup, wanted.symbol, wanted.side)
            except TooManyRequests as limit:
                until = now() + timedelta(seconds=limit.retry_after_s)
                if last:
                    raise
                if until > patient_until:
                    return Paused(
                        limit.service,
                        until,
                        lookup.left(),
                        lookup.answers.to_json() if lookup.answers is not None else {},
                    )
                await self._ports.clock.wait(limit.retry_after_s)

    async def _known(self, trader_id: str, wanted: Wanted) -> tuple[ExchangeAccount, Key | None]:
        async with self._ports.units.reading() as u:
            account = await u.accounts.get(wanted.account_id)
            if account is None or account.trader_id != trader_id:
                raise NotThere(THREE_COMMAS)
            token = await u.keys.get(account.link.token_id) if account.link is not None else None
        return account, token
