"""Every number of the overview against a bare count in SQL, over random schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from kept_workspaces import create
from overview_school import CODES, PROGRAMME, TODAY, School
from sqlalchemy import event, text
from support import FIRST, PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.overview import Overview, Reading, Subject, Task, overview
from profdesk.domain.register_state import WARNED
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure
from profdesk.services import backups, pupils, summary
from profdesk.services import overview as verbs
from profdesk.storage.workspace import Workspace

ATTENDS = """(e.left_on IS NULL OR e.left_reason = 'graduated' OR e.left_on >= (e.school_year + 1) || '-08-31')"""
THERE = f"""FROM enrolment e JOIN study_group g ON g.id = e.group_id
            WHERE e.school_year = :year AND {ATTENDS} AND {{scope}}"""
STAFF = "a.strand = 'staff' AND a.superseded_by IS NULL AND a.stage IS NOT NULL AND a.school_year = :year"
OWN = " OR ".join(
    f"(g.level = '{level}' AND a.competency IN ({', '.join(map(repr, codes))}))" for level, codes in CODES.items()
)
SIZE = " ".join(f"WHEN '{level}' THEN {len(codes)}" for level, codes in CODES.items())
COUNTED = (
    f"(SELECT count(DISTINCT a.competency) FROM assessment a WHERE a.pupil_id = e.pupil_id AND {STAFF} AND ({OWN}))"
)
VISITED = """e.pupil_id IN (SELECT p.pupil_id FROM participation p JOIN activity v ON v.id = p.activity_id
             WHERE p.presence = 'present' AND v.state = 'held' AND v.withdrawn_at IS NULL
             AND v.begins_on BETWEEN '2026-09-01' AND '2027-08-31' AND {})"""
LATEST = """(SELECT {} FROM {} c WHERE c.pupil_id = e.pupil_id AND c.withdrawn_at IS NULL AND c.{} <= {} {}
            ORDER BY c.{} DESC, c.id DESC LIMIT 1)"""


def latest(what: str, table: str, day: str = "decided_on", until: str = ":day", more: str = "") -> str:
    return LATEST.format(what, table, day, until, more, day)


CHOSEN = "AND c.profile <> ''"
SINCE = latest("c.since", "profile_study", "since")
MEASURES = {
    "profile_choice": latest("c.conscious = 'yes' AND c.basis <> ''", "profile_choice", more=CHOSEN),
    "conscious_choice": latest(
        "c.conscious = 'yes' AND c.basis <> '' AND c.goal <> '' AND c.reserve IS NOT NULL", "profession_choice"
    ),
    "profile_continued": f"""{latest("c.profile", "profile_study", "since")}
                             = {latest("c.profile", "profile_choice", until=SINCE, more=CHOSEN)}""",
    "portfolio_begun": f"{COUNTED} > 0",
    "portfolio_complete": f"{COUNTED} >= CASE g.level {SIZE} END",
    "events_any": VISITED.format("v.audience <> 'parents'"),
    "trials_any": VISITED.format("v.type IN ('trial', 'practice', 'volunteering')"),
    "labour_market_informed": VISITED.format(
        "v.audience <> 'parents' AND (v.labour_market OR v.type = 'labour_market')"
    ),
    "parents_reached": VISITED.format("v.audience = 'parents'"),
}
CONSENTED = """e.pupil_id IN (SELECT c.pupil_id FROM consent c WHERE c.kind = 'psychological'
               AND c.given_on <= :today AND (c.valid_until IS NULL OR c.valid_until >= :today)
               AND (c.withdrawn_on IS NULL OR c.withdrawn_on > :today))"""


class Room:
    """A random school and what bare SQL says of it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.reading: Reading = verbs.read(workspace, workspace.actor, TODAY)
        self.scopes = [
            Scope(),
            *(Scope(level=level.code) for level in PROGRAMME.levels),
            *(Scope(group=group) for group in self.reading.now.groups),
        ]

    def bare(self, sql: str, scope: Scope = Scope(), **more: object) -> Any:  # noqa: B008 - frozen
        narrowed = "g.level = :level" if scope.level else "g.id = :group" if scope.group else "1 = 1"
        day = TODAY.isoformat()
        values = {"year": YEAR.start, "today": day, "day": day, "level": scope.level, "group": scope.group, **more}
        query = text(sql.replace("{scope}", narrowed))
        known = {name: value for name, value in values.items() if f":{name}" in query.text}
        with self.workspace._engine.connect() as connection:
            return connection.scalar(query, known)

    def pupils(self, condition: str, scope: Scope, **more: object) -> int:
        return int(self.bare(f"SELECT count(*) {THERE} AND {condition}", scope, **more))


