"""The workspace's own organisation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.storage.models import OrganisationRow


class OrganisationStore:
    """Reads and writes the one row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Organisation:
        """Read the organisation; every workspace has one."""
        row = self._session.scalars(select(OrganisationRow)).one()
        return Organisation(
            id=row.id,
            kind=OrganisationKind(row.kind),
            legal_form=row.legal_form,
            name=row.name,
            short_name=row.short_name,
            municipality=row.municipality,
            head_post=row.head_post,
            head_name=row.head_name,
            period=Period(SchoolYear(row.school_year), Term(row.term)),
            certificate_numbers=row.certificate_numbers,
        )

    def save(self, organisation: Organisation) -> None:
        """Write every field; the first call of a workspace makes the row."""
        row = self._session.scalars(select(OrganisationRow)).one_or_none()
        if row is None:
            row = OrganisationRow()
            self._session.add(row)
        row.kind = organisation.kind.value
        row.legal_form = organisation.legal_form
        row.name = organisation.name
        row.short_name = organisation.short_name
        row.municipality = organisation.municipality
        row.head_post = organisation.head_post
        row.head_name = organisation.head_name
        row.school_year = organisation.period.year.start
        row.term = organisation.period.term.value
        row.certificate_numbers = organisation.certificate_numbers
