"""Orders at the pretend Binance: the check at the door, the filters, and what a moving price does to wallets and positions."""

from decimal import Decimal

import pytest

from sandbox.exchanges.binance.emulator import BinanceEmulator
from sandbox.exchanges.binance.ledger import futures_figures, spot_locks
from sandbox.exchanges.binance.state import ExchangeAccount, Position, Rights
from sandbox.exchanges.venue import FreshKey, OrderState, OrderWish, VenueDown, VenueRefused
from sandbox.faults import Fault
from sandbox.world import World
from tests.sandbox.binance_house import PERSON, TRADING

ADDRESS = "192.0.2.9"
D = Decimal


class Books:
    """One account with 10,000 USDT and 2 ETH on spot and 5,000 USDT of margin; ETH at 3,000, BTC at 60,000."""

    def __init__(self) -> None:
        self.binance = BinanceEmulator(World(), symbols=60)
        self.account: ExchangeAccount = self.binance.add_account(PERSON, "Main account")
        self.id = self.account.id
        self.binance.set_price("ETH", D(3000))
        self.binance.set_price("BTC", D(60000))
        self.binance.put_balance(self.id, "USDT", D(10000))
        self.binance.put_balance(self.id, "ETH", D(2))
        self.binance.put_balance(self.id, "USDT", D(5000), "usdm")
        self.key: FreshKey = self.binance.create_hmac_key(self.id, "3Commas", rights=TRADING, ips=[ADDRESS])

    def place(
        self, symbol: str, side: str, quantity: str, price: str | None, market: str = "spot", closes: bool = False
    ) -> OrderState:
        wish = OrderWish(
            symbol=symbol,
            side="BUY" if side == "buy" else "SELL",
            quantity=D(quantity),
            price=D(price) if price is not None else None,
            client_order_id="x-own",
            closes=closes,
        )
        return self.binance.place_order(self.key.key, self.key.secret, ADDRESS, market, wish)

    def find(self, order_id: int, market: str = "spot") -> OrderState:
        return self.binance.find_order(self.key.key, self.key.secret, ADDRESS, market, order_id)

    def cancel(self, order_id: int, market: str = "spot") -> OrderState:
        return self.binance.cancel_order(self.key.key, self.key.secret, ADDRESS, market, order_id)

    def locks(self) -> dict[str, Decimal]:
        return {asset: amount for asset, amount in spot_locks(self.account, self.binance.listed).items() if amount}

    def position(self, symbol: str = "ETHUSDT") -> Position | None:
        return next((row for row in self.account.positions if row.symbol == symbol), None)


@pytest.fixture
def books() -> Books:
    return Books()


# --- the door and the filters --------------------------------------------------------------------------------------


def test_an_order_needs_the_same_key_address_and_right_as_over_http(books: Books) -> None:
    reader = books.binance.create_hmac_key(books.id, "reader", rights=Rights(), ips=[ADDRESS])
    wish = OrderWish("ETHUSDT", "SELL", D("0.5"), D(3500), "x-own")
    for key, secret, address in (
        (reader.key, reader.secret, ADDRESS),
        (books.key.key, books.key.secret, "192.0.2.10"),
        (books.key.key, "wrong", ADDRESS),
        ("unknown", "wrong", ADDRESS),
    ):
        with pytest.raises(VenueRefused):
            books.binance.place_order(key, secret, address, "spot", wish)
    assert books.account.spot_orders == []
    placed = books.place("ETHUSDT", "sell", "0.5", "3500")
    assert books.binance.find_order(reader.key, reader.secret, ADDRESS, "spot", placed.order_id) == placed
    with pytest.raises(VenueRefused):
        books.binance.cancel_order(reader.key, reader.secret, ADDRESS, "spot", placed.order_id)


def test_a_fault_of_the_exchange_meets_3commas_too(books: Books) -> None:
    books.binance.world.faults.arm(Fault("binance", "status", "/api/v3/order", status=503))
    with pytest.raises(VenueDown):
        books.place("ETHUSDT", "sell", "0.5", "3500")


