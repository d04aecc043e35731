"""A key of the bot and a futures account of 3Commas find each other while positions are open, if no other account fits."""

from decimal import Decimal

import pytest

from sandbox.exchanges.binance.ledger import futures_figures
from sandbox.stories.figures import ALEX, FUTURES_RIGHTS
from sandbox.stories.furnishing import exchange_account, key_for_3commas, row
from tests.chats.looks import labels
from tests.chats.steps import check, connected_to_3commas, connected_to_binance
from tests.world import World

STORY = "orphaned_position"
QUESTION = "My key reads futures at Binance"


def margin(world: World) -> tuple[Decimal, Decimal]:
    """USDT in the futures wallet of Alex, and with the profit of his positions."""
    binance = world.house.binance
    figures = futures_figures(world.desk.binance.account(), binance.listed, binance.prices)["USDT"]
    return figures.wallet, figures.margin_balance


def add_savings(world: World, usdt: Decimal) -> None:
    """A sub-account with that much on futures, connected at 3Commas as "Savings futures"."""
    house = world.house
    main = world.desk.binance.account()
    savings = exchange_account(house, ALEX.id, "Savings", {}, usdt, main=main)
    key = key_for_3commas(house, savings, "3commas savings", rights=FUTURES_RIGHTS)
    row(house, ALEX.id, "binance_futures", "Savings futures", key, subaccount_name="savings")


async def test_an_open_position_does_not_keep_the_account_from_linking_itself() -> None:
    async with World.story(STORY) as world:
        wallet, with_profit = margin(world)
        assert with_profit > wallet * Decimal("1.05")
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        linked = await chat.still_shows(
            "Linked with Binance futures at 3Commas: both show the same worth, "
            "the profit or loss of your open positions counted."
        )
        await chat.does_not_show(QUESTION)
        result = await check(chat)
        assert result.text.count("I can read it with my own key") == 2
        await chat.press("Not the same", on=linked)
        await chat.quiet()
        result = await check(chat)
        assert "Binance futures: fine. Balances load.\n" in result.text
        assert "I do not see it through 3Commas" in result.text


async def test_a_loss_is_counted_as_well() -> None:
    async with World.story(STORY) as world:
        world.house.binance.set_price("BTC", Decimal(52000))
        wallet, with_loss = margin(world)
        assert with_loss < wallet * Decimal("0.97")
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("Linked with Binance futures at 3Commas", "loss of your open positions counted")


async def test_where_3commas_counts_the_wallet_alone_the_account_links_itself_too() -> None:
    async with World.story(STORY) as world:
        world.house.three_commas.behaviour.futures_count_profit = False
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("Linked with Binance futures at 3Commas: both show the same worth.")
        await chat.does_not_show("open positions counted")


@pytest.mark.parametrize("counted", ["wallet", "margin balance"])
async def test_a_second_account_that_fits_either_figure_makes_it_a_question(counted: str) -> None:
    async with World.story(STORY) as world:
        wallet, with_profit = margin(world)
        add_savings(world, wallet if counted == "wallet" else with_profit)
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        asked = await chat.still_shows(QUESTION, "Which of these accounts at 3Commas is that?")
        assert sorted(labels(asked)) == ["Link with Binance futures", "Link with Savings futures"]
        await chat.does_not_show("Linked with Binance futures")
        await chat.press("Link with Binance futures", on=asked)
        await chat.shows("Linked with Binance futures")


async def test_a_second_account_that_holds_something_else_is_in_nobodys_way() -> None:
    async with World.story(STORY) as world:
        _, with_profit = margin(world)
        add_savings(world, with_profit * 2)
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        await chat.still_shows("Linked with Binance futures at 3Commas")


async def test_a_second_account_whose_balances_do_not_load_may_be_the_right_one() -> None:
    async with World.story(STORY) as world:
        _, with_profit = margin(world)
        add_savings(world, with_profit * 2)
        world.desk.binance.delete_key(world.desk.binance.key_of_row("Savings futures"))
        chat = world.chat(ALEX)
        await connected_to_3commas(chat, world.desk)
        await check(chat)
        await connected_to_binance(chat, world.desk)
        asked = await chat.still_shows(QUESTION)
        assert sorted(labels(asked)) == ["Link with Binance futures", "Link with Savings futures"]
