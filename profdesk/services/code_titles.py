"""What the codes that records hold are called, for whoever reads records as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from profdesk.domain.programme import Programme
from profdesk.services import activities, satisfaction

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork


def of(unit: UnitOfWork, programme: Programme) -> Mapping[str, str]:
    """Titles by the codes of the programme, of kinds of activities and of the form that asks how they were liked."""
    competencies = (one for level in programme.levels for one in level.competencies.items)
    form = satisfaction.form()
    return {
        **{one.code: one.title for one in competencies},
        **{one.code: one.title for one in programme.levels},
        **{one.code: one.title for one in programme.directions},
        **{one.code: one.title for one in programme.professions},
        **{one.code: one.title for one in form.answers},
        **{one.code: one.text for one in form.questions},
        **{code: one.title for code, one in activities.known_types(unit).items()},
    }
