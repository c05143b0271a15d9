"""What the numbers of papers end in on this computer, so that two without a network never give one number twice."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.storage.exchange_models import ComputerRow
from profdesk.storage.models import DeviceRow


def own(session: Session) -> str:
    """This computer's series; empty on the first one, and as long as there is no other."""
    return (
        session.scalar(select(ComputerRow.series).where(ComputerRow.id == select(DeviceRow.id).scalar_subquery())) or ""
    )


def numbered(number: str, series: str) -> str:
    """A number with its series: «2026/03-К2»."""
    return f"{number}-{series}" if series else number
