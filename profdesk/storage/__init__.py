"""The only place with SQLAlchemy: the workspace, its databases and its journal; hands out domain values."""
