"""Exchange accounts that a key of the bot reads, each wallet once.

One exchange account may be known under several rows: a key that is attached to two of them, or two keys whose listings hold the very
same order. Such rows are one wallet, or its orders would be judged against half of their trades.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.check_view import NotLooked, Sight
from domain.looking import answers as part_of
from domain.looking.answers import Answers, Part
from domain.looking.survey import Survey
from domain.looking.view import AccountSight, Unread
from domain.records import ExchangeAccount
from domain.values import MarketType

T = TypeVar("T")

FUTURES = frozenset({MarketType.USDM, MarketType.COINM})


@dataclass(frozen=True, slots=True)
class Wallet:
    """One venue, one market type, one account at the exchange."""

    accounts: tuple[ExchangeAccount, ...]
    keys: tuple[Answers, ...]

    @property
    def id(self) -> str:
        return self.accounts[0].id

    @property
    def venue(self) -> str:
        return self.accounts[0].venue

    @property
    def market(self) -> MarketType:
        return self.accounts[0].market_type

    @property
    def three_commas_ids(self) -> frozenset[int]:
        return frozenset(account.link.three_commas_id for account in self.accounts if account.link)

    def get(self, part: Part[T]) -> T | None:
        """From the first key that was answered."""
        return next((answer for key in self.keys if (answer := key.get(part)) is not None), None)

    def sight(self, part: Part[Any]) -> AccountSight:
        """How a part could be read: good if any key could."""
        keys = tuple(key.key.id for key in self.keys)
        sights = [(*key.sight(part), key) for key in self.keys]
        for wanted in (Sight.FINE, Sight.LOOKING, Sight.NOT_LOOKED):
            for state, why, key in sights:
                if state is wanted:
                    return AccountSight(self.accounts, keys, state, why, key.asked_at.get(part.name))
        return AccountSight(self.accounts, keys)


def wallets_of(survey: Survey, markets: Iterable[MarketType] = tuple(MarketType)) -> tuple[Wallet, ...]:
    """Those with a key of the bot, in the order of the accounts' names."""
    wanted = frozenset(markets)
    groups: list[tuple[set[str], set[str]]] = []  # ids of accounts, marks of what is the same
    for account in survey.accounts:
        keys = survey.keys_of(account.id)
        if keys and account.market_type in wanted:
            marks = {mark for key_id in keys for mark in _marks(survey.keys[key_id], account)}
            joined = [group for group in groups if group[1] & marks]
            groups = [group for group in groups if group not in joined]
            accounts = {account.id}.union(*(group[0] for group in joined))
            groups.append((accounts, marks.union(*(group[1] for group in joined))))
    wallets = [_wallet(survey, accounts) for accounts, _ in groups]
    return tuple(sorted(wallets, key=lambda wallet: in_order(wallet.accounts[0])))


def _marks(key: Answers, account: ExchangeAccount) -> Iterable[str]:
    """What only the very same wallet has: the key itself, and orders by id."""
    market = account.market_type
    yield f"{account.venue}|{market}|key|{key.key.id}"
    for order in key.get(part_of.orders(market)) or ():
        yield f"{account.venue}|{market}|{order.symbol}|{order.id}|{order.client_id}"


def _wallet(survey: Survey, account_ids: set[str]) -> Wallet:
    accounts = tuple(sorted((one for one in survey.accounts if one.id in account_ids), key=in_order))
    keys = sorted({key_id for account in accounts for key_id in survey.keys_of(account.id)})
    return Wallet(accounts, tuple(survey.keys[key_id] for key_id in keys))


def without_key(survey: Survey) -> tuple[ExchangeAccount, ...]:
    """Accounts at 3Commas that no key of the bot reads."""
    blind = [account for account in survey.accounts if not survey.keys_of(account.id) and survey.token_of(account)]
    return tuple(sorted(blind, key=in_order))


def neighbours(survey: Survey, wallet: Wallet) -> frozenset[int]:
    """3Commas accounts of the same kind that no key reads: one of them may be this very account at the exchange."""
    return frozenset(
        account.link.three_commas_id
        for account in without_key(survey)
        if account.link and (account.venue, account.market_type) == (wallet.venue, wallet.market)
    )


def in_order(account: ExchangeAccount) -> tuple[bool, int, str, str]:
    """As 3Commas numbers them; the others follow by name."""
    return (account.link is None, account.link.three_commas_id if account.link else 0, account.name, account.id)


def tokens_of(survey: Survey, accounts: Sequence[ExchangeAccount]) -> tuple[tuple[Answers, ...], tuple[Unread, ...]]:
    """Answers of the tokens that show these accounts; and why some of them are not shown."""
    found: dict[str, Answers] = {}
    unread: list[Unread] = []
    for account in accounts:
        if account.link is None:
            continue
        answers = survey.token_of(account)
        if answers is None:
            unread.append(Unread("accounts", NotLooked("KeyGone")))
            continue
        found[answers.key.id] = answers
        listed = answers.get(part_of.ACCOUNTS)
        if listed is not None and account.link.three_commas_id not in {one.id for one in listed}:
            unread.append(Unread("accounts", NotLooked("NotThere")))
    return tuple(found.values()), tuple(dict.fromkeys(unread))
