"""What every window shares: theme, forms, widgets, the worker that owns the database."""
