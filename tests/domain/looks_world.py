"""A world for looks: a store, 3Commas and an exchange that answer from tables, on top of the domain's usual stand-ins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.access import Access
from domain.errors import NotThere
from domain.ports import Balance, Deal, OpenOrder, Trade, TradeRow
from domain.records import TradePlan
from domain.trading import (
    ClosedTrade,
    ExpectedOrder,
    Holding,
    MarginMode,
    MarketRules,
    Owner,
    OwnerKind,
    Position,
    Purpose,
    Rates,
    Side,
)
from domain.values import Credentials, MarketType, VenueState
from tests.domain.fakes import (
    NOW,
    TRADER,
    FakeClock,
    FakeExchange,
    FakeExchanges,
    FakePlans,
    FakeThreeCommas,
    FakeUnits,
    days_ago,
    listed,
)

D = Decimal


def spot(base: str, quote: str = "USDT", tick: str = "0.01", lot: str = "0.0001") -> MarketRules:
    symbol = f"{base}/{quote}"
    return MarketRules(symbol, base + quote, base, quote, D(tick), D(lot), D(lot), D(5))


def perpetual(base: str, tick: str = "0.1", lot: str = "0.001") -> MarketRules:
    return MarketRules(f"{base}/USDT:USDT", f"{base}USDT", base, "USDT", D(tick), D(lot), D(lot), D(5))


RULES = (spot("ETH"), spot("SOL"), spot("BNB"), spot("BTC"), perpetual("BTC"), perpetual("ETH"), perpetual("DOGE"))


def order(order_id: str, symbol: str, side: str, price: str | None, amount: str, **known: Any) -> OpenOrder:
    """Placed twenty days ago, nothing of it filled, unless `known` says otherwise."""
    base: dict[str, Any] = {
        "client_id": f"bot-{order_id}",
        "type": "limit",
        "remaining": D(known.pop("remaining", amount)),
        "reduce_only": False,
        "conditional": False,
        "created_at": days_ago(20),
    }
    limit = None if price is None else D(price)
    return OpenOrder(id=order_id, symbol=symbol, side=side, price=limit, amount=D(amount), **{**base, **known})


def expected(
    owner: Owner, pair: str, side: Side, price: str | None, remaining: str, account_id: int = 41, **known: Any
) -> ExpectedOrder:
    base: dict[str, Any] = {"amount": D(known.pop("amount", remaining)), "purpose": Purpose.TAKE_PROFIT}
    limit = None if price is None else D(price)
    return ExpectedOrder(owner, account_id, pair, side, limit, D(remaining), **{**base, **known})


def smart(trade_id: int) -> Owner:
    return Owner(OwnerKind.SMART_TRADE, str(trade_id))


def bot_deal(deal_id: int, name: str = "Bot") -> Owner:
    return Owner(OwnerKind.DEAL, str(deal_id), name)


def closed(trade_id: int, pair: str = "USDT_ETH", units: str = "0.4", **known: Any) -> ClosedTrade:
    """A failed long trade that ran from forty days ago until ten days ago."""
    base: dict[str, Any] = {
        "side": Side.BUY,
        "entry_price": D(3350),
        "status": "failed",
        "created_at": days_ago(40),
        "closed_at": days_ago(10),
    }
    return ClosedTrade(owner=smart(trade_id), account_id=41, pair=pair, units=D(units), **{**base, **known})


def plan(
    side: str = "buy",
    units: str = "0.4",
    entry: str = "3350",
    targets: Sequence[Mapping[str, object]] = (),
    stop: Mapping[str, object] | None = None,
    leverage: Mapping[str, object] | None = None,
    status: str = "finished",
    **more: object,
) -> dict[str, object]:
    """A SmartTrade's plan as 3Commas sends it."""
    return {
        "position": {
            "type": side,
            "units": {"value": units},
            "price": {"value": entry},
            "order_type": "limit",
            "status": {"type": status},
        },
        "take_profit": {"enabled": bool(targets), "steps": list(targets)},
        "stop_loss": stop or {"enabled": False},
        "leverage": leverage or {"enabled": False},
        "instant": False,
        "skip_enter_step": False,
        **more,
    }


