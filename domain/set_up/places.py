"""Which accounts at 3Commas are the exchange account that a form is about, or may be."""

from domain.records import AccountLink, ExchangeAccount, KeyState, UnitsOfWork


async def places_of(units: UnitsOfWork, account: ExchangeAccount, link: AccountLink) -> frozenset[int]:
    """3Commas' ids: its own; those that a key of the bot reads as well; and those of its kind that no key reads.

    Without a key nobody can tell them apart: whoever connected an exchange anew has the same account there twice. Only what its token
    shows, as nothing else is asked.
    """
    async with units.reading() as u:
        living = {key.id for key in await u.keys.list(account.trader_id) if key.state is KeyState.LIVE}
        own = living.intersection(await u.accounts.keys_of(account.id))
        places = {link.three_commas_id}
        for other in await u.accounts.list(account.trader_id):
            if other.link is None or other.link.token_id != link.token_id:
                continue
            if (other.venue, other.market_type) != (account.venue, account.market_type):
                continue
            keys = living.intersection(await u.accounts.keys_of(other.id))
            if not keys or keys & own:
                places.add(other.link.three_commas_id)
    return frozenset(places)
