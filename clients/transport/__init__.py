"""The one way out of the process: HTTP with limits on time and size, no cookies, no redirects, no surprises."""

from clients.transport.answer import MARKET_LIST_CAP, SIGNED_CAP, Answer
from clients.transport.errors import AnswerLost, NotJson, NotSent, Redirected, TimedOut, TooLarge, TransportError
from clients.transport.http import Exchanged, Transport
from clients.transport.venue_session import VenueSession

__all__ = [
    "MARKET_LIST_CAP",
    "SIGNED_CAP",
    "Answer",
    "AnswerLost",
    "Exchanged",
    "NotJson",
    "NotSent",
    "Redirected",
    "TimedOut",
    "TooLarge",
    "Transport",
    "TransportError",
    "VenueSession",
]
