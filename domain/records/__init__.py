"""Everything that is kept, as values, and the stores that keep it.

Ids, bytes, times and states; no table rows and no Telegram types. Stores seal and open what must be sealed; a caller sees
plain values and never a key. The stores stand on one transaction, the unit of work:

    async with units.writing() as u:          async with units.reading() as u:
        ...                                       ...
        await u.commit()

Leaving without `commit()` rolls back. One module per kind of thing, named as its store in `storage/`; everybody else takes them
from here.
"""

from domain.records.access_log import AccessLog, Use
from domain.records.accounts import AccountLink, ExchangeAccount, ExchangeAccounts
from domain.records.conversations import Conversation, Conversations
from domain.records.inbox import Inbox, StoredUpdate, UpdateState
from domain.records.issues import Issue, Issues
from domain.records.jobs import GivenUp, Job, JobHandler, JobLoop, Jobs
from domain.records.json_object import Json
from domain.records.keys import Key, Keys, KeyState
from domain.records.outbox import Outbox, Outgoing, OutgoingState
from domain.records.plans import TradePlan, TradePlans
from domain.records.repairs import Repair, Repairs, RepairState
from domain.records.screens import Screen, Screens
from domain.records.traders import Trader, Traders
from domain.records.units import UnitOfWork, UnitsOfWork

__all__ = [
    "AccessLog",
    "AccountLink",
    "Conversation",
    "Conversations",
    "ExchangeAccount",
    "ExchangeAccounts",
    "GivenUp",
    "Inbox",
    "Issue",
    "Issues",
    "Job",
    "JobHandler",
    "JobLoop",
    "Jobs",
    "Json",
    "Key",
    "KeyState",
    "Keys",
    "Outbox",
    "Outgoing",
    "OutgoingState",
    "Repair",
    "RepairState",
    "Repairs",
    "Screen",
    "Screens",
    "StoredUpdate",
    "TradePlan",
    "TradePlans",
    "Trader",
    "Traders",
    "UnitOfWork",
    "UnitsOfWork",
    "UpdateState",
    "Use",
]
