"""Whoever leads classes alone: no statement shows a row of another class, and no flush writes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import and_, delete, exists, func, select, text, tuple_, union, update
from sqlalchemy.orm import Session, aliased, make_transient_to_detached
from support import FIRST, YEAR

from profdesk.domain.access import Actor, Reach, Role
from profdesk.domain.activities import ActivityEntry, Audience, Participation, Presence, State
from profdesk.domain.attachments import NewFile
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import GroupName, PersonName, Sex
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.errors import AccessError, NotFoundError
from profdesk.storage import reach
from profdesk.storage.activity_models import ActivityGroupRow, ActivityRow, ParticipationRow, SatisfactionRow
from profdesk.storage.models import (
    AssessmentRow,
    BatchRow,
    BusinessRow,
    EnrolmentRow,
    GroupRow,
    PupilRow,
)
from profdesk.storage.people_models import GroupTeacherRow
from profdesk.storage.register_models import AchievementRow
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.workspace import Workspace

P, E, A, G = PupilRow, EnrolmentRow, AssessmentRow, GroupRow
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class School:
    """Two classes of two, the ids of their pupils, and who leads the first."""

    workspace: Workspace
    teacher: Actor
    own_group: str
    other_group: str
    own: tuple[str, ...]
    others: tuple[str, ...]

    @contextmanager
    def session(self, actor: Actor | None = None) -> Iterator[Session]:
        with self.workspace.unit(actor or self.teacher) as unit:
            yield unit.pupils._session

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        with self.workspace.unit(self.teacher) as unit:
            yield unit


@pytest.fixture
def school(workspace: Workspace) -> School:
    owner, teacher = workspace.actor, Actor("teacher", "Ёлкина", "учитель", frozenset({Role.TEACHER}))
    with workspace.unit(owner) as unit:
        groups = [unit.pupils.ensure_group(GroupName(f"7 «{one}»", 7, one), "basic", YEAR).id for one in "АБ"]
        ids: list[tuple[str, ...]] = []
        for group in groups:
            there = []
            for surname in ("Яшин", "Ёлкин"):
                there.append(unit.pupils.add(PersonName(surname, "Иван"), date(2013, 5, 6), Sex.MALE))
                unit.pupils.enrol(there[-1], group, YEAR)
            ids.append(tuple(there))
        marks = [Mark(Cell(pupil, code), 2) for pupil in (*ids[0], *ids[1]) for code in ("a", "b")]
        unit.portfolio.append(marks, FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW)
        unit.class_teachers.give(teacher.id, [groups[0]], YEAR)
    return School(workspace, teacher, groups[0], groups[1], ids[0], ids[1])


def _nested(s: Session) -> Any:
    last = select(E.pupil_id, func.row_number().over(partition_by=E.pupil_id).label("n")).subquery()
    return s.scalars(select(last.c.pupil_id).where(last.c.n == 1))


def _aliased(s: Session) -> Any:
    row = aliased(E)
    return s.scalars(select(row.pupil_id))


def _joined_alias(s: Session) -> Any:
    row, later = A, aliased(A)
    return s.scalars(select(row.pupil_id).outerjoin(later, and_(later.id == row.superseded_by)))


def _outer_alias_only(s: Session) -> Any:
    """Groups are seen; of the enrolments joined to them only own ones are."""
    row = aliased(E)
    return s.scalars(select(row.pupil_id).select_from(G).outerjoin(row, row.group_id == G.id))


READINGS: dict[str, Callable[[Session], Any]] = {
    "rows": lambda s: [row.id for row in s.scalars(select(P))],
    "columns": lambda s: s.scalars(select(P.id)),
    "labelled": lambda s: s.scalars(select(P.id.label("whose"))),
    "a join": lambda s: s.scalars(select(P.id).join(E, E.pupil_id == P.id)),
    "an outer join": lambda s: s.scalars(select(E.pupil_id).select_from(P).outerjoin(E, E.pupil_id == P.id)),
    "two tables": lambda s: s.scalars(select(E.pupil_id).where(E.pupil_id == P.id)),
    "a subquery": _nested,
    "an alias": _aliased,
    "a joined alias": _joined_alias,
    "an outer alias": _outer_alias_only,
    "a cte": lambda s: s.scalars(select(select(E.pupil_id).cte().c.pupil_id)),
    "a union": lambda s: s.scalars(union(select(E.pupil_id), select(A.pupil_id))),
    "in": lambda s: s.scalars(select(A.pupil_id).where(tuple_(A.id, A.term).in_(select(A.id, A.term)))),
    "exists": lambda s: s.scalars(select(P.id).where(exists().where(E.pupil_id == P.id))),
    "distinct": lambda s: s.scalars(select(A.pupil_id).distinct()),
    "grouped": lambda s: s.scalars(select(A.pupil_id).group_by(A.pupil_id)),
    "a column of the table": lambda s: [
        row.pupil_id for row in s.scalars(select(A).where(A.__table__.c["stage"] == 2))
    ],
}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
def test_no_reading_shows_another_class(school: School, reading: Callable[[Session], Any]) -> None:
    with school.session(school.workspace.actor) as session:
        assert {one for one in reading(session) if one} == {*school.own, *school.others}
    with school.session() as session:
        assert {one for one in reading(session) if one} == {*school.own}


COUNTS: dict[str, Callable[[Session, School], Any]] = {
    "count": lambda s, _: s.scalar(select(func.count()).select_from(E)),
    "count where": lambda s, it: s.scalar(select(func.count()).where(E.group_id.in_([it.own_group, it.other_group]))),
    "count column": lambda s, _: s.scalar(select(func.count(E.id))),
    "scalar subquery": lambda s, _: s.scalar(select(select(func.count(E.id)).scalar_subquery())),
    "group's size": lambda s, _: sum(
        n for _, n in s.execute(select(G.id, func.count(E.id)).outerjoin(E, E.group_id == G.id).group_by(G.id))
    ),
}


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS.keys())
def test_no_count_counts_another_class(school: School, count: Callable[[Session, School], Any]) -> None:
    with school.session(school.workspace.actor) as session:
        assert count(session, school) == 4
    with school.session() as session:
        assert count(session, school) == 2


def test_nothing_of_another_class_is_got_or_found_to_exist(school: School) -> None:
    with school.session() as session:
        assert session.get(P, school.own[0]) is not None
        assert session.get(P, school.others[0]) is None
        assert session.get(G, school.other_group) is None
        assert session.scalar(select(G.id).where(exists().where(E.pupil_id == school.others[0]))) is None
        assert session.scalar(select(G.id).where(exists().where(E.pupil_id == school.own[0]))) is not None


def test_rows_got_are_read_again_within_reach(school: School) -> None:
    with school.session() as session:
        rows = session.scalars(select(P)).all()
        session.expire_all()
        assert {row.id for row in rows} == {*school.own}


def test_bulk_statements_stop_at_the_own_classes(school: School) -> None:
    with school.session() as session:
        session.execute(update(A).values(stage=0).execution_options(synchronize_session=False))
        session.execute(delete(A).where(A.competency == "b").execution_options(synchronize_session=False))
    with school.session(school.workspace.actor) as session:
        found = session.execute(select(A.pupil_id, A.competency, A.stage)).all()
    assert sorted((pupil in school.own, code, stage) for pupil, code, stage in found) == [
        *[(False, code, 2) for code in "aabb"],
        *[(True, "a", 0)] * 2,
    ]


PASSING: dict[str, Any] = {
    "text": text("SELECT id FROM pupil"),
    "a table": select(P.__table__),
    "a column": select(P.__table__.c.id),
    "a count": select(func.count()).select_from(P.__table__),
    "a bare exists": select(exists().where(E.pupil_id == "x")),
}


@pytest.mark.parametrize("statement", PASSING.values(), ids=PASSING.keys())
def test_a_statement_that_would_pass_by_is_an_error(school: School, statement: Any) -> None:
    with school.session() as session, pytest.raises(TypeError, match="passes by"):
        session.execute(statement)


def test_users_do_not_see_by_what_was_asked_for_another(school: School) -> None:
    """Statements are cached by the engine; whose rows they show is not."""
    other = Actor("other", "Юдин", "учитель", school.teacher.roles)
    with school.workspace.unit(school.workspace.actor) as unit:
        unit.class_teachers.give(other.id, [school.other_group], YEAR)
    for _ in range(3):
        for actor, ids in ((school.teacher, school.own), (other, school.others)):
            for reading in READINGS.values():
                with school.session(actor) as session:
                    assert {one for one in reading(session) if one} == {*ids}


def test_whoever_leads_nothing_sees_nobody(school: School) -> None:
    nobody = Actor("nobody", "Ю", "", school.teacher.roles)
    with school.session(nobody) as session:
        assert not session.scalars(select(P)).all()
        assert not session.scalars(select(G)).all()


def test_a_wider_role_or_verb_sees_everybody(school: School) -> None:
    both = Actor("teacher", "Ё", "", frozenset({Role.TEACHER, Role.COORDINATOR}))
    for actor in (both, Actor("teacher", "Ё", "", frozenset({Role.TEACHER}), Reach.ALL)):
        with school.session(actor) as session:
            assert len(session.scalars(select(P)).all()) == 4
    with school.session(Actor("teacher", "Ё", "", both.roles, Reach.OWN)) as session:
        assert len(session.scalars(select(P)).all()) == 2


def test_last_years_class_is_seen_without_those_who_are_in_others_now(school: School) -> None:
    """The group led is the teacher's of any year; its pupils are only while they are in a group led this year."""
    with school.workspace.unit(school.workspace.actor) as unit:
        former = unit.pupils.ensure_group(GroupName("6 «А»", 6, "А"), "basic", YEAR.previous).id
        for pupil in (school.own[0], school.others[0]):
            unit.pupils.enrol(pupil, former, YEAR.previous)
        unit.class_teachers.give(school.teacher.id, [former], YEAR.previous)
    with school.unit() as unit:
        assert [one.id for one in unit.pupils.in_group(former)] == [school.own[0]]


