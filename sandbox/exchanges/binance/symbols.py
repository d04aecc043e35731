"""What is listed: a deterministic market list of any length that begins with real names.

The first names are real coins at plausible prices, the rest are made up, so that the list has the size of the real
one (about 3,000 spot symbols, 600 USDⓈ-M contracts) without being a copy of it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

REAL_COINS: tuple[tuple[str, str, str], ...] = (
    # asset, name, worth in USDT
    ("BTC", "Bitcoin", "63100"), ("ETH", "Ethereum", "3275"), ("BNB", "BNB", "584"), ("SOL", "Solana", "148.5"),
    ("XRP", "XRP", "0.5821"), ("ADA", "Cardano", "0.3874"), ("DOGE", "Dogecoin", "0.1262"), ("TRX", "TRON", "0.1513"),
    ("AVAX", "Avalanche", "27.41"), ("DOT", "Polkadot", "4.482"), ("LINK", "Chainlink", "11.87"),
    ("LTC", "Litecoin", "66.31"), ("BCH", "Bitcoin Cash", "341.2"), ("NEAR", "NEAR Protocol", "4.921"),
    ("UNI", "Uniswap", "7.116"), ("ATOM", "Cosmos", "4.702"), ("XLM", "Stellar Lumens", "0.0951"),
    ("ETC", "Ethereum Classic", "19.04"), ("FIL", "Filecoin", "3.811"), ("APT", "Aptos", "8.634"),
    ("ARB", "Arbitrum", "0.5713"), ("OP", "Optimism", "1.624"), ("INJ", "Injective", "20.33"), ("SUI", "Sui", "1.842"),
    ("AAVE", "Aave", "151.4"), ("MKR", "Maker", "1382"), ("GRT", "The Graph", "0.1685"), ("ALGO", "Algorand", "0.1311"),
    ("VET", "VeChain", "0.02318"), ("ICP", "Internet Computer", "8.075"), ("HBAR", "Hedera Hashgraph", "0.05721"),
    ("SAND", "The Sandbox", "0.2634"), ("MANA", "Decentraland", "0.2871"), ("AXS", "Axie Infinity", "4.93"),
    ("EGLD", "MultiversX", "26.75"), ("THETA", "Theta Network", "1.327"), ("FLOW", "Flow", "0.5489"),
    ("XTZ", "Tezos", "0.6912"), ("EOS", "EOS", "0.5034"), ("CRV", "Curve", "0.2897"), ("SNX", "Synthetix", "1.452"),
    ("COMP", "Compound", "46.82"), ("LDO", "Lido DAO", "1.067"), ("DYDX", "dYdX", "0.9842"), ("GMX", "GMX", "24.36"),
    ("IMX", "Immutable X", "1.391"), ("RENDER", "Render", "5.188"), ("FET", "Fetch.ai", "1.342"),
    ("SHIB", "Shiba Inu", "0.00001734"), ("PEPE", "Pepe", "0.00000812"), ("WIF", "dogwifhat", "1.784"),
    ("BONK", "Bonk", "0.00001981"), ("FLOKI", "Floki", "0.0001327"), ("JUP", "Jupiter", "0.7612"),
    ("SEI", "Sei", "0.3145"), ("TIA", "Celestia", "5.021"), ("STX", "Stacks", "1.613"), ("RUNE", "THORChain", "4.276"),
    ("ENS", "Ethereum Name Service", "17.52"), ("CHZ", "Chiliz", "0.06034"),
)  # fmt: skip
QUOTES: tuple[tuple[str, str, str], ...] = (
    ("USDT", "TetherUS", "1"), ("USDC", "USD Coin", "1"), ("FDUSD", "First Digital USD", "1"),
    ("BTC", "Bitcoin", "63100"), ("TRY", "Turkish Lira", "0.0293"), ("EUR", "Euro", "1.084"), ("ETH", "Ethereum", "3275"),
    ("BNB", "BNB", "584"), ("BRL", "Brazilian Real", "0.178"), ("JPY", "Japanese Yen", "0.00671"),
)  # fmt: skip
FIAT = ("TRY", "EUR", "BRL", "JPY")
SMALLEST_STEP = Decimal("0.00000001")
MADE_UP_NAMES = 800
HEADS = ("A", "BO", "CE", "DA", "EL", "FI", "GA", "HE", "IO", "JA", "KO", "LU", "MI", "NO", "ORA", "PI", "QU", "RE", "SY", "TE", "VE", "WA", "XO", "ZE")  # fmt: skip
TAILS = ("BX", "CA", "DE", "FT", "GEN", "K", "LIX", "MA", "NET", "ON", "PAD", "RIS", "SWAP", "TRA", "VA", "X", "YN")


@dataclass(frozen=True)
class Asset:
    code: str
    name: str
    worth: Decimal
    """In USDT, until a story or a person sets another price."""


@dataclass(frozen=True)
class Symbol:
    """A spot pair or a USDⓈ-M contract with the steps that its filters name."""

    name: str
    base: str
    quote: str
    tick: Decimal
    step: Decimal
    min_notional: Decimal
    margin: bool
    trading: bool

    @property
    def price_decimals(self) -> int:
        return decimals(self.tick)

    @property
    def amount_decimals(self) -> int:
        return decimals(self.step)


def decimals(step: Decimal) -> int:
    """How many digits after the point a step has: 0.01 has 2."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _power_of_ten(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def _steps(price: Decimal, *, contract: bool) -> tuple[Decimal, Decimal]:
    """Price tick (about five digits of the price) and amount step (a few cents to a few dollars of value)."""
    magnitude = price.adjusted()
    tick = min(_power_of_ten(magnitude - 4), Decimal("0.1") if contract else Decimal("0.01"))
    step = min(_power_of_ten(-(magnitude - 1 if contract else magnitude + 1)), Decimal(1))
    return max(tick, SMALLEST_STEP), max(step, SMALLEST_STEP)


