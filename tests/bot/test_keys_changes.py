"""Renaming, removing, linking and taking apart."""

import pytest

from bot.buttons import Choose, Confirm, Open
from bot.handling import Overtaken
from domain.records import KeyState
from domain.values import MarketType
from tests.bot.keys_house import KeysHouse, button, confirmation, labels

# --- rename --------------------------------------------------------------------------------------------------------


async def test_a_key_gets_the_name_that_was_typed(house: KeysHouse) -> None:
    await house.key("k2")
    (asked,) = await house.command("rename", "k2")
    assert asked.text == "What shall I call <b>Binance</b>? Send me a name of 1 to 40 characters."
    assert labels(asked) == ["Cancel"]
    (said,) = await house.types("  For\nreading\u202e ")
    assert await house.label("k2") == "For reading"
    assert "<b>For reading</b>" in said.text


async def test_markup_in_a_name_is_kept_as_text(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    (said,) = await house.types("<b>mine</b>")
    assert await house.label("k2") == "<b>mine</b>"
    assert "&lt;b&gt;mine&lt;/b&gt;" in said.text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "That holds nothing that I could show as a name."),
        ("\u200b\u202e", "That holds nothing that I could show as a name."),
        ("x" * 41, "That has 41 characters, and a name may have 40."),
        ("x" * 4000, "That has 4000 characters"),
    ],
)
async def test_a_name_that_does_not_do_is_asked_again_with_the_reason(
    house: KeysHouse, typed: str, reason: str
) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    (said,) = await house.types(typed)
    assert said.text.replace(",", "").startswith(reason.replace(",", ""))
    assert "What shall I call" in said.text
    assert await house.label("k2") == "Binance"
    await house.types("x" * 40)
    assert await house.label("k2") == "x" * 40