def made(folder: Path, seed: int) -> Room:
    made = create(folder / "desk", NewUser("Иванова Анна", "", PASSWORD))
    School(seed, 150).write(made.workspace)
    return Room(made.workspace)


@pytest.fixture(scope="module", params=[1, 2, 3])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    found = made(tmp_path_factory.mktemp("school"), request.param)
    yield found
    found.workspace.close()


def counts(found: Overview) -> Mapping[Subject, int]:
    return {task.subject: task.count for task in found.tasks if task.subject is not Subject.REACH}


def asked_of(figure: Figure) -> str:
    grades = figure.indicator.rule.grades
    of_grades = f" AND g.grade IN ({', '.join(map(str, grades))})" if grades else ""
    return f"g.level IN ({', '.join(map(repr, figure.indicator.levels))}){of_grades}"


def test_what_is_left_to_do_equals_a_bare_count(room: Room) -> None:
    for scope in room.scopes:
        found = counts(overview(room.reading, scope))
        begun = f"EXISTS (SELECT 1 FROM assessment a WHERE a.pupil_id = e.pupil_id AND {STAFF} AND a.term = 1)"
        groups = f"SELECT count(DISTINCT g.id) {THERE}"
        blank = room.bare(groups, scope) - room.bare(f"{groups} AND {begun}", scope)
        assert found.get(Subject.PORTFOLIOS, 0) == blank
        assert found.get(Subject.CONSENTS, 0) == room.pupils(f"NOT {CONSENTED}", scope)
        certified = """EXISTS (SELECT 1 FROM certificate c WHERE c.pupil_id = e.pupil_id AND c.school_year = :year
                       AND c.withdrawn_on IS NULL)"""
        ready = room.pupils(f"{MEASURES['portfolio_complete']} AND NOT {certified}", scope)
        assert found.get(Subject.CERTIFICATES, 0) == ready
        concerned = f"""AND EXISTS (SELECT 1 FROM activity_group o JOIN enrolment e ON e.group_id = o.group_id
                        JOIN study_group g ON g.id = e.group_id
                        WHERE o.activity_id = v.id AND {ATTENDS} AND {{scope}})"""
        overdue = f"""SELECT count(*) FROM activity v WHERE v.state = 'planned' AND v.withdrawn_at IS NULL
                      AND v.begins_on BETWEEN '2026-09-01' AND '2027-08-31'
                      AND coalesce(v.ends_on, v.begins_on) < :today {"" if scope.whole else concerned}"""
        assert found.get(Subject.OVERDUE, 0) == room.bare(overdue, scope)


def test_what_belongs_to_nobody_in_particular_is_told_of_the_whole_school(room: Room) -> None:
    found = counts(overview(room.reading, Scope()))
    homeless = """SELECT count(*) FROM pupil p WHERE p.merged_into IS NULL
                  AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND e.school_year = :year)
                  AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = p.id AND e.school_year < :year
                                  AND e.left_on IS NOT NULL)"""
    assert found.get(Subject.HOMELESS, 0) == room.bare(homeless)
    listing = pupils.listing(room.workspace, room.workspace.actor, YEAR)
    assert room.reading.homeless == {
        row.pupil.id for row in listing.rows if row.left is None and (row.pupil.group is None or not row.pupil.attends)
    }
    stands = "FROM agreement a JOIN partner p ON p.id = a.partner WHERE a.withdrawn_at IS NULL"
    later = f"SELECT a.partner {stands} AND (a.valid_until IS NULL OR a.valid_until > :{{}})"
    ending = f"""SELECT count(*) {stands} AND a.valid_until BETWEEN :today AND :warned
                 AND a.partner NOT IN ({later.format("warned")})"""
    warned = (TODAY + timedelta(WARNED)).isoformat()
    assert found.get(Subject.ENDING, 0) == room.bare(ending, warned=warned)
    yesterday = (TODAY - timedelta(1)).isoformat()
    expired = f"SELECT count(*) {stands} AND a.valid_until < :today AND a.partner NOT IN ({later.format('yesterday')})"
    assert found.get(Subject.EXPIRED, 0) == room.bare(expired, yesterday=yesterday)
    for scope in room.scopes[1:]:
        assert (
            counts(overview(room.reading, scope)).keys().isdisjoint({Subject.HOMELESS, Subject.ENDING, Subject.EXPIRED})
        )


