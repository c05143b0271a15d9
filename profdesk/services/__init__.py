"""One function per user's verb; each opens one unit of work and returns (value, Changes)."""
