"""Which way, which rights, which addresses, and which key to delete when."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.guides import (
    AddressRules,
    Holder,
    ListSource,
    NotFast,
    RepairGuide,
    Rights,
    Separator,
    Task,
    VenueGuide,
    Way,
    When,
)
from domain.markets import MarketListing
from domain.update_keys import ChosenListing, RepairCase, choose_listing, repair_guide
from domain.values import MarketType

ADDRESSES = tuple(f"192.0.2.{n}" for n in range(1, 31))
LISTING = MarketListing(
    "binance",
    "Binance Spot",
    "https://help.example/binance",
    ("api_key", "secret"),
    frozenset({"form", "fast_connect"}),
    ADDRESSES,
)
FORM_ONLY = replace(LISTING, flows=frozenset({"form"}))
VENUE = VenueGuide(
    venue="binance",
    name="Binance",
    checked=date(2026, 1, 1),
    sources=(),
    key_page=("profile icon", "API Management"),
    create=("Create API", "System generated"),
    edit=("Edit restrictions",),
    addresses=AddressRules("Restrict access to trusted IPs only", 30, Separator.BLANK),
    rights={
        MarketType.SPOT: Rights(("Enable Reading", "Enable Spot & Margin Trading"), ("Enable Withdrawals",)),
        MarketType.USDM: Rights(("Enable Reading", "Enable Futures"), ("Enable Withdrawals",)),
    },
    notes=("note-always",),
    edit_notes=("note-edit",),
    market_notes={MarketType.USDM: ("note-futures",)},
    fast_connect_notes=("note-fast",),
    sub_account_notes=("note-sub",),
)
LIVE = ChosenListing(ListSource.LIVE, LISTING)
MAIN = RepairCase("binance", "Main spot", Holder.MAIN)


def ids(guide: RepairGuide) -> list[str]:
    return [step.id for step in guide.steps]


def note_ids(guide: RepairGuide) -> list[str]:
    return [note.id for note in guide.notes]


def test_a_main_account_is_repaired_by_fast_connect_where_the_list_has_it() -> None:
    guide = repair_guide(MAIN, LIVE, VENUE)
    assert (guide.way, guide.why_not_fast, guide.can_fast_connect) == (Way.FAST_CONNECT, None, True)
    assert ids(guide) == ["sign-in-main", "press-fast-connect", "refresh", "delete-old"]
    assert "note-fast" in note_ids(guide)


def test_fast_connect_needs_no_addresses_and_no_rights() -> None:
    assert not any(step.copies or step.ticks for step in repair_guide(MAIN, LIVE, VENUE).steps)


@pytest.mark.parametrize(
    ("case", "chosen", "reason"),
    [
        (replace(MAIN, holder=Holder.SUB), LIVE, NotFast.SUB_ACCOUNT),
        (replace(MAIN, holder=Holder.NOT_SURE), LIVE, NotFast.HOLDER_UNKNOWN),
        (MAIN, ChosenListing(ListSource.LIVE, FORM_ONLY), NotFast.NOT_OFFERED),
        (MAIN, ChosenListing(ListSource.LIVE, None), NotFast.NOT_OFFERED),
        (replace(MAIN, futures_forbidden=True), LIVE, NotFast.FUTURES_FORBIDDEN),
        (MAIN, ChosenListing(ListSource.SNAPSHOT, LISTING), NotFast.LIST_NOT_READ),
        (MAIN, ChosenListing(ListSource.NOWHERE, None), NotFast.LIST_NOT_READ),
    ],
)
def test_otherwise_a_classic_key_with_the_reason(case: RepairCase, chosen: ChosenListing, reason: NotFast) -> None:
    guide = repair_guide(case, chosen, VENUE)
    assert (guide.way, guide.why_not_fast) == (Way.BY_HAND, reason)


def test_a_sub_account_cannot_be_talked_into_fast_connect() -> None:
    guide = repair_guide(replace(MAIN, holder=Holder.SUB, way=Way.FAST_CONNECT), LIVE, VENUE)
    assert (guide.way, guide.can_fast_connect) == (Way.BY_HAND, False)
    assert "switch-to-sub-account" in ids(guide)
    assert "note-sub" in note_ids(guide)


def test_fast_connect_may_be_chosen_where_only_the_old_list_has_it() -> None:
    chosen = ChosenListing(ListSource.SNAPSHOT, LISTING)
    guide = repair_guide(replace(MAIN, way=Way.FAST_CONNECT), chosen, VENUE)
    assert (guide.way, guide.can_fast_connect) == (Way.FAST_CONNECT, True)


def test_the_steps_by_hand_stand_in_the_order_in_which_the_page_allows_them() -> None:
    """The address list comes before the boxes: Binance lets trading be ticked only then."""
    guide = repair_guide(replace(MAIN, way=Way.BY_HAND), LIVE, VENUE)
    assert ids(guide) == [
        "open-window",
        "create-key",
        "addresses-in-parts",
        "rights",
        "paste-at-three-commas",
        "refresh",
        "delete-old",
    ]
    assert guide.can_fast_connect
    by_id = {step.id: step for step in guide.steps}
    assert by_id["create-key"].path == ("profile icon", "API Management", "Create API", "System generated")
    assert by_id["rights"].ticks == ("Enable Reading", "Enable Spot & Margin Trading")
    assert by_id["rights"].leave_off == ("Enable Withdrawals",)
    assert by_id["paste-at-three-commas"].fields == ("api_key", "secret")
    assert " ".join(by_id["addresses-in-parts"].copies).split() == list(ADDRESSES)


def test_the_rights_are_those_of_the_market() -> None:
    case = replace(MAIN, market_code="binance_futures", way=Way.BY_HAND)
    guide = repair_guide(case, LIVE, VENUE)
    (rights,) = [step for step in guide.steps if step.id == "rights"]
    assert "Enable Futures" in rights.ticks
    assert "note-futures" in note_ids(guide)


@pytest.mark.parametrize("way", list(Way))
def test_the_old_key_goes_only_after_the_new_one_works(way: Way) -> None:
    guide = repair_guide(replace(MAIN, way=way), LIVE, VENUE)
    assert [step.id for step in guide.due(When.ONCE_IT_WORKS)] == ["delete-old"]
    assert guide.steps[-1].path == ("profile icon", "API Management")


@pytest.mark.parametrize("way", list(Way))
def test_a_key_that_may_be_known_to_others_goes_first(way: Way) -> None:
    guide = repair_guide(replace(MAIN, way=way, compromised=True), LIVE, VENUE)
    assert ids(guide)[0] == "delete-old-first"
    assert guide.due(When.ONCE_IT_WORKS) == ()


def test_a_key_that_may_be_known_to_others_is_never_only_edited() -> None:
    guide = repair_guide(replace(MAIN, task=Task.ADDRESSES, compromised=True), LIVE, VENUE)
    assert guide.task is Task.NEW_KEY


def test_a_wrong_address_list_is_edited_and_nothing_is_pasted_at_3commas() -> None:
    guide = repair_guide(replace(MAIN, task=Task.ADDRESSES), LIVE, VENUE)
    assert ids(guide) == ["edit-key", "addresses-in-parts", "save-edit", "refresh-edit"]
    assert guide.steps[0].path[-1] == "Edit restrictions"
    assert guide.way is Way.BY_HAND
    assert guide.why_not_fast is None


def test_a_missing_right_is_edited() -> None:
    assert ids(repair_guide(replace(MAIN, task=Task.RIGHTS), LIVE, VENUE)) == [
        "edit-key",
        "rights",
        "save-edit",
        "refresh-edit",
    ]


def test_without_todays_list_no_address_is_shown() -> None:
    """Even if an old list held some: old addresses lock 3Commas out."""
    guide = repair_guide(MAIN, ChosenListing(ListSource.SNAPSHOT, LISTING), VENUE)
    assert "addresses-from-window" in ids(guide)
    assert not any(step.copies for step in guide.steps)
    assert "note-list-not-read" in note_ids(guide)


@pytest.mark.parametrize(("count", "said"), [(30, False), (31, True)])
def test_a_list_that_is_longer_than_a_key_takes_is_said(count: int, said: bool) -> None:
    listing = replace(FORM_ONLY, trusted_ips=tuple(f"192.0.2.{n}" for n in range(count)))
    guide = repair_guide(MAIN, ChosenListing(ListSource.LIVE, listing), VENUE)
    assert ("note-too-many-addresses" in note_ids(guide)) is said


def test_a_market_without_a_written_guide_gets_general_steps_with_the_fields_of_the_list() -> None:
    listing = MarketListing(
        "newex_spot",
        "NewEx",
        "https://help.example/newex",
        ("api_key", "secret", "passphrase"),
        frozenset({"form"}),
        ("198.51.100.0/24",),
    )
    guide = repair_guide(replace(MAIN, market_code="newex_spot"), ChosenListing(ListSource.LIVE, listing), None)
    assert ids(guide) == [
        "open-window",
        "create-key-somewhere",
        "addresses-somewhere",
        "rights-of-spot",
        "paste-at-three-commas",
        "refresh",
        "delete-old-somewhere",
    ]
    assert guide.steps[4].fields == ("api_key", "secret", "passphrase")
    assert guide.steps[2].copies == ("198.51.100.0/24",)
    assert guide.help_link == "https://help.example/newex"
    assert "note-page-unknown" in note_ids(guide)


def test_futures_of_an_exchange_without_a_written_guide_ask_for_futures_rights() -> None:
    guide = repair_guide(replace(MAIN, market_code="okex_futures"), ChosenListing(ListSource.LIVE, FORM_ONLY), None)
    assert "rights-of-futures" in ids(guide)


def test_a_code_that_nobody_knows_still_gets_a_way_through() -> None:
    guide = repair_guide(replace(MAIN, market_code="moon"), ChosenListing(ListSource.NOWHERE, None), None)
    assert guide.name == "moon"
    assert "paste-at-three-commas" in ids(guide)


def test_a_wallet_has_no_key() -> None:
    wallet = replace(FORM_ONLY, market_code="trx", required_fields=("address",), trusted_ips=())
    guide = repair_guide(replace(MAIN, market_code="trx"), ChosenListing(ListSource.LIVE, wallet), None)
    assert ids(guide) == ["enter-wallet", "refresh-edit"]


def test_todays_list_beats_the_shipped_one_and_is_believed_when_it_lacks_a_market() -> None:
    old = {"binance": replace(LISTING, name="old"), "ftx": LISTING}
    assert choose_listing("binance", [LISTING], old) == LIVE
    assert choose_listing("ftx", [LISTING], old) == ChosenListing(ListSource.LIVE, None)
    assert choose_listing("binance", None, old).source is ListSource.SNAPSHOT
    assert choose_listing("moon", None, old) == ChosenListing(ListSource.NOWHERE, None)


cases = st.builds(
    RepairCase,
    st.sampled_from(["binance", "binance_futures", "moon"]),
    st.text(min_size=1, max_size=20),
    st.sampled_from(Holder),
    st.sampled_from(Task),
    st.none() | st.sampled_from(Way),
    st.booleans(),
    st.booleans(),
)
choices = st.sampled_from(
    [
        LIVE,
        ChosenListing(ListSource.LIVE, FORM_ONLY),
        ChosenListing(ListSource.SNAPSHOT, LISTING),
        ChosenListing(ListSource.NOWHERE, None),
    ]
)


@given(cases, choices, st.sampled_from([VENUE, None]))
def test_what_holds_for_every_case(case: RepairCase, chosen: ChosenListing, venue: VenueGuide | None) -> None:
    guide = repair_guide(case, chosen, venue)
    assert len(ids(guide)) == len(set(ids(guide)))
    if guide.way is Way.FAST_CONNECT:
        assert case.holder is Holder.MAIN
        assert not case.futures_forbidden
    deletes = [step for step in guide.steps if step.id.startswith("delete-old")]
    assert len(deletes) == (guide.task is Task.NEW_KEY)
    assert all((step.when is When.NOW) == case.compromised for step in deletes)
    assert not any("Withdraw" in right for step in guide.steps for right in step.ticks)
    assert all(len(copy) <= 256 for step in guide.steps for copy in step.copies)
    if chosen.source is not ListSource.LIVE:
        assert not any(step.copies for step in guide.steps)


@pytest.mark.parametrize("task", [Task.ADDRESSES, Task.RIGHTS])
def test_a_key_that_stays_comes_without_notes_on_making_one(task: Task):
    case = replace(MAIN, task=task, holder=Holder.NOT_SURE)
    assert note_ids(repair_guide(case, LIVE, VENUE)) == ["note-edit"]
