"""What a request says: its parameters, its signature, and the text that the signature covers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from sandbox.exchanges.binance import errors
from sandbox.exchanges.binance.access import Proof
from sandbox.exchanges.binance.signatures import signature_holds
from sandbox.exchanges.binance.state import ApiKey

DIGITS = "^[0-9]{1,20}$"
SYMBOL = "^[A-Z0-9-_.]{1,20}$"
USUAL_WINDOW_MS = 5000
WIDEST_WINDOW_MS = 60_000
EARLIEST_MS = 1000
"""How far ahead of the server a timestamp may be."""
SIGNING = ("timestamp", "recvWindow", "signature")


@dataclass(frozen=True)
class Parameters:
    """Query and form body of one request; `signed` is the text before the signature, as it was sent."""

    values: dict[str, str]
    signed: bytes
    signature: str | None

    def number(self, name: str) -> int | None:
        """A count or a time. Raises BinanceError -1100."""
        text = self.values.get(name)
        if text is None:
            return None
        if not re.fullmatch(DIGITS, text):
            raise errors.illegal_characters(name, DIGITS)
        return int(text)

    def symbol(self, listed: Iterable[str]) -> str | None:
        """The symbol asked for, if any. Raises BinanceError -1100, -1121."""
        text = self.values.get("symbol")
        if text is None:
            return None
        if not re.fullmatch(SYMBOL, text):
            raise errors.illegal_characters("symbol", SYMBOL)
        if text not in listed:
            raise errors.invalid_symbol()
        return text


def read_parameters(query: str, body: str) -> Parameters:
    """Raises BinanceError -1101 for a parameter that was sent twice in one place; the query wins over the body.

    The signature covers query and body one after the other, without a separator, and ends the text it stands in.
    """
    query_text, query_signature = _split(query)
    body_text, body_signature = _split(body)
    return Parameters(
        values={**_pairs(body_text), **_pairs(query_text)},
        signed=(query_text + body_text).encode(),
        signature=query_signature if query_signature is not None else body_signature,
    )


def _pairs(text: str) -> dict[str, str]:
    pairs = parse_qsl(text, keep_blank_values=True)
    if len(dict(pairs)) != len(pairs):
        raise errors.duplicate_parameter()
    return dict(pairs)


def _split(text: str) -> tuple[str, str | None]:
    if text.startswith("signature="):
        return "", unquote(text.removeprefix("signature="))
    head, found, tail = text.partition("&signature=")
    return (head, unquote(tail)) if found else (text, None)


def proof_of(parameters: Parameters, server_ms: int) -> Proof:
    """The proof that a signed request carries: a timestamp inside the window, and a signature.

    Raises BinanceError at once for what is missing or malformed (-1102, -1100, -1131); the proof itself raises
    -1021 and -1022. Rule: https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security
    """
    signature = parameters.signature
    if not signature:
        raise errors.parameter_missing("signature")
    if not parameters.values.get("timestamp"):
        raise errors.parameter_missing("timestamp")
    timestamp = parameters.number("timestamp") or 0
    window = parameters.number("recvWindow") or USUAL_WINDOW_MS
    if window > WIDEST_WINDOW_MS:
        raise errors.recv_window_too_large()

    def proof(row: ApiKey) -> None:
        if timestamp >= server_ms + EARLIEST_MS:
            raise errors.ahead_of_server_time()
        if server_ms - timestamp > window:
            raise errors.outside_recv_window()
        if not signature_holds(row, parameters.signed, signature):
            raise errors.signature_invalid()

    return proof
