"""3Commas' pairs and the exchange's symbols."""

from dataclasses import replace

import pytest

from domain.pairs import Pair, likely_symbols, symbols_of
from domain.trading import MarketRules
from domain.values import MarketType
from tests.domain.looks_world import D, perpetual, spot


@pytest.mark.parametrize(
    ("pair", "market", "symbols"),
    [
        ("USDT_SOL", MarketType.SPOT, ("SOL/USDT",)),
        ("BTC_ETH", MarketType.MARGIN, ("ETH/BTC",)),
        ("USDT_BTCUSDT", MarketType.USDM, ("BTC/USDT:USDT",)),
        ("BTC_BTCUSD_PERP", MarketType.COINM, ("BTC/USD:BTC",)),
        ("BNFCR_1INCHUSDT", MarketType.USDM, ("1INCH/USDT:USDT",)),
        ("USDT_DOGE_USDT", MarketType.USDM, ("DOGE/USDT:USDT",)),
        ("USDT_BTCUSDT_UMCBL", MarketType.USDM, ("BTC/USDT:USDT",)),
        ("nonsense", MarketType.SPOT, ()),
        ("_ETH", MarketType.SPOT, ()),
    ],
)
def test_a_pair_is_looked_up_under_its_likely_names(pair, market, symbols):
    assert likely_symbols(pair, market) == symbols


def test_a_pair_is_split_at_the_first_underscore_only():
    assert Pair.of("USDT_DOGE_USDT") == Pair("USDT", "DOGE_USDT")


def test_a_spot_pair_is_its_coins_whatever_the_exchange_calls_them():
    kraken = MarketRules("BTC/USD", "XXBTZUSD", "BTC", "USD", D("0.1"), D("0.0001"))
    assert symbols_of(["USD_BTC"], [kraken], MarketType.SPOT) == {"USD_BTC": "BTC/USD"}


def test_a_contract_is_the_exchanges_own_name():
    rules = [perpetual("BTC"), replace(perpetual("DOGE"), id="DOGE_USDT")]
    found = symbols_of(["USDT_BTCUSDT", "USDT_DOGE_USDT", "BNFCR_BTCUSDT"], rules, MarketType.USDM)
    assert found == {
        "USDT_BTCUSDT": "BTC/USDT:USDT",
        "USDT_DOGE_USDT": "DOGE/USDT:USDT",
        "BNFCR_BTCUSDT": "BTC/USDT:USDT",
    }


def test_case_and_separators_do_not_matter():
    okx = replace(spot("ETH"), id="ETH-USDT")
    assert symbols_of(["usdt_eth"], [okx], MarketType.SPOT) == {"usdt_eth": "ETH/USDT"}


def test_a_pair_that_the_exchange_does_not_know_or_knows_twice_is_left_out():
    twins = [spot("ETH"), replace(spot("ETH"), symbol="ETH/USDT2")]
    assert symbols_of(["USDT_ETH", "USDT_LUNA", "odd"], twins, MarketType.SPOT) == {}


def test_rounding_never_makes_an_amount_larger():
    rules = spot("ETH")
    nearly = D("0.399999999999999999999999999999999999")
    assert rules.round_amount(nearly) == D("0.3999")
    assert rules.round_amount(D("0.4")) == D("0.4")
    assert replace(rules, lot=D(0)).round_amount(nearly) == nearly
    assert rules.round_price(D("4100.005")) == D("4100.01")
