"""Brings an older database to the newest schema: a copy first, then all changes in one transaction, or none."""

from __future__ import annotations

import logging
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from mit.errors import StoreError
from mit.store.copies import keep_copy, thin_out
from mit.store.faults import KEPT_BESIDE
from mit.store.record import SCHEMA_VERSION

SCRIPTS = Path(__file__).parent / "migrations"

_log = logging.getLogger(__name__)


def bring_up_to_date(engine: sa.Engine, copies: Path) -> None:
    """Change the schema; who is stopped or killed in it leaves the database as it was.

    Raises StoreError and the faults of database and disk.
    """
    from mit.store.database import writing

    database = Path(engine.url.database or "")
    with writing(engine) as connection:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version < SCHEMA_VERSION:  # else another start was here first
            keep_copy(database, copies, version=version)
            _upgrade(connection, version)
            _log.info("schema %d became %d", version, SCHEMA_VERSION)
    thin_out(database, copies)


def _upgrade(connection: sa.Connection, version: int) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    try:
        if not sa.inspect(connection).has_table("alembic_version"):
            command.stamp(config, f"{version:04}")  # the first version knew no Alembic
        command.upgrade(config, f"{SCHEMA_VERSION:04}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except sa.exc.DBAPIError:
        raise  # a full disk, a lock: told as always
    except Exception as fault:  # whatever a change meets must not cost practice
        raise StoreError(
            "The practice records could not be brought up to date.",
            "They are as they were; tell whoever looks after the trainer. " + KEPT_BESIDE,
        ) from fault
