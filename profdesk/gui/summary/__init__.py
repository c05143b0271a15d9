"""The summary: its figures with their rules, the paper, and signing it."""
