"""Units of work: one transaction with every store on it, and nobody else commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.records import (
    AccessLog,
    Conversations,
    ExchangeAccounts,
    Inbox,
    Issues,
    Jobs,
    Keys,
    Outbox,
    Repairs,
    Screens,
    TradePlans,
    Traders,
)
from storage.access_log import AccessLogStore
from storage.accounts import AccountStore
from storage.conversations import ConversationStore
from storage.database import Database
from storage.inbox import InboxStore
from storage.issues import IssueStore
from storage.jobs.board import JobBoard
from storage.jobs.queue import JobQueue
from storage.keys import KeyStore
from storage.outbox import OutboxStore
from storage.plans import TradePlanStore
from storage.repairs import RepairStore
from storage.screens import ScreenStore
from storage.traders import TraderStore
from storage.transaction import Transaction
from storage.vault.data_keys import DataKeys, SealedFields
from storage.vault.vault import Vault


class Unit:
    """Implements `domain.records.UnitOfWork`."""

    def __init__(self, transaction: Transaction, vault: Vault, board: JobBoard) -> None:
        data_keys = DataKeys(transaction, vault)
        fields = SealedFields(data_keys, vault)
        self._transaction = transaction
        self._queue = JobQueue(transaction, board)
        self.traders: Traders = TraderStore(transaction, fields, data_keys, vault)
        self.inbox: Inbox = InboxStore(transaction, fields)
        self.outbox: Outbox = OutboxStore(transaction, fields)
        self.screens: Screens = ScreenStore(transaction, fields)
        self.conversations: Conversations = ConversationStore(transaction, fields)
        self.keys: Keys = KeyStore(transaction, fields, data_keys)
        self.accounts: ExchangeAccounts = AccountStore(transaction, fields)
        self.issues: Issues = IssueStore(transaction, fields)
        self.access_log: AccessLog = AccessLogStore(transaction, fields)
        self.plans: TradePlans = TradePlanStore(transaction, fields)
        self.repairs: Repairs = RepairStore(transaction, fields)
        self.jobs: Jobs = self._queue

    async def commit(self) -> None:
        """Keep it. Whoever is cancelled here may have committed, so the job loop is told in any case."""
        try:
            await self._transaction.commit()
        finally:
            self._queue.committed()


class Units:
    """Implements `domain.records.UnitsOfWork`."""

    def __init__(self, database: Database, vault: Vault, board: JobBoard) -> None:
        self._database = database
        self._vault = vault
        self._board = board

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Unit]:
        """Waits for its turn: one transaction writes at a time."""
        async with self._database.writing() as connection:
            yield Unit(Transaction(connection), self._vault, self._board)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """One snapshot of everything; writing in it is refused."""
        async with self._database.reading() as connection:
            yield Unit(Transaction(connection), self._vault, self._board)
