"""/funds, /positions and /trades and their buttons, pressed now, later, and by somebody whom they do not belong to."""

from dataclasses import replace
from typing import Any

import pytest

from bot.background.account_looks import FUNDS, POSITIONS, TRADES
from bot.buttons import ButtonData, Open, Show
from bot.reply import Reply
from bot.snapshots import Snapshots
from bot.views.examples import funds as pretend_funds
from bot.views.examples import positions as pretend_positions
from bot.views.examples import trades as pretend_trades
from bot.views.pages import Place
from bot.views.positions import entries
from domain.records import Screen
from tests.bot.keys_house import KeysHouse, button

LOOKING = {
    "funds": "Looking at your funds…",
    "positions": "Looking at your open positions…",
    "trades": "Looking at your trades…",
}
each_look = pytest.mark.parametrize("name", LOOKING)


async def shown(house: KeysHouse, snapshots: Snapshots[Any], view: Any, screen: str) -> None:
    """As the job leaves it behind."""
    async with house.storage.units.writing() as u:
        await u.screens.put(Screen(screen, house.trader.id, None, memory=snapshots.out(view)), house.clock.now())
        await u.commit()


def text(said: list[Reply]) -> str:
    return "\n".join(reply.text for reply in said)


@each_look
async def test_with_nothing_connected_it_leads_by_hand(house: KeysHouse, name: str) -> None:
    (reply,) = await house.command(name)
    assert "What do you see?" in reply.text
    assert button(reply, "Connect 3Commas") == Open("connect", "three_commas")


@each_look
async def test_with_a_token_it_says_at_once_that_it_looks(house: KeysHouse, name: str) -> None:
    await house.token()
    (reply,) = await house.command(name)
    assert reply.text == LOOKING[name]


async def test_trades_stand_at_3commas_so_a_key_at_the_exchange_does_not_help(house: KeysHouse) -> None:
    await house.key("k2")
    (reply,) = await house.command("trades")
    assert "Trades stand at 3Commas, and it is not connected" in reply.text
    (reply,) = await house.command("positions")
    assert reply.text == LOOKING["positions"]


async def test_a_page_is_turned_in_the_picture_that_the_button_stands_on(house: KeysHouse) -> None:
    await shown(house, FUNDS, pretend_funds.many(), "funds-1-2")
    (reply,) = await house.press(Show("funds", Place("funds-1-2", pretend_funds.EIGHTH).pack()))
    assert "92 C8 (" in reply.text
    assert "93 C7 (" not in reply.text
    await shown(house, POSITIONS, pretend_positions.many(), "positions-1-2")
    after = entries(pretend_positions.many())[7].key
    (reply,) = await house.press(Show("positions", Place("positions-1-2", after).pack()))
    assert "9. <b>C8 long</b>" in reply.text
    await shown(house, TRADES, pretend_trades.failed(), "trades-1-2")
    (reply,) = await house.press(Show("trades", Place("trades-1-2", every=True).pack()))
    assert "is alive." in reply.text


async def test_why_less_is_shown_is_told_of_the_picture_and_leads_back_to_it(house: KeysHouse) -> None:
    await shown(house, FUNDS, pretend_funds.locked(), "funds-1-2")
    (reply,) = await house.press(Show("funds_reasons", "funds-1-2"))
    assert "Why 3Commas may show less than you expect" in reply.text
    (back,) = await house.press(button(reply, "Back to the list"))
    assert "The wallets below hold" in back.text


OLD = (
    ("funds", Show("funds", Place("funds-9-9").pack())),
    ("funds", Show("funds_reasons", "funds-9-9")),
    ("positions", Show("positions", Place("positions-9-9").pack())),
    ("positions", Open("take_over", "positions-9-9.0123456789")),
    ("trades", Show("trades", Place("trades-9-9").pack())),
)


@pytest.mark.parametrize(("name", "pressed"), OLD, ids=lambda one: one if isinstance(one, str) else one.pack())
async def test_a_button_whose_picture_is_gone_looks_anew(house: KeysHouse, name: str, pressed: ButtonData) -> None:
    await house.token()
    said = await house.press(pressed)
    assert "I do not have that picture any more" in text(said)
    assert LOOKING[name] in text(said)


async def test_what_a_trade_manages_is_not_taken_over_even_by_a_made_up_button(house: KeysHouse) -> None:
    await house.token()
    view = pretend_positions.orphaned()
    await shown(house, POSITIONS, view, "positions-1-2")
    managed = next(one for one in entries(view) if one.row.managers)
    said = await house.press(Open("take_over", f"positions-1-2.{managed.key}"))
    assert LOOKING["positions"] in text(said)


@pytest.mark.parametrize("subject", ["", "a1", "a1.", ".118", "a1.x", "a1.٣", "a1.deal-", "a1.deal-x", ".deal-8"])
async def test_setting_up_without_a_trade_looks_at_all_of_them(house: KeysHouse, subject: str) -> None:
    await house.token()
    said = await house.command("set_up", subject)
    assert LOOKING["trades"] in text(said)


async def test_somebody_elses_picture_is_as_unknown_as_one_that_never_was(
    house: KeysHouse, stranger: KeysHouse
) -> None:
    await house.token()
    view = replace(pretend_positions.many())
    await shown(stranger, POSITIONS, view, "positions-5-5")
    await shown(stranger, FUNDS, pretend_funds.locked(), "funds-5-5")
    key = entries(view)[0].key
    for pressed in (
        Show("positions", Place("positions-5-5").pack()),
        Open("take_over", f"positions-5-5.{key}"),
        Show("funds", Place("funds-5-5").pack()),
        Show("funds_reasons", "funds-5-5"),
    ):
        said = text(await house.press(pressed))
        assert "I do not have that picture any more" in said
        assert "ETH" not in said
        assert "C0" not in said


async def test_a_walk_is_turned_page_by_page_and_a_made_up_page_is_an_unknown_button(house: KeysHouse) -> None:
    (reply,) = await house.press(Show("walk", "funds"))
    (meant,) = await house.press(button(reply, "Money lies in another wallet"))
    assert "yours and safe" in meant.text
    (unknown,) = await house.press(Show("walk", "nothing"))
    assert "earlier version" in unknown.text
