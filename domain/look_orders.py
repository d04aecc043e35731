"""Looks at every open order of a trader, says whose each is, and what all of them lock.

Orders come from the exchanges by the bot's own keys, their owners from 3Commas. What is known first is shown first: the orders within a
second, the owners once every living trade was read (about eighty questions for forty trades and twenty deals), the closed ones last and
only as far back as the oldest order. Where both sides moved between their readings, they are read once more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from domain.access import Access
from domain.check_view import Sight
from domain.judge_orders import JudgedBook, OrderJudge, lacks_leverage, rows_without_owner
from domain.locked_funds import LockedAsset, locked_by
from domain.locked_funds import without_key as locked_without_key
from domain.look_three_commas import LOOK_BACK
from domain.looking import answers as part_of
from domain.looking.answers import Answers, Part
from domain.looking.asker import Asker
from domain.looking.look import Look
from domain.looking.survey import Survey
from domain.looking.three_commas import (
    ACTIVE,
    FINISHED,
    OVER,
    Questions3C,
    expected_orders,
    living_parts,
    table_sight,
    unread,
)
from domain.looking.wallets import FUTURES, Wallet, tokens_of, wallets_of, without_key
from domain.orders_view import AccountWithoutKey, OrderBook, OrderRow, OrdersView
from domain.ports import Exchange, Exchanges, ThreeCommas
from domain.records import ExchangeAccount, UnitsOfWork
from domain.trading import Owner, OwnerKind
from domain.values import Clock, MarketType

PURPOSE = "orders"
"""What stands in the access log."""

REREAD_AT_MOST = 10
"""Trades and deals that are read a second time; beyond that something else is wrong."""


class LookOrders(Look[OrdersView]):
    """`run` yields growing snapshots."""

    def __init__(
        self, units: UnitsOfWork, access: Access, three_commas: ThreeCommas, exchanges: Exchanges, clock: Clock
    ) -> None:
        super().__init__(units, access, three_commas, exchanges, clock, purpose=PURPOSE, questions=_Orders)


class _Orders:
    """The questions of one run and the picture of their answers."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._judge = OrderJudge(survey)
        self._judged: dict[str, JudgedBook] = {}
        self._plain: dict[str, tuple[tuple[object, ...], tuple[OrderRow, ...], tuple[LockedAsset, ...]]] = {}

    async def of_token(self, ask: Asker) -> None:
        survey, answers = self._survey, ask.answers
        questions = Questions3C(survey.three_commas, ask)
        blind = [a for a in without_key(survey) if survey.token_of(a) is answers and a.market_type not in FUTURES]
        await questions.balance_tables([account.link.three_commas_id for account in blind if account.link])
        trades = await questions.trades(ACTIVE) or ()
        await survey.keep_plans(trades, answers.asked_at.get(part_of.trades(ACTIVE).name, survey.now()))
        deals = await questions.deals(ACTIVE) or ()
        await questions.grids()
        await questions.simple()
        await questions.expected(trades, deals)
        await survey.exchanges_answered()
        oldest = self._oldest_order(answers)
        if oldest is not None:
            for status in OVER:
                await questions.trades(status, oldest - LOOK_BACK)
            await questions.deals(FINISHED, oldest - LOOK_BACK)

    async def of_key(self, ask: Asker, exchange: Exchange, markets: Sequence[MarketType]) -> None:
        given = (ask.credentials, ask.state)
        for market in markets:
            await ask.ask(part_of.orders(market), part_of.whole(exchange.open_orders, *given, market))
        for market in markets:
            if market in FUTURES:
                await ask.ask(part_of.positions(market), part_of.whole(exchange.positions, *given, market))
            await ask.ask(part_of.balances(market), part_of.whole(exchange.balances, *given, market))
            if market in FUTURES and lacks_leverage(ask.answers, market):
                await ask.ask(part_of.leverage(market), partial(exchange.leverage, *given, market))

    def _oldest_order(self, token: Answers) -> datetime | None:
        """Among the orders of this token's accounts; None if there are none, and closed trades do not matter."""
        orders = [
            order
            for wallet in wallets_of(self._survey)
            if any(self._survey.token_of(account) is token for account in wallet.accounts)
            for order in wallet.get(part_of.orders(wallet.market)) or ()
        ]
        now = self._survey.now()
        return min((order.created_at or now for order in orders), default=None)

    # --- both sides -----------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        await self._judge_all()
        if self._mark_stale():
            await self._survey.ask_again(self)
            await self._judge_all()

    async def _judge_all(self) -> None:
        self._judged = {}
        for wallet in wallets_of(self._survey):
            orders = wallet.get(part_of.orders(wallet.market))
            if orders is not None:
                self._judged[wallet.id] = await self._judge.judge(wallet, orders)

    def _mark_stale(self) -> bool:
        """What may have moved between the two readings, to be read again on both sides."""
        marked = False
        for wallet in wallets_of(self._survey):
            judged = self._judged.get(wallet.id)
            owners = _in_doubt(judged) if judged else set()
            if not owners or len(owners) > REREAD_AT_MOST:
                continue
            marked = True
            for key in wallet.keys:
                key.stale.add(part_of.orders(wallet.market).name)
            for token in tokens_of(self._survey, wallet.accounts)[0]:
                known = {part.name for part in living_parts(token)}
                lists = {part_of.trades(ACTIVE).name, part_of.deals(ACTIVE).name}
                token.stale |= ({_part_of_owner(owner) for owner in owners} | lists) & known & token.got.keys()
        return marked

    # --- the picture ----------------------------------------------------------------------------------------------

    def view(self) -> OrdersView:
        survey = self._survey
        return OrdersView(
            **survey.frame(),
            books=tuple(self._book(wallet) for wallet in wallets_of(survey)),
            without_key=tuple(self._blind(account) for account in without_key(survey)),
        )

    def _book(self, wallet: Wallet) -> OrderBook:
        part = part_of.orders(wallet.market)
        sight, orders = wallet.sight(part), wallet.get(part)
        if orders is None:
            return OrderBook(sight, owners=sight.state)
        judged = self._judged.get(wallet.id)
        if judged is not None and judged.orders is orders:
            return judged.book(sight)
        of_margin: tuple[Part[Any], ...] = (
            part_of.balances(wallet.market),
            part_of.positions(wallet.market),
            part_of.leverage(wallet.market),
        )
        read = (orders, *(wallet.get(one) for one in of_margin))
        kept = self._plain.get(wallet.id)
        if kept is None or any(old is not new for old, new in zip(kept[0], read, strict=True)):
            rows = rows_without_owner(wallet, orders)
            locked = locked_by([(row.verdict.order, row.lock) for row in rows], {})
            kept = self._plain[wallet.id] = (read, rows, locked)
        linked = any(account.link for account in wallet.accounts)
        return OrderBook(sight, Sight.LOOKING if linked else Sight.NOT_ATTACHED, orders=kept[1], locked=kept[2])

    def _blind(self, account: ExchangeAccount) -> AccountWithoutKey:
        answers = self._survey.token_of(account)
        assert answers is not None
        assert account.link is not None
        mine = account.link.three_commas_id
        expected = tuple(order for order in expected_orders(answers) if order.account_id == mine)
        read = answers.over and not unread(answers, living_parts(answers))
        trades = Sight.LOOKING if not answers.over else Sight.FINE if read else Sight.NOT_LOOKED
        if account.market_type in FUTURES:
            state, why = answers.sight(part_of.trades(ACTIVE))
            return AccountWithoutKey(account, state, why, expected, trades)
        state, why = table_sight(answers, mine)
        table = answers.get(part_of.holdings(mine)) or ()
        return AccountWithoutKey(account, state, why, expected, trades, locked_without_key(table, expected, told=read))


def _in_doubt(judged: JudgedBook) -> set[Owner]:
    """Whose orders may have moved between the readings."""
    matching = judged.matching
    owners = {one.expected.owner for one in matching.missing if one.certain}
    for verdict in matching.verdicts:
        if verdict.reread:
            owners.update(_living(verdict.candidates, judged.alive))
    return owners


def _living(owners: Iterable[Owner], alive: frozenset[Owner]) -> Iterable[Owner]:
    return (owner for owner in owners if owner in alive)


def _part_of_owner(owner: Owner) -> str:
    match owner.kind:
        case OwnerKind.SMART_TRADE | OwnerKind.DEAL:
            return part_of.expected(owner.kind, int(owner.id)).name
        case OwnerKind.GRID:
            return part_of.GRIDS.name
    return part_of.SIMPLE.name
