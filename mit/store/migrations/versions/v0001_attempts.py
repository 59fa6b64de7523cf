"""The first version: attempts. Databases of it were made without Alembic; nothing leads to it."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: see above."""