def test_the_former_class_of_an_own_pupil_is_named(school: School) -> None:
    with school.workspace.unit(school.workspace.actor) as unit:
        former = unit.pupils.ensure_group(GroupName("6 «В»", 6, "В"), "basic", YEAR.previous).id
        for pupil in (school.own[0], school.others[0]):
            unit.pupils.enrol(pupil, former, YEAR.previous)
    with school.unit() as unit:
        assert len(unit.histories.of(school.own[0], YEAR).attended) == 2
        assert unit.pupils.group(former).size == 1


# -- writing ---------------------------------------------------------------------------------------


def _marks(pupil: str) -> list[Mark]:
    return [Mark(Cell(pupil, "a"), 3)]


def test_stages_of_another_class_are_refused_whole(school: School) -> None:
    marks = [*_marks(school.own[0]), *_marks(school.others[0])]
    with pytest.raises(AccessError, match="не вашего класса"), school.unit() as unit:
        unit.portfolio.append(marks, FIRST, Basis.OBSERVATION, date(2026, 11, 3), NOW)
    with school.session(school.workspace.actor) as session:
        assert session.scalar(select(func.count(A.id)).where(A.stage == 3)) == 0
    with school.unit() as unit:
        assert len(unit.portfolio.append(_marks(school.own[0]), FIRST, Basis.TRIAL, date(2026, 11, 3), NOW)) == 1


