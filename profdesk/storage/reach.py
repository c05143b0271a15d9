"""Row-level reach: whoever leads classes and no more sees, and writes, the rows of the own classes alone.

It lies on the session, so that no store has to think of it: every ORM statement of the unit of work gets the
conditions of the tables it reads, joined, aliased and nested ones included, and every flush is looked through.
A table that has ``pupil_id`` or ``group_id`` is kept by it without further ado; ``_RULES`` holds the others.
The journal's operations are not: what undo may read of them is told by ``domain.undo_rights``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    TableClause,
    and_,
    event,
    exists,
    inspect,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption, ReadOnlyColumnCollection
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate

from profdesk.domain.access import Actor
from profdesk.domain.activities import SHARED
from profdesk.domain.exchange_known import SHARED as SHARED_ROOT
from profdesk.errors import AccessError
from profdesk.storage.activity_models import (
    ActivityGroupRow,
    ActivityProfessionRow,
    ActivityRow,
    ParticipationRow,
    SatisfactionRow,
)
from profdesk.storage.exchange_models import PeerRow
from profdesk.storage.models import BatchRow, BusinessRow, DeviceRow, EnrolmentRow, GroupRow, OrganisationRow, PupilRow
from profdesk.storage.people_models import DeedRow, GroupTeacherRow
from profdesk.storage.register_models import ROWS, AttachmentRow

_OWN = "own"
"""Where a session that is kept has its ``Own``."""
_OTHERS = "Это ученик не вашего класса. Вы видите и заполняете только свои классы: их назначает координатор."
_OF_PUPILS = {code: row.__table__ for code, row in ROWS.items() if "pupil_id" in row.__table__.columns}
"""The tables of the registers that speak of pupils, by the register's code."""

Table = type[BusinessRow]


@dataclass(frozen=True)
class Own:
    """Ids: the pupils enrolled this school year in groups that the user leads, and the groups led in any year.

    ``seen`` are groups too: those led, and those that the own pupils are or were in. ``shared`` are
    activities of which this computer, which gets a part, was told that the user may only read them.
    """

    user: str
    pupils: tuple[str, ...]
    groups: tuple[str, ...]
    seen: tuple[str, ...]
    shared: frozenset[str] = frozenset()


class Rule(NamedTuple):
    """How a table is kept: the condition on what is read, and whether a row may be written."""

    condition: Callable[[Table, Own], ExecutableOption]
    may_write: Callable[[Session, BusinessRow, Own], bool]
    refusal: str = _OTHERS


def attach(session: Session, actor: Actor) -> None:
    """Keep the session within the classes that the user leads, as they stand now."""
    session.info[_OWN] = own = own_of(session, actor.id)
    conditions: dict[str, ExecutableOption] = {}

    def narrow(state: ORMExecuteState) -> None:
        if not state.is_orm_statement:
            raise TypeError("a statement that names no mapped class passes by the user's reach")
        if not state.is_insert:
            named = _tables(cast("ExternallyTraversible", state.statement)) & _by_name().keys()
            for name in named - conditions.keys():
                table = _by_name()[name]
                conditions[name] = rules()[table].condition(table, own)
            state.statement = state.statement.options(*(conditions[name] for name in sorted(named)))

    def look_through(session: Session, _context: UOWTransaction, _instances: object) -> None:
        changed = (row for row in session.dirty if session.is_modified(row))
        for row in (*session.new, *changed, *session.deleted):
            rule = rules().get(type(row))
            if rule is not None and not rule.may_write(session, row, own):
                raise AccessError(rule.refusal)

    event.listen(session, "do_orm_execute", narrow)
    event.listen(session, "before_flush", look_through)


def own_pupils(session: Session, actor: Actor) -> frozenset[str]:
    """The ids of the pupils of the classes that the user leads."""
    return frozenset(own_of(session, actor.id).pupils)


def shared(session: Session, activities: Collection[str]) -> frozenset[str]:
    """Those of some activities that the user may read but not change; none where the session is not kept."""
    own: Own | None = session.info.get(_OWN)
    return frozenset(activities) - wholly_own(session, own, activities) if own is not None else frozenset()


