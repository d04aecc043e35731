"""Keys and exchange accounts that belong together although they did not meet when the key was connected.

3Commas may show an account only later, or its figures may have been old. A look of the trader is the occasion to try once more; what is
certain links itself, and nothing is asked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.background import jobs
from domain.linking import LINKED_MARKETS, PURPOSE
from domain.looking.view import Snapshot
from domain.records import Key, UnitOfWork
from domain.values import THREE_COMMAS

NOT_AGAIN_FOR = timedelta(hours=1)
"""Each try costs calls at 3Commas, of which a plan may allow five a minute. A new account is tried at once."""
USES = 50
"""So many uses are searched for the last try."""


async def after_a_look(u: UnitOfWork, snapshot: Snapshot) -> None:
    await link_what_is_new(u, (source.key for source in snapshot.sources), snapshot.at)


async def link_what_is_new(u: UnitOfWork, keys: Iterable[Key], now: datetime) -> None:
    """Put a job for each key of an exchange that an account without a key may belong to."""
    for key in keys:
        if key.service != THREE_COMMAS and await _worth_a_try(u, key, now):
            await u.jobs.put(jobs.link(key.id, may_ask=False))


async def _worth_a_try(u: UnitOfWork, key: Key, now: datetime) -> bool:
    attached = set(await u.accounts.accounts_of(key.id))
    accounts = [account for account in await u.accounts.list(key.trader_id) if account.venue == key.service]
    done = {account.market_type for account in accounts if account.id in attached and account.link is not None}
    candidates = [
        account
        for account in accounts
        if account.link is not None
        and account.id not in attached
        and key.id not in account.apart_from
        and account.market_type in LINKED_MARKETS
        and account.market_type not in done
    ]
    if not candidates:
        return False
    tried_at = next((use.at for use in await u.access_log.of(key.id, USES) if use.purpose == PURPOSE), None)
    if tried_at is None or now - tried_at >= NOT_AGAIN_FOR:
        return True
    return any(account.created_at is not None and account.created_at > tried_at for account in candidates)
