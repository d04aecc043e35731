"""Each code of Binance, and what it means for the trader."""

import json

import pytest

from clients.exchanges import binance_refusals
from clients.exchanges.answers import SAID_AT_MOST, Answer, said
from domain.causes import Cause
from domain.errors import (
    KeyRefused,
    NotThere,
    Refused,
    RightMissing,
    ServiceDown,
    SupportError,
    TimedOut,
    TooManyRequests,
)


def answer(status: int, code: int | None = None, message: str = "", **headers: str) -> Answer:
    body = {} if code is None else {"code": code, "msg": message}
    return Answer(status, headers, json.dumps(body), body or None)


def judged(status: int, code: int | None = None, message: str = "", **headers: str) -> SupportError | None:
    return binance_refusals.judge(answer(status, code, message, **headers), "futures")


KEY_CODES = [
    (401, -2014, "API-key format invalid.", (Cause.KEY_UNKNOWN,)),
    (401, -2008, "Invalid Api-Key ID.", (Cause.KEY_UNKNOWN,)),
    (400, -2008, "Invalid Api-Key ID.", (Cause.KEY_UNKNOWN,)),
    (
        401,
        -2015,
        "Invalid API-key, IP, or permissions for action.",
        (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED, Cause.PERMISSION_MISSING),
    ),
    (400, -1022, "Signature for this request is not valid.", (Cause.SECRET_WRONG,)),
    (400, -1021, "Timestamp for this request is outside of the recvWindow.", (Cause.CLOCK_OFF,)),
    (400, -1005, "No such IP has been white listed", (Cause.IP_NOT_ALLOWED,)),
    (400, -2010, "This action is disabled on this account.", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -2010, "This account may not place or cancel orders.", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -2010, "This symbol is not permitted for this account.", (Cause.PERMISSION_MISSING,)),
    (401, -2017, "API Keys are locked on this account.", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -3022, "You account's trading is banned.", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -4400, "Futures Trading Quantitative Rules violated", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -4401, "Compliance restricted account permission", (Cause.ACCOUNT_RESTRICTED,)),
    (400, -4402, "this feature is currently not available in your region.", (Cause.REGION_BLOCKED,)),
]


@pytest.mark.parametrize(("status", "code", "message", "causes"), KEY_CODES)
def test_a_refused_key_names_its_causes_in_the_order_in_which_to_test_them(
    status: int, code: int, message: str, causes: tuple[Cause, ...]
) -> None:
    error = judged(status, code, message)
    assert isinstance(error, KeyRefused)
    assert (error.causes, error.code, error.said) == (causes, str(code), message)


OTHER_CODES = [
    (400, -2010, "Account has insufficient balance for requested action.", Refused),
    (400, -1121, "Invalid symbol.", NotThere),
    (400, -1003, "Too many requests.", TooManyRequests),
    (400, -1007, "Timeout waiting for response from backend server.", TimedOut),
    (500, -1000, "An unknown error occurred while processing the request.", ServiceDown),
    (400, -1001, "Internal error; unable to process your request.", ServiceDown),
    (400, -1006, "An unexpected response was received from the message bus.", ServiceDown),
    (503, -1008, "Server is currently overloaded with other requests.", ServiceDown),
    (400, -10001, "The system is under maintenance, please try again later.", ServiceDown),
    (200, 1, "System is under maintenance.", ServiceDown),
    (200, 777, "System is under maintenance.", ServiceDown),
]


@pytest.mark.parametrize(("status", "code", "message", "kind"), OTHER_CODES)
def test_what_is_no_fault_of_the_key_is_not_held_against_it(
    status: int, code: int, message: str, kind: type[SupportError]
) -> None:
    assert type(judged(status, code, message)) is kind


def test_every_row_of_the_table_has_its_case_above() -> None:
    """Each row decides at least one of the cases."""
    cases = [*((s, c, m) for s, c, m, _ in KEY_CODES), *((s, c, m) for s, c, m, _ in OTHER_CODES), (401, -1002, "")]
    deciding = {
        next(
            i
            for i, row in enumerate(binance_refusals.BY_CODE)
            if row.code == str(code) and row.text.lower() in message.lower()
        )
        for _, code, message in cases
        if any(row.code == str(code) for row in binance_refusals.BY_CODE)
    }
    assert deciding == set(range(len(binance_refusals.BY_CODE)))


def test_a_missing_authorisation_names_the_right_that_the_call_needed() -> None:
    error = judged(401, -1002, "You are not authorized to execute this request.")
    assert isinstance(error, RightMissing)
    assert error.right == "futures"


@pytest.mark.parametrize(
    ("message", "address"),
    [
        ("Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7", "203.0.113.7"),
        ("Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7.", "203.0.113.7"),
        ("Invalid API-key, IP, or permissions for action, request ip:2001:db8::7", "2001:db8::7"),
        ("Invalid API-key, IP, or permissions for action.", None),
    ],
)
def test_the_address_that_binance_saw_comes_along_where_it_says_so(message: str, address: str | None) -> None:
    error = judged(401, -2015, message)
    assert isinstance(error, KeyRefused)
    assert error.address == address


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "17"}, 17),
        (429, {"retry-after": "17"}, 17),
        (429, {}, binance_refusals.USUAL_PAUSE_S),
        (429, {"Retry-After": "soon"}, binance_refusals.USUAL_PAUSE_S),
        (418, {"Retry-After": "259200"}, 259_200),
        (418, {}, binance_refusals.SHORTEST_BAN_S),
        (403, {}, binance_refusals.USUAL_PAUSE_S),
    ],
)
@pytest.mark.parametrize("code", [None, -1003])
def test_a_rate_limit_says_for_how_long(status: int, headers: dict[str, str], seconds: float, code: int | None) -> None:
    error = judged(status, code, **headers)
    assert isinstance(error, TooManyRequests)
    assert error.retry_after_s == seconds


def test_a_ban_is_told_by_the_status_even_where_the_code_names_a_key() -> None:
    assert isinstance(judged(418, -2015, "Invalid API-key"), TooManyRequests)


def test_a_code_is_stronger_than_the_status_of_the_firewall() -> None:
    assert isinstance(judged(403, -2015, "Invalid API-key, IP, or permissions for action."), KeyRefused)


def test_451_is_about_the_region() -> None:
    error = judged(451)
    assert isinstance(error, KeyRefused)
    assert error.causes == (Cause.REGION_BLOCKED,)


@pytest.mark.parametrize(
    ("status", "kind"), [(500, ServiceDown), (502, ServiceDown), (503, ServiceDown), (504, TimedOut)]
)
def test_a_page_instead_of_an_answer_is_an_outage(status: int, kind: type[SupportError]) -> None:
    assert type(binance_refusals.judge(Answer(status, {}, "<html>", None), "")) is kind


@pytest.mark.parametrize(
    "fine", [Answer(200, {}, "[]", []), Answer(200, {}, "{}", {}), Answer(200, {}, '{"code":200}', {"code": 200})]
)
def test_an_answer_that_refuses_nothing_is_no_refusal(fine: Answer) -> None:
    assert binance_refusals.judge(fine, "") is None


def test_foreign_text_is_kept_without_keys_addresses_and_control_characters() -> None:
    secret = "A" * 64
    text = said(f"Key {secret} at https://api.binance.com/x?signature=abc is\u202e bad\x00\n{'very ' * 200}")
    assert secret not in text
    assert "signature" not in text
    assert "\u202e" not in text
    assert text.startswith("Key … at … is bad very")
    assert len(text) <= SAID_AT_MOST