@pytest.mark.parametrize(
    ("market", "symbol", "quantity", "price", "code"),
    [
        ("spot", "NOPEUSDT", "1", "1", -1121),
        ("spot", "ETHUSDT", "0.00005", "3500", -1013),
        ("spot", "ETHUSDT", "0.5", "3500.001", -1013),
        ("spot", "ETHUSDT", "0.001", "3500", -1013),
        ("spot", "ETHUSDT", "2.5", "3500", -2010),
        ("usdm", "ETHUSDT", "0.001", "3500", -1111),
        ("usdm", "ETHUSDT", "0.01", "3500", None),
        ("usdm", "ETHUSDT", "0.01", "1500", -4164),
        ("usdm", "ETHUSDT", "1", "3500.05", -4014),
        ("usdm", "ETHUSDT", "100", "3500", -2019),
    ],
)
def test_filters_and_balances_refuse_with_the_codes_of_the_original(
    books: Books, market: str, symbol: str, quantity: str, price: str, code: int | None
) -> None:
    if code is None:
        assert books.place(symbol, "sell", quantity, price, market).open
        return
    with pytest.raises(VenueRefused) as refused:
        books.place(symbol, "sell", quantity, price, market)
    assert (refused.value.status, refused.value.code) == (400, code)
    assert (books.account.spot_orders, books.account.usdm_orders) == ([], [])


def test_an_order_that_is_gone_can_be_looked_up_but_not_cancelled(books: Books) -> None:
    placed = books.place("ETHUSDT", "sell", "0.5", "3500")
    assert books.cancel(placed.order_id).status == "CANCELED"
    assert books.locks() == {}
    assert books.find(placed.order_id).status == "CANCELED"
    with pytest.raises(VenueRefused) as refused:
        books.cancel(placed.order_id)
    assert refused.value.code == -2011
    with pytest.raises(VenueRefused) as unknown:
        books.find(1)
    assert unknown.value.code == -2013


# --- spot ----------------------------------------------------------------------------------------------------------


def test_a_limit_order_is_filled_at_its_price_when_the_market_crosses_it(books: Books) -> None:
    sell = books.place("ETHUSDT", "sell", "0.5", "3500")
    buy = books.place("ETHUSDT", "buy", "1", "2500")
    assert books.locks() == {"ETH": D("0.5"), "USDT": D(2500)}
    books.binance.set_price("ETH", D("3499.99"))
    assert books.find(sell.order_id).status == "NEW"
    books.binance.set_price("ETH", D(3600))
    assert books.find(sell.order_id) == OrderState(sell.order_id, "FILLED", D("0.5"), D("0.5"), D(3500))
    assert (books.account.spot["ETH"], books.account.spot["USDT"]) == (D("1.5"), D(11750))
    books.binance.set_price("ETH", D(2400))
    assert books.find(buy.order_id).status == "FILLED"
    assert (books.account.spot["ETH"], books.account.spot["USDT"]) == (D("2.5"), D(9250))
    assert books.locks() == {}


def test_only_what_is_traded_in_the_moved_asset_is_looked_at(books: Books) -> None:
    order_id = books.binance.put_order(books.id, "ETHUSDT", "SELL", D("0.5"), D(2900))
    books.binance.set_price("SOL", D(500))
    assert books.find(order_id).open
    books.binance.set_price("ETH", D(3001))
    assert not books.find(order_id).open


def test_a_market_order_and_one_that_crosses_are_filled_at_the_price_of_now(books: Books) -> None:
    assert books.place("ETHUSDT", "buy", "1", None).status == "FILLED"
    assert books.place("ETHUSDT", "sell", "1", "2000").price == D(3000)
    assert (books.account.spot["ETH"], books.account.spot["USDT"]) == (D(2), D(10000))


def test_a_part_can_be_filled_and_the_rest_stays_locked(books: Books) -> None:
    placed = books.place("ETHUSDT", "sell", "0.5", "3500")
    books.binance.fill_order(placed.order_id, D("0.2"))
    found = books.find(placed.order_id)
    assert (found.status, found.executed) == ("PARTIALLY_FILLED", D("0.2"))
    assert books.locks() == {"ETH": D("0.3")}
    with pytest.raises(ValueError, match="cannot be filled"):
        books.binance.fill_order(placed.order_id, D("0.4"))
    with pytest.raises(KeyError):
        books.binance.fill_order(1, D("0.1"))
    assert books.cancel(placed.order_id).executed == D("0.2")
    assert books.account.spot["ETH"] == D("1.8")