async def test_a_key_that_went_away_before_its_name_came_is_said_to_be_gone(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    await house.remove("k2")
    (said,) = await house.types("New")
    assert said.text.startswith("That key is not here any more")


async def test_a_key_that_goes_while_it_is_renamed_starts_the_answer_over(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    handling = await house.prepare_text("New")
    await house.remove("k2")
    async with house.storage.units.writing() as u:
        with pytest.raises(Overtaken):
            await handling.carry_out(u)


async def test_rename_can_be_cancelled(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    await house.press(Choose("rename_key", "label", "cancel"))
    assert await house.label("k2") == "Binance"


@pytest.mark.parametrize("command", ["rename", "remove", "link", "unlink"])
async def test_typed_without_a_key_it_shows_the_keys(house: KeysHouse, command: str) -> None:
    await house.key("k2")
    (said,) = await house.command(command)
    assert said.text.startswith("<b>Keys that I keep for you</b>")


async def test_an_old_button_of_a_key_that_is_gone_ends_no_conversation(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    gone, offered = await house.command("remove", "k9")
    assert gone.text.startswith("That key is not here any more.")
    assert offered.text == "Still open: renaming a key."
    await house.types("Still possible")
    assert await house.label("k2") == "Still possible"


# --- remove --------------------------------------------------------------------------------------------------------


async def test_removing_names_what_stops_and_where_the_key_stays_valid(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1", keys=["k2"])
    (asked,) = await house.command("remove", "k2")
    assert "It reads <b>My spot</b>. Without it I can no longer read anything at Binance." in asked.text
    assert "stays valid until you delete it there: open <b>API Management</b>" in asked.text
    (said,) = await house.press(confirmation(asked))
    assert said.text.startswith("Removed: Binance")
    assert "API Management" in said.text
    assert await house.keys() == ["k1"]
    assert await house.accounts() == {"a1"}
    assert await house.linked("k2") == []


async def test_removing_the_token_names_what_i_can_no_longer_see(house: KeysHouse) -> None:
    await house.token("k1")
    await house.account("a1", "My spot", token="k1")
    (asked,) = await house.command("remove", "k1")
    assert "It shows me <b>My spot</b>. Without it I can no longer look through 3Commas" in asked.text
    assert "open <b>API</b>" in asked.text


async def test_a_pair_that_waits_is_thrown_away(house: KeysHouse) -> None:
    await house.key("k4", state=KeyState.PENDING, public_pem="public half", label="", tail="")
    (asked,) = await house.command("remove", "k4")
    assert "Throw away what waits for Binance?" in asked.text
    (said,) = await house.press(confirmation(asked))
    assert said.text.startswith("Thrown away")
    assert await house.keys() == []


async def test_the_log_of_a_removed_key_goes_too(house: KeysHouse) -> None:
    await house.key("k2")
    await house.used("k2", "check", "command", "ok")
    (asked,) = await house.command("remove", "k2")
    await house.press(confirmation(asked))
    async with house.storage.units.reading() as u:
        assert not await u.access_log.of("k2")


async def test_a_stand_in_goes_with_its_key(house: KeysHouse) -> None:
    await house.key("k2")
    await house.account("a3", "Binance spot", keys=["k2"])
    await _remove(house, "k2")
    assert await house.accounts() == set()


async def test_a_stand_in_that_another_key_reads_stays(house: KeysHouse) -> None:
    await house.key("k2")
    await house.key("k3")
    await house.account("a3", "Binance spot", keys=["k2", "k3"])
    await _remove(house, "k2")
    assert await house.accounts() == {"a3"}


async def test_an_account_that_something_was_told_about_stays(house: KeysHouse) -> None:
    await house.key("k2")
    await house.account("a3", "Binance spot", keys=["k2"])
    await house.told("a3")
    await _remove(house, "k2")
    assert await house.accounts() == {"a3"}


async def test_a_token_takes_along_what_only_it_showed(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "Only at 3Commas", token="k1")
    await house.account("a2", "Read by a key", token="k1", keys=["k2"])
    await house.account("a3", "Told about", token="k1")
    await house.told("a3")
    await house.account("a4", "Not concerned")
    await _remove(house, "k1")
    assert await house.accounts() == {"a2", "a3", "a4"}


async def test_only_the_button_of_this_question_removes(house: KeysHouse) -> None:
    await house.key("k2")
    await house.key("k3")
    (of_k2,) = await house.command("remove", "k2")
    (of_k3,) = await house.command("remove", "k3")
    for answer in (house.press(confirmation(of_k2)), house.press(Confirm("0" * 24)), house.types("yes")):
        (said,) = await answer
        assert said.text.startswith("Please use the button")
    assert sorted(await house.keys()) == ["k2", "k3"]
    await house.press(confirmation(said))
    assert await house.keys() == ["k2"]
    assert confirmation(of_k3) != confirmation(said)


async def test_a_second_tap_on_remove_is_answered_and_removes_nothing_more(house: KeysHouse) -> None:
    await house.key("k2")
    await house.key("k3")
    (asked,) = await house.command("remove", "k2")
    await house.press(confirmation(asked))
    (said,) = await house.press(confirmation(asked))
    assert said.text.startswith("That question is answered already")
    assert await house.keys() == ["k3"]


async def test_a_key_that_went_away_by_itself_is_removed_without_complaint(house: KeysHouse) -> None:
    await house.key("k2")
    (asked,) = await house.command("remove", "k2")
    await house.remove("k2")
    (said,) = await house.press(confirmation(asked))
    assert said.text.startswith("Removed: Binance")


# --- link ----------------------------------------------------------------------------------------------------------


async def test_linking_is_said_and_can_be_undone(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1")
    (said,) = await house.command("link", "a1.k2")
    assert said.text.startswith("Linked with <b>My spot</b>.")
    assert await house.linked("k2") == ["a1"]
    (undone,) = await house.press(button(said, "Undo"))
    assert "Taken apart" in undone.text
    assert await house.linked("k2") == []
    await house.press(button(undone, "Undo"))
    assert await house.linked("k2") == ["a1"]


async def test_linking_replaces_the_stand_in_of_the_same_market(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1")
    await house.account("a3", "Binance spot", keys=["k2"])
    await house.account("a4", "Binance futures", market=MarketType.USDM, keys=["k2"])
    await house.command("link", "a1.k2")
    assert await house.linked("k2") == ["a1", "a4"]
    assert await house.accounts() == {"a1", "a4"}


@pytest.mark.parametrize("token", ["k1", ""])
async def test_linking_twice_is_the_same_as_once(house: KeysHouse, token: str) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token=token)
    await house.command("link", "a1.k2")
    (said,) = await house.command("link", "a1.k2")
    assert said.text.startswith("Linked with")
    assert await house.linked("k2") == ["a1"]


async def test_unlinking_twice_is_the_same_as_once(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1", keys=["k2"])
    await house.command("unlink", "a1.k2")
    (said,) = await house.command("unlink", "a1.k2")
    assert "Taken apart" in said.text
    assert await house.linked("k2") == []


async def test_a_stand_in_is_not_taken_from_its_key(house: KeysHouse) -> None:
    await house.key("k2")
    await house.account("a3", "Binance spot", keys=["k2"])
    (said,) = await house.command("unlink", "a3.k2")
    assert "nothing to take apart" in said.text
    assert await house.linked("k2") == ["a3"]


@pytest.mark.parametrize("command", ["link", "unlink"])
@pytest.mark.parametrize("subject", ["a1.theirs", "theirs.k2", "a1.gone", "gone.k2", "a1", "a2.k2", "a1.k4", "a1.k1"])
async def test_what_is_foreign_unknown_or_does_not_belong_together_is_left_alone(
    house: KeysHouse, stranger: KeysHouse, command: str, subject: str
) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.key("k4", state=KeyState.PENDING)
    await house.account("a1", "My spot", token="k1", keys=["k2"])
    await house.account("a2", "At OKX", token="k1", venue="okx")
    await stranger.key("theirs")
    await stranger.account("theirs", "private name", keys=["theirs"])
    (said,) = await house.command(command, subject)
    assert said.text.startswith("One of the two is not here any more")
    assert "private name" not in said.text
    assert await house.linked("k2") == ["a1"]
    assert await house.linked("theirs") == ["theirs"]


async def test_a_key_that_goes_while_it_is_linked_starts_the_press_over(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1")
    handling = await house.prepare(Open("link", "a1.k2"))
    await house.remove("k2")
    async with house.storage.units.writing() as u:
        with pytest.raises(Overtaken):
            await handling.carry_out(u)


async def _remove(house: KeysHouse, key_id: str) -> None:
    (asked,) = await house.command("remove", key_id)
    await house.press(confirmation(asked))
