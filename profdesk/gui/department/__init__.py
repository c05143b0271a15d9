"""The department's own pages: the organisations with their keys, and what they send."""