def wholly_own(session: Session, own: Own, activities: Collection[str]) -> frozenset[str]:
    """Those of some activities that ask nobody but own groups and pupils, if anybody, or else the user planned them."""
    activity, groups, asked = ActivityRow.__table__.c, ActivityGroupRow.__table__.c, ParticipationRow.__table__.c
    of_groups, of_pupils = groups.activity_id == activity.id, asked.activity_id == activity.id
    query = select(activity.id).where(
        activity.id.in_(frozenset(activities) - own.shared),
        ~exists().where(of_groups, groups.group_id.not_in(own.groups)),
        ~exists().where(of_pupils, asked.pupil_id.not_in(own.pupils)),
        or_(activity.actor == own.user, exists().where(of_groups), exists().where(of_pupils)),
    )
    return frozenset(session.connection().scalars(query))


def shown(session: Session, own: Own) -> frozenset[str]:
    """The activities that a user who leads classes may read."""
    activity = ActivityRow.__table__.c
    return frozenset(session.connection().scalars(select(activity.id).where(_shown(activity, own))))


@cache
def rules() -> Mapping[Table, Rule]:
    """Every table that is kept, with its rule."""
    found: dict[Table, Rule] = {}
    for table in (mapper.class_ for mapper in BusinessRow.registry.mappers if issubclass(mapper.class_, BusinessRow)):
        columns = table.__table__.columns
        by_column = _BY_PUPIL if "pupil_id" in columns else _BY_GROUP if "group_id" in columns else None
        rule = _RULES.get(table, by_column)
        if rule is not None:
            found[table] = rule
    return found


@cache
def _by_name() -> Mapping[str, Table]:
    named = {table: table.__table__ for table in rules()}
    return {found.fullname: table for table, found in named.items() if isinstance(found, TableClause)}


def _tables(statement: ExternallyTraversible) -> set[str]:
    """The tables that a statement names anywhere."""
    return {element.fullname for element in iterate(statement) if isinstance(element, TableClause)}


def own_of(session: Session, user: str) -> Own:
    """Whom a user leads by now, read around the ORM: this is what the conditions are made of."""
    connection = session.connection()
    led = connection.scalars(select(GroupTeacherRow.group_id).where(GroupTeacherRow.user_id == user)).all()
    year = select(OrganisationRow.school_year).scalar_subquery()
    enrolled = select(EnrolmentRow.pupil_id).where(EnrolmentRow.school_year == year, EnrolmentRow.group_id.in_(led))
    pupils = connection.scalars(enrolled).all()
    been = connection.scalars(select(EnrolmentRow.group_id).where(EnrolmentRow.pupil_id.in_(pupils)).distinct()).all()
    return Own(user, tuple(sorted(pupils)), tuple(sorted(led)), tuple(sorted({*led, *been})), _told_shared(connection))


def _told_shared(connection: Connection) -> frozenset[str]:
    """What a computer that gets all has told this one, which gets a part."""
    own = select(PeerRow.pupils).join(DeviceRow, DeviceRow.id == PeerRow.device)
    roots: list[str] = json.loads(connection.scalar(own) or "[]")
    return frozenset(one.removesuffix(SHARED_ROOT) for one in roots if one.endswith(SHARED_ROOT))


def _values(row: BusinessRow, column: str) -> Iterable[Any]:
    """What a column holds, and what it held before the flush."""
    history = inspect(row).attrs[column].history
    return {*history.unchanged, *history.added, *history.deleted}


def _within(column: str, ids: Callable[[Own], tuple[str, ...]]) -> Callable[[Session, BusinessRow, Own], bool]:
    return lambda _, row, own: bool(values := {*_values(row, column)}) and values <= {*ids(own)}


def _by_pupil(table: Table, own: Own) -> ExecutableOption:
    pupils = own.pupils
    return with_loader_criteria(table, lambda row: row.pupil_id.in_(pupils), include_aliases=True)


def _by_group(table: Table, own: Own) -> ExecutableOption:
    seen = own.seen
    return with_loader_criteria(table, lambda row: row.group_id.in_(seen), include_aliases=True)


def _by_actor(table: Table, own: Own) -> ExecutableOption:
    user = own.user
    return with_loader_criteria(table, lambda row: row.actor == user, include_aliases=True)


