"""Run by Alembic: changes the schema on the connection it is handed, whose transaction is its owner's."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
