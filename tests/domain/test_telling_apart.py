"""Binance's shared refusal, narrowed down."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.causes import Cause
from domain.errors import KeyRefused, ServiceDown, SupportError, TimedOut
from domain.ports import KeyRights
from domain.telling_apart import OURS, KeyHistory, right_for, tell_apart
from domain.trade_errors import KEY_ADDRESS_OR_RIGHT
from domain.values import MarketType


def refused(*causes: Cause, address: str | None = None) -> KeyRefused:
    return KeyRefused("binance", causes or KEY_ADDRESS_OR_RIGHT, code="-2015", address=address)


def answering(rights: KeyRights) -> Callable[[], Awaitable[KeyRights]]:
    async def ask() -> KeyRights:
        return rights

    return ask


def failing(error: SupportError) -> Callable[[], Awaitable[KeyRights]]:
    async def ask() -> KeyRights:
        raise error

    return ask


async def test_if_the_key_describes_itself_only_the_right_is_left():
    told = await tell_apart(
        refused(), KeyHistory(), market=MarketType.USDM, ask_rights=answering(KeyRights(reading=True, futures=False))
    )
    assert (told.causes, told.right) == ((Cause.PERMISSION_MISSING,), "futures")
    assert told.rights == KeyRights(reading=True, futures=False)


async def test_a_right_is_not_named_if_none_is_missing():
    rights = KeyRights(reading=True, futures=True)
    told = await tell_apart(refused(), KeyHistory(), market=MarketType.USDM, ask_rights=answering(rights))
    assert (told.causes, told.right) == ((Cause.PERMISSION_MISSING,), "")


async def test_if_the_key_cannot_describe_itself_key_and_address_are_left():
    told = await tell_apart(refused(), KeyHistory(), market=MarketType.SPOT, ask_rights=failing(refused()))
    assert told.causes == (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED)


async def test_a_refusal_of_the_description_itself_is_the_same():
    told = await tell_apart(refused(), KeyHistory(healthy_before=True, address_changed=False))
    assert told.causes == (Cause.KEY_UNKNOWN, Cause.IP_NOT_ALLOWED)


async def test_a_key_that_worked_from_an_older_address_is_tested_for_the_address_first():
    told = await tell_apart(refused(), KeyHistory(healthy_before=True, address_changed=True))
    assert told.causes == (Cause.IP_NOT_ALLOWED, Cause.KEY_UNKNOWN)


async def test_a_clear_answer_to_the_second_question_decides():
    told = await tell_apart(
        refused(), KeyHistory(), market=MarketType.USDM, ask_rights=failing(refused(Cause.KEY_UNKNOWN))
    )
    assert told.causes == (Cause.KEY_UNKNOWN,)


@pytest.mark.parametrize("error", [TimedOut("binance"), ServiceDown("binance")])
async def test_no_answer_to_the_second_question_leaves_all_three(error):
    told = await tell_apart(refused(), KeyHistory(), market=MarketType.SPOT, ask_rights=failing(error))
    assert told.causes == KEY_ADDRESS_OR_RIGHT


async def test_our_clock_is_ours_and_is_not_asked_about():
    told = await tell_apart(refused(Cause.CLOCK_OFF), KeyHistory(), ask_rights=failing(AssertionError()))  # type: ignore[arg-type]
    assert (told.causes, told.ours) == ((Cause.CLOCK_OFF,), True)


async def test_the_address_that_the_exchange_saw_is_passed_on():
    told = await tell_apart(refused(), KeyHistory(), ask_rights=failing(refused(address="203.0.113.7")))
    assert told.address == "203.0.113.7"


def test_missing_reading_comes_before_any_other_right():
    assert right_for(MarketType.USDM, KeyRights(reading=False, futures=False)) == "reading"
    assert right_for(MarketType.MARGIN, KeyRights(reading=True, margin=False)) == "margin"
    assert right_for(MarketType.SPOT, KeyRights(reading=True, spot=False)) == ""
    assert right_for(None, KeyRights(reading=True)) == ""


RIGHTS = st.builds(KeyRights, reading=st.none() | st.booleans(), futures=st.none() | st.booleans())
HISTORY = st.builds(KeyHistory, healthy_before=st.booleans(), address_changed=st.none() | st.booleans())
ANSWER = st.none() | RIGHTS | st.sampled_from([refused(), refused(Cause.KEY_UNKNOWN), TimedOut("binance")])


@given(history=HISTORY, answer=ANSWER, market=st.none() | st.sampled_from(MarketType))
async def test_one_cause_alone_was_always_separated_from_the_others(history, answer, market):
    ask = None
    if answer is not None:
        ask = answering(answer) if isinstance(answer, KeyRights) else failing(answer)
    told = await tell_apart(refused(), history, market=market, ask_rights=ask)
    assert set(told.causes) <= set(KEY_ADDRESS_OR_RIGHT)
    assert len(set(told.causes)) == len(told.causes) > 0
    separated = isinstance(answer, KeyRights) or (isinstance(answer, KeyRefused) and len(answer.causes) == 1)
    assert (len(told.causes) == 1) == separated


@given(causes=st.lists(st.sampled_from(Cause), min_size=1, max_size=3, unique=True), history=HISTORY)
async def test_nothing_is_invented(causes, history):
    told = await tell_apart(refused(*causes), history)
    assert set(told.causes) <= set(causes)
    assert told.causes or set(causes) == {Cause.PERMISSION_MISSING}
    if set(causes) & OURS:
        assert told.causes == tuple(causes)