def test_who_is_not_reached_yet_and_how_far_the_bars_are_equals_a_bare_count(room: Room) -> None:
    for scope in room.scopes:
        found = overview(room.reading, scope)
        told = [task.figure for task in found.tasks if task.figure]
        for figure in (*told, *(bar.figure for bar in found.bars)):
            whose = asked_of(figure)
            assert figure.denominator == room.pupils(whose, scope)
            reached = f"{whose} AND {MEASURES[figure.indicator.rule.measure]}"
            assert figure.numerator == room.pupils(reached, scope)
        for task in found.tasks:
            if task.figure:
                assert task.count == len(task.pupils) == task.figure.denominator - task.figure.numerator
    whole = overview(room.reading, Scope())
    told = {task.figure.indicator.rule.measure for task in whole.tasks if task.figure}
    assert told == MEASURES.keys() - {"portfolio_begun", "portfolio_complete"}
    assert [bar.level and bar.level.code for bar in whole.bars] == [None, *(level.code for level in PROGRAMME.levels)]
    assert [bar.total for bar in whole.bars] == [True, *(False for _ in PROGRAMME.levels)]


def test_the_months_of_both_years_equal_a_bare_count(room: Room) -> None:
    first = f"""(SELECT min(a.made_on) FROM assessment a
                 WHERE a.pupil_id = e.pupil_id AND {STAFF} AND ({OWN})) <= :until"""
    for scope in room.scopes[:5]:
        found = overview(room.reading, scope)
        assert (len(found.now.begun), len(found.before.begun)) == (3, 12)
        for course in (found.now, found.before):
            year = {"year": course.year.start}
            assert course.pupils == room.bare(f"SELECT count(*) {THERE}", scope, **year)
            for month, count in enumerate(course.begun):
                after = date(course.year.start + (month + 9) // 12, (month + 9) % 12 + 1, 1)
                until = (after - timedelta(1)).isoformat() if month < 11 else "9999-12-31"
                assert count == room.pupils(first, scope, until=until, **year)


def test_a_class_is_compared_with_what_it_was_a_year_ago(room: Room) -> None:
    then = {group.id: group.name for group in room.reading.before.groups.values()}
    for group in room.reading.now.groups.values():
        course = overview(room.reading, Scope(group=group.id)).before
        was = [
            g
            for g, name in then.items()
            if (name.grade, name.letter) == ((group.name.grade or 0) - 1, group.name.letter)
        ]
        if group.name.grade is None:
            was = [g for g, name in then.items() if name.title == group.name.title]
        there = sum(one in was for one in room.reading.before.pupils.values())
        assert course.pupils == there


def test_the_first_things_are_what_cannot_wait_and_each_names_its_classes(room: Room) -> None:
    found = overview(room.reading, Scope())
    assert [task.soon for task in found.tasks] == sorted(task.soon for task in found.tasks)
    for task in found.tasks:
        if task.groups and task.pupils:
            counted = [sum(room.reading.now.pupils[p] == group.id for p in task.pupils) for group in task.groups]
            assert counted == sorted(counted, reverse=True)
            assert sum(counted) == task.count
            for group in task.whole_groups:
                members = {p for p, g in room.reading.now.pupils.items() if g == group.id}
                assert members <= task.pupils


def test_bars_say_what_the_summary_says(room: Room) -> None:
    counted = summary.compute(room.workspace, room.workspace.actor, Span.of_year(YEAR))
    figures = {one.indicator.code: one for one in counted.figures}
    shared = [bar.figure for bar in overview(room.reading, Scope()).bars if bar.figure.indicator.code in figures]
    assert len(shared) == len(overview(room.reading, Scope()).bars)
    for figure in shared:
        assert figures[figure.indicator.code] == figure


def test_every_figure_of_the_summary_equals_a_bare_count(room: Room) -> None:
    counted = summary.compute(room.workspace, room.workspace.actor, Span.of_year(YEAR))
    day = min(counted.counted_at.date(), YEAR.last_day).isoformat()
    works = "SELECT count(*) FROM staff s WHERE (s.left_on IS NULL OR s.left_on > :day)"
    trained = (
        """AND EXISTS (SELECT 1 FROM training t WHERE t.person = s.id AND t.on_subject AND t.finished_on <= :day)"""
    )
    agreed = """SELECT count(*) > 0 FROM agreement a JOIN partner p ON p.id = a.partner WHERE a.withdrawn_at IS NULL
                AND p.kind IN ('college', 'university') AND a.signed_on <= :day
                AND (a.valid_until IS NULL OR a.valid_until >= :day)"""
    page = "SELECT count(*) > 0 FROM web_page w WHERE w.works AND w.checked_on BETWEEN '2026-09-01' AND '2027-08-31'"
    learn = "SELECT count(*) FROM destination d WHERE d.withdrawn_at IS NULL AND d.kind = 'college' AND d.year = :year"
    wanted = """AND EXISTS (SELECT 1 FROM demand w WHERE w.profession = d.profession AND w.year = d.year
                AND w.withdrawn_at IS NULL)"""
    bare = {
        "destinations_in_demand": (room.bare(f"{learn} {wanted}"), room.bare(learn)),
        "staff_trained": (room.bare(f"{works} {trained}", day=day), room.bare(works, day=day)),
        "agreements": (room.bare(agreed, day=day), 1),
        "web_pages": (room.bare(page), 1),
    }
    found = {one.indicator.rule.measure: (one.numerator, one.denominator) for one in counted.figures}
    assert found.keys() == MEASURES.keys() | bare.keys()
    assert {measure: found[measure] for measure in bare} == bare
    for figure in counted.figures:
        if figure.indicator.rule.measure in MEASURES:
            whose = asked_of(figure)
            reached = f"{whose} AND {MEASURES[figure.indicator.rule.measure]}"
            assert (figure.numerator, figure.denominator) == (
                room.pupils(reached, Scope(), day=day),
                room.pupils(whose, Scope()),
            )


def test_a_portfolio_is_urgent_in_the_last_month_of_a_term(room: Room) -> None:
    def task(day: date) -> Task:
        read = verbs.read(room.workspace, room.workspace.actor, day)
        found = {one.subject: one for one in overview(Reading(**{**vars(read), "assessed": ()}), Scope()).tasks}
        return found[Subject.PORTFOLIOS]

    assert (task(date(2026, 10, 1)).soon, task(date(2026, 10, 1)).late) == (True, False)
    assert (task(date(2026, 12, 1)).soon, task(date(2026, 12, 1)).late) == (False, True)
    assert task(date(2027, 1, 10)).day == FIRST.last_day == date(2026, 12, 31)


def test_queries_are_as_many_however_many_pupils(tmp_path: Path) -> None:
    workspace = made(tmp_path, 4).workspace

    def queries() -> int:
        seen: list[str] = []
        event.listen(workspace._engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        verbs.read(workspace, workspace.actor, TODAY)
        return len([one for one in seen if one.startswith("SELECT")])

    before = queries()
    with workspace._engine.begin() as connection:
        connection.execute(text("DELETE FROM participation"))
        connection.execute(text("DELETE FROM enrolment WHERE id NOT IN ('enrolment1', 'enrolment2')"))
    assert before == queries() <= 30
    workspace.close()


def test_a_copy_is_due_a_week_after_the_last_and_urgent_after_a_month(tmp_path: Path) -> None:
    workspace = made(tmp_path, 5).workspace

    def task(day: date) -> Task | None:
        found = overview(verbs.read(workspace, workspace.actor, day), Scope()).tasks
        return next((one for one in found if one.subject is Subject.COPY), None)

    never = task(TODAY)
    assert never is not None
    assert (never.count, never.day, never.soon, never.late) == (0, None, False, False)
    folder, _ = backups.make(workspace, workspace.actor)
    folder.rename(folder.with_name("2026-11-01-100000-x"))
    told = [task(date(2026, 11, day)) for day in (1, 7, 8, 30)]
    assert told[:2] == [None, None]
    assert [one and (one.count, one.soon, one.late) for one in told[2:]] == [(7, True, False), (29, True, False)]
    late = task(date(2026, 12, 1))
    assert late is not None
    assert (late.count, late.soon, late.late, late.day) == (30, False, True, date(2026, 11, 1))
    workspace.close()
