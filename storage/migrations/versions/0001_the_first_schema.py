"""The first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.database import Big, Utc

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
    )
    op.create_table(
        "job",
        sa.Column("id", Big(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("order_key", sa.String(), nullable=True),
        sa.Column("due_at", Utc(), nullable=False),
        sa.Column("dedup_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_job_dedup_key"), "job", ["dedup_key"])
    op.create_index(op.f("ix_job_order_key_id"), "job", ["order_key", "id"])
    op.create_index(op.f("ix_job_state_due_at"), "job", ["state", "due_at"])
    op.create_table(
        "master_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("canary", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_key")),
    )
    op.create_table(
        "trader",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trader")),
        sa.UniqueConstraint("lookup", name=op.f("uq_trader_lookup")),
    )
    op.create_table(
        "access_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("last_used_at", Utc(), nullable=True),
        sa.Column("dek_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("state_revision", Big(), nullable=False),
        sa.Column("venue_state", sa.LargeBinary(), nullable=False),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_access_key_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_key")),
    )
    op.create_index(op.f("ix_access_key_trader_id"), "access_key", ["trader_id"])
    op.create_table(
        "conversation",
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("expires_at", Utc(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(), nullable=True),
        sa.Column("memory", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_conversation_trader_id")),
        sa.PrimaryKeyConstraint("trader_id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "exchange_account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("market_type", sa.String(), nullable=False),
        sa.Column("market_code", sa.String(), nullable=False),
        sa.Column("token_id", sa.String(), nullable=True),
        sa.Column("created_at", Utc(), nullable=True),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_exchange_account_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_account")),
    )
    op.create_index(op.f("ix_exchange_account_token_id"), "exchange_account", ["token_id"])
    op.create_index(op.f("ix_exchange_account_trader_id"), "exchange_account", ["trader_id"])
    op.create_table(
        "issue",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("symptom", sa.String(), nullable=False),
        sa.Column("first_seen_at", Utc(), nullable=False),
        sa.Column("solved_at", Utc(), nullable=True),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("finding", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_issue_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    op.create_index(op.f("ix_issue_subject_id"), "issue", ["subject_id"])
    op.create_index(op.f("ix_issue_trader_id_solved_at"), "issue", ["trader_id", "solved_at"])
    op.create_table(
        "outgoing",
        sa.Column("id", Big(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("place", Big(), nullable=True),
        sa.Column("screen", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", Utc(), nullable=True),
        sa.Column("origin", Big(), nullable=True),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_outgoing_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outgoing_state_trader_id"), "outgoing", ["state", "trader_id"])
    op.create_index(op.f("ix_outgoing_trader_id"), "outgoing", ["trader_id"])
    op.create_table(
        "repair",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=True),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("memory", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_repair_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair")),
    )
    op.create_index(op.f("ix_repair_trader_id_state"), "repair", ["trader_id", "state"])
    op.create_table(
        "screen",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("message_id", Big(), nullable=True),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_screen_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screen")),
    )
    op.create_index(op.f("ix_screen_trader_id_message_id"), "screen", ["trader_id", "message_id"])
    op.create_table(
        "trade_plan",
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("trade_id", Big(), nullable=False),
        sa.Column("seen_at", Utc(), nullable=False),
        sa.Column("revision", Big(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_trade_plan_trader_id")),
        sa.PrimaryKeyConstraint("trader_id", "trade_id", name=op.f("pk_trade_plan")),
    )
    op.create_table(
        "update_inbox",
        sa.Column("update_id", Big(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_update_inbox_trader_id")),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_update_inbox")),
    )
    op.create_index(op.f("ix_update_inbox_received_at"), "update_inbox", ["received_at"])
    op.create_index(op.f("ix_update_inbox_trader_id"), "update_inbox", ["trader_id"])
    op.create_table(
        "user_key",
        sa.Column("dek_id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_user_key_trader_id")),
        sa.PrimaryKeyConstraint("dek_id", name=op.f("pk_user_key")),
    )
    op.create_index(op.f("ix_user_key_kek_id"), "user_key", ["kek_id"])
    op.create_index(op.f("ix_user_key_trader_id"), "user_key", ["trader_id"])
    op.create_table(
        "account_key",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["exchange_account.id"], name=op.f("fk_account_key_account_id")),
        sa.ForeignKeyConstraint(["key_id"], ["access_key.id"], name=op.f("fk_account_key_key_id")),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_account_key_trader_id")),
        sa.PrimaryKeyConstraint("account_id", "key_id", name=op.f("pk_account_key")),
    )
    op.create_index(op.f("ix_account_key_key_id"), "account_key", ["key_id"])
    op.create_index(op.f("ix_account_key_trader_id"), "account_key", ["trader_id"])
    op.create_table(
        "key_use",
        sa.Column("id", Big(), nullable=False),
        sa.Column("trader_id", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["access_key.id"], name=op.f("fk_key_use_key_id")),
        sa.ForeignKeyConstraint(["trader_id"], ["trader.id"], name=op.f("fk_key_use_trader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_use")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_key_use_key_id"), "key_use", ["key_id"])
    op.create_index(op.f("ix_key_use_trader_id"), "key_use", ["trader_id"])


def downgrade() -> None:
    for table in (
        "key_use",
        "account_key",
        "user_key",
        "update_inbox",
        "trade_plan",
        "screen",
        "repair",
        "outgoing",
        "issue",
        "exchange_account",
        "conversation",
        "access_key",
        "trader",
        "master_key",
        "job",
        "deployment",
    ):
        op.drop_table(table)
