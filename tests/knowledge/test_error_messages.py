"""The messages that are written down: each is found by what it is recognised by, and each has its two sentences."""

import pytest

from bot.texts import sentence_ids
from domain.meanings import asks_for_market
from domain.values import MarketType
from knowledge.error_messages import meanings
from knowledge.help_articles import articles

BOOK = meanings()
ROWS = BOOK.rows

# As 3Commas and Binance write them, and as people paste them.
SEEN = [
    ("API key is invalid", "three-commas-key-invalid"),
    ("API keys are no longer valid or incorrect.", "three-commas-key-invalid"),
    (
        '{"error":"invalid_api_key","error_description":"API keys are no longer valid or incorrect."}',
        "three-commas-key-invalid",
    ),
    (
        "API keys are no longer valid or incorrect. If you have just created this key, please wait 30 seconds and try again.",
        "three-commas-new-key-wait",
    ),
    ("Invalid API", "three-commas-invalid-badge"),
    ("Invalid API keys", "three-commas-bot-keys"),
    ("Not enough permissions for API keys", "three-commas-rights-missing"),
    (
        "Failed to generate API keys. Please visit the API Management page on the Binance website",
        "three-commas-agreement",
    ),
    ("This account is already connected!", "three-commas-already-connected"),
    ("Trading suspended", "three-commas-suspended"),
    ("Exchange account is banned", "three-commas-suspended"),
    ("Your account has been disabled from using the api", "three-commas-suspended"),
    ("[2000003919]", "binance-restriction"),
    ("You need to pass KYC on the exchange to trade on this pair", "three-commas-kyc"),
    ("The pair is not supported", "three-commas-pair"),
    ("pair_not_supported", "three-commas-pair"),
    ('{"error":"record_invalid","error_description":"Invalid parameters"}', "three-commas-field"),
    ("signature_invalid", "three-commas-signature"),
    ("Api key not authorized for this action", "three-commas-token-rights"),
    ("Unauthorized. Invalid or expired api key.", "three-commas-token"),
    ("The request type 'read' is not available with your current subscription plan.", "three-commas-plan"),
    ("Price moved below the profitable area too fast", "three-commas-too-fast"),
    ("Reduce funds is not allowed in the current status", "three-commas-reduce-funds"),
    ("Trade cannot be cancelled", "three-commas-cannot-cancel"),
    ("There are active trading deals on this exchange…", "three-commas-not-deletable"),
    ("Small balances can be converted only once every 6h", "three-commas-dust"),
    ("unknown_market_api_error", "three-commas-unknown"),
    ("-1003 Too many requests; IP banned until 1700000000000", "binance-too-many-requests"),
    (
        "Timeout waiting for response from backend server. Send status unknown; execution status unknown. (-1007)",
        "binance-outcome-unknown",
    ),
    ("-1008", "binance-overloaded"),
    ("Filter failure: PRICE_FILTER", "binance-filter-price"),
    ("Filter failure: LOT_SIZE", "binance-filter-lot"),
    ("Filter failure: MARKET_LOT_SIZE", "binance-filter-lot"),
    ("binance Filter failure: MIN_NOTIONAL", "binance-filter-notional"),
    ("Filter failure: NOTIONAL", "binance-filter-notional"),
    ("Filter failure: PERCENT_PRICE_BY_SIDE", "binance-filter-percent"),
    ("Filter failure: MAX_NUM_ORDERS", "binance-filter-orders"),
    ("Filter failure: MAX_NUM_ALGO_ORDERS", "binance-filter-stops"),
    ("Filter failure: MAX_POSITION", "binance-filter-position"),
    ("Filter failure: EXCHANGE_MAX_NUM_ORDERS", "binance-filter-account"),
    ("-1015 Too many new orders; current limit is 50 orders per 10 SECOND.", "binance-too-many-orders"),
    ("Precision is over the maximum defined for this asset.", "binance-decimals"),
    ("-1121 Invalid symbol.", "binance-symbol"),
    ("Timestamp for this request is outside of the recvWindow.", "binance-clock"),
    ("Timestamp for this request was 1000ms ahead of the server's time.", "binance-clock"),
    ("Signature for this request is not valid.", "binance-signature"),
    ("Account has insufficient balance for requested action.", "binance-balance"),
    ("Market is closed.", "binance-market-closed"),
    ("This symbol is not permitted for this account.", "binance-pair-not-permitted"),
    ("This action is disabled on this account.", "binance-account-restricted"),
    ("This account may not place or cancel orders.", "binance-account-restricted"),
    ("Stop price would trigger immediately.", "binance-stop-side"),
    ("Order would immediately match and take.", "binance-post-only"),
    ("Rest API trading is not enabled.", "binance-wrong-server"),
    ("-2010", "binance-refused"),
    ("Unknown order sent.", "binance-order-gone"),
    ("-2013 Order does not exist.", "binance-order-gone"),
    ("-2026", "binance-order-archived"),
    ("API-key format invalid.", "binance-key-format"),
    ("-2008 Invalid Api-Key ID.", "binance-key-gone"),
    ("Invalid API-key, IP, or permissions for action.", "binance-key-address-or-right"),
    ("Service unavailable from a restricted location according to 'b. Eligibility'", "binance-region"),
    ("Balance is insufficient.", "binance-futures-balance"),
    ("Margin is insufficient.", "binance-futures-margin"),
    ("-2024", "binance-futures-position"),
    ("Order would immediately trigger.", "binance-futures-trigger"),
    ("ReduceOnly Order is rejected.", "binance-futures-reduce-only"),
    (
        "-4118 ReduceOnly Order Failed. Please check your existing position and open orders",
        "binance-futures-reduce-only",
    ),
    ("User in liquidation mode now.", "binance-futures-liquidating"),
    ("Reach max open order limit.", "binance-futures-too-many"),
    ("Exceeded the maximum allowable position at current leverage.", "binance-futures-leverage-position"),
    ("-2028", "binance-futures-leverage-margin"),
    ("-4003 Quantity less than zero.", "binance-futures-quantity"),
    ("-4005", "binance-futures-quantity"),
    ("Price not increased by tick size.", "binance-futures-price-step"),
    ("-4016", "binance-futures-price-band"),
    ("-4024", "binance-futures-price-band"),
    ("-4131", "binance-futures-thin-book"),
    ("Order's notional must be no smaller than 5.0 (unless you choose reduce only)", "binance-futures-notional"),
    ("-4028", "binance-futures-leverage"),
    ("-4202", "binance-futures-leverage-kyc"),
    ("-4205", "binance-futures-leverage-new"),
    ("-4206", "binance-futures-leverage-country"),
    ("No need to change margin type.", "binance-futures-margin-same"),
    ("-4047", "binance-futures-margin-busy"),
    ("-4048", "binance-futures-margin-busy"),
    ("No need to change position side.", "binance-futures-mode-same"),
    ("-4067", "binance-futures-mode-busy"),
    ("-4068", "binance-futures-mode-busy"),
    ("Order's position side does not match user's setting.", "binance-futures-mode"),
    ("-4192", "binance-futures-cooling-off"),
    ("-4400", "binance-futures-close-only"),
    ("-4401", "binance-futures-close-only"),
    ("retCode 33004", "bybit-expired"),
    ("EAPI:Invalid nonce", "kraken-nonce"),
    ("IP_FORBIDDEN", "gate-address"),
    ("okx 50119", "okx-key"),
]


