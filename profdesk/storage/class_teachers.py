"""Who leads which class: several users a class, several classes a user, year by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError
from profdesk.storage.models import GroupRow
from profdesk.storage.people_models import GroupTeacherRow, UserRow


class ClassTeacherStore:
    """Users who were removed lead no class any more, though the rows of their years stay."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_year(self, year: SchoolYear) -> Mapping[str, tuple[str, ...]]:
        """The ids of the users who lead each group of a year, by the group's id; groups without one are absent."""
        query = (
            select(GroupTeacherRow.group_id, GroupTeacherRow.user_id)
            .join(GroupRow, GroupRow.id == GroupTeacherRow.group_id)
            .outerjoin(UserRow, UserRow.id == GroupTeacherRow.user_id)
            .where(GroupRow.school_year == year.start, UserRow.removed_at.is_(None))
            .order_by(GroupTeacherRow.id)
        )
        found: dict[str, list[str]] = {}
        for group, user in self._session.execute(query):
            found.setdefault(group, []).append(user)
        return {group: tuple(users) for group, users in found.items()}

    def give(self, user: str, groups: Collection[str], year: SchoolYear) -> bool:
        """Let a user lead exactly these groups of a year; gives whether that changed anything.

        NotFoundError if one of them is no group of that year (any more).
        """
        known = set(self._session.scalars(select(GroupRow.id).where(GroupRow.school_year == year.start)))
        if not known.issuperset(groups):
            raise NotFoundError("Такого класса в этом учебном году больше нет. Обновите страницу.")
        query = (
            select(GroupTeacherRow)
            .join(GroupRow, GroupRow.id == GroupTeacherRow.group_id)
            .where(GroupTeacherRow.user_id == user, GroupRow.school_year == year.start)
        )
        there = {row.group_id: row for row in self._session.scalars(query)}
        for group in sorted(there.keys() - set(groups)):
            self._session.delete(there[group])
        self._add((group, user) for group in sorted(set(groups) - there.keys()))
        return there.keys() != set(groups)

    def carry(self, moves: Iterable[tuple[str, str]], year: SchoolYear) -> None:
        """Let whoever leads a group of ``year`` lead the group of the next one that most of its pupils come into.

        ``moves`` are those two groups of each pupil. Groups that somebody leads already stay as they are.
        """
        by_group: dict[str, Counter[str]] = {}
        for source, target in moves:
            by_group.setdefault(source, Counter())[target] += 1
        leading, taken = self.of_year(year), self.of_year(year.next)
        wanted = dict.fromkeys(
            (target, user)
            for source, targets in by_group.items()
            for user in leading.get(source, ())
            for target, _ in targets.most_common(1)
            if target not in taken
        )
        self._add(wanted)

    def _add(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._session.add_all(GroupTeacherRow(group_id=group, user_id=user) for group, user in pairs)
