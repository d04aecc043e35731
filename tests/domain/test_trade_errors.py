"""Error texts of trades, deals and connections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.causes import Cause
from domain.trade_error_table import CODES, WORDS
from domain.trade_errors import KEY_ADDRESS_OR_RIGHT, Group, classify, trading_right
from domain.values import MarketType

BINANCE = [
    ("Invalid API-key, IP, or permissions for action. (-2015)", Group.KEY, KEY_ADDRESS_OR_RIGHT),
    (
        'binance {"code":-2015,"msg":"Invalid API-key, IP, or permissions for action, request ip: 192.0.2.7"}',
        Group.KEY,
        KEY_ADDRESS_OR_RIGHT,
    ),
    ("API-key format invalid. (\u22122014)", Group.KEY, (Cause.KEY_UNKNOWN,)),
    ("code - 2008 Invalid Api-Key ID.", Group.KEY, (Cause.KEY_UNKNOWN,)),
    ("-1022: Signature for this request is not valid.", Group.KEY, (Cause.SECRET_WRONG,)),
    ("-1021 Timestamp for this request is outside of the recvWindow.", Group.CLOCK, (Cause.CLOCK_OFF,)),
    ("-2010 Account has insufficient balance for requested action.", Group.BALANCE, ()),
    ("-2010 This action is disabled on this account.", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("-2010 This account may not place or cancel orders.", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("-2010 Market is closed.", Group.PAIR, ()),
    ("-2010 Stop price would trigger immediately.", Group.TRIGGER_SIDE, ()),
    ("-1013 Filter failure: MIN_NOTIONAL", Group.MINIMUM, ()),
    ("-1013 Filter failure: LOT_SIZE", Group.AMOUNT_STEP, ()),
    ("Filter failure: PRICE_FILTER", Group.PRICE_STEP, ()),
    ("-2017 API Keys are locked on this account.", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("-2019 Margin is insufficient.", Group.MARGIN, ()),
    ("-2021 Order would immediately trigger.", Group.TRIGGER_SIDE, ()),
    ("-2022 ReduceOnly Order is rejected.", Group.REDUCE_ONLY, ()),
    ("-4061 Order's position side does not match user's setting.", Group.POSITION_MODE, ()),
    ("-4164 Order's notional must be no smaller than 5", Group.MINIMUM, ()),
    ("-4402 Your region", Group.REGION, (Cause.REGION_BLOCKED,)),
    ("[2000003919] Trading is not available", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("Service unavailable from a restricted location", Group.REGION, (Cause.REGION_BLOCKED,)),
]

THREE_COMMAS = [
    ("API keys are no longer valid or incorrect.", Group.KEY, KEY_ADDRESS_OR_RIGHT),
    ("Invalid API keys", Group.KEY, KEY_ADDRESS_OR_RIGHT),
    ("invalid_api_key", Group.KEY, KEY_ADDRESS_OR_RIGHT),
    ("API key is invalid", Group.KEY, KEY_ADDRESS_OR_RIGHT),
    ("Not enough permissions for API keys", Group.PERMISSION, (Cause.PERMISSION_MISSING,)),
    ("IP address is not whitelisted", Group.ADDRESS, (Cause.IP_NOT_ALLOWED,)),
    ("Your account has been disabled from using the API", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("You need to pass KYC on the exchange to trade on this pair", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("Exchange account is banned", Group.RESTRICTED, (Cause.ACCOUNT_RESTRICTED,)),
    ("pair_not_supported", Group.PAIR, ()),
    (
        "The request type 'read' is not available with your current subscription plan.",
        Group.PLAN,
        (Cause.PLAN_ENDED,),
    ),
]


@pytest.mark.parametrize(("text", "group", "causes"), BINANCE + THREE_COMMAS)
def test_a_text_means_what_the_lists_say(text, group, causes):
    found = classify("binance", text)
    assert (found.group, found.causes) == (group, causes)


@pytest.mark.parametrize(
    ("text", "group", "causes"), [row for row in BINANCE if "2000003919" not in row[0]] + THREE_COMMAS
)
def test_binances_codes_are_believed_without_a_venue_as_well(text, group, causes):
    found = classify("", text)
    assert (found.group, found.causes) == (group, causes)


def test_a_bare_number_means_nothing_without_its_venue():
    assert classify("", "order 10003 was closed").group is Group.UNKNOWN
    assert classify("bybit", "10003 API key is invalid").causes == (Cause.KEY_UNKNOWN,)


def test_the_same_words_mean_what_the_code_says_at_its_own_venue():
    assert classify("kucoin", "400006 The requested ip address is not in the api whitelist").causes == (
        Cause.IP_NOT_ALLOWED,
    )
    assert classify("bybit", "33004 your api key has expired").causes == (Cause.KEY_EXPIRED,)


@pytest.mark.parametrize("text", ["sold 12-2015 units", "order 1-2015", "-20150", "x-2015", "2015"])
def test_a_number_inside_another_is_no_code(text):
    assert classify("binance", text).code == ""


@pytest.mark.parametrize("text", ["", "   ", "Something we never saw", "The script did not run", "zip file not found"])
def test_what_nobody_knows_stays_unknown(text):
    found = classify("binance", text)
    assert (found.group, found.cause, found.about_key) == (Group.UNKNOWN, Cause.UNKNOWN, False)


def test_the_right_that_a_text_names_is_kept():
    assert classify("binance", "Not enough permissions for API keys: enable Futures").right == "futures"
    assert classify("binance", "Not enough permissions for API keys").right == ""
    assert trading_right(MarketType.SPOT) == "spot"
    assert trading_right(MarketType.USDM) == trading_right(MarketType.COINM) == "futures"


def test_several_causes_of_one_text_are_ambiguous():
    assert classify("binance", "-2015").cause is Cause.AMBIGUOUS
    assert classify("binance", "-2014").cause is Cause.KEY_UNKNOWN


def test_an_orders_own_fault_is_never_about_the_key():
    assert not classify("binance", "-2019 Margin is insufficient.").about_key
    assert classify("binance", "-2015").about_key


@pytest.mark.parametrize("venue", CODES)
def test_every_code_of_every_venue_is_found_in_a_sentence(venue):
    for code, (group, causes) in CODES[venue].items():
        found = classify(venue, f"{venue} said: {code.upper()}. Try again.")
        assert (found.code, found.group, found.causes) == (code, group, causes)


def test_every_row_of_words_can_be_reached():
    for fragments, (group, causes) in WORDS:
        found = classify("", " ... ".join(fragments))
        assert (found.group, found.causes) == (group, causes), fragments


@given(venue=st.sampled_from(["", "binance", "bybit", "nowhere"]), text=st.text(max_size=300))
def test_no_text_is_too_strange(venue, text):
    assert classify(venue, text).group in Group


@given(noise=st.text(alphabet="abcdefgh .,:;()[]{}\"'\n", max_size=40))
def test_a_code_is_found_whatever_stands_around_it(noise):
    assert classify("binance", f"{noise} -2015 {noise}").causes == KEY_ADDRESS_OR_RIGHT