def target(
    price: str, volume: str = "100", order_type: str = "limit", status: str = "order_placed"
) -> dict[str, object]:
    return {
        "order_type": order_type,
        "price": {"value": price},
        "volume": volume,
        "trailing": {"enabled": False},
        "status": {"type": status},
    }


def stop_at(trigger: str, order_type: str = "market", limit: str | None = None) -> dict[str, object]:
    return {
        "enabled": True,
        "order_type": order_type,
        "price": {"value": limit},
        "conditional": {"price": {"value": trigger}, "trailing": {"enabled": False}},
        "timeout": {"enabled": False},
        "breakeven": False,
    }


def position(symbol: str = "BTC/USDT:USDT", side: str = "long", amount: str = "0.05", **known: Any) -> Position:
    base: dict[str, Any] = {
        "entry_price": D(61200),
        "mark_price": D(63097),
        "unrealised": D("94.85"),
        "leverage": D(5),
        "margin_mode": MarginMode.ISOLATED,
        "liquidation_price": D(50000),
        "hedged": False,
    }
    return Position(symbol=symbol, side=side, amount=D(amount), **{**base, **known})


class PlansKept(FakePlans):
    async def get(self, trader_id: str, trade_id: int) -> TradePlan | None:
        return self.rows.get(trade_id)


@dataclass
class ThreeCommasWithOrders(FakeThreeCommas):
    """`expected_orders` by owner; `on_ask` is called with the name of each question before it is answered."""

    expected_orders: dict[Owner, list[ExpectedOrder]] = field(default_factory=dict)
    grid: list[ExpectedOrder] = field(default_factory=list)
    simple: list[ExpectedOrder] = field(default_factory=list)
    finished_deals: list[Deal] = field(default_factory=list)
    tables: dict[int, list[Holding]] = field(default_factory=dict)
    rows: dict[int, list[TradeRow]] = field(default_factory=dict)
    rate: dict[str, Rates] = field(default_factory=dict)
    on_ask: Any = None

    async def _ask(self, part: str) -> None:
        if self.on_ask is not None:
            self.on_ask(part)
        await super()._ask(part)

    async def deals(self, credentials: Credentials, scope: str, since: datetime | None = None) -> Sequence[Deal]:
        await self._ask("deals" if scope == "active" else f"deals:{scope}")
        if scope == "active":
            return self.active_deals
        return [one for one in self.finished_deals if scope in ("finished", one.status)]

    async def trade(self, credentials: Credentials, trade_id: int) -> Trade:
        await self._ask(f"trade:{trade_id}")
        return _of_id([one for trades in self.trades_by_status.values() for one in trades], trade_id)

    async def deal(self, credentials: Credentials, deal_id: int) -> Deal:
        await self._ask(f"deal:{deal_id}")
        return _of_id([*self.active_deals, *self.finished_deals], deal_id)

    async def rows_of_deal(self, credentials: Credentials, deal_id: int) -> Sequence[TradeRow]:
        await self._ask(f"rows:{deal_id}")
        return self.rows.get(deal_id, [])

    async def expected_of_trade(self, credentials: Credentials, trade: Trade) -> Sequence[ExpectedOrder]:
        await self._ask(f"expected:{trade.id}")
        return self.expected_orders.get(smart(trade.id), [])

    async def expected_of_deal(self, credentials: Credentials, deal: Deal) -> Sequence[ExpectedOrder]:
        await self._ask(f"expected:{deal.id}")
        return self.expected_orders.get(bot_deal(deal.id, deal.bot_name), [])

    async def rows_of_trade(self, credentials: Credentials, trade_id: int) -> Sequence[TradeRow]:
        await self._ask(f"rows:{trade_id}")
        return self.rows.get(trade_id, [])

    async def grid_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        await self._ask("grids")
        return self.grid

    async def simple_orders(self, credentials: Credentials) -> Sequence[ExpectedOrder]:
        await self._ask("simple")
        return self.simple

    async def holdings(self, credentials: Credentials, account_id: int) -> Sequence[Holding]:
        await self._ask(f"holdings:{account_id}")
        return self.tables.get(account_id, [])

    async def rates(self, market_code: str, pair: str) -> Rates:
        await self._ask(f"rates:{pair}")
        return self.rate[pair]


