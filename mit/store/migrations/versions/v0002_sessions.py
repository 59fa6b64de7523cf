"""Sessions with their trials, decisions and taps; check-ins; assignments; takes judged again."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT, UUID, TIME = sa.String(), sa.String(36), sa.String(32)
WHOLE, REAL, BOOL, JSON = sa.Integer(), sa.Float(), sa.Boolean(), sa.JSON()

REQUIRED: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "sessions": {
        "language": TEXT,
        "level": TEXT,
        "planned": JSON,
        "reserve": JSON,
        "protocol_version": TEXT,
        "scoring_version": TEXT,
        "settings": TEXT,
        "simulated": BOOL,
    },
    "session_ends": {"ended": TEXT, "seconds": REAL},
    "trials": {
        "session": UUID,
        "item": WHOLE,
        "phrase": TEXT,
        "level": TEXT,
        "step": TEXT,
        "probe": BOOL,
        "reserve": BOOL,
    },
    "decisions": {
        "trial": UUID,
        "step": TEXT,
        "outcome": TEXT,
        "by": TEXT,
        "backed": BOOL,
        "offered": WHOLE,
        "review": BOOL,
        "credit": WHOLE,
    },
    "taps": {"trial": UUID, "times": JSON, "heard": BOOL},
    "check_ins": {"kind": TEXT},
    "assignments": {"assignment": UUID, "person": TEXT, "text": TEXT},
    "rescores": {
        "attempt": UUID,
        "source": TEXT,
        "scoring_version": TEXT,
        "app_version": TEXT,
        "verdict": TEXT,
        "parts": JSON,
        "missing": WHOLE,
        "added": WHOLE,
        "alignment": JSON,
    },
}
"""The columns of the new tables that every row has, besides `id` and `at`."""

OPTIONAL: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "sessions": {"assignment": UUID},
    "decisions": {"suggestion": TEXT},
    "taps": {"attempt": UUID},
    "check_ins": {"mood": WHOLE, "tired": BOOL, "phrase_id": TEXT},
    "assignments": {"made": TIME},
    "rescores": dict.fromkeys(("certainty", "score", "transposition", "tempo_ratio", "latency"), REAL)
    | {"grade": WHOLE},
}

KEYS = {"session_ends": "session"}


def upgrade() -> None:
    op.add_column("attempts", sa.Column("trial", UUID))
    for name, required in REQUIRED.items():
        op.create_table(
            name,
            sa.Column(KEYS.get(name, "id"), UUID, primary_key=True),
            sa.Column("at", TIME, nullable=False),
            *(sa.Column(column, kind, nullable=False) for column, kind in required.items()),
            *(sa.Column(column, kind) for column, kind in OPTIONAL.get(name, {}).items()),
            sa.Column("schema_version", WHOLE, nullable=False),
        )
