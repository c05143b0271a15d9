"""The command line: every verb for people and scripts; ``profdesk`` alone opens the window."""

from profdesk.cli.commands import main

__all__ = ["main"]