@pytest.mark.parametrize(
    ("side", "kind", "stop", "quiet", "waking"),
    [
        ("SELL", "STOP_LOSS_LIMIT", 2500, 2501, 2500),
        ("SELL", "TAKE_PROFIT_LIMIT", 3500, 3499, 3500),
        ("BUY", "STOP_LOSS_LIMIT", 3500, 3499, 3500),
        ("BUY", "TAKE_PROFIT_LIMIT", 2500, 2501, 2500),
    ],
)
def test_a_stop_wakes_when_the_price_comes_from_its_side(
    books: Books, side: str, kind: str, stop: int, quiet: int, waking: int
) -> None:
    limit = D(stop) * (D("1.5") if side == "SELL" else D("0.5"))  # far off: it wakes and rests
    order_id = books.binance.put_order(
        books.id, "ETHUSDT", "BUY" if side == "BUY" else "SELL", D("0.1"), limit, type=kind, stop_price=D(stop)
    )
    books.binance.set_price("ETH", D(quiet))
    assert [order.triggered for order in books.account.spot_orders] == [False]
    books.binance.set_price("ETH", D(waking))
    assert [order.triggered for order in books.account.spot_orders] == [True]
    assert books.find(order_id).open


def test_one_of_a_list_is_filled_and_the_other_ends(books: Books) -> None:
    limit = books.binance.put_order(books.id, "ETHUSDT", "SELL", D(1), D(3500), order_list_id=7)
    stop = books.binance.put_order(
        books.id, "ETHUSDT", "SELL", D(1), D(2490), type="STOP_LOSS_LIMIT", stop_price=D(2500), order_list_id=7
    )
    assert books.locks() == {"ETH": D(1)}
    books.binance.set_price("ETH", D(3500))
    assert [books.find(order).status for order in (limit, stop)] == ["FILLED", "EXPIRED"]
    assert books.account.spot["ETH"] == D(1)


def test_orders_of_one_list_are_cancelled_together(books: Books) -> None:
    first = books.binance.put_order(books.id, "ETHUSDT", "SELL", D(1), D(3500), order_list_id=7)
    second = books.binance.put_order(
        books.id, "ETHUSDT", "SELL", D(1), D(2490), type="STOP_LOSS_LIMIT", stop_price=D(2500), order_list_id=7
    )
    books.binance.cancel_at_desk(books.id, second)
    assert [books.find(order).status for order in (first, second)] == ["CANCELED", "CANCELED"]


# --- futures -------------------------------------------------------------------------------------------------------


def test_fills_open_grow_shrink_and_turn_a_position(books: Books) -> None:
    books.place("ETHUSDT", "buy", "1", None, "usdm")
    books.binance.set_price("ETH", D(3300))
    books.place("ETHUSDT", "buy", "1", None, "usdm")
    held = books.position()
    assert held is not None
    assert (held.amount, held.entry_price) == (D(2), D(3150))
    books.place("ETHUSDT", "sell", "1", None, "usdm")
    held = books.position()
    assert held is not None
    assert (held.amount, held.entry_price, books.account.usdm["USDT"]) == (D(1), D(3150), D(5150))
    books.place("ETHUSDT", "sell", "3", None, "usdm")
    held = books.position()
    assert held is not None
    assert (held.amount, held.entry_price, books.account.usdm["USDT"]) == (D(-2), D(3300), D(5300))
    books.place("ETHUSDT", "buy", "2", None, "usdm")
    assert books.position() is None


def test_an_order_that_only_closes_takes_no_margin_and_no_more_than_there_is(books: Books) -> None:
    with pytest.raises(VenueRefused) as refused:
        books.place("ETHUSDT", "sell", "1", "3500", "usdm", closes=True)
    assert refused.value.code == -2022
    books.binance.put_position(books.id, "ETHUSDT", D(1), D(2900), leverage=10)
    placed = books.place("ETHUSDT", "sell", "2", "3500", "usdm", closes=True)
    figures = futures_figures(books.account, books.binance.listed, books.binance.prices)["USDT"]
    assert figures.order_margin == 0
    books.binance.set_price("ETH", D(3500))
    assert books.position() is None
    found = books.find(placed.order_id, "usdm")
    assert (found.status, found.executed, books.account.usdm["USDT"]) == ("EXPIRED", D(1), D(5600))


