"""Evidence: files and works that show what a pupil did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.school_year import Period

LIMIT = 20 * 1024 * 1024
"""The most bytes one file may have."""


@dataclass(frozen=True)
class Evidence:
    """A file of a pupil; ``competency`` is None where it is about the pupil as a whole.

    ``name`` is the file's own name, ``size`` its bytes, ``actor`` the id of who added it.
    """

    id: str
    pupil: str
    competency: str | None
    period: Period
    title: str
    name: str
    size: int
    sha256: str
    actor: str
    at: datetime
