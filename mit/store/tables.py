"""The tables of the newest schema. `migrations` leads older databases here. Import late: see `database`.

No table points at another by a foreign key: a fact may arrive before the one it belongs to, out of the side file.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, metadata, *columns)


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(36), primary_key=True)


def _at() -> sa.Column[str]:
    return sa.Column("at", sa.String(32), nullable=False)


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), nullable=nullable)


def _schema() -> sa.Column[int]:
    return sa.Column("schema_version", sa.Integer, nullable=False)


def _figures() -> tuple[sa.Column[Any], ...]:
    """Of a score; its version stands elsewhere in each table."""
    return (
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("grade", sa.Integer),
        sa.Column("certainty", sa.Float),
        sa.Column("score", sa.Float),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("transposition", sa.Float),
        sa.Column("tempo_ratio", sa.Float),
        sa.Column("latency", sa.Float),
    )


attempts = _table(
    "attempts",
    _id(),
    _at(),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("phrase_id", sa.String, nullable=False),
    sa.Column("phrase", sa.String, nullable=False),
    sa.Column("pattern", sa.String, nullable=False),
    sa.Column("level", sa.String, nullable=False),
    sa.Column("melody", sa.JSON, nullable=False),
    sa.Column("contour", sa.LargeBinary, nullable=False),
    sa.Column("alignment", sa.JSON, nullable=False),
    *_figures(),
    sa.Column("scoring_version", sa.String, nullable=False),
    sa.Column("feedback", sa.JSON, nullable=False),
    sa.Column("ended", sa.String, nullable=False),
    sa.Column("trouble", sa.String, nullable=False),
    sa.Column("recorder", sa.String, nullable=False),
    sa.Column("player", sa.String, nullable=False),
    sa.Column("audio", sa.String),
    sa.Column("app_version", sa.String, nullable=False),
    _schema(),
    _uuid("trial", nullable=True),
)

sessions = _table(
    "sessions",
    _id(),
    _at(),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("level", sa.String, nullable=False),
    sa.Column("planned", sa.JSON, nullable=False),
    sa.Column("reserve", sa.JSON, nullable=False),
    _uuid("assignment", nullable=True),
    sa.Column("protocol_version", sa.String, nullable=False),
    sa.Column("scoring_version", sa.String, nullable=False),
    sa.Column("settings", sa.String, nullable=False),
    sa.Column("simulated", sa.Boolean, nullable=False),
    _schema(),
)

session_ends = _table(
    "session_ends",
    _id("session"),
    _at(),
    sa.Column("ended", sa.String, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    _schema(),
)

trials = _table(
    "trials",
    _id(),
    _uuid("session"),
    _at(),
    sa.Column("item", sa.Integer, nullable=False),
    sa.Column("phrase", sa.String, nullable=False),
    sa.Column("level", sa.String, nullable=False),
    sa.Column("step", sa.String, nullable=False),
    sa.Column("probe", sa.Boolean, nullable=False),
    sa.Column("reserve", sa.Boolean, nullable=False),
    _schema(),
)

decisions = _table(
    "decisions",
    _id(),
    _uuid("trial"),
    _at(),
    sa.Column("step", sa.String, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("backed", sa.Boolean, nullable=False),
    sa.Column("offered", sa.Integer, nullable=False),
    sa.Column("suggestion", sa.String),
    sa.Column("review", sa.Boolean, nullable=False),
    sa.Column("credit", sa.Integer, nullable=False),
    _schema(),
)

taps = _table(
    "taps",
    _id(),
    _uuid("trial"),
    _at(),
    sa.Column("times", sa.JSON, nullable=False),
    _uuid("attempt", nullable=True),
    sa.Column("heard", sa.Boolean, nullable=False),
    _schema(),
)

check_ins = _table(
    "check_ins",
    _id(),
    _at(),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("mood", sa.Integer),
    sa.Column("tired", sa.Boolean),
    sa.Column("phrase_id", sa.String),
    _schema(),
)

assignments = _table(
    "assignments",
    _id(),
    _at(),
    _uuid("assignment"),
    sa.Column("made", sa.String(32)),
    sa.Column("person", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    _schema(),
)

rescores = _table(
    "rescores",
    _id(),
    _at(),
    _uuid("attempt"),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("scoring_version", sa.String, nullable=False),
    sa.Column("app_version", sa.String, nullable=False),
    *_figures(),
    sa.Column("alignment", sa.JSON, nullable=False),
    _schema(),
)

revision = sa.Table(
    "alembic_version",
    metadata,
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic looks up the schema; written in a new database too, so that both are the same."""
