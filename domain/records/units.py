"""Units of work: one transaction with every store on it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.records.access_log import AccessLog
from domain.records.accounts import ExchangeAccounts
from domain.records.conversations import Conversations
from domain.records.inbox import Inbox
from domain.records.issues import Issues
from domain.records.jobs import Jobs
from domain.records.keys import Keys
from domain.records.outbox import Outbox
from domain.records.plans import TradePlans
from domain.records.repairs import Repairs
from domain.records.screens import Screens
from domain.records.traders import Traders


class UnitOfWork(Protocol):
    """One transaction. Nobody else commits."""

    traders: Traders
    inbox: Inbox
    outbox: Outbox
    screens: Screens
    conversations: Conversations
    keys: Keys
    accounts: ExchangeAccounts
    issues: Issues
    access_log: AccessLog
    plans: TradePlans
    repairs: Repairs
    jobs: Jobs

    async def commit(self) -> None: ...


class UnitsOfWork(Protocol):
    """Where transactions come from. Never held open over a network call."""

    def writing(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
