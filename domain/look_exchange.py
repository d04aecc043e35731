"""One walk with one of the bot's own keys: what it may do, then the balances of each wallet that is attached to it."""

from collections.abc import Callable, Iterable

from domain.causes import Cause
from domain.check_facts import RIGHTS, KeyFacts, balances_part
from domain.check_view import NotLooked
from domain.errors import KeyRefused, RightMissing, SupportError, TimedOut, TooManyRequests, Unavailable
from domain.ports import Addresses, Exchange, KeyRights
from domain.records import Key
from domain.telling_apart import KeyHistory, ToldApart, tell_apart
from domain.values import Clock, Credentials, MarketType, VenueState

GOOD_FROM = "good_from"
"""Remembered per key: the bot's own addresses at the last good look, comma-separated; empty if it had none that stay."""


class LookAtExchange:
    """Asks with one key what is missing in `facts`. Made for one use of the credentials."""

    def __init__(
        self,
        exchange: Exchange,
        key: Key,
        credentials: Credentials,
        state: VenueState,
        facts: KeyFacts,
        clock: Clock,
        addresses: Addresses,
        *,
        changed: Callable[[], None],
    ) -> None:
        self._exchange = exchange
        self._key = key
        self._credentials = credentials
        self._state = state
        self._facts = facts
        self._clock = clock
        self._addresses = addresses
        self._changed = changed

    async def walk(self, markets: Iterable[MarketType]) -> None:
        """Raises what stops the walk (TooManyRequests, a refusal of the key, nobody answering) after noting it."""
        if self._facts.rights is None:
            await self._rights()
        for market in markets:
            if market not in self._facts.reached and market not in self._facts.lacking:
                await self._balances(market)

    async def _rights(self) -> None:
        facts = self._facts
        try:
            facts.rights = await self._exchange.rights(self._credentials, self._state)
        except TooManyRequests:
            raise
        except KeyRefused as refusal:
            self._note(RIGHTS, refusal, await tell_apart(refusal, self._history()))
            raise
        except SupportError as error:
            facts.missed[RIGHTS] = not_looked_at_exchange(error)
            self._changed()
            if isinstance(error, Unavailable):
                raise
            return
        facts.missed.pop(RIGHTS, None)
        self._answered()

    async def _balances(self, market: MarketType) -> None:
        facts, part = self._facts, balances_part(market)
        try:
            await self._exchange.balances(self._credentials, self._state, market)
        except TooManyRequests:
            raise
        except KeyRefused as refusal:
            told = await tell_apart(refusal, self._history(), market=market, ask_rights=self._ask_rights)
            facts.rights = facts.rights or told.rights
            if told.causes == (Cause.PERMISSION_MISSING,):
                facts.lacking[market] = told.right
                self._answered()
                return
            self._note(part, refusal, told)
            if facts.refused:
                raise
        except RightMissing as error:
            facts.lacking[market] = error.right
            self._answered()
        except SupportError as error:
            facts.missed[part] = not_looked_at_exchange(error)
            self._changed()
            if isinstance(error, TimedOut):
                raise  # another wallet has another host, but nobody should wait for two of them
        else:
            facts.reached.add(market)
            facts.missed.pop(part, None)
            self._answered()

    async def _ask_rights(self) -> KeyRights:
        """What this very walk was told is fresh enough."""
        return self._facts.rights or await self._exchange.rights(self._credentials, self._state)

    def _note(self, part: str, refusal: KeyRefused, told: ToldApart) -> None:
        """A refusal of the key itself; or, if the key is known to be good or the fault is ours, of this part alone."""
        facts = self._facts
        if told.ours or facts.rights is not None:
            cause = told.causes[0] if len(told.causes) == 1 else Cause.AMBIGUOUS
            facts.missed[part] = NotLooked("KeyRefused", cause=cause)
        else:
            facts.refused, facts.code = told.causes, refusal.code
            facts.address = told.address or ", ".join(self._addresses.fixed) or None
            facts.looked_at = self._clock.now()
        self._changed()

    def _answered(self) -> None:
        self._state[GOOD_FROM] = ",".join(sorted(self._addresses.fixed))
        self._facts.looked_at = self._clock.now()
        self._changed()

    def _history(self) -> KeyHistory:
        before, ours = self._state.get(GOOD_FROM), ",".join(sorted(self._addresses.fixed))
        changed = before != ours if before and ours else None
        return KeyHistory(healthy_before=before is not None or bool(self._key.rights), address_changed=changed)


def not_looked_at_exchange(error: SupportError) -> NotLooked:
    """Why an exchange showed nothing."""
    return NotLooked(type(error).__name__, cause=_CAUSES.get(type(error).__name__, Cause.NOT_LOOKED))


_CAUSES = {"ServiceDown": Cause.EXCHANGE_DOWN, "TimedOut": Cause.NETWORK, "AnswerLost": Cause.NETWORK}