def _slipped(session: Session, it: School) -> None:
    """A row of another class that a store got hold of somehow is deleted."""
    reading = select(A.id).where(A.pupil_id == it.others[0])
    found = session.connection().scalars(reading).first()
    columns = session.connection().execute(select(A.__table__).where(A.__table__.c.id == found)).mappings().one()
    row = A(**columns)
    make_transient_to_detached(row)
    session.add(row)
    session.delete(row)


BLANK = dict.fromkeys(("title", "kind", "level", "place", "subject", "note", "actor", "recorded_at"), "")

WRITES: dict[str, Callable[[Session, School], object]] = {
    "a pupil": lambda s, _: s.add(P(surname="Я", given="Я", folded="я", birth_date=date(2013, 1, 1))),
    "a group": lambda s, _: s.add(G(school_year=2026, level="basic", title="8", folded="8")),
    "an enrolment out": lambda s, it: setattr(s.scalars(select(E)).first(), "group_id", it.other_group),
    "a pupil given away": lambda s, it: setattr(s.scalars(select(A)).first(), "pupil_id", it.others[0]),
    "whose class it is": lambda s, it: s.add(GroupTeacherRow(group_id=it.other_group, user_id=it.teacher.id)),
    "another's act": lambda s, _: s.add(BatchRow(kind="import", title="", school_year=1, actor="x", made_at="")),
    "an achievement": lambda s, it: s.add(AchievementRow(**BLANK, pupil_id=it.others[0], on_profile=False)),
    "a row slipped in": _slipped,
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_no_flush_writes_another_class(school: School, write: Callable[[Session, School], object]) -> None:
    with pytest.raises(AccessError), school.session() as session:
        write(session, school)
        session.flush()


# -- activities, files, acts -----------------------------------------------------------------------


def _entry(title: str, *groups: str, pupils: tuple[str, ...] = ()) -> ActivityEntry:
    return ActivityEntry(
        type="fair", title=title, begins_on=date(2026, 11, 3), audience=Audience.PUPILS, groups=groups, pupils=pupils
    )


@pytest.fixture
def events(school: School) -> dict[str, str]:
    with school.workspace.unit(school.workspace.actor) as unit:
        made = {
            "own": unit.activities.write(_entry("own", school.own_group), NOW),
            "other": unit.activities.write(_entry("other", school.other_group), NOW),
            "shared": unit.activities.write(_entry("shared", school.own_group, school.other_group), NOW),
            "one of each": unit.activities.write(_entry("one of each", pupils=(school.own[0], school.others[0])), NOW),
            "open": unit.activities.write(_entry("open"), NOW),
        }
        for one in ("own", "other", "shared"):
            there = {"own": school.own, "other": school.others}.get(one, school.own + school.others)
            unit.activities.record(made[one], [Participation(pupil, Presence.PRESENT) for pupil in there])
    return made


def test_activities_of_other_classes_are_not_seen(school: School, events: dict[str, str]) -> None:
    with school.unit() as unit:
        found = {one.entry.title: one for one in unit.activities.of_year(YEAR)}
        assert found.keys() == {"own", "shared", "one of each", "open"}
        assert found["shared"].entry.groups == (school.own_group,)
        assert found["one of each"].entry.pupils == (school.own[0],)
        assert found["shared"].present == 2
        with pytest.raises(NotFoundError):
            unit.activities.get(events["other"])


def test_a_join_with_who_was_there_hides_no_condition(school: School, events: dict[str, str]) -> None:
    """The condition on an activity asks the very tables that the statement joins it to."""
    query = (
        select(ActivityRow.title, ParticipationRow.pupil_id)
        .join(ParticipationRow, ParticipationRow.activity_id == ActivityRow.id)
        .join(ActivityGroupRow, ActivityGroupRow.activity_id == ActivityRow.id)
        .outerjoin(SatisfactionRow, SatisfactionRow.activity_id == ActivityRow.id)
    )
    with school.session() as session:
        found = {(title, pupil) for title, pupil in session.execute(query)}
    assert found == {(title, pupil) for title in ("own", "shared") for pupil in school.own}


def test_a_teacher_changes_an_activity_of_the_own_class(school: School, events: dict[str, str]) -> None:
    with school.unit() as unit:
        unit.activities.set_state(events["own"], State.HELD)
    with school.unit() as unit:
        made = unit.activities.write(_entry("mine", school.own_group), NOW)
        unit.activities.set_state(made, State.CANCELLED)


def test_a_shared_activity_is_the_coordinators_but_who_came_may_be_noted(
    school: School, events: dict[str, str]
) -> None:
    for one in ("shared", "one of each", "open"):
        with pytest.raises(AccessError, match="не только для ваших классов"), school.unit() as unit:
            unit.activities.set_state(events[one], State.HELD)
    with school.unit() as unit:
        found = unit.activities.of_year(YEAR)
        shared = {one.entry.title for one in found if one.id in unit.activities.shared(found)}
        assert shared == {"shared", "one of each", "open"}
        unit.activities.record(events["shared"], [Participation(school.own[0], Presence.ABSENT)])
    with pytest.raises(AccessError, match="не вашего класса"), school.unit() as unit:
        unit.activities.record(events["own"], [Participation(school.others[0], Presence.PRESENT)])


def test_another_class_is_not_asked_to_an_activity(school: School) -> None:
    with pytest.raises(AccessError), school.unit() as unit:
        unit.activities.write(_entry("mine", school.other_group), NOW)


def test_files_go_with_the_pupil_of_their_entry(school: School) -> None:
    file = NewFile("г.txt", b"1", "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b")
    with school.workspace.unit(school.workspace.actor) as unit:
        entries = {
            pupil: unit.registers.add(ACHIEVEMENTS, {"pupil_id": pupil, "title": "Грамота"}, NOW)
            for pupil in (school.own[0], school.others[0])
        }
        lesson = unit.registers.add(LESSONS, {"title": "Урок"}, NOW)
        kept = {entry: unit.attachments.add(ACHIEVEMENTS, entry, file, NOW) for entry in entries.values()}
        unit.attachments.add(LESSONS, lesson, file, NOW)
    own, other = entries.values()
    with school.unit() as unit:
        assert unit.attachments.of_register(ACHIEVEMENTS).keys() == {own}
        assert unit.attachments.of_register(LESSONS).keys() == {lesson}
        assert unit.attachments.content(kept[own].id) == b"1"
        with pytest.raises(NotFoundError):
            unit.attachments.content(kept[other].id)
        unit.attachments.add(ACHIEVEMENTS, own, file, NOW)
    with pytest.raises(AccessError), school.unit() as unit:
        unit.attachments.add(ACHIEVEMENTS, other, file, NOW)


def test_deeds_and_acts_are_the_own_ones(school: School) -> None:
    with school.workspace.unit(school.workspace.actor) as unit:
        unit.deeds.add(DeedKind.PRINTED, "список", NOW)
    with school.unit() as unit:
        unit.deeds.add(DeedKind.PRINTED, "список", NOW)
        assert unit.batches.all() == []


# -- what must not be forgotten --------------------------------------------------------------------

OPEN = {"app_user", "erasure", "retention"}
"""Tables near those of people that say nothing of a pupil or a group."""


def test_every_table_that_speaks_of_a_pupil_or_a_group_is_kept() -> None:
    kept = {table.__tablename__ for table in reach.rules()}
    for mapper in BusinessRow.registry.mappers:
        table = mapper.class_.__table__
        targets = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        speaks = targets & {"pupil", "study_group"} or {"pupil_id", "group_id"} & {*table.columns.keys()}
        assert not speaks or table.name in kept, f"{table.name} is shown to every class teacher"
        for target in ("pupil", "study_group"):
            assert target not in targets or {"pupil_id", "group_id"} & {*table.columns.keys()}, table.name


ALLOWED = {"database.py", "migrate.py", "backup.py", "mark.py", "journal.py", "reach.py", "erasure.py", "workspace.py"}
"""Modules that ask the connection itself: no verb of a class teacher goes by them, or they read no business row."""
OF_EXCHANGE = {"exchange.py", "exchange_merge.py", "exchange_undo.py", "clock_corrections.py", "torn_chains.py"}
"""Those that bring together what computers did: whoever takes a file in writes what others were entitled to."""


def test_no_store_goes_around_the_session() -> None:
    folder = Path(reach.__file__).parent
    around = {
        path.name
        for path in folder.glob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in (".connection(", "exec_driver_sql", " text("))
    }
    assert around <= ALLOWED | OF_EXCHANGE | {"models.py", "programme.py", "sealing.py", "vault.py"}


def test_the_conditions_use_an_index(school: School) -> None:
    """A class teacher's reading of assessments searches by pupil; it does not scan the table."""
    from sqlalchemy import event

    told: list[str] = []
    with school.session() as session:
        connection = session.connection()

        def explain(_c: object, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
            if statement.startswith("SELECT"):
                told.extend(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

        event.listen(connection, "before_cursor_execute", explain)
        session.scalars(select(A)).all()
        session.scalars(select(P)).all()
        session.scalars(select(ParticipationRow)).all()
        session.execute(select(E.pupil_id).join(G, G.id == E.group_id)).all()
    assert told
    assert not [line for line in told if line.startswith("SCAN")], told
