"""All venues that can be read, by ccxt id. A venue is added by its file of quirks and one row here."""

from collections.abc import Mapping

from clients.exchanges.binance import Binance
from clients.exchanges.quirks import Quirks

QUIRKS: Mapping[str, Quirks] = {quirks.venue: quirks for quirks in (Binance(),)}
