"""The bot's own key at an exchange and its token at 3Commas: reading is all it asks for."""

from dataclasses import replace

import pytest

from domain.guides import RepairGuide, Rights, Task, When
from domain.own_key_guides import NeedsFixedAddress, own_key_guide, token_guide
from domain.ports import Addresses
from domain.values import KeyKind
from tests.domain.test_update_keys import VENUE

HOME = Addresses(("203.0.113.7",))
NOWHERE = Addresses()
PUBLIC = "-----BEGIN PUBLIC KEY-----\n" + "A" * 60 + "\n-----END PUBLIC KEY-----"
READER = replace(
    VENUE,
    create_with_public_key=("Create API", "Self-generated"),
    reading_only=Rights(("Enable Reading",), ("Enable Futures", "Enable Withdrawals")),
)


def ids(guide: RepairGuide) -> list[str]:
    return [step.id for step in guide.steps]


def test_a_pair_needs_the_public_half_pasted_and_only_the_key_sent_back() -> None:
    guide = own_key_guide(READER, KeyKind.ED25519, HOME, public_pem=PUBLIC)
    assert ids(guide) == ["own-create-self-made", "own-rights", "own-addresses", "own-send-key"]
    assert guide.steps[0].path == ("profile icon", "API Management", "Create API", "Self-generated")
    assert guide.steps[0].copies == (PUBLIC,)
    assert guide.steps[1].ticks == ("Enable Reading",)
    assert guide.steps[2].copies == ("203.0.113.7",)


def test_without_an_address_that_stays_the_key_has_no_list() -> None:
    assert "own-no-addresses" in ids(own_key_guide(READER, KeyKind.ED25519, NOWHERE, public_pem=PUBLIC))


def test_a_public_half_that_fits_no_copy_button_is_left_to_the_view() -> None:
    assert own_key_guide(READER, KeyKind.RSA, HOME, public_pem="x" * 400).steps[0].copies == ()


def test_a_key_with_a_secret_is_sent_back_whole() -> None:
    assert ids(own_key_guide(READER, KeyKind.HMAC, HOME)) == [
        "own-create-key",
        "own-rights",
        "own-addresses",
        "own-send-both",
    ]


@pytest.mark.parametrize(("task", "change"), [(Task.ADDRESSES, "own-addresses"), (Task.RIGHTS, "own-rights")])
def test_a_key_that_is_there_is_edited(task: Task, change: str) -> None:
    assert ids(own_key_guide(READER, KeyKind.ED25519, HOME, task=task)) == ["own-edit-key", change, "own-done"]


def test_an_exchange_without_self_made_pairs_or_known_boxes_is_refused() -> None:
    with pytest.raises(ValueError, match="self-made"):
        own_key_guide(replace(READER, create_with_public_key=()), KeyKind.ED25519, HOME)
    with pytest.raises(ValueError, match="reading"):
        own_key_guide(VENUE, KeyKind.HMAC, HOME)


def test_a_token_asks_for_the_three_reading_rights() -> None:
    guide = token_guide(KeyKind.RSA, NOWHERE, public_pem="x" * 400)
    assert ids(guide) == ["token-create-self-made", "token-rights", "token-no-addresses", "token-send-key"]
    assert guide.steps[0].path == ("API", "New API access token", "Self-generated")
    assert guide.steps[1].ticks == ("Accounts read", "SmartTrades read", "Bots read")


def test_a_token_with_a_secret_needs_an_address_that_stays() -> None:
    guide = token_guide(KeyKind.HMAC, HOME)
    assert guide.steps[0].path[-1] == "System-generated"
    assert guide.steps[2].copies == ("203.0.113.7",)
    with pytest.raises(NeedsFixedAddress):
        token_guide(KeyKind.HMAC, NOWHERE)


def test_a_replaced_token_is_deleted_once_the_new_one_works() -> None:
    guide = token_guide(KeyKind.RSA, HOME, replacing=True)
    assert [step.id for step in guide.due(When.ONCE_IT_WORKS)] == ["token-delete-old"]
