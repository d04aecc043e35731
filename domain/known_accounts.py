"""Keeps the trader's exchange accounts in step with what 3Commas lists."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from domain.markets import MARKETS, Market
from domain.ports import ThreeCommasAccount
from domain.records import AccountLink, ExchangeAccount, UnitOfWork
from domain.values import MarketType

_FUTURES = re.compile("futures|perpetual|swap")


def market_of(market_code: str) -> Market:
    """Where a 3Commas account trades.

    A code that is not in the table (a venue that is gone, or newer than we are) becomes a venue of that name, which no
    client serves; its market type is read from the words of the code and is good for showing only.
    """
    known = MARKETS.get(market_code)
    if known is not None:
        return known
    return Market(market_code, MarketType.USDM if _FUTURES.search(market_code) else MarketType.SPOT)


async def keep_listed(
    u: UnitOfWork,
    trader_id: str,
    token_id: str,
    listed: Iterable[ThreeCommasAccount],
    at: datetime,
    *,
    live_tokens: Collection[str],
) -> None:
    """New accounts are stored, renamed ones refreshed; nothing is removed, since an account may come back.

    An account that another living token shows already stays with that token; one whose token is gone moves to this one.
    """
    known = {account.link.three_commas_id: account for account in await u.accounts.list(trader_id) if account.link}
    for seen in listed:
        market = market_of(seen.market_code)
        link = AccountLink(token_id, seen.id)
        old = known.get(seen.id)
        if old is None:
            await u.accounts.put(
                ExchangeAccount(
                    id=token_hex(8),
                    trader_id=trader_id,
                    venue=market.venue,
                    market_type=market.market_type,
                    name=seen.name,
                    market_code=seen.market_code,
                    link=link,
                    created_at=at,
                )
            )
            continue
        assert old.link is not None
        stays = old.link.token_id != token_id and old.link.token_id in live_tokens
        fresh = replace(old, name=seen.name, market_code=seen.market_code, link=old.link if stays else link)
        if fresh != old:
            await u.accounts.put(fresh)
