"""What the domain calls outside, listed by the one who calls. `clients` implements these.

Every method raises the errors of `domain/errors.py` and nothing else (cancellation aside).
"""

from domain.ports.exchanges import Addresses, Balance, Exchange, Exchanges, KeyMaker, KeyRights, OpenOrder
from domain.ports.three_commas import (
    Contact,
    Deal,
    DealStep,
    LoadedBalances,
    Safety,
    ThreeCommas,
    ThreeCommasAccount,
    Trade,
    TradeRow,
)

__all__ = [
    "Addresses",
    "Balance",
    "Contact",
    "Deal",
    "DealStep",
    "Exchange",
    "Exchanges",
    "KeyMaker",
    "KeyRights",
    "LoadedBalances",
    "OpenOrder",
    "Safety",
    "ThreeCommas",
    "ThreeCommasAccount",
    "Trade",
    "TradeRow",
]
