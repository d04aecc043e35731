"""What stands still on an exchange account whose key is dead, and what goes on once it works again."""

from collections.abc import Callable
from decimal import Decimal

from sandbox.three_commas.pairs import base_of
from sandbox.three_commas.state import Deal, SmartTrade, User
from sandbox.three_commas.statuses import FINAL_DEAL, FINAL_SMART_TRADE

DEAL_ERROR = "Invalid API keys"


def stop_trades(user: User, account_id: int, worth: Callable[[str], Decimal]) -> None:
    """Deals show an error but stay open; no profit moves any more."""
    for deal in user.deals:
        if deal.account_id == account_id:
            freeze(deal, worth)
            if deal.status not in FINAL_DEAL:
                deal.error = DEAL_ERROR
    for trade in user.smart_trades:
        if trade.account_id == account_id:
            freeze(trade, worth)


def freeze(trade: SmartTrade | Deal, worth: Callable[[str], Decimal]) -> None:
    """Hold the price of an open trade, unless it stands still already."""
    final = FINAL_SMART_TRADE if isinstance(trade, SmartTrade) else FINAL_DEAL
    if trade.status not in final and trade.frozen_price is None:
        trade.frozen_price = worth(base_of(trade.pair))


def resume_trades(user: User, account_id: int) -> None:
    """A SmartTrade that failed meanwhile stays failed."""
    for deal in user.deals:
        if deal.account_id == account_id:
            deal.frozen_price = None
            if deal.error == DEAL_ERROR:
                deal.error = None
    for trade in user.smart_trades:
        if trade.account_id == account_id:
            trade.frozen_price = None
