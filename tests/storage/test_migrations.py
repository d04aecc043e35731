"""The schema's history and the models say the same."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage.database import DatabaseError, sync_engine
from storage.migrations import alembic_config, migrate, migrate_file
from storage.tables import Row


def schema(path: Path) -> set[tuple[str, ...]]:
    """Every statement, with its parts in an order, and names in quotes, that do not matter."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'")
        return {
            tuple(sorted(part.strip(" )") for part in " ".join(sql.replace('"', "").split()).split(",")))
            for (sql,) in found
        }


def test_up_down_and_up_again_ends_where_the_models_are(tmp_path: Path) -> None:
    path = tmp_path / "up.db"
    migrate_file(path)
    full = schema(path)
    engine = sync_engine(path)
    with engine.connect() as connection:
        command.downgrade(alembic_config(connection), "base")
        connection.commit()
    assert schema(path) <= {("CREATE TABLE sqlite_sequence(name", "seq")}
    migrate_file(path)
    assert schema(path) == full
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


def test_the_history_makes_the_very_tables_of_the_models(tmp_path: Path) -> None:
    """Down to AUTOINCREMENT, which a comparison by Alembic does not see."""
    migrate_file(tmp_path / "history.db")
    engine = sync_engine(tmp_path / "models.db")
    with engine.begin() as connection:
        Row.metadata.create_all(connection)
    engine.dispose()
    assert schema(tmp_path / "history.db") == schema(tmp_path / "models.db")


def test_migrating_twice_is_harmless(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a folder with spaces' / 'twice.db'}"
    migrate(url)
    migrate(url)


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    migrate_file(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match="newer version"):
        migrate_file(path)


def test_a_file_that_is_no_database_stops_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is no database " * 100)
    with pytest.raises(DatabaseError, match="no SQLite database"):
        migrate_file(tmp_path / "text.db")


def test_a_folder_that_cannot_be_made_stops_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be made or opened"):
        migrate_file(tmp_path / "file" / "bot.db")
