"""Refusals of the pretend Binance, with the status, code and words of the original.

Source of codes and texts: https://developers.binance.com/docs/binance-spot-api-docs/errors (spot, sapi) and
https://developers.binance.com/docs/derivatives/usds-margined-futures/error-code (fapi).
"""

from decimal import Decimal
from typing import Literal

Family = Literal["api", "sapi", "fapi", "dapi"]
"""First segment of a path: it decides about rights, weights and the wording of refusals."""

KEY_IP_OR_RIGHT = "Invalid API-key, IP, or permissions for action"


class BinanceError(Exception):
    """A refusal as it goes over the wire: HTTP `status`, body `{"code": code, "msg": message}`, extra `headers`."""

    def __init__(self, status: int, code: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


class ApiManagementError(Exception):
    """The website (not the API) refuses what a person wants to do; the text is the sentence that the page shows."""


def key_format_invalid() -> BinanceError:
    return BinanceError(401, -2014, "API-key format invalid.")


def unknown_key_id() -> BinanceError:
    return BinanceError(401, -2008, "Invalid Api-Key ID.")


def key_ip_or_right(family: Family, source_ip: str) -> BinanceError:
    """-2015. The futures services name the address that the request came from; spot and sapi do not."""
    named = f", request ip: {source_ip}" if family in ("fapi", "dapi") else "."
    return BinanceError(401, -2015, KEY_IP_OR_RIGHT + named)


def outside_recv_window() -> BinanceError:
    return BinanceError(400, -1021, "Timestamp for this request is outside of the recvWindow.")


def ahead_of_server_time() -> BinanceError:
    return BinanceError(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time.")


def recv_window_too_large() -> BinanceError:
    return BinanceError(400, -1131, "recvWindow must be less than 60000.")


def signature_invalid() -> BinanceError:
    return BinanceError(400, -1022, "Signature for this request is not valid.")


def parameter_missing(name: str) -> BinanceError:
    return BinanceError(400, -1102, f"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.")


def parameters_combined(first: str, second: str) -> BinanceError:
    return BinanceError(400, -1128, f"Combination of optional parameters invalid: '{first}' and '{second}'.")


def illegal_characters(name: str, legal: str) -> BinanceError:
    return BinanceError(400, -1100, f"Illegal characters found in parameter '{name}'; legal range is '{legal}'.")


def duplicate_parameter() -> BinanceError:
    return BinanceError(400, -1101, "Duplicate values for a parameter detected.")


def too_many_parameters(expected: int, received: int) -> BinanceError:
    return BinanceError(400, -1101, f"Too many parameters; expected '{expected}' and received '{received}'.")


def unread_parameters(read: int, sent: int) -> BinanceError:
    return BinanceError(
        400, -1104, f"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent}'."
    )


def invalid_symbol() -> BinanceError:
    return BinanceError(400, -1121, "Invalid symbol.")


def no_such_order() -> BinanceError:
    return BinanceError(400, -2013, "Order does not exist.")


def cancel_rejected() -> BinanceError:
    return BinanceError(400, -2011, "Unknown order sent.")


def insufficient_balance() -> BinanceError:
    return BinanceError(400, -2010, "Account has insufficient balance for requested action.")


def margin_insufficient() -> BinanceError:
    return BinanceError(400, -2019, "Margin is insufficient.")


def reduce_only_rejected() -> BinanceError:
    return BinanceError(400, -2022, "ReduceOnly Order is rejected.")


def lot_size(market: str) -> BinanceError:
    if market == "spot":
        return BinanceError(400, -1013, "Filter failure: LOT_SIZE")
    return BinanceError(400, -1111, "Precision is over the maximum defined for this asset.")


def price_filter(market: str) -> BinanceError:
    if market == "spot":
        return BinanceError(400, -1013, "Filter failure: PRICE_FILTER")
    return BinanceError(400, -4014, "Price not increased by tick size.")


def notional_too_small(market: str, least: Decimal) -> BinanceError:
    if market == "spot":
        return BinanceError(400, -1013, "Filter failure: NOTIONAL")
    return BinanceError(
        400, -4164, f"Order's notional must be no smaller than {least} (unless you choose reduce only)."
    )


def too_much_weight(family: Family, source_ip: str, limit: int, retry_after_s: int) -> BinanceError:
    if family in ("fapi", "dapi"):
        message = (
            f"Too many requests; current limit of IP({source_ip}) is {limit} requests per minute. "
            "Please use the websocket for live updates to avoid polling the API."
        )
    else:
        message = (
            f"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. "
            "Please use WebSocket Streams for live updates to avoid polling the API."
        )
    return BinanceError(429, -1003, message, {"Retry-After": str(retry_after_s)})


def address_banned(until_ms: int, retry_after_s: int) -> BinanceError:
    return BinanceError(
        418,
        -1003,
        f"Way too much request weight used; IP banned until {until_ms}. "
        "Please use WebSocket Streams for live updates to avoid bans.",
        {"Retry-After": str(retry_after_s)},
    )