def _pupils(table: Table, own: Own) -> ExecutableOption:
    """The own pupils, and the rows of those who turned out to be them."""
    pupils = own.pupils
    return with_loader_criteria(
        table, lambda row: or_(row.id.in_(pupils), row.merged_into.in_(pupils)), include_aliases=True
    )


def _groups(table: Table, own: Own) -> ExecutableOption:
    seen = own.seen
    return with_loader_criteria(table, lambda row: row.id.in_(seen), include_aliases=True)


def _files(table: Table, own: Own) -> ExecutableOption:
    """Files of entries of own pupils, and of registers that speak of none."""
    of_own = (select(one.c.id).where(one.c.pupil_id.in_(own.pupils)) for one in _OF_PUPILS.values())
    entries = union_all(*(one.correlate(None) for one in of_own))
    shown = or_(AttachmentRow.register.not_in(_OF_PUPILS), AttachmentRow.entry.in_(entries))
    return with_loader_criteria(table, shown)


def _activities(table: Table, own: Own) -> ExecutableOption:
    return with_loader_criteria(table, _shown(ActivityRow.__table__.c, own))


def _of_activities(table: Table, own: Own) -> ExecutableOption:
    activity = ActivityRow.__table__.c
    shown = select(activity.id).where(_shown(activity, own)).correlate(None)
    return with_loader_criteria(table, table.__table__.c.activity_id.in_(shown))


def _shown(activity: ReadOnlyColumnCollection[str, Any], own: Own) -> ColumnElement[bool]:
    """Activities that own groups or pupils are asked to, that the user planned, or that ask nobody by name."""
    groups, asked = ActivityGroupRow.__table__.c, ParticipationRow.__table__.c

    def some(*which: ColumnElement[bool]) -> ColumnElement[bool]:
        """Of one activity: what else the statement reads is another matter."""
        return exists().where(*which).correlate(ActivityRow.__table__)

    of_groups, of_pupils = groups.activity_id == activity.id, asked.activity_id == activity.id
    return or_(
        activity.actor == own.user,
        some(of_groups, groups.group_id.in_(own.seen)),
        some(of_pupils, asked.pupil_id.in_(own.pupils)),
        and_(~some(of_groups), ~some(of_pupils)),
    )


def _may_enrol(_: Session, row: BusinessRow, own: Own) -> bool:
    return {*_values(row, "pupil_id")} <= {*own.pupils} and {*_values(row, "group_id")} <= {*own.groups}


def _may_keep_file(session: Session, row: BusinessRow, own: Own) -> bool:
    table = _OF_PUPILS.get(row.register) if isinstance(row, AttachmentRow) else None
    if table is None:
        return True
    query = select(table.c.pupil_id).where(table.c.id.in_(_values(row, "entry")))
    return {*session.connection().scalars(query)} <= {*own.pupils}


def _may_change_activity(session: Session, row: BusinessRow, own: Own) -> bool:
    return row in session.new or bool(wholly_own(session, own, (row.id,)))


def _may_add_to_activity(session: Session, row: BusinessRow, own: Own) -> bool:
    activities = {*_values(row, "activity_id")}
    return activities <= wholly_own(session, own, activities)


_BY_PUPIL = Rule(_by_pupil, _within("pupil_id", lambda own: own.pupils))
_BY_GROUP = Rule(_by_group, _within("group_id", lambda own: own.groups))
_BY_ACTOR = Rule(_by_actor, _within("actor", lambda own: (own.user,)), "Это записал другой человек.")
_RULES: Mapping[Table, Rule] = {
    PupilRow: Rule(_pupils, _within("id", lambda own: own.pupils)),
    GroupRow: Rule(_groups, _within("id", lambda own: own.groups)),
    EnrolmentRow: Rule(_by_pupil, _may_enrol),
    AttachmentRow: Rule(_files, _may_keep_file),
    ActivityRow: Rule(_activities, _may_change_activity, SHARED),
    ActivityProfessionRow: Rule(_of_activities, _may_add_to_activity, SHARED),
    SatisfactionRow: Rule(_of_activities, _may_add_to_activity, SHARED),
    BatchRow: _BY_ACTOR,
    DeedRow: _BY_ACTOR,
}
