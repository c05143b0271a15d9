"""The organisation that owns a workspace, as its papers name it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from profdesk.domain.school_year import Period


class OrganisationKind(StrEnum):
    """What kind of organisation a workspace belongs to; the value is what the database keeps."""

    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    DEPARTMENT = "department"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _KIND_LABELS[self]

    @property
    def everybody(self) -> str:
        """What a list of its parts calls the whole of it."""
        return _WHOLES.get(self, "Вся организация")


_WHOLES = {OrganisationKind.SCHOOL: "Вся школа", OrganisationKind.KINDERGARTEN: "Весь детский сад"}
_KIND_LABELS = {
    OrganisationKind.SCHOOL: "школа",
    OrganisationKind.KINDERGARTEN: "детский сад",
    OrganisationKind.DEPARTMENT: "управление образования",
}


@dataclass(frozen=True)
class Organisation:
    """Legal form and quoted name stand on lines of their own on papers (print-style, section 5).

    ``certificate_numbers`` is the pattern of their numbers (``domain.certificate_numbers``), empty for the usual one.
    """

    id: str
    kind: OrganisationKind
    legal_form: str
    name: str
    short_name: str
    municipality: str
    head_post: str
    head_name: str
    period: Period
    certificate_numbers: str = ""

    @property
    def full_name(self) -> str:
        """«Муниципальное … учреждение «Средняя школа № 12»»."""
        return full_name(self.legal_form, self.name)


def full_name(legal_form: str, name: str) -> str:
    """The name in quotes after the legal form; without one it stands as it is."""
    return f"{legal_form} «{name}»" if legal_form else name
