"""/orders and its buttons, pressed now, later, and by somebody whom they do not belong to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.background.ordering import SNAPSHOTS
from bot.buttons import ButtonData, Open, Show
from bot.handlers.orders import FRESH
from bot.reply import Reply
from bot.views.examples import orders as pretend
from bot.views.order_list import entries
from bot.views.pages import Place
from domain.orders_view import OrdersView
from domain.records import Repair, Screen
from tests.bot.keys_house import KeysHouse, button, labels

SCREEN = "orders-1-2"


async def shown(house: KeysHouse, view: OrdersView, screen: str = SCREEN) -> None:
    """As the job leaves it behind; the picture is of now."""
    memory = SNAPSHOTS.out(replace(view, at=house.clock.now()))
    async with house.storage.units.writing() as u:
        await u.screens.put(Screen(f"{screen}", house.trader.id, None, memory=memory), house.clock.now())
        await u.commit()


async def watched(house: KeysHouse) -> list[Repair]:
    async with house.storage.units.reading() as u:
        return list(await u.repairs.watching(house.trader.id))


def first(view: OrdersView) -> str:
    return f"{SCREEN}.{entries(view)[0].key}"


def text(said: list[Reply]) -> str:
    return "\n".join(reply.text for reply in said)


async def test_with_nothing_connected_it_leads_by_hand(house: KeysHouse) -> None:
    (reply,) = await house.command("orders")
    assert "Nothing is connected" in reply.text
    assert button(reply, "Look together, by hand") == Open("orders_by_hand")


async def test_with_a_key_it_says_at_once_that_it_collects(house: KeysHouse) -> None:
    await house.key("k2")
    (reply,) = await house.command("orders")
    assert reply.text == "Collecting open orders…"


async def test_a_page_is_turned_in_the_picture_that_the_button_stands_on(house: KeysHouse) -> None:
    await shown(house, pretend.many())
    (reply,) = await house.press(Show("orders", Place(SCREEN, pretend.EIGHTH).pack()))
    assert "9. <b>Left over" in reply.text
    assert "8. <b>Left over" not in reply.text


async def test_an_order_is_shown_as_it_was_seen_and_leads_back_to_its_list(house: KeysHouse) -> None:
    view = pretend.left_over()
    await shown(house, view)
    (reply,) = await house.press(Show("order", first(view)))
    assert "As I saw it" in reply.text
    (back,) = await house.press(button(reply, "Back to the list"))
    assert "3 open orders" in back.text


async def test_freeing_shows_the_way_and_begins_to_watch_once(house: KeysHouse) -> None:
    view = pretend.left_over()
    await shown(house, view)
    for _ in range(2):
        (reply,) = await house.press(Open("free", first(view)))
        assert "Orders → Spot Order → Open Orders" in reply.text
        assert "I am watching" in reply.text
        assert "Copy order id" in labels(reply)
    assert len(await watched(house)) == 1


async def test_what_a_living_trade_needs_is_not_freed_even_by_a_made_up_button(house: KeysHouse) -> None:
    view = pretend.left_over()
    await shown(house, view)
    owned = entries(view)[1]
    (reply,) = await house.press(Open("free", f"{SCREEN}.{owned.key}"))
    assert "A living trade needs it" in reply.text
    assert await watched(house) == []


async def test_from_an_old_picture_nothing_is_freed_and_it_is_looked_at_anew(house: KeysHouse) -> None:
    view = pretend.left_over()
    await house.key("k2")
    await shown(house, view)
    house.clock.advance((FRESH + timedelta(seconds=1)).total_seconds())
    said = await house.press(Open("free", first(view)))
    assert "I look anew before we free anything" in text(said)
    assert "Collecting open orders…" in text(said)
    assert await watched(house) == []


OLD = (
    Show("orders", Place("orders-9-9").pack()),
    Show("order", "orders-9-9.0123456789"),
    Show("order", f"{SCREEN}.0123456789"),
    Show("order", "nothing"),
    Open("free", "orders-9-9.0123456789"),
)


@pytest.mark.parametrize("pressed", OLD, ids=lambda data: data.pack())
async def test_a_button_whose_picture_or_order_is_gone_looks_anew(house: KeysHouse, pressed: ButtonData) -> None:
    await house.key("k2")
    await shown(house, pretend.left_over())
    said = await house.press(pressed)
    assert "I do not have that picture any more" in text(said)
    assert "Collecting open orders…" in text(said)


@pytest.mark.parametrize("name", ["free", "watch_order"])
async def test_a_command_behind_a_button_that_is_typed_alone_collects_the_orders(house: KeysHouse, name: str) -> None:
    await house.key("k2")
    (reply,) = await house.command(name)
    assert reply.text == "Collecting open orders…"


async def test_somebody_elses_picture_is_as_unknown_as_one_that_never_was(
    house: KeysHouse, stranger: KeysHouse
) -> None:
    view = pretend.left_over()
    await shown(stranger, view, "orders-5-5")
    await house.key("k2")
    subject = f"orders-5-5.{entries(view)[0].key}"
    for pressed in (Show("orders", Place("orders-5-5").pack()), Show("order", subject), Open("free", subject)):
        said = await house.press(pressed)
        assert "ETH" not in text(said)
        assert "I do not have that picture any more" in text(said)
    assert await watched(house) == []