def _made_up_assets() -> Iterator[Asset]:
    dice = random.Random("binance market list")
    taken = {code for code, _, _ in (*REAL_COINS, *QUOTES)}
    while len(taken) < len(REAL_COINS) + MADE_UP_NAMES:
        code = dice.choice(HEADS) + dice.choice(("", "", "N", "R", "S")) + dice.choice(TAILS)
        price = Decimal(dice.randrange(1000, 9999)).scaleb(dice.choice((-3, -4, -4, -5, -6, -8)))
        if code not in taken and len(code) >= 3:
            taken.add(code)
            yield Asset(code, code.capitalize(), price)


class MarketList:
    """`spot_count` spot symbols and about a fifth as many contracts (all of them when the list is short)."""

    def __init__(self, spot_count: int) -> None:
        self._spot_count = spot_count
        self._contract_count = spot_count if spot_count < 300 else spot_count // 5

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """Everything that appears in a listed symbol, and the quotes."""
        known = {asset.code: asset for asset in self._all_assets()}
        codes = [code for code, _, _ in QUOTES if code in known]
        codes += [symbol.base for symbol in self.spot.values()]
        return {code: known[code] for code in dict.fromkeys(codes)}

    @cached_property
    def spot(self) -> dict[str, Symbol]:
        """Spot pairs by name, the best known first."""
        found: dict[str, Symbol] = {}
        for position, (base, quote) in enumerate(self._pairs()):
            if len(found) == self._spot_count:
                break
            tick, step = _steps(base.worth / quote.worth, contract=False)
            floor = Decimal(5) if quote.worth < 10 else Decimal("0.0001")
            known = position < len(REAL_COINS)
            found.setdefault(
                base.code + quote.code,
                Symbol(
                    name=base.code + quote.code,
                    base=base.code,
                    quote=quote.code,
                    tick=tick,
                    step=step,
                    min_notional=floor,
                    margin=known or position % 3 == 0,
                    trading=known or position % 2 == 0,
                ),
            )
        return found

    @cached_property
    def contracts(self) -> dict[str, Symbol]:
        """USDⓈ-M perpetual contracts by name."""
        found: dict[str, Symbol] = {}
        for base in self._all_assets():
            if len(found) == self._contract_count:
                break
            if base.code in {code for code, _, _ in QUOTES} - {"BTC", "ETH", "BNB"}:
                continue
            tick, step = _steps(base.worth, contract=True)
            floor = {"BTC": Decimal(100), "ETH": Decimal(20)}.get(base.code, Decimal(5))
            name = base.code + "USDT"
            found[name] = Symbol(name, base.code, "USDT", tick, step, floor, margin=True, trading=True)
        return found

    def _all_assets(self) -> Iterator[Asset]:
        real = dict.fromkeys((*REAL_COINS, *QUOTES))
        yield from (Asset(code, name, Decimal(worth)) for code, name, worth in real)
        yield from _made_up_assets()

    def _pairs(self) -> Iterator[tuple[Asset, Asset]]:
        """Real coins against USDT, then the stable coins and currencies, then everything else against everything."""
        coins = [Asset(code, name, Decimal(worth)) for code, name, worth in REAL_COINS]
        quotes = [Asset(code, name, Decimal(worth)) for code, name, worth in QUOTES]
        dollar = quotes[0]
        yield from ((coin, dollar) for coin in coins)
        yield from ((quote, dollar) for quote in quotes if quote.code in ("USDC", "FDUSD", "EUR"))
        yield from ((dollar, quote) for quote in quotes if quote.code in FIAT and quote.code != "EUR")
        yield from ((coin, quote) for quote in quotes[1:] for coin in coins if coin.code != quote.code)
        made_up = list(_made_up_assets())
        yield from ((coin, quote) for quote in quotes[:4] for coin in made_up)


_LISTS: dict[int, MarketList] = {}


def market_list(spot_count: int) -> MarketList:
    """One list per length and process: worlds share it."""
    return _LISTS.setdefault(spot_count, MarketList(spot_count))
