"""All conversations. Read it as a table of contents."""

from bot.flows.away import Away
from bot.flows.choosing_account import RepairTools
from bot.flows.connect import Connect
from bot.flows.connect_binance import ConnectBinance
from bot.flows.connect_three_commas import ConnectThreeCommas
from bot.flows.connecting import Tools
from bot.flows.error_text import ErrorText
from bot.flows.flow import Flow
from bot.flows.forget import Forget
from bot.flows.look_by_hand import LookByHand
from bot.flows.orders_by_hand import OrdersByHand
from bot.flows.own_key import OwnKey
from bot.flows.remove_key import RemoveKey
from bot.flows.rename_key import RenameKey
from bot.flows.set_up import SetUpByHand
from bot.flows.update import Update
from domain.connect import TryKey, TryToken
from domain.ports import Addresses, Exchanges, ThreeCommas
from knowledge.library import Library


def all_flows(
    tools: Tools,
    repairs: RepairTools,
    three_commas: ThreeCommas,
    exchanges: Exchanges,
    addresses: Addresses,
    library: Library,
) -> tuple[Flow, ...]:
    return (
        Connect(),
        ConnectThreeCommas(tools, TryToken(three_commas), addresses),
        ConnectBinance(tools, TryKey(exchanges, tools.clock), addresses, library.venues["binance"]),
        Update(repairs, library.meanings),
        OwnKey(repairs, addresses),
        LookByHand(library.meanings),
        OrdersByHand(),
        SetUpByHand(),
        ErrorText(tools.units, library.meanings),
        Away(tools.units, tools.clock, tuple(library.facts)),
        RenameKey(tools.units),
        RemoveKey(tools.units),
        Forget(tools.units),
    )
