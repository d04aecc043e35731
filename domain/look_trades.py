"""Looks at the trades that need attention: failed, cancelled, in error; and at what of them is still held or open.

"Failed" describes the trade at 3Commas and not the account: coins and positions usually stay. A deal of a bot in error usually goes on by
itself once the key was updated. Plans of living trades are kept on the way.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.access import Access
from domain.errors import SupportError
from domain.looking import answers as part_of
from domain.looking.answers import GRIDS, Answers, Part
from domain.looking.asker import Asker
from domain.looking.look import Look
from domain.looking.survey import Survey
from domain.looking.three_commas import ACTIVE, CANCELLED, CLOSED, FAILED, Questions3C, unread
from domain.looking.view import AccountSight, Unread
from domain.looking.wallets import FUTURES, Wallet, neighbours, wallets_of
from domain.managers import Manager, managers_of
from domain.markets import PAPER
from domain.pairs import Pair, likely_symbols, symbols_of
from domain.ports import Deal, Exchange, Exchanges, ThreeCommas, Trade
from domain.positions_view import Protection
from domain.protection import protection_of
from domain.records import ExchangeAccount, UnitsOfWork
from domain.trade_errors import ErrorText, classify
from domain.trades_view import Left, LeftKind, LivingTrade, TradesView, TroubledDeal, TroubledTrade
from domain.values import Clock, MarketType
from domain.what_is_left import Ended, contested, left_of

PURPOSE = "trades"
"""What stands in the access log."""

CANCELLED_SINCE = timedelta(days=400)
"""A trader who was away for a winter; what was cancelled before is history, and pages of it cost requests."""

_LISTS: tuple[Part[object], ...] = (
    part_of.ACCOUNTS,
    part_of.trades(FAILED),
    part_of.trades(ACTIVE),
    part_of.deals(ACTIVE),
    GRIDS,
    part_of.trades(CANCELLED),
    part_of.deals(FAILED),
    part_of.deals(CANCELLED),
)
_HOLDING = (LeftKind.COINS, LeftKind.POSITION)
_NOTHING = (LeftKind.NOTHING_ENTERED, LeftKind.GONE)
"""A deal that somebody cancelled, and of which nothing is left, needs nobody; bots leave many of them."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class LookTrades(Look[TradesView]):
    """`run` yields growing snapshots."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        super().__init__(units, access, three_commas, exchanges, clock, purpose=PURPOSE, questions=_Trades)


class _Trades:
    """The questions of one run and the picture of their answers."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._symbols: dict[str, Mapping[str, str]] = {}
        self._plans: dict[int, datetime] = {}

    async def of_token(self, ask: Asker) -> None:
        survey, since = self._survey, self._survey.now() - CANCELLED_SINCE
        questions = Questions3C(survey.three_commas, ask)
        await questions.trades(FAILED)
        trades = await questions.trades(ACTIVE) or ()
        await survey.keep_plans(trades, ask.answers.asked_at.get(part_of.trades(ACTIVE).name, survey.now()))
        await questions.deals(ACTIVE)
        await questions.grids()
        await questions.trades(CANCELLED, since)
        await questions.deals(FAILED, since)
        await questions.deals(CANCELLED, since)

    async def of_key(self, ask: Asker, exchange: Exchange, markets: Sequence[MarketType]) -> None:
        given = (ask.credentials, ask.state)
        for market in markets:
            if market in FUTURES:
                await ask.ask(part_of.positions(market), part_of.whole(exchange.positions, *given, market))
            else:
                await ask.ask(part_of.balances(market), part_of.whole(exchange.balances, *given, market))
        for market in markets:
            await ask.ask(part_of.orders(market), part_of.whole(exchange.open_orders, *given, market))

    async def settle(self) -> None:
        for wallet in wallets_of(self._survey, FUTURES):
            await self._load_symbols(wallet)
        over = [trade.id for token in self._survey.tokens.values() for trade in over_of(token)]
        self._plans = {trade_id: plan.seen_at for trade_id, plan in (await self._survey.plans_of(over)).items()}

    async def _load_symbols(self, wallet: Wallet) -> None:
        """The contracts that trades on this account are about; without the market list they stay unknown."""
        tokens = [token for account in wallet.accounts if (token := self._survey.token_of(account))]
        own, places = wallet.three_commas_ids, self._places(wallet)
        pairs = {trade.pair for token in tokens for trade in over_of(token) if trade.account_id in own}
        pairs |= {deal.pair for token in tokens for deal in deals_over_of(token) if deal.account_id in own}
        pairs |= {one.pair for one in self._managers() if one.account_id in places}
        wanted = {symbol for pair in pairs for symbol in likely_symbols(pair, wallet.market)}
        if not wanted or wallet.get(part_of.positions(wallet.market)) is None:
            return
        try:
            rules = await self._survey.exchanges.of(wallet.venue).rules(sorted(wanted), wallet.market)
        except SupportError:
            return
        self._symbols[wallet.id] = symbols_of(pairs, rules.values(), wallet.market)

    def _managers(self) -> list[Manager]:
        """All that is alive at 3Commas."""
        return [one for token in self._survey.tokens.values() for one in managers_of(token)]

    def _places(self, wallet: Wallet) -> frozenset[int]:
        """3Commas accounts that are this one at the exchange, or may be."""
        return wallet.three_commas_ids | neighbours(self._survey, wallet)

    # --- the picture ----------------------------------------------------------------------------------------------

    def view(self) -> TradesView:
        survey = self._survey
        troubled: list[TroubledTrade] = []
        deals: list[TroubledDeal] = []
        living: list[LivingTrade] = []
        not_read: list[Unread] = []
        elsewhere = 0
        managers = self._managers()
        wallets = {account.id: wallet for wallet in wallets_of(survey) for account in wallet.accounts}
        for token in survey.tokens.values():
            accounts = {a.link.three_commas_id: a for a in survey.accounts if a.link and survey.token_of(a) is token}
            paper = paper_ids(token)
            for trade in over_of(token):
                account = accounts.get(trade.account_id)
                if account is None:
                    elsewhere += trade.account_id not in paper
                else:
                    troubled.append(self._troubled(trade, account, wallets.get(account.id), managers))
            for deal in deals_over_of(token):
                account = accounts.get(deal.account_id)
                if account is None:
                    elsewhere += deal.account_id not in paper
                    continue
                one = self._ended_deal(deal, account, wallets.get(account.id), managers)
                if deal.status != CANCELLED or one.left.kind not in _NOTHING:
                    deals.append(one)
            for deal in token.get(part_of.deals(ACTIVE)) or ():
                if account := accounts.get(deal.account_id):
                    if deal.has_error:
                        reason = _reason(account, deal.error)
                        deals.append(TroubledDeal(deal, _sight(account, wallets), reason, True, Left(LeftKind.UNKNOWN)))
                    else:
                        living.append(LivingTrade(deal, _sight(account, wallets)))
            for trade in token.get(part_of.trades(ACTIVE)) or ():
                if account := accounts.get(trade.account_id):
                    reason = _reason(account, trade.error)
                    living.append(LivingTrade(trade, _sight(account, wallets), reason if trade.error else None))
            not_read += unread(token, _LISTS)
        troubled, deals = _with_contested(troubled, deals)
        return TradesView(
            **survey.frame(),
            troubled=tuple(sorted(troubled, key=_holding_first)),
            deals=tuple(sorted(deals, key=_in_error_first)),
            living=tuple(sorted(living, key=lambda one: (one.reason is None, -one.trade.id))),
            unread=tuple(dict.fromkeys(not_read)),
            elsewhere=elsewhere,
        )

    def _troubled(
        self, trade: Trade, account: ExchangeAccount, wallet: Wallet | None, managers: Sequence[Manager]
    ) -> TroubledTrade:
        left, sight, protection = self._remains(Ended.trade(trade), trade, account, wallet, managers)
        seen_at = self._plans.get(trade.id)
        return TroubledTrade(trade, sight, _reason(account, trade.error), left, seen_at, protection)

    def _ended_deal(
        self, deal: Deal, account: ExchangeAccount, wallet: Wallet | None, managers: Sequence[Manager]
    ) -> TroubledDeal:
        left, sight, protection = self._remains(Ended.deal(deal), deal, account, wallet, managers)
        return TroubledDeal(deal, sight, _reason(account, deal.error), False, left, protection)

    def _remains(
        self,
        ended: Ended,
        one: Trade | Deal,
        account: ExchangeAccount,
        wallet: Wallet | None,
        managers: Sequence[Manager],
    ) -> tuple[Left, AccountSight, Protection]:
        places = self._places(wallet) if wallet else {one.account_id}
        others = [other for other in managers if other.account_id in places and other.holds]
        symbols = self._symbols.get(wallet.id, {}) if wallet else {}
        left = left_of(ended, account.market_type, wallet, symbols, others)
        sight = _sight(account, {account.id: wallet} if wallet else {})
        orders = wallet.get(part_of.orders(wallet.market)) if wallet else None
        return left, sight, protection_of(left, ended.pair, one.id, orders)


