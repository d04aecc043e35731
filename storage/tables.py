"""The rows. They never leave the storage: stores turn them into the values of `domain/records`.

In plain columns stand ids, kinds, venue and market codes, states, times and versions, and nothing else (K8). All the rest
lies sealed in columns of bytes; a `revision` beside one is the number it was sealed for.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, MetaData
from sqlmodel import Field, SQLModel

from storage.database import NEVER_REUSED, Big, Utc

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """Base of all rows."""

    metadata = MetaData(naming_convention=_NAMES)


# --- The vault -------------------------------------------------------------------------------------------------


class DeploymentRow(Row, table=True):
    """One row: who we are, and a secret that does not rotate (K7), wrapped by a master key."""

    __tablename__ = "deployment"

    id: str = Field(primary_key=True)
    kek_id: str
    secret: bytes


class MasterKeyRow(Row, table=True):
    """A master key that was used here: its state and a known text sealed under it, the canary (K9)."""

    __tablename__ = "master_key"

    id: str = Field(primary_key=True)
    state: str
    canary: bytes
    first_seen_at: datetime = Field(sa_type=Utc)


class UserKeyRow(Row, table=True):
    """A data key, wrapped: a trader's own (`key_id` is empty), or that of one credential."""

    __tablename__ = "user_key"

    dek_id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    key_id: str | None = None
    generation: int
    kek_id: str = Field(index=True)
    wrapped: bytes


# --- Traders and what they say ---------------------------------------------------------------------------------


class TraderRow(Row, table=True):
    __tablename__ = "trader"

    id: str = Field(primary_key=True)
    lookup: bytes = Field(unique=True)
    """HMAC of the Telegram id."""
    state: str
    """reachable, or blocked by the trader"""
    created_at: datetime = Field(sa_type=Utc)
    revision: int = Field(sa_type=Big)
    sealed: bytes
    """telegram_id, language"""


class UpdateRow(Row, table=True):
    """A Telegram update. Of a trader who was forgotten only the bare id is left."""

    __tablename__ = "update_inbox"

    update_id: int = Field(primary_key=True, sa_type=Big)
    trader_id: str | None = Field(default=None, foreign_key="trader.id", index=True)
    state: str
    attempts: int = 0
    received_at: datetime = Field(sa_type=Utc, index=True)
    body: bytes | None = None


class OutgoingRow(Row, table=True):
    __tablename__ = "outgoing"
    __table_args__: ClassVar = (Index("ix_outgoing_state_trader_id", "state", "trader_id"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    nonce: str
    """Names the record in its seal; the number is not known before the row is there."""
    place: int | None = Field(default=None, sa_type=Big)
    """Order of sending: the place of the text that it overtook; empty: its own number."""
    screen: str | None = None
    state: str
    attempts: int = 0
    not_before: datetime | None = Field(default=None, sa_type=Utc)
    origin: int | None = Field(default=None, sa_type=Big)
    created_at: datetime = Field(sa_type=Utc)
    body: bytes | None = None


class ScreenRow(Row, table=True):
    __tablename__ = "screen"

    id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    message_id: int | None = Field(default=None, sa_type=Big)
    written_at: datetime = Field(sa_type=Utc, index=True)
    revision: int = Field(sa_type=Big)
    content: bytes
    """shows, memory"""


class ConversationRow(Row, table=True):
    __tablename__ = "conversation"

    trader_id: str = Field(primary_key=True, foreign_key="trader.id")
    flow: str
    step: str
    expires_at: datetime = Field(sa_type=Utc)
    version: int
    screen: str | None = None
    memory: bytes


# --- Keys and exchange accounts --------------------------------------------------------------------------------


class KeyRow(Row, table=True):
    __tablename__ = "access_key"

    id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    service: str
    kind: str
    state: str
    created_at: datetime = Field(sa_type=Utc)
    last_used_at: datetime | None = Field(default=None, sa_type=Utc)
    dek_id: str
    """The data key of `secret` and `venue_state`."""
    secret: bytes
    """api_key, secret; sealed once per data key"""
    state_revision: int = Field(sa_type=Big)
    venue_state: bytes
    revision: int = Field(sa_type=Big)
    about: bytes
    """label, tail, rights, made_at, public_pem; under the trader's own data key"""


class AccountRow(Row, table=True):
    __tablename__ = "exchange_account"

    id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    venue: str
    market_type: str
    market_code: str
    token_id: str | None = Field(default=None, index=True)
    """The token that sees it at 3Commas; empty: not linked."""
    created_at: datetime | None = Field(default=None, sa_type=Utc)
    revision: int = Field(sa_type=Big)
    about: bytes
    """name, is_sub, three_commas_id, apart_from"""


class AccountKeyRow(Row, table=True):
    """Which key reads which exchange account; n to m."""

    __tablename__ = "account_key"

    account_id: str = Field(primary_key=True, foreign_key="exchange_account.id")
    key_id: str = Field(primary_key=True, foreign_key="access_key.id", index=True)
    trader_id: str = Field(foreign_key="trader.id", index=True)


class KeyUseRow(Row, table=True):
    """The access log."""

    __tablename__ = "key_use"
    __table_args__: ClassVar = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    trader_id: str = Field(foreign_key="trader.id", index=True)
    key_id: str = Field(foreign_key="access_key.id", index=True)
    nonce: str
    at: datetime = Field(sa_type=Utc)
    about: bytes
    """purpose, trigger, result"""


# --- What was found, and what is being done about it -----------------------------------------------------------


class IssueRow(Row, table=True):
    __tablename__ = "issue"
    __table_args__: ClassVar = (Index("ix_issue_trader_id_solved_at", "trader_id", "solved_at"),)

    id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id")
    subject_kind: str
    subject_id: str = Field(index=True)
    symptom: str
    first_seen_at: datetime = Field(sa_type=Utc)
    solved_at: datetime | None = Field(default=None, sa_type=Utc)
    revision: int = Field(sa_type=Big)
    finding: bytes


class TradePlanRow(Row, table=True):
    __tablename__ = "trade_plan"

    trader_id: str = Field(primary_key=True, foreign_key="trader.id")
    trade_id: int = Field(primary_key=True, sa_type=Big)
    seen_at: datetime = Field(sa_type=Utc)
    revision: int = Field(sa_type=Big)
    plan: bytes


class RepairRow(Row, table=True):
    __tablename__ = "repair"
    __table_args__: ClassVar = (Index("ix_repair_trader_id_state", "trader_id", "state"),)

    id: str = Field(primary_key=True)
    trader_id: str = Field(foreign_key="trader.id")
    subject_kind: str
    subject_id: str
    state: str
    began_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    revision: int = Field(sa_type=Big)
    memory: bytes


# --- Background work -------------------------------------------------------------------------------------------


class JobRow(Row, table=True):
    __tablename__ = "job"
    __table_args__: ClassVar = (
        Index("ix_job_state_due_at", "state", "due_at"),
        Index("ix_job_order_key_id", "order_key", "id"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    kind: str
    subject: str
    order_key: str | None = None
    due_at: datetime = Field(sa_type=Utc)
    dedup_key: str | None = Field(default=None, index=True)
    state: str
    attempts: int = 0
