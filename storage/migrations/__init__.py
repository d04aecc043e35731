"""The schema's history. `migrate` brings a database to the newest revision; Alembic does the work."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import DatabaseError, sqlite_path, sync_engine


def migrate(url: str) -> None:
    """Bring the database that DATABASE_URL names to the newest schema. Raises DatabaseError."""
    migrate_file(sqlite_path(url))


def migrate_file(path: Path, revision: str = "head") -> None:
    """Up to `revision`. Raises DatabaseError for a database that a newer version of the bot has written."""
    engine = sync_engine(path)
    try:
        with engine.connect() as connection:
            config = alembic_config(connection)
            present = MigrationContext.configure(connection).get_current_revision()
            known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
            if present is not None and present not in known:
                raise DatabaseError(
                    "The database was written by a newer version of Reconnect. Start that version instead."
                )
            command.upgrade(config, revision)
            connection.commit()
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings, without an ini file. The connection is ours, so that the pragmas are."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
