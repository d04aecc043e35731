"""/keys: the list, one key in detail, and who used it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.buttons import Open, Show
from bot.flows import connecting
from bot.views import key_uses
from bot.views import keys as view
from bot.views.examples import checks
from bot.views.examples import keys as pretend
from bot.views.keys import KeyCard
from domain import errors
from domain.records import ExchangeAccount, KeyState, Use
from domain.values import KeyKind, MarketType
from tests.bot.keys_house import KeysHouse, button, labels


async def test_without_a_key_it_says_so_and_offers_to_connect(house: KeysHouse) -> None:
    (said,) = await house.command("keys")
    assert said.text.startswith("I keep no key for you.")
    assert button(said, "Connect") == Open("connect")


async def test_every_key_is_listed_the_token_first_each_with_its_button(house: KeysHouse) -> None:
    await house.key("k2", rights=("reading",))
    await house.token("k1")
    await house.account("a1", "My spot", token="k1", keys=["k2"])
    (said,) = await house.command("keys")
    token, key = said.text.split("\n\n")[1:]
    assert token.startswith("<b>3Commas</b>: token at 3Commas, …<code>9f3a</code>")
    assert "Shows me <b>My spot</b>." in token
    assert "Rights as last seen: reading." in key
    assert "Linked with <b>My spot</b>." in key
    assert button(said, "3Commas …9f3a") == Show("key", "k1")
    assert button(said, "Binance …Xy7Q") == Show("key", "k2")


async def test_a_pair_without_its_key_id_is_listed_as_waiting(house: KeysHouse) -> None:
    await house.key("k4", state=KeyState.PENDING, public_pem="public half", label="", tail="")
    (said,) = await house.command("keys")
    assert "waits for its key id" in said.text
    assert "25 Nov 2026, 12:00 UTC" in said.text
    (details,) = await house.press(button(said, "Binance: waiting"))
    assert button(details, "Go on connecting") == Open("connect", "binance")
    assert "Rename" not in labels(details)


async def test_key_and_secret_that_were_not_tried_yet_are_not_said_to_wait_for_a_key_id(house: KeysHouse) -> None:
    await house.key("k5", state=KeyState.PENDING, kind=KeyKind.HMAC)
    (said,) = await house.command("keys")
    assert "wait to be tried" in said.text
    assert "key id" not in said.text


async def test_details_lead_to_everything_that_can_be_done_with_a_key(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2")
    await house.account("a1", "My spot", token="k1", keys=["k2"])
    await house.account("a2", "My futures", token="k1", market=MarketType.USDM)
    await house.account("a3", "Elsewhere", token="k1", venue="okx")
    (said,) = await house.press(Show("key", "k2"))
    assert button(said, "Rename") == Open("rename", "k2")
    assert button(said, "Replace") == Open("connect", "binance")
    assert button(said, "Unlink My spot") == Open("unlink", "a1.k2")
    assert button(said, "Link with My futures") == Open("link", "a2.k2")
    assert button(said, "Who used it") == Show("log", "k2")
    assert button(said, "Remove") == Open("remove", "k2")
    assert not any("Elsewhere" in label for label in labels(said))


async def test_a_token_is_linked_by_3commas_alone(house: KeysHouse) -> None:
    await house.token("k1")
    await house.account("a1", "My spot", token="k1")
    (said,) = await house.press(Show("key", "k1"))
    assert not [label for label in labels(said) if "ink" in label]


async def test_a_stand_in_is_named_as_such_and_cannot_be_unlinked(house: KeysHouse) -> None:
    await house.key("k2")
    await house.account("a3", "Binance spot", keys=["k2"])
    (said,) = await house.press(Show("key", "k2"))
    assert "<b>Binance spot</b> (not seen through 3Commas)" in said.text
    assert "Unlink Binance spot" not in labels(said)


async def test_an_account_that_something_was_told_about_is_no_stand_in(house: KeysHouse) -> None:
    await house.key("k2")
    await house.account("a3", "Binance spot", keys=["k2"])
    await house.told("a3")
    (said,) = await house.press(Show("key", "k2"))
    assert button(said, "Unlink Binance spot") == Open("unlink", "a3.k2")


@pytest.mark.parametrize("what", ["key", "log"])
async def test_the_button_of_a_key_that_is_gone_is_answered_with_the_list(house: KeysHouse, what: str) -> None:
    await house.token("k1")
    (said,) = await house.press(Show(what, "gone"))
    assert said.text.startswith("That key is not here any more.")
    assert "3Commas …9f3a" in labels(said)


@pytest.mark.parametrize("data", [Show("key", "k2"), Show("log", "k2"), Open("rename", "k2"), Open("remove", "k2")])
async def test_a_key_of_somebody_else_is_answered_like_one_that_never_was(
    house: KeysHouse, stranger: KeysHouse, data: Show | Open
) -> None:
    await house.key("k2", label="private name")
    (said,) = await stranger.press(data)
    assert said.text.startswith("That key is not here any more.")
    assert "private name" not in said.text


async def test_a_button_that_shows_what_i_do_not_know_is_answered(house: KeysHouse) -> None:
    (said,) = await house.press(Show("weather", "k2"))
    assert "does nothing any more" in said.text


async def test_showing_a_key_in_the_middle_of_a_question_offers_the_question_again(house: KeysHouse) -> None:
    await house.key("k2")
    await house.command("rename", "k2")
    _, offered = await house.press(Show("key", "k2"))
    assert offered.text == "Still open: renaming a key."


# --- age, use, foreign text ---------------------------------------------------------------------------------------


async def test_a_key_older_than_a_year_is_said_to_be_old(house: KeysHouse) -> None:
    await house.key("k2", made_at=house.clock.now() - timedelta(days=366))
    (said,) = await house.command("keys")
    assert "Made at Binance on 23 November 2025. That is more than a year ago" in said.text


async def test_where_the_service_does_not_tell_the_age_counts_from_when_it_came(house: KeysHouse) -> None:
    await house.key("k2")
    house.clock.advance(timedelta(days=364).total_seconds())
    (said,) = await house.command("keys")
    assert "With me since" in said.text
    assert "more than a year" not in said.text
    house.clock.advance(timedelta(days=2).total_seconds())
    (said,) = await house.command("keys")
    assert "more than a year" in said.text


async def test_last_use_is_told(house: KeysHouse) -> None:
    await house.key("k2")
    (before,) = await house.command("keys")
    await house.used("k2", "check", "command", "ok")
    (after,) = await house.command("keys")
    assert "Not used yet." in before.text
    assert "Last used <tg-time" in after.text


async def test_names_of_strangers_stay_text(house: KeysHouse) -> None:
    await house.token("k1")
    await house.key("k2", label="<i>@bot</i>")
    await house.account("a1", "</b>/forget", token="k1", keys=["k2"])
    (said,) = await house.press(Show("key", "k2"))
    assert "<code>&lt;i&gt;@bot&lt;/i&gt;</code>" in said.text
    assert "<code>&lt;/b&gt;/forget</code>" in said.text
    assert "Unlink </b>/forget" in labels(said)


def test_accounts_without_room_for_a_button_are_counted() -> None:
    many = tuple(
        ExchangeAccount(f"a{n}", "t1", "binance", MarketType.SPOT, f"Spot {n}")
        for n in range(view.MAX_LINK_BUTTONS + 2)
    )
    said = view.details(KeyCard(pretend.OLD, others=many), checks.NOW)
    assert "2 more exchange accounts find no room" in said.text
    assert len([label for label in labels(said) if label.startswith("Link with")]) == view.MAX_LINK_BUTTONS


# --- who used it ---------------------------------------------------------------------------------------------------


async def test_the_log_tells_each_use_in_words_the_newest_first(house: KeysHouse) -> None:
    await house.key("k2")
    await house.used("k2", "check", "command", "ok")
    house.clock.advance(60)
    await house.used("k2", "repair watch", "watch", "KeyRefused")
    (said,) = await house.press(Show("log", "k2"))
    newest, oldest = said.text.split("\n")[-2:]
    assert newest.endswith("looked whether a repair shows, by myself: the exchange refused the key.")
    assert oldest.endswith("looked at your exchange accounts, because you asked: worked.")


async def test_the_log_has_twenty_rows(house: KeysHouse) -> None:
    await house.key("k2")
    for _ in range(view.MAX_ROWS + 1):
        await house.used("k2", "check", "command", "ok")
        house.clock.advance(key_uses.TOGETHER.total_seconds() + 1)
    (said,) = await house.press(Show("log", "k2"))
    assert said.text.count("•") == 20
    assert "The last 20, newest first." in said.text


async def test_a_watch_is_one_row_with_its_time_and_count_and_what_came_before_it_is_still_there(
    house: KeysHouse,
) -> None:
    await house.key("k2")
    await house.used("k2", "link", "answer", "ok")
    await house.used("k2", "link", "answer", "ok")
    for _ in range(70):
        house.clock.advance(60)
        await house.used("k2", "repair watch", "watch", "KeyRefused")
    (said,) = await house.press(Show("log", "k2"))
    watch, linking = said.text.split("\n")[-2:]
    assert "The last 72, newest first." in said.text
    assert " to <tg-time" in watch
    assert watch.endswith("looked whether a repair shows, by myself, 70 times: the exchange refused the key.")
    assert " to " not in linking.partition(":")[0]
    assert linking.endswith("looked for the exchange account that it belongs to, after your answer, 2 times: worked.")


WATCH = Use("k2", checks.NOW, "repair watch", "watch", "KeyRefused")


@pytest.mark.parametrize(
    "older",
    [
        replace(WATCH, purpose="check"),
        replace(WATCH, trigger="button"),
        replace(WATCH, result="ok"),
        replace(WATCH, at=checks.NOW - key_uses.TOGETHER - timedelta(seconds=1)),
    ],
    ids=["what for", "set off by", "how it went", "long before"],
)
def test_uses_that_differ_stand_apart(older: Use) -> None:
    assert [row.times for row in key_uses.together([WATCH, older])] == [1, 1]


def test_uses_are_together_as_long_as_each_comes_soon_after_the_one_before() -> None:
    uses = [replace(WATCH, at=checks.NOW - n * key_uses.TOGETHER) for n in range(4)]
    (row,) = key_uses.together(uses)
    assert (row.times, row.newest, row.since) == (4, uses[0], uses[-1].at)


async def test_a_key_that_was_never_used_has_an_empty_log(house: KeysHouse) -> None:
    await house.key("k2")
    (said,) = await house.press(Show("log", "k2"))
    assert said.text.endswith("I have not used it yet.")


async def test_a_word_in_the_log_that_is_not_known_is_shown_as_it_was_written(house: KeysHouse) -> None:
    await house.key("k2")
    await house.used("k2", "<b>audit</b>", "timer", "Strange")
    (said,) = await house.press(Show("log", "k2"))
    assert "<code>&lt;b&gt;audit&lt;/b&gt;</code>, <code>timer</code>: <code>Strange</code>." in said.text


def test_every_error_that_a_use_can_end_with_has_words() -> None:
    def below(kind: type[Exception]) -> set[str]:
        return {kind.__name__}.union(*(below(child) for child in kind.__subclasses__()))

    ours = {name for name in below(errors.SupportError) if hasattr(errors, name)}
    assert ours <= key_uses.RESULTS.keys()


def test_every_purpose_that_the_bot_logs_has_words() -> None:
    assert connecting.PURPOSE in key_uses.PURPOSES
