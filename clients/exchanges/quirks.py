"""What a venue's file has to say: everything about it that ccxt does not know or gets wrong."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from clients.exchanges.answers import Answer
from domain.errors import SupportError
from domain.ports import Balance, KeyRights, OpenOrder
from domain.trading import Position
from domain.values import MarketType

Endpoint = Callable[..., Any]
"""An implicit method of an async ccxt class, taken from the class: awaited with a client and a dictionary of parameters."""

Markets = Mapping[str, Mapping[str, Any]]
"""ccxt's market structures by its unified name."""

SymbolName = Callable[[str, MarketType], str]
"""From the venue's own symbol to ccxt's, such as BTCUSDT to BTC/USDT."""


@dataclass(frozen=True, slots=True)
class Call:
    """One endpoint that we ask."""

    endpoint: Endpoint
    right: str = ""
    """The right of the key that the venue wants for it; empty for what everybody may read."""

    @property
    def signed(self) -> bool:
        return bool(self.right)


class Ask(Protocol):
    """Sends one call with the credentials at hand. Raises the errors of `domain.errors` and nothing else."""

    async def __call__(self, call: Call, params: Mapping[str, object] | None = None) -> object: ...


@dataclass(frozen=True, slots=True)
class Weight:
    """What a request costs, in the venue's own units, and the budget that pays for it."""

    budget: str
    amount: float


class Quirks(Protocol):
    """One venue. A market type that it cannot read whole is Unavailable with the code "market_not_read". Its methods raise what `Ask` raises, AnswerLost for an answer without the venue's envelope, and Surprise for one
    with it whose rows cannot be read."""

    venue: str
    """ccxt id"""
    client: type[Any]
    """The ccxt class."""
    budgets: Mapping[str, float]
    """Weight that one address may spend per minute, by budget."""
    options: Mapping[str, object]
    """Entries of ccxt's `options` that differ from its own."""
    market_weights: Sequence[Weight]
    """What loading the market lists costs."""
    kept_info: frozenset[str]
    """Fields of `market["info"]` that ccxt reads again after loading; the rest is dropped."""

    def weight(self, api: str, path: str, cost: float) -> Weight:
        """What ccxt's cost means; `api` is ccxt's name for a group of endpoints, `path` one of them."""
        ...

    def used(self, answer: Answer, budget: str) -> float | None:
        """What the venue itself counted against a budget in the running minute; None where it does not say."""
        ...

    def key_has_its_form(self, api_key: str) -> bool:
        """False where a key cannot be one of this venue, so nobody needs to be asked."""
        ...

    def judge(self, answer: Answer, right: str) -> SupportError | None:
        """The refusal that an answer is, by status, code and text. None: no refusal, or none that we know."""
        ...

    def told(self, answer: Answer) -> tuple[str, str]:
        """Code and text of a refusal; empty where there is none."""
        ...

    async def milliseconds(self, ask: Ask) -> int:
        """The venue's own clock."""
        ...

    async def rights(self, ask: Ask) -> KeyRights: ...

    async def balances(self, ask: Ask, market: MarketType) -> Sequence[Balance]: ...

    async def open_orders(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Sequence[OpenOrder]:
        """`symbol_names` waits for the market lists, so it is only called where there is something to name."""
        ...

    async def positions(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Sequence[Position]:
        """Open futures positions; `symbol_names` as for orders."""
        ...

    async def leverage(
        self, ask: Ask, market: MarketType, symbol_names: Callable[[], Awaitable[SymbolName]]
    ) -> Mapping[str, Decimal]:
        """Of each contract, as the account is set; `symbol_names` as for orders."""
        ...

    async def prices(self, ask: Ask) -> Mapping[str, Decimal]:
        """The last price of everything, by the venue's own symbols."""
        ...

    def worth(self, asset: str, prices: Mapping[str, Decimal]) -> Decimal | None:
        """One unit in USDT, as far as these prices tell."""
        ...

    def complete(self, markets: Mapping[str, Mapping[str, object]]) -> bool:
        """Whether a freshly loaded market list holds every kind that it must hold: an empty one is a broken answer."""
        ...
