"""What a list of files shows of each: what it is, what it is about, who added it and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.evidence import Evidence, size_words
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import Period
from profdesk.gui.common import who
from profdesk.gui.common.columns import Column
from profdesk.services import evidence, users

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Place:
    """Whose files are shown; without a competency all of the pupil's, and new ones are about the pupil as a whole."""

    pupil: str
    competency: str | None
    period: Period


@dataclass(frozen=True)
class File:
    """A file with the words for its competency and for who added it."""

    evidence: Evidence
    about: str
    who: str


_NAME: Column[File] = Column(
    "Файл",
    lambda file: file.evidence.title,
    sort=lambda file: file.evidence.title.lower(),
    second=lambda file: f"{size_words(file.evidence.size)}, {file.evidence.name}",
)
_ABOUT: Column[File] = Column(
    "О чём",
    lambda file: file.about,
    width=230,
    sort=lambda file: (file.about, file.evidence.period),
    second=lambda file: file.evidence.period.title,
)
_ADDED: Column[File] = Column(
    "Кто добавил",
    lambda file: file.who,
    width=160,
    sort=lambda file: file.evidence.at,
    second=lambda file: f"{file.evidence.at.astimezone():%d.%m.%Y}",
)


def columns(place: Place) -> Sequence[Column[File]]:
    """The columns of a place: at one cell it goes without saying what the files are about."""
    return (_NAME, _ADDED) if place.competency is not None else (_NAME, _ABOUT, _ADDED)


def read(workspace: Workspace, programme: Programme, place: Place) -> Sequence[File]:
    """Read the files of a place, the latest first."""
    actor, code = workspace.actor, place.competency
    if code is None:
        found = evidence.of_pupil(workspace, actor, place.pupil)
    else:
        found = evidence.of_cell(workspace, actor, place.pupil, code, place.period)
    names = users.names(workspace, actor)
    titles = {item.code: item.plain for level in programme.levels for item in level.competencies.items}
    return [File(one, _about(titles, one.competency), who.short(names, one.actor)) for one in found]


def _about(titles: Mapping[str, str], code: str | None) -> str:
    return "Об ученике в целом" if code is None else titles.get(code, code)
