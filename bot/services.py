"""Everything that a command may reach. Built in app.py, carried by the context."""

from dataclasses import dataclass

from knowledge.library import Library

from bot.flows.runner import Runner
from domain.access import Access
from domain.check_accounts import CheckAccounts
from domain.ports import Addresses, Exchanges, KeyMaker, ThreeCommas
from domain.records import UnitsOfWork
from domain.values import Clock


@dataclass(frozen=True, slots=True)
class Services:
    units: UnitsOfWork
    clock: Clock
    access: Access
    three_commas: ThreeCommas
    exchanges: Exchanges
    key_maker: KeyMaker
    checks: CheckAccounts
    addresses: Addresses
    library: Library
    runner: Runner
