"""The schema's history. `migrate` brings a database to the newest revision; Alembic does the work."""

from pathlib import Path
from threading import Lock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError as SQLiteError

from storage.database import DatabaseError, sqlite_path, sync_engine

_ONE_AT_A_TIME: Final = Lock()
"""Alembic keeps what it works on in a module."""


def migrate(url: str) -> None:
    """Bring the database that DATABASE_URL names to the newest schema. Raises DatabaseError."""
    migrate_file(sqlite_path(url))


def migrate_file(path: Path, revision: str = "head") -> None:
    """Up to `revision`. Raises DatabaseError for a file that cannot be used, or that a newer version of the bot has written."""
    with _ONE_AT_A_TIME:
        try:
            engine = sync_engine(path)
        except OSError as error:
            raise DatabaseError(f"The database file cannot be made or opened: {error.strerror}.") from error
        try:
            with engine.connect() as connection:
                _upgrade(connection, revision)
                connection.commit()
        except SQLiteError as error:
            raise DatabaseError(
                "The database file cannot be used: it is locked by another process, damaged, or no SQLite database."
            ) from error
        finally:
            engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    config = alembic_config(connection)
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise DatabaseError("The database was written by a newer version of Reconnect. Start that version instead.")
    command.upgrade(config, revision)


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings, without an ini file. The connection is ours, so that the pragmas are."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