def _of_id(found: Sequence[Any], wanted: int) -> Any:
    for one in found:
        if one.id == wanted:
            return one
    raise NotThere("three_commas", code="not_found")


@dataclass
class ExchangeWithOrders(FakeExchange):
    orders: dict[MarketType, list[OpenOrder]] = field(default_factory=dict)
    open_positions: dict[MarketType, list[Position]] = field(default_factory=dict)
    leverages: dict[str, Decimal] = field(default_factory=dict)
    markets: tuple[MarketRules, ...] = RULES

    async def open_orders(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[OpenOrder]:
        await self._ask(f"orders:{market}")
        return list(self.orders.get(market, []))

    async def positions(self, credentials: Credentials, state: VenueState, market: MarketType) -> Sequence[Position]:
        await self._ask(f"positions:{market}")
        return list(self.open_positions.get(market, []))

    async def leverage(self, credentials: Credentials, state: VenueState, market: MarketType) -> Mapping[str, Decimal]:
        await self._ask(f"leverage:{market}")
        return self.leverages

    async def rules(self, symbols: Sequence[str], market: MarketType) -> Mapping[str, MarketRules]:
        await self._ask("rules")
        futures = market in (MarketType.USDM, MarketType.COINM)
        known = {rules.symbol: rules for rules in self.markets if (":" in rules.symbol) is futures}
        return {symbol: known[symbol] for symbol in symbols if symbol in known}


class LooksWorld:
    """Everything one look touches: a token, Binance spot (41) and futures (42) with one key, unless a test says otherwise."""

    def __init__(self, *, token: bool = True, key: bool = True) -> None:
        self.units = FakeUnits()
        self.units.plans = PlansKept()
        self.three_commas = ThreeCommasWithOrders(real=[listed(41), listed(42, "binance_futures")])
        self.exchange = ExchangeWithOrders(worth={"ETH": D(2000), "SOL": D(150), "BNB": D(560), "BTC": D(63097)})
        self.clock = FakeClock()
        linked = (41, 42) if token else (None, None)
        self.units.account("spot", linked[0], market_code="binance")
        self.units.account("futures", linked[1], market_type=MarketType.USDM, market_code="binance_futures")
        if token:
            self.units.token()
        if key:
            self.units.key(accounts=("spot", "futures"))

    @property
    def ports(self) -> tuple[Any, ...]:
        return (
            self.units,
            Access(self.units, self.clock),
            self.three_commas,
            FakeExchanges(self.exchange),
            self.clock,
        )

    async def views(self, look: Any, **options: Any) -> list[Any]:
        return [view async for view in look(*self.ports).run(TRADER, trigger="command", **options)]

    async def last(self, look: Any, **options: Any) -> Any:
        return (await self.views(look, **options))[-1]

    def living(self, trade: Trade, *orders: ExpectedOrder) -> None:
        self.three_commas.trades_by_status.setdefault("active", []).append(trade)
        self.three_commas.expected_orders[smart(trade.id)] = list(orders)

    def over(self, trade: Trade) -> None:
        self.three_commas.trades_by_status.setdefault(trade.status, []).append(trade)

    def ended_deal(self, one: Deal) -> None:
        self.three_commas.finished_deals.append(one)

    def deal(self, one: Deal, *orders: ExpectedOrder) -> None:
        self.three_commas.active_deals.append(one)
        self.three_commas.expected_orders[bot_deal(one.id, one.bot_name)] = list(orders)

    def stands(self, *orders: OpenOrder, market: MarketType = MarketType.SPOT) -> None:
        self.exchange.orders.setdefault(market, []).extend(orders)

    def holds(self, *balances: Balance, market: MarketType = MarketType.SPOT) -> None:
        self.exchange.wallets.setdefault(market, []).extend(balances)

    def open(self, *positions: Position, market: MarketType = MarketType.USDM) -> None:
        self.exchange.open_positions.setdefault(market, []).extend(positions)


def earlier(at: datetime = NOW, **delta: float) -> datetime:
    return at - timedelta(**delta)
