"""Binance's −2015 narrowed down: key, address and right share one answer, so more is asked before a cause is named.

There is no request that separates a deleted key from an address that is not listed. What was seen before decides which of
the two is tested first; neither is named as certain.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.causes import Cause
from domain.errors import KeyRefused, SupportError
from domain.ports import KeyRights
from domain.values import MarketType

OURS = frozenset({Cause.CLOCK_OFF, Cause.RATE_LIMITED, Cause.EXCHANGE_DOWN, Cause.NETWORK, Cause.ACCOUNT_MODE})
"""Nothing that a trader could repair: the bot, the way there, or the venue."""

_READING_NEEDS = {MarketType.USDM: "futures", MarketType.COINM: "futures", MarketType.MARGIN: "margin"}


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """What is known of a key from earlier looks."""

    healthy_before: bool = False
    address_changed: bool | None = None
    """Whether the bot's own addresses are other ones than at the last good look; None if it has none that stay."""


@dataclass(frozen=True, slots=True)
class ToldApart:
    """`causes` in the order in which to test; one alone was separated from the others."""

    causes: tuple[Cause, ...]
    right: str = ""
    """The right that is missing, in the words of `KeyRights`; "" if it is not known which."""
    address: str | None = None
    """Our address as the exchange saw it: the one to put on the list."""
    rights: KeyRights | None = None
    """What the key may do, if it was asked and answered."""

    @property
    def ours(self) -> bool:
        return bool(self.causes) and all(cause in OURS for cause in self.causes)


async def tell_apart(
    refusal: KeyRefused,
    history: KeyHistory,
    *,
    market: MarketType | None = None,
    ask_rights: Callable[[], Awaitable[KeyRights]] | None = None,
) -> ToldApart:
    """Narrow a refusal down. `market` is the wallet that was refused, None if the key itself was asked about.

    `ask_rights` asks what the key may do; leave it out if exactly that was refused. Raises nothing of its own: an answer
    that does not come leaves the causes as they were.
    """
    if len(refusal.causes) <= 1 or any(cause in OURS for cause in refusal.causes):
        return ToldApart(refusal.causes, address=refusal.address)
    if ask_rights is None:
        return ToldApart(_without_right(refusal.causes, history), address=refusal.address)
    try:
        rights = await ask_rights()
    except KeyRefused as again:
        address = again.address or refusal.address
        if len(again.causes) == 1:
            return ToldApart(again.causes, address=address)
        return ToldApart(_without_right(refusal.causes, history), address=address)
    except SupportError:
        return ToldApart(refusal.causes, address=refusal.address)
    if Cause.PERMISSION_MISSING not in refusal.causes:
        return ToldApart(refusal.causes, address=refusal.address, rights=rights)
    return ToldApart((Cause.PERMISSION_MISSING,), right_for(market, rights), refusal.address, rights)


def right_for(market: MarketType | None, rights: KeyRights) -> str:
    """The right whose absence explains why a wallet cannot be read; "" if every right that could is granted."""
    if rights.reading is False:
        return "reading"
    needed = _READING_NEEDS.get(market) if market else None
    return needed if needed and getattr(rights, needed) is False else ""


def _without_right(causes: tuple[Cause, ...], history: KeyHistory) -> tuple[Cause, ...]:
    """The key's own description needs no right beyond reading: a refusal of it leaves key and address.

    A key that worked from another address of ours is tested for the address first.
    """
    left = tuple(cause for cause in causes if cause is not Cause.PERMISSION_MISSING)
    if history.healthy_before and history.address_changed and Cause.IP_NOT_ALLOWED in left:
        return (Cause.IP_NOT_ALLOWED, *(cause for cause in left if cause is not Cause.IP_NOT_ALLOWED))
    return left
