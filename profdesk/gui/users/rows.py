"""Users as the table shows them, and how what is said of one is changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from profdesk.domain import rights
from profdesk.domain.access import Actor, Role
from profdesk.domain.changes import Changes
from profdesk.domain.people import Group, fold
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.users import Draft, User, in_order
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.services import class_teachers, organisation, users

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Line:
    """A user with the classes led this year."""

    user: User
    groups: tuple[Group, ...]

    @property
    def said(self) -> Draft:
        """What a dialog begins with, and undo goes back to."""
        classes = frozenset(group.id for group in self.groups)
        return Draft(self.user.name, self.user.post, self.user.roles, classes)

    @property
    def is_gone(self) -> bool:
        """Whether the user was removed and cannot come in here any more."""
        return self.user.removed_at is not None and self.user.here is None

    @property
    def lacks(self) -> bool:
        """Whether some roles are of no use here, for want of a key or of somebody who could take over."""
        return self.user.here is not None and self.user.here != self.user.roles

    @property
    def roles(self) -> str:
        """«Координатор, психолог»."""
        return _told(self.user.roles).capitalize()

    @property
    def entry(self) -> str:
        """What is to be known of how the user comes in at this computer."""
        if self.user.here is None:
            return "" if self.is_gone else "входит на другом компьютере"
        if self.user.removed_at is not None:
            return f"здесь вход пока открыт: {_told(self.user.here)}"
        if self.lacks:
            return f"здесь пока: {_told(self.user.here)}"
        return "первый пароль ещё не сменён" if self.user.must_change else ""

    @property
    def classes(self) -> str:
        """«7 «А», 7 «Б»»."""
        return ", ".join(group.name.title for group in self.groups)

    @property
    def since(self) -> str:
        """The day of coming, or of going."""
        if self.user.removed_at is not None:
            return f"удалён {self.user.removed_at.astimezone():%d.%m.%Y}"
        return f"{self.user.added_at.astimezone():%d.%m.%Y}"


@dataclass(frozen=True)
class Book:
    """Everyone, and the groups that may be given."""

    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    owed: Sequence[str] = ()
    """Names of those who know keys that are theirs no more."""


def read(workspace: Workspace, actor: Actor, year: SchoolYear) -> Book:
    """Read users with the classes they lead in a year."""
    groups = tuple(class_teachers.groups(workspace, actor, year))
    led = class_teachers.of_year(workspace, actor, year)
    everyone = users.listed(workspace, actor)
    lines = tuple(Line(one, _led_by(one.id, groups, led)) for one in everyone)
    return Book(lines, groups, users.owed(workspace, actor))


def change(
    workspace: Workspace, actor: Actor, user: str, draft: Draft, code: str = "", progress: Progress = silent
) -> tuple[str | None, Changes]:
    """As ``users.change``; whoever gives classes and keeps no users changes the classes alone."""
    if rights.may(actor, Right.USERS_WRITE):
        return users.change(workspace, actor, user, draft, code, progress)
    year = organisation.get(workspace, actor).period.year
    return None, class_teachers.give(workspace, actor, user, draft.classes, year)[1]


def matches(line: Line, words: str) -> bool:
    """Whether every word is somewhere in what the table shows."""
    hay = fold(f"{line.user.name} {line.user.post} {line.roles} {line.classes}")
    return all(word in hay for word in fold(words).split())


def _led_by(user: str, groups: Sequence[Group], led: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    return tuple(group for group in groups if user in led.get(group.id, ()))


def _told(roles: Collection[Role]) -> str:
    return ", ".join(role.label for role in in_order(roles))


_muted = partial(Look, tone=Tone.MUTED)
COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "Пользователь",
        lambda one: one.user.name,
        sort=lambda one: fold(one.user.name),
        second=lambda one: one.user.post,
    ),
    Column("Роли", lambda one: one.roles, sort=lambda one: fold(one.roles), second=lambda one: one.entry),
    Column("Ведёт классы", lambda one: one.classes, width=220, sort=lambda one: fold(one.classes)),
    Column(
        "С какого дня", lambda one: one.since, width=150, sort=lambda one: one.user.added_at, look=lambda _: _muted()
    ),
)
