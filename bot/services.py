"""Everything that a command may reach. Built in app.py, carried by the context."""

from dataclasses import dataclass

from bot.flows.runner import Runner
from domain.access import Access
from domain.check_accounts import CheckAccounts
from domain.ports import Addresses, Exchanges, ThreeCommas
from domain.records import UnitsOfWork
from domain.values import Clock
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    units: UnitsOfWork
    clock: Clock
    access: Access
    three_commas: ThreeCommas
    exchanges: Exchanges
    checks: CheckAccounts
    addresses: Addresses
    library: Library
    runner: Runner
