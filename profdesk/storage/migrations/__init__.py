"""Alembic's scripts; ``storage.migrate`` runs them from inside the package."""
