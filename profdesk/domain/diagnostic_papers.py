"""What the papers of a diagnostic session say besides its result: whose they are, and who held it."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Pupil
from profdesk.domain.results import SessionResult


@dataclass(frozen=True)
class SessionFacts:
    """``held_by`` is the psychologist's name, empty where it is not known any more."""

    organisation: Organisation
    result: SessionResult
    held_by: str

    def group_words(self, pupil: Pupil) -> str:
        """«8 «Б» класс» of a pupil, or of the session for one who has left every class."""
        group = pupil.group
        if group is None:
            return self.result.view.session.group_title
        return group.name.title if group.name.grade is None else f"{group.name.title} класс"
