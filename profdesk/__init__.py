"""profdesk: the desk a municipal career-guidance programme is run from."""

__version__ = "0.1.0"