def _with_contested(
    trades: Sequence[TroubledTrade], deals: Sequence[TroubledDeal]
) -> tuple[list[TroubledTrade], list[TroubledDeal]]:
    """Several that are over may have had the same coin: what is there is then not called that of each."""
    marks = contested(
        [_claim(one.sight, one.trade.pair, one.left) for one in trades]
        + [_claim(one.sight, one.deal.pair, one.left) for one in deals]
    )
    of_trades, of_deals = marks[: len(trades)], marks[len(trades) :]
    return (
        [replace(one, left=replace(one.left, contested=mark)) for one, mark in zip(trades, of_trades, strict=True)],
        [replace(one, left=replace(one.left, contested=mark)) for one, mark in zip(deals, of_deals, strict=True)],
    )


def _claim(sight: AccountSight, pair: str, left: Left) -> tuple[Hashable, Left]:
    parts = Pair.of(pair)
    side = left.position.side if left.position else ""
    return (sight.account.id, parts.right if parts else pair, side), left


def over_of(token: Answers) -> list[Trade]:
    """Failed and cancelled ones, each once. The last reading of the living ones wins."""
    alive = {trade.id for trade in token.get(part_of.trades(ACTIVE)) or ()}
    found = {
        trade.id: trade
        for status in (FAILED, CANCELLED)
        for trade in token.get(part_of.trades(status)) or ()
        if trade.status in CLOSED and trade.id not in alive
    }
    return list(found.values())


