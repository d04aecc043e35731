"""Looks at everything a trader holds: per wallet and coin what is free, what is locked, and which orders lock it.

The bot's own keys read the exchange; where there is none, or the exchange refuses it, 3Commas' balance table stands in, refreshed first.
3Commas' own figure of each account is loaded beside it, so that a difference can be explained: it shows what is left, without what orders hold back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.access import Access
from domain.errors import KeyRefused, RightMissing
from domain.funds_view import AssetRow, FundsSource, FundsView, WalletRow
from domain.judge_orders import locks_of, prices_of
from domain.locked_funds import LockedAsset, locked_by, priced
from domain.looking import answers as part_of
from domain.looking.answers import Answers
from domain.looking.asker import Asker
from domain.looking.look import Look
from domain.looking.survey import Survey
from domain.looking.three_commas import Questions3C, table_sight
from domain.looking.view import AccountSight
from domain.looking.wallets import FUTURES, Wallet, in_order, wallets_of, without_key
from domain.ports import Balance, Contact, Exchange, Exchanges, ThreeCommas
from domain.records import ExchangeAccount, UnitsOfWork
from domain.trading import Holding
from domain.values import Clock, MarketType

PURPOSE = "funds"
"""What stands in the access log."""

REFUSED = frozenset({KeyRefused.__name__, RightMissing.__name__})
"""Why a key reads nothing and will read nothing later. What only took too long is asked again, and no older table is told meanwhile."""


class LookFunds(Look[FundsView]):
    """`run` yields growing snapshots."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        super().__init__(units, access, three_commas, exchanges, clock, purpose=PURPOSE, questions=_Funds)


class _Funds:
    """The questions of one run and the picture of their answers."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._prices: dict[str, Mapping[str, Decimal]] = {}

    async def of_token(self, ask: Asker) -> None:
        survey, answers = self._survey, ask.answers
        questions = Questions3C(survey.three_commas, ask)
        mine = [account for account in survey.accounts if survey.token_of(account) is answers and account.link]
        blind = {account.id for account in without_key(survey)}
        for account in sorted(mine, key=lambda one: (one.id not in blind, in_order(one))):
            assert account.link is not None
            if account.id in blind:
                await questions.balance_tables([account.link.three_commas_id])
            else:
                await questions.loaded(account.link.three_commas_id)
        await survey.exchanges_answered()
        for wallet in wallets_of(survey):
            instead = self._instead(wallet)
            if instead is not None and instead.link is not None and survey.token_of(instead) is answers:
                await questions.balance_tables([instead.link.three_commas_id])

    async def of_key(self, ask: Asker, exchange: Exchange, markets: Sequence[MarketType]) -> None:
        given = (ask.credentials, ask.state)
        for market in markets:
            await ask.ask(part_of.balances(market), part_of.whole(exchange.balances, *given, market))
        for market in markets:
            await ask.ask(part_of.orders(market), part_of.whole(exchange.open_orders, *given, market))
            if market in FUTURES:
                await ask.ask(part_of.positions(market), part_of.whole(exchange.positions, *given, market))

    async def settle(self) -> None:
        """Prices of all coins of a venue in one question."""
        coins: dict[str, set[str]] = {}
        for wallet in wallets_of(self._survey):
            held = {balance.asset for balance in wallet.get(part_of.balances(wallet.market)) or ()}
            coins.setdefault(wallet.venue, set()).update(held)
        for venue, assets in coins.items():
            if venue in self._survey.exchanges.ids():
                self._prices[venue] = await prices_of(self._survey.exchanges.of(venue), assets)

    # --- the picture ----------------------------------------------------------------------------------------------

    def view(self) -> FundsView:
        survey = self._survey
        wallets = [self._told_instead(wallet) or self._wallet(wallet) for wallet in wallets_of(survey)]
        wallets += [self._table(account) for account in without_key(survey)]
        return FundsView(**survey.frame(), wallets=tuple(wallets))

    def _wallet(self, wallet: Wallet) -> WalletRow:
        part = part_of.balances(wallet.market)
        balances, orders = wallet.get(part) or (), wallet.get(part_of.orders(wallet.market))
        positions = wallet.get(part_of.positions(wallet.market))
        prices = self._prices.get(wallet.venue, {})
        locks: dict[str, LockedAsset] = {}
        if orders is not None:
            held = [priced(lock, prices) if lock else None for lock in locks_of(wallet, wallet.market, orders, {})]
            locks = {one.asset: one for one in locked_by(zip(orders, held, strict=True), prices, balances)}
        rows = [
            AssetRow(
                balance.asset,
                balance.total,
                _usable(balance),
                balance.locked,
                prices.get(balance.asset),
                None if orders is None else locks.get(balance.asset),
                balance.unrealised,
            )
            for balance in balances
        ]
        worth = [self._shown(account) for account in wallet.accounts]
        return WalletRow(
            wallet.sight(part),
            FundsSource.EXCHANGE,
            tuple(sorted(rows, key=_most_first)),
            orders_read=orders is not None,
            positions=None if positions is None else len(positions),
            three_commas_worth=next((one for one in worth if one is not None), None),
            priced=wallet.venue in self._prices,
        )

    def _instead(self, wallet: Wallet) -> ExchangeAccount | None:
        """The account of which 3Commas can tell, where the exchange refuses the bot its balances."""
        refused = wallet.sight(part_of.balances(wallet.market)).not_looked
        if refused is None or refused.error not in REFUSED:
            return None
        return next((account for account in wallet.accounts if self._survey.token_of(account)), None)

    def _told_instead(self, wallet: Wallet) -> WalletRow | None:
        account = self._instead(wallet)
        if account is None:
            return None
        own = wallet.sight(part_of.balances(wallet.market))
        table = self._table(account)
        sight = replace(table.sight, accounts=wallet.accounts, key_ids=own.key_ids)
        return replace(table, sight=sight, own_key=own.not_looked)

    def _table(self, account: ExchangeAccount) -> WalletRow:
        answers = self._survey.token_of(account)
        assert answers is not None
        assert account.link is not None
        account_id = account.link.three_commas_id
        state, why = table_sight(answers, account_id)
        looked_at = answers.asked_at.get(part_of.holdings(account_id).name)
        rows = [_holding(holding) for holding in answers.get(part_of.holdings(account_id)) or ()]
        return WalletRow(
            AccountSight((account,), (), state, why, looked_at),
            FundsSource.THREE_COMMAS,
            tuple(sorted(rows, key=_most_first)),
            three_commas_worth=self._shown(account),
        )

    def _shown(self, account: ExchangeAccount) -> Decimal | None:
        """What 3Commas shows for it, loaded for this look."""
        answers: Answers | None = self._survey.token_of(account)
        if answers is None or account.link is None:
            return None
        loaded = answers.get(part_of.loaded(account.link.three_commas_id))
        if loaded is None or loaded.contact is not Contact.WORKS or loaded.account is None:
            return None
        return loaded.account.usd_amount


def _usable(balance: Balance) -> Decimal:
    """What is free. Where several coins are one margin, the exchange tells of each what all of them leave; no more is its own."""
    if balance.available is None:
        return balance.free
    return max(min(balance.available, balance.total + balance.unrealised), Decimal(0))


def _holding(holding: Holding) -> AssetRow:
    price = holding.usd_value / holding.total if holding.usd_value is not None and holding.total else None
    return AssetRow(holding.asset, holding.total, holding.available, holding.on_orders, price)


def _most_first(row: AssetRow) -> tuple[Decimal, str]:
    return (-(row.worth or Decimal(0)), row.asset)
