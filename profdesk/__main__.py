"""``python -m profdesk``: the same as the command ``profdesk``."""

from profdesk.cli import main

main()
