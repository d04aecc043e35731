"""Request budgets under a clock that the test moves."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.limits import PATIENCE_S, Budget, InFlight, LocalLimiter, Scope, at_address, at_key
from domain.errors import TooManyRequests
from tests.clients.doubles import START, MovedClock

ADDRESS = at_address("binance", "203.0.113.7")
KEY = at_key("binance", "key")
THREE = Budget(3, 60)


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def limiter(clock: MovedClock) -> LocalLimiter:
    return LocalLimiter(clock)


async def _spend(limiter: LocalLimiter, times: int, budget: Budget = THREE, scope: Scope = ADDRESS) -> None:
    for _ in range(times):
        await limiter.admit("binance", [(scope, budget)])


async def test_a_budget_admits_its_number_and_says_when_to_come_back(clock: MovedClock, limiter: LocalLimiter) -> None:
    await _spend(limiter, 3)
    clock.advance(20)
    with pytest.raises(TooManyRequests) as caught:
        await _spend(limiter, 1)
    assert caught.value.retry_after_s == pytest.approx(40)
    assert caught.value.service == "binance"
    assert clock.waits == [], "nobody waits in silence for 40 seconds"


async def test_after_the_window_there_is_room_again(clock: MovedClock, limiter: LocalLimiter) -> None:
    await _spend(limiter, 3)
    clock.advance(60)
    await _spend(limiter, 3)


async def test_the_window_slides_so_no_alignment_of_the_other_side_is_exceeded(
    clock: MovedClock, limiter: LocalLimiter
) -> None:
    await _spend(limiter, 1)
    clock.advance(50)
    await _spend(limiter, 2)
    clock.advance(15)
    await _spend(limiter, 1)  # the first is over a minute old; the other two are not
    with pytest.raises(TooManyRequests):
        await _spend(limiter, 1)


async def test_a_short_wait_is_simply_waited(clock: MovedClock, limiter: LocalLimiter) -> None:
    await _spend(limiter, 3)
    clock.advance(60 - PATIENCE_S)
    await _spend(limiter, 1)
    assert clock.waits == [pytest.approx(PATIENCE_S)]


async def test_a_refused_request_charges_nothing(clock: MovedClock, limiter: LocalLimiter) -> None:
    wide = Budget(100, 60)
    await _spend(limiter, 3, THREE, KEY)
    for _ in range(200):
        with pytest.raises(TooManyRequests):
            await limiter.admit("binance", [(ADDRESS, wide), (KEY, THREE)])
    await limiter.admit("binance", [(ADDRESS, wide)], weight=100)


async def test_weights_count(limiter: LocalLimiter) -> None:
    await limiter.admit("binance", [(ADDRESS, Budget(100, 60))], weight=80)
    await limiter.admit("binance", [(ADDRESS, Budget(100, 60))], weight=20)
    with pytest.raises(TooManyRequests):
        await limiter.admit("binance", [(ADDRESS, Budget(100, 60))], weight=1)


async def test_keys_do_not_share_a_budget_but_share_the_address(limiter: LocalLimiter) -> None:
    wide = Budget(5, 60)
    for key in ("one key", "another"):
        for _ in range(2):
            await limiter.admit("binance", [(at_key("binance", key), Budget(2, 60)), (ADDRESS, wide)])
    third = at_key("binance", "a third")
    await limiter.admit("binance", [(third, THREE), (ADDRESS, wide)])
    with pytest.raises(TooManyRequests):
        await limiter.admit("binance", [(third, THREE), (ADDRESS, wide)])


def test_a_scope_does_not_hold_the_key() -> None:
    assert "a-key-of-somebody" not in repr(at_key("binance", "a-key-of-somebody"))


async def test_nothing_is_admitted_during_a_pause(clock: MovedClock, limiter: LocalLimiter) -> None:
    limiter.pause(ADDRESS, 300)
    clock.advance(100)
    limiter.pause(ADDRESS, 10)  # a shorter one does not end it
    with pytest.raises(TooManyRequests) as caught:
        await _spend(limiter, 1)
    assert caught.value.retry_after_s == pytest.approx(200)
    assert limiter.not_before(ADDRESS) == START + timedelta(seconds=300)
    clock.advance(200)
    await _spend(limiter, 1)
    assert limiter.not_before(ADDRESS) is None


async def test_a_narrowed_budget_beats_the_callers_until_it_ends(clock: MovedClock, limiter: LocalLimiter) -> None:
    limiter.narrow(KEY, Budget(1, 60), 3600)
    await _spend(limiter, 1, THREE, KEY)
    with pytest.raises(TooManyRequests):
        await _spend(limiter, 1, THREE, KEY)
    clock.advance(3600)
    await _spend(limiter, 3, THREE, KEY)


async def test_what_the_service_counts_beyond_ours_is_charged(limiter: LocalLimiter) -> None:
    budget = Budget(100, 60)
    await limiter.admit("binance", [(ADDRESS, budget)], weight=10)
    limiter.observe(ADDRESS, 95)  # somebody else asks from our address too
    limiter.observe(ADDRESS, 20)  # an older figure that comes late changes nothing
    await limiter.admit("binance", [(ADDRESS, budget)], weight=5)
    with pytest.raises(TooManyRequests):
        await limiter.admit("binance", [(ADDRESS, budget)], weight=1)


async def test_requests_that_wait_for_the_same_moment_do_not_overrun_it(
    clock: MovedClock, limiter: LocalLimiter
) -> None:
    await _spend(limiter, 3)
    clock.advance(59)
    results = await asyncio.gather(*(_spend(limiter, 1) for _ in range(5)), return_exceptions=True)
    assert sum(result is None for result in results) == 3
    assert sum(isinstance(result, TooManyRequests) for result in results) == 2


async def test_scopes_at_rest_are_forgotten(
    clock: MovedClock, limiter: LocalLimiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.limits.KEPT_SCOPES", 10)
    limiter.pause(KEY, 10_000)
    for number in range(50):
        await _spend(limiter, 1, THREE, at_key("binance", str(number)))
        clock.advance(61)
    assert len(limiter._windows) <= 11
    assert limiter.not_before(KEY) is not None, "a pause is no rest"


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 4)), min_size=1, max_size=40),
    limit=st.integers(4, 12),
)
def test_no_window_ever_holds_more_than_the_budget(steps: list[tuple[float, int]], limit: int) -> None:
    async def run() -> list[tuple[float, int]]:
        clock, admitted = MovedClock(), []
        limiter = LocalLimiter(clock)
        for pause, weight in steps:
            clock.advance(pause)
            try:
                await limiter.admit("x", [(ADDRESS, Budget(limit, 60))], weight)
            except TooManyRequests:
                continue
            admitted.append((clock.now().timestamp(), weight))
        return admitted

    admitted = asyncio.run(run())
    for begin, _ in admitted:
        assert sum(weight for at, weight in admitted if begin <= at < begin + 59.999) <= limit


async def _busiest(gates: InFlight, scopes: list[Scope]) -> int:
    inside = busiest = 0

    async def one(scope: Scope) -> None:
        nonlocal inside, busiest
        async with gates.gate(scope):
            inside += 1
            busiest = max(busiest, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(one(scope) for scope in scopes))
    return busiest


@pytest.mark.parametrize(
    ("width", "scopes", "expected"),
    [
        (10, lambda: [KEY] * 40, 10),
        (1, lambda: [KEY] * 5, 1),
        (2, lambda: [KEY, KEY, KEY, ADDRESS, ADDRESS, ADDRESS], 4),
    ],
)
async def test_only_so_many_are_in_flight_per_scope(
    width: int, scopes: Callable[[], list[Scope]], expected: int
) -> None:
    assert await _busiest(InFlight(width), scopes()) == expected
