"""Removing a key of the bot, and which exchange accounts go with it."""

from domain.findings import Evidence, SubjectKind
from domain.records import ExchangeAccount, UnitOfWork


async def told_accounts(u: UnitOfWork, trader_id: str) -> frozenset[str]:
    """Ids of the exchange accounts that the trader told something about which still stands."""
    return frozenset(
        issue.finding.subject.id
        for issue in await u.issues.open(trader_id)
        if issue.finding.subject.kind is SubjectKind.ACCOUNT and issue.finding.evidence is Evidence.TOLD
    )


def is_stand_in(account: ExchangeAccount, told: frozenset[str]) -> bool:
    """It is there only so that a key has a row in /check: 3Commas does not know it, and nobody told anything about it."""
    return account.link is None and account.id not in told


async def remove_key(u: UnitOfWork, trader_id: str, key_id: str) -> None:
    """The credential, the log of its uses and its links go; so does a stand-in that no other key reads.

    A 3Commas token takes along what only it showed. In the caller's transaction; a key that is gone already is no error.
    """
    affected = set(await u.accounts.accounts_of(key_id))
    affected |= {a.id for a in await u.accounts.list(trader_id) if a.link is not None and a.link.token_id == key_id}
    told = await told_accounts(u, trader_id)
    await u.keys.remove(key_id)
    for account_id in sorted(affected):
        account = await u.accounts.get(account_id)
        if account is not None and is_stand_in(account, told) and not await u.accounts.keys_of(account_id):
            await u.accounts.remove(account_id)
