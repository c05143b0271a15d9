"""Russian words after numbers, as the domain counts them."""

from __future__ import annotations

from profdesk.domain.plural import counted, word

__all__ = ["counted", "word"]
