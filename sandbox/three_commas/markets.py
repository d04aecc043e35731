"""The markets that exchange accounts can be connected to: fields, flows, trusted addresses, and which emulator stands behind.

The codes are those of a copy of the public list of May 2025. The addresses are made up (TEST-NET), their shapes are not:
single addresses for Binance, one range for OKX.
"""

from dataclasses import dataclass
from ipaddress import ip_network

FORM = ("form",)
FORM_AND_FAST = ("form", "fast_connect")

KEY_AND_SECRET = ("api_key", "secret")
WITH_PASSPHRASE = ("api_key", "secret", "passphrase")

FIELD_LABELS = {
    "api_key": "API Key:",
    "secret": "API Secret:",
    "passphrase": "Passphrase:",
    "customer_id": "Customer ID:",
    "address": "Wallet address:",
}

# 30 single addresses: the most that one Binance key takes, and longer than one copy button of a chat holds.
BINANCE_ADDRESSES = tuple(f"192.0.2.{last}" for last in range(7, 247, 8))
# The documented sample for EEA futures has 32 of them, every eighth of the last byte.
BINANCE_EEA_ADDRESSES = tuple(f"192.0.2.{last}" for last in range(7, 256, 8))
OKX_ADDRESSES = ("198.51.100.0/24",)
OTHER_ADDRESSES = tuple(f"198.51.100.{last}" for last in range(16, 24))


@dataclass(frozen=True)
class Market:
    """One entry of the market list.

    `venue` and `market` say where its accounts are looked at: ccxt id and "spot" or "usdm", both empty where no
    emulator stands behind it.
    """

    code: str
    name: str
    exchange: str
    url: str
    fields: tuple[str, ...] = KEY_AND_SECRET
    flows: tuple[str, ...] = FORM
    addresses: tuple[str, ...] = OTHER_ADDRESSES
    help_link: str = "https://help.3commas.io/en/articles/3166090"
    action: str = ""
    venue: str = ""
    market: str = ""

    @property
    def futures(self) -> bool:
        return any(word in self.code for word in ("futures", "perpetual")) or self.code == "bybit"

    @property
    def source_address(self) -> str:
        """Where calls to the venue come from: the end of the list, so that a list pasted only in part is noticed."""
        network = ip_network(self.addresses[-1])
        return str(network.network_address if network.num_addresses == 1 else network[-2])

    def entry(self) -> dict[str, object]:
        """As `market_list` shows it."""
        return {
            "market_name": self.name,
            "market_url": self.url,
            "market_icon": f"https://example.invalid/icons/{self.code}.png",
            "help_link": self.help_link,
            "market_code": self.code,
            "form_fields": {
                "required": [{"field": field, "localized_name": FIELD_LABELS[field]} for field in self.fields],
                "optional": [],
            },
            "available_connection_flows": list(self.flows),
            "third_party_allowed": self.exchange in ("Bybit", "KuCoin"),
            "trusted_ips": list(self.addresses),
            "trusted_ips_input_type": "inline",
            "fast_connect_action_name": self.action,
        }


def _binance(code: str, name: str, market: str = "") -> Market:
    return Market(
        code,
        name,
        "Binance",
        "https://www.binance.com",
        flows=FORM_AND_FAST,
        addresses=BINANCE_ADDRESSES,
        help_link="https://help.3commas.io/en/articles/3568667",
        action="binance",
        venue="binance" if market else "",
        market=market,
    )


def _bybit(code: str, name: str) -> Market:
    return Market(
        code,
        name,
        "Bybit",
        "https://www.bybit.com",
        flows=FORM_AND_FAST,
        help_link="https://help.3commas.io/en/articles/10209585",
        action="bybit",
    )


def _okx(code: str, name: str) -> Market:
    return Market(
        code,
        name,
        "OKX",
        "https://www.okx.com",
        fields=WITH_PASSPHRASE,
        flows=FORM_AND_FAST,
        addresses=OKX_ADDRESSES,
        help_link="https://help.3commas.io/en/articles/3109057",
        action="okex",
    )


def _wallet(code: str, name: str) -> Market:
    return Market(code, name, name, "https://example.invalid/wallets", fields=("address",), addresses=())


_ALL = (
    _binance("binance", "Binance Spot", "spot"),
    _binance("binance_margin", "Binance Margin"),
    _binance("binance_futures", "Binance Futures USDT-M", "usdm"),
    _binance("binance_futures_coin", "Binance Futures COIN-M"),
    Market(
        "binance_futures_eea",
        "Binance Futures EEA",
        "Binance",
        "https://www.binance.com",
        addresses=BINANCE_EEA_ADDRESSES,
        help_link="https://help.3commas.io/en/articles/3568667",
        action="binance",  # named here although the flow is not offered, as in the documented sample
    ),
    Market("binance_us", "Binance US", "Binance US", "https://www.binance.us"),
    Market("binance_tr", "Binance TR", "Binance TR", "https://www.binance.tr"),
    _bybit("bybit_spot", "Bybit Spot"),
    _bybit("bybit_usdt_perpetual", "Bybit Futures USDT Perpetual"),
    _bybit("bybit", "Bybit Futures Inverse Perpetual"),
    _okx("okex", "OKX Spot"),
    _okx("okex_futures", "OKX Futures"),
    Market("kucoin", "KuCoin", "KuCoin", "https://www.kucoin.com", fields=WITH_PASSPHRASE),
    Market("kraken", "Kraken", "Kraken", "https://www.kraken.com"),
    Market("gate_io", "Gate", "Gate", "https://www.gate.com"),
    Market("gate_io_usdt_perpetual", "Gate Futures USDT Perpetual", "Gate", "https://www.gate.com"),
    Market("gate_io_btc_perpetual", "Gate Futures BTC Perpetual", "Gate", "https://www.gate.com"),
    Market("bitget_usdt_futures", "Bitget Futures USDT", "Bitget", "https://www.bitget.com", fields=WITH_PASSPHRASE),
    Market("huobi", "HTX", "HTX", "https://www.htx.com"),
    Market("coinbase_advanced", "Coinbase Advanced", "Coinbase", "https://www.coinbase.com"),
    Market("coinbase_advanced_perpetual", "Coinbase Advanced Perpetual", "Coinbase", "https://www.coinbase.com"),
    Market(
        "gemini",
        "Gemini",
        "Gemini",
        "https://www.gemini.com",
        help_link="https://help.3commas.io/en/articles/5539049",
    ),
    Market("bitfinex", "Bitfinex", "Bitfinex", "https://www.bitfinex.com"),
    Market("bitstamp", "Bitstamp", "Bitstamp", "https://www.bitstamp.net", fields=("api_key", "secret", "customer_id")),
    _wallet("ethereumwallet", "Ethereum wallet"),
    _wallet("bsc", "BNB Smart Chain wallet"),
    _wallet("trx", "TRON wallet"),
)
MARKETS: dict[str, Market] = {market.code: market for market in _ALL}
PAPER_MARKET = Market("paper_trading", "Paper Trading Account", "Paper", "https://app.3commas.io", fields=())


def market_of(code: str) -> Market:
    """The market of an exchange account; paper accounts stand outside the public list."""
    return PAPER_MARKET if code == PAPER_MARKET.code else MARKETS[code]
