"""Errors of ccxt and of the transport, as errors of the domain. The last resort: codes and texts are judged before."""

from ccxt.base.errors import (
    AccountNotEnabled,
    AccountSuspended,
    AuthenticationError,
    BaseError,
    DDoSProtection,
    ExchangeNotAvailable,
    InvalidNonce,
    PermissionDenied,
    RateLimitExceeded,
    RequestTimeout,
    RestrictedLocation,
)

from clients import transport
from domain.causes import Cause
from domain.errors import (
    AnswerLost,
    KeyRefused,
    ServiceDown,
    SupportError,
    Surprise,
    TimedOut,
    TooManyRequests,
)

FOREIGN = (BaseError, transport.TransportError)

USUAL_PAUSE_S = 60.0

_CAUSES: tuple[tuple[type[BaseError], Cause], ...] = (
    (AccountSuspended, Cause.ACCOUNT_RESTRICTED),
    (AccountNotEnabled, Cause.ACCOUNT_RESTRICTED),
    (RestrictedLocation, Cause.REGION_BLOCKED),
    (PermissionDenied, Cause.PERMISSION_MISSING),
    (InvalidNonce, Cause.CLOCK_OFF),
    (AuthenticationError, Cause.UNKNOWN),
)
"""A class before its own base classes."""

_UNAVAILABLE: tuple[tuple[type[Exception], type[SupportError]], ...] = (
    (transport.NotSent, ServiceDown),
    (transport.TimedOut, TimedOut),
    (transport.TransportError, AnswerLost),
    (RequestTimeout, TimedOut),
    (ExchangeNotAvailable, ServiceDown),
)


def translated(venue: str, error: Exception, code: str = "", said: str = "") -> SupportError:
    """
    error   its own text is left behind: it holds the signed address
    code    of the venue, as far as it gave one; else the error's class stands for it, except in a refusal of the key, which people read
    said    the venue's text, cleaned
    """
    own, code = code, code or type(error).__name__
    if isinstance(error, DDoSProtection | RateLimitExceeded):
        return TooManyRequests(venue, USUAL_PAUSE_S, code=code, said=said)
    for foreign, cause in _CAUSES:
        if isinstance(error, foreign):
            return KeyRefused(venue, (cause,), code=own, said=said)
    for kind, ours in _UNAVAILABLE:
        if isinstance(error, kind):
            return ours(venue, code=code, said=said)
    return Surprise(venue, code=code, said=said)