def test_closing_orders_end_with_the_position(books: Books) -> None:
    books.binance.put_position(books.id, "ETHUSDT", D(1), D(2900))
    target = books.place("ETHUSDT", "sell", "1", "3500", "usdm", closes=True)
    other = books.place("BTCUSDT", "buy", "0.01", "50000", "usdm")
    books.place("ETHUSDT", "sell", "1", None, "usdm")
    assert books.find(target.order_id, "usdm").status == "EXPIRED"
    assert books.find(other.order_id, "usdm").open


def test_a_stop_for_the_whole_position_closes_what_there_is(books: Books) -> None:
    books.binance.put_position(books.id, "ETHUSDT", D("1.5"), D(2900))
    stop = books.binance.put_order(
        books.id, "ETHUSDT", "SELL", D(0), D(0), market="usdm", type="STOP_MARKET", stop_price=D(2500),
        close_position=True,
    )  # fmt: skip
    books.binance.set_price("ETH", D(2501))
    assert books.find(stop, "usdm").open
    books.binance.set_price("ETH", D(2450))
    assert books.position() is None
    assert books.account.usdm["USDT"] == D(5000) - D("1.5") * 450
    assert books.account.usdm_orders == []


def test_a_conditional_limit_order_moves_to_the_plain_list(books: Books) -> None:
    stop = books.binance.put_order(
        books.id, "ETHUSDT", "BUY", D(1), D(2700), market="usdm", type="TAKE_PROFIT", stop_price=D(2800)
    )
    books.binance.put_order(
        books.id, "ETHUSDT", "BUY", D(1), D(0), market="usdm", type="TRAILING_STOP_MARKET", stop_price=D(2800)
    )
    books.binance.set_price("ETH", D(2900))
    assert books.find(stop, "usdm").open
    books.binance.set_price("ETH", D(2800))
    assert books.find(stop, "usdm").status == "FILLED", "the algo service has handed it over"
    assert books.position() is None
    assert [(order.type, order.trigger_price) for order in books.account.usdm_orders] == [
        ("TRAILING_STOP_MARKET", D(2800)),
        ("LIMIT", None),
    ]
    books.binance.set_price("ETH", D(2600))
    held = books.position()
    assert held is not None
    assert held.entry_price == D(2700)


def test_legs_of_hedge_mode_are_closed_by_their_own_orders(books: Books) -> None:
    books.binance.set_hedge_mode(books.id, True)
    books.binance.put_position(books.id, "ETHUSDT", D(1), D(2900), side="LONG")
    books.binance.put_position(books.id, "ETHUSDT", D(-2), D(3100), side="SHORT")
    sell = books.place("ETHUSDT", "sell", "1", "3500", "usdm", closes=True)
    buy = books.place("ETHUSDT", "buy", "2", "2500", "usdm", closes=True)
    more = books.place("ETHUSDT", "sell", "0.5", "3400", "usdm")
    assert [(order.position_side, order.reduce_only) for order in books.account.usdm_orders] == [
        ("LONG", False),
        ("SHORT", False),
        ("SHORT", False),
    ]
    books.binance.set_price("ETH", D(3500))
    assert {row.side: row.amount for row in books.account.positions} == {"SHORT": D("-2.5")}
    assert books.find(sell.order_id, "usdm").status == books.find(more.order_id, "usdm").status == "FILLED"
    books.binance.set_price("ETH", D(2500))
    assert {row.side: row.amount for row in books.account.positions} == {"SHORT": D("-0.5")}
    assert books.find(buy.order_id, "usdm").status == "FILLED"


def test_the_position_mode_stays_while_something_is_open(books: Books) -> None:
    books.binance.put_position(books.id, "ETHUSDT", D(1), D(2900))
    with pytest.raises(ValueError, match="position mode"):
        books.binance.set_hedge_mode(books.id, True)


def test_nothing_of_it_is_lost_in_a_stored_world(books: Books) -> None:
    placed = books.place("ETHUSDT", "sell", "0.5", "3500")
    books.binance.fill_order(placed.order_id, D("0.2"))
    books.cancel(placed.order_id)
    state = books.binance.state
    assert type(state).model_validate(state.model_dump(mode="json")) == state
