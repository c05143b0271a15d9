"""Files with changes that were sent and taken: what this computer remembers of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.exchange import Count, Package
from profdesk.domain.exchange_known import Known
from profdesk.errors import NotFoundError
from profdesk.storage.exchange_models import PackageRow
from profdesk.storage.models import new_id


class PackageStore:
    """Packages as domain values; they are not journaled, for each computer has sent and taken its own."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Sequence[Package]:
        """Every one, the latest first."""
        rows = self._session.scalars(select(PackageRow).order_by(PackageRow.moment.desc(), PackageRow.id.desc()))
        return [_package(row) for row in rows]

    def get(self, package: str) -> Package:
        """One of them; NotFoundError if it is not known."""
        row = self._session.get(PackageRow, package)
        if row is None:
            raise NotFoundError("Такого обмена нет в истории. Обновите страницу.")
        return _package(row)

    def add(self, package: Package, before: Known | None = None) -> str:
        """Remember one under an id of its own, which is given; ``before``: what to go back to when it is undone."""
        told = {
            "operations": package.operations,
            "files": package.files,
            "kinds": [asdict(one) for one in package.counts],
        }
        row = PackageRow(
            id=new_id(),
            device=package.device,
            taken=package.taken,
            sha256=package.sha256,
            spans=json.dumps(package.spans),
            counts=json.dumps(told, ensure_ascii=False),
            before=None if before is None else json.dumps([before.seen, sorted(before.roots)]),
            actor=package.actor,
            moment=package.moment.isoformat(),
            undone_at=None,
        )
        self._session.add(row)
        return row.id

    def undo(self, package: str, now: datetime) -> Known | None:
        """Remember that what was taken in is gone again; gives what is known now, where it is only a part."""
        row = self._session.get_one(PackageRow, package)
        row.undone_at = now.isoformat()
        if row.before is None:
            return None
        seen, roots = json.loads(row.before)
        return Known(seen, frozenset(roots))


def _package(row: PackageRow) -> Package:
    told: dict[str, Any] = json.loads(row.counts)
    return Package(
        id=row.id,
        device=row.device,
        taken=row.taken,
        sha256=row.sha256,
        spans={name: (first, last) for name, (first, last) in json.loads(row.spans).items()},
        operations=told["operations"],
        files=told["files"],
        counts=[Count(**one) for one in told["kinds"]],
        actor=row.actor,
        moment=datetime.fromisoformat(row.moment),
        undone_at=None if row.undone_at is None else datetime.fromisoformat(row.undone_at),
    )