def deals_over_of(token: Answers) -> list[Deal]:
    """Failed and cancelled ones, each once, that no list shows alive."""
    alive = {deal.id for deal in token.get(part_of.deals(ACTIVE)) or ()}
    found = {
        deal.id: deal
        for scope in (FAILED, CANCELLED)
        for deal in token.get(part_of.deals(scope)) or ()
        if deal.id not in alive
    }
    return list(found.values())


def paper_ids(token: Answers) -> frozenset[int]:
    """Of accounts with pretend money: what failed there needs nobody, and they are counted as left out."""
    return frozenset(one.id for one in token.get(part_of.ACCOUNTS) or () if one.market_code == PAPER)


def _reason(account: ExchangeAccount, text: str) -> ErrorText:
    return classify(account.venue, text)


def _sight(account: ExchangeAccount, wallets: Mapping[str, Wallet]) -> AccountSight:
    """How far the bot's own keys could see what is left."""
    wallet = wallets.get(account.id)
    if wallet is None:
        return AccountSight((account,))
    seen = part_of.positions(wallet.market) if wallet.market in FUTURES else part_of.balances(wallet.market)
    sight = wallet.sight(seen)
    return AccountSight((account,), sight.key_ids, sight.state, sight.not_looked, sight.looked_at)


def _holding_first(one: TroubledTrade) -> tuple[int, float, int]:
    at = one.trade.closed_at or one.trade.created_at or _LONG_AGO
    return (_rank(one.left), -at.timestamp(), -one.trade.id)


def _in_error_first(one: TroubledDeal) -> tuple[bool, int, float, int]:
    """What is alive waits for its key; of the others as with trades."""
    at = one.deal.closed_at or one.deal.created_at or _LONG_AGO
    return (not one.alive, _rank(one.left), -at.timestamp(), -one.deal.id)


def _rank(left: Left) -> int:
    return 0 if left.kind in _HOLDING else 1 if left.kind is LeftKind.UNKNOWN else 2
