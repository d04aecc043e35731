"""Screens have a time; they are no longer looked up by message."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from storage.database import Utc

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index(op.f("ix_screen_trader_id_message_id"), "screen")
    op.add_column("screen", sa.Column("written_at", Utc(), nullable=True))
    # Nobody noted when those that are there were written: they grow old from now on.
    screens = sa.table("screen", sa.column("written_at", Utc()))
    op.execute(screens.update().values(written_at=datetime.now(UTC)))
    with op.batch_alter_table("screen") as screen:
        screen.alter_column("written_at", existing_type=Utc(), nullable=False)
    op.create_index(op.f("ix_screen_trader_id"), "screen", ["trader_id"])
    op.create_index(op.f("ix_screen_written_at"), "screen", ["written_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_screen_written_at"), "screen")
    op.drop_index(op.f("ix_screen_trader_id"), "screen")
    with op.batch_alter_table("screen") as screen:
        screen.drop_column("written_at")
    op.create_index(op.f("ix_screen_trader_id_message_id"), "screen", ["trader_id", "message_id"])