@pytest.mark.parametrize(("text", "expected"), SEEN)
def test_a_text_that_people_paste_is_understood(text: str, expected: str) -> None:
    assert [m.id for m in BOOK.understand(text)][:1] == [expected]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_is_found_by_each_of_its_codes_and_fragments(row) -> None:  # type: ignore[no-untyped-def]  # a parametrised value
    for code in row.codes:
        for writing in (code, f"({code})", f"Error code: {code.lstrip('-')}", f"{row.origin} said {code}"):
            assert row in BOOK.understand(writing, venue=None if row.origin == "three_commas" else row.origin), writing
    for text in row.texts:
        assert row in BOOK.understand(text.upper(), venue=row.origin if row.named_only else None), text


def test_every_row_has_both_sentences_and_every_sentence_has_a_row() -> None:
    said = {key for key in sentence_ids() if key.startswith("message-")}
    assert said == {key for row in ROWS for key in (row.what, row.do)}


def test_every_article_that_a_row_names_is_there() -> None:
    assert {row.article for row in ROWS if row.article} <= articles().keys()


def test_the_one_number_that_means_two_things_is_asked_about() -> None:
    assert asks_for_market(BOOK.understand("(−4046)"))
    assert [m.id for m in BOOK.understand("-4046", market=MarketType.SPOT)] == ["binance-agreement"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "my bot does not buy",
        "BTC is at 61200, I bought at 58110",
        "order 28457349384573",
        "since 2015 I trade",
        "Sold 10003 SHIB",
        "192.0.2.15",
        "something went wrong (-9999)",
    ],
)
def test_what_nobody_wrote_down_is_not_guessed_at(text: str) -> None:
    assert BOOK.understand(text) == []


def test_a_text_that_names_several_faults_gives_the_causes_in_the_order_to_test() -> None:
    (row,) = BOOK.understand("-2015")
    assert [c.value for c in row.causes] == ["key_unknown", "ip_not_allowed", "permission_missing"]
