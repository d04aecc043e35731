"""Tries a token or a key before it is stored: what it may do, and what it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.causes import Cause
from domain.check_view import NotLooked
from domain.errors import KeyRefused, RightMissing, SupportError
from domain.judge_key import EXPIRES_SOON
from domain.look_exchange import not_looked_at_exchange
from domain.markets import PAPER
from domain.ports import Balance, Exchange, Exchanges, KeyRights, ThreeCommas, ThreeCommasAccount
from domain.telling_apart import KeyHistory, tell_apart
from domain.values import Clock, Credentials, MarketType, VenueState

READ_RIGHTS = frozenset({"ACCOUNTS_READ", "SMART_TRADES_READ", "BOTS_READ"})
"""What a check reads at 3Commas, as its API reference names the permissions."""

WRITE_RIGHTS = frozenset({"ACCOUNTS_WRITE", "SMART_TRADES_WRITE", "BOTS_WRITE"})

_OLD_NAMES = {"SMART_TRADE_READ": "SMART_TRADES_READ", "SMART_TRADE_WRITE": "SMART_TRADES_WRITE"}


@dataclass(frozen=True, slots=True)
class TokenAccepted:
    """3Commas takes the token."""

    accounts: tuple[ThreeCommasAccount, ...] | None
    """Real ones; None if the token may not read them."""
    paper_accounts: int
    permissions: frozenset[str] | None
    """None where 3Commas does not tell; then a missing right shows when it is needed."""
    missing_read_rights: tuple[str, ...]
    may_write: bool
    """More than a check needs."""


class TryToken:
    """Asks 3Commas whether a token works, in the order that says most with the fewest requests."""

    def __init__(self, three_commas: ThreeCommas) -> None:
        self._three_commas = three_commas

    async def run(self, credentials: Credentials) -> TokenAccepted:
        """Raises TokenRefused, PlanWithoutApi (the token is good, the plan has no API), Unavailable, Surprise."""
        await self._three_commas.validate(credentials)
        permissions = await self._three_commas.permissions(credentials)
        granted = None if permissions is None else frozenset(_OLD_NAMES.get(name, name) for name in permissions)
        missing = READ_RIGHTS - granted if granted is not None else frozenset()
        try:
            listed: Sequence[ThreeCommasAccount] | None = await self._three_commas.accounts(credentials)
        except RightMissing:
            listed = None
            missing |= {"ACCOUNTS_READ"}
        real = None if listed is None else tuple(account for account in listed if account.market_code != PAPER)
        return TokenAccepted(
            accounts=real,
            paper_accounts=len(listed or ()) - len(real or ()),
            permissions=granted,
            missing_read_rights=tuple(sorted(missing)),
            may_write=bool(granted and granted & WRITE_RIGHTS),
        )


class KeyWarning(StrEnum):
    """Worth a sentence before a key is stored, and no reason to refuse it."""

    NO_IP_LIST = "no_ip_list"
    EXPIRES_SOON = "expires_soon"
    MORE_THAN_READING = "more_than_reading"
    """It may trade or transfer; reading is enough for everything the bot does without being told to."""


@dataclass(frozen=True, slots=True)
class KeyAccepted:
    """The exchange takes the key, it may read, and it cannot withdraw."""

    rights: KeyRights
    balances: Mapping[MarketType, tuple[Balance, ...]]
    """By wallet that it shows; an empty wallet is an empty tuple."""
    not_seen: Mapping[MarketType, NotLooked] = field(default_factory=dict)
    """Wallets that it does not show, and why. Never the same as empty."""
    warnings: tuple[KeyWarning, ...] = ()
    state: VenueState = field(default_factory=dict, repr=False)
    """What the venue made us remember; keep it with the key."""

    @property
    def markets_seen(self) -> tuple[MarketType, ...]:
        return tuple(self.balances)


@dataclass(frozen=True, slots=True)
class KeyTooPowerful:
    """The key can withdraw. It is not stored: nothing here needs that right, and a thief would."""

    rights: KeyRights


def reading_is_enough(rights: KeyRights) -> bool:
    """Whether the key may read and nothing else, as far as the exchange tells."""
    return bool(rights.reading) and not any(
        (rights.spot, rights.futures, rights.margin, rights.withdrawals, rights.transfers)
    )


class TryKey:
    """Asks an exchange what a key may do, then reads each wallet once."""

    def __init__(self, exchanges: Exchanges, clock: Clock) -> None:
        self._exchanges = exchanges
        self._clock = clock

    async def run(
        self,
        venue: str,
        credentials: Credentials,
        markets: Sequence[MarketType] = (MarketType.SPOT, MarketType.USDM),
    ) -> KeyAccepted | KeyTooPowerful:
        """Raises KeyRefused with the causes in the order to test, RightMissing if it may not read, Unavailable, Surprise.

        A wallet that does not answer is no reason to refuse the key.
        """
        exchange = self._exchanges.of(venue)
        state: VenueState = {}
        rights = await self._rights(exchange, credentials, state)
        if rights.withdrawals:
            return KeyTooPowerful(rights)
        if rights.reading is False:
            raise RightMissing(venue, "reading")
        balances: dict[MarketType, tuple[Balance, ...]] = {}
        not_seen: dict[MarketType, NotLooked] = {}
        for market in markets:
            try:
                balances[market] = tuple(await exchange.balances(credentials, state, market))
            except KeyRefused as refusal:
                not_seen[market] = await _refused_wallet(refusal, market, rights)
            except RightMissing as error:
                not_seen[market] = NotLooked("RightMissing", cause=Cause.PERMISSION_MISSING, right=error.right)
            except SupportError as error:
                not_seen[market] = not_looked_at_exchange(error)
        return KeyAccepted(rights, balances, not_seen, tuple(_warnings(rights, self._clock.now())), state)

    async def _rights(self, exchange: Exchange, credentials: Credentials, state: VenueState) -> KeyRights:
        try:
            return await exchange.rights(credentials, state)
        except KeyRefused as refusal:
            told = await tell_apart(refusal, KeyHistory())
            raise KeyRefused(
                refusal.service, told.causes, code=refusal.code, said=refusal.said, address=told.address
            ) from refusal


async def _refused_wallet(refusal: KeyRefused, market: MarketType, rights: KeyRights) -> NotLooked:
    async def known() -> KeyRights:
        return rights

    told = await tell_apart(refusal, KeyHistory(), market=market, ask_rights=known)
    if told.causes == (Cause.PERMISSION_MISSING,):
        return NotLooked("RightMissing", cause=Cause.PERMISSION_MISSING, right=told.right)
    return NotLooked("KeyRefused", cause=told.causes[0] if len(told.causes) == 1 else Cause.AMBIGUOUS)


def _warnings(rights: KeyRights, now: datetime) -> list[KeyWarning]:
    warnings: list[KeyWarning] = []
    if rights.ip_restricted is False:
        warnings.append(KeyWarning.NO_IP_LIST)
    if rights.trading_expires_at is not None and rights.trading_expires_at - now <= EXPIRES_SOON:
        warnings.append(KeyWarning.EXPIRES_SOON)
    if rights.reading is not None and not reading_is_enough(rights):
        warnings.append(KeyWarning.MORE_THAN_READING)
    return warnings
