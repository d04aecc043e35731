"""All pages for people: the chat, and beside it the desk with the pretend 3Commas and the pretend venue."""

from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.desk.binance import binance_desk_routes
from sandbox.desk.chat import ChatPage
from sandbox.desk.three_commas import three_commas_desk_routes

if TYPE_CHECKING:
    from sandbox.house import House


def desk_routes(house: "House") -> list[web.AbstractRouteDef]:
    """The shell at /, its files below /static/, the chat's API below /chat/, and the desk below /desk/."""
    return [
        *ChatPage(house.world, house.telegram).routes(),
        *three_commas_desk_routes(house),
        *binance_desk_routes(house),
    ]
