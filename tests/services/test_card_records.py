"""What the card reads: every record of a pupil, superseded and taken back ones included."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support import FIRST, SECOND, YEAR, mark, pupil_ids

from profdesk.domain import records
from profdesk.domain.activities import ActivityEntry, Participation, Presence
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Basis, Cell
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.records import Entry, RecordKind, Standing
from profdesk.errors import NotFoundError
from profdesk.services import activities, batches, certificates, evidence, notes, pupil_card, pupils
from profdesk.storage.workspace import Workspace


@pytest.fixture
def pupil(workspace: Workspace, group: Group) -> str:
    return pupil_ids(workspace, group)[0]


def read(workspace: Workspace, pupil: str) -> PupilCard:
    return pupil_card.card(workspace, workspace.actor, pupil, YEAR)


def entries(workspace: Workspace, pupil: str, kind: RecordKind) -> list[Entry]:
    found = read(workspace, pupil)
    return list(records.of_kind(records.entries(found.history, found.programme), kind))


def test_every_assessment_is_there_with_what_became_of_it(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST, (pupil, "planning", 1))
    mark(workspace, FIRST, (pupil, "planning", 2))
    mark(workspace, FIRST, (pupil, "flexibility", 2))
    mark(workspace, FIRST, (pupil, "flexibility", None))
    mark(workspace, FIRST, (pupil, "planning", 3), basis=Basis.SELF)
    found = {(one.title, one.words, one.standing) for one in entries(workspace, pupil, RecordKind.STAFF)}
    assert found == {
        ("Планирование", "стадия 1, начальная", Standing.REPLACED),
        ("Планирование", "стадия 2, формируется; была 1", Standing.STANDS),
        ("Гибкость", "стадия 2, формируется", Standing.REPLACED),
        ("Гибкость", "оценка снята; была 2", Standing.WITHDRAWN),
    }
    (own,) = entries(workspace, pupil, RecordKind.SELF)
    assert (own.words, own.basis) == ("стадия 3, сформирована", "Самооценка")
    assert read(workspace, pupil).names[own.actor] == "Климова Татьяна Аркадьевна"


def test_notes_files_and_certificates_are_there(workspace: Workspace, group: Group, pupil: str, tmp_path: Path) -> None:
    actor = workspace.actor
    notes.write(workspace, actor, Cell(pupil, "planning"), FIRST, "вёл проект")
    notes.write(workspace, actor, Cell(pupil, "planning"), FIRST, "")
    work = tmp_path / "Проект.txt"
    work.write_text("вода", encoding="utf-8")
    added, _ = evidence.add(workspace, actor, pupil, "planning", FIRST, [work])
    evidence.withdraw(workspace, actor, added.kept[0].id)
    certificates.issue(workspace, actor, group.id, [pupil], tmp_path / "7А.pdf")
    kinds = {one.standing for one in entries(workspace, pupil, RecordKind.NOTE)}
    assert kinds == {Standing.REPLACED, Standing.WITHDRAWN}
    (file,) = entries(workspace, pupil, RecordKind.FILE)
    assert file.standing is Standing.WITHDRAWN
    assert "Проект" in file.words
    (certificate,) = entries(workspace, pupil, RecordKind.CERTIFICATE)
    assert "портфолио за 2026/27" in certificate.words


def test_trials_and_events_are_told_once_the_pupil_was_there(workspace: Workspace, group: Group, pupil: str) -> None:
    actor, day = workspace.actor, date(2026, 10, 5)
    trial, _ = activities.write(workspace, actor, ActivityEntry("trial", "Лаборант", day, groups=(group.id,)))
    missed, _ = activities.write(workspace, actor, ActivityEntry("game", "Игра", day, groups=(group.id,)))
    activities.write(workspace, actor, ActivityEntry("excursion", "Завод", day, groups=(group.id,)))
    said = Participation(pupil, Presence.PRESENT, result="собрал схему", mark="5")
    activities.hold(workspace, actor, trial.id, said=[said])
    activities.hold(workspace, actor, missed.id, absent=[pupil])
    (told,) = entries(workspace, pupil, RecordKind.VISIT)
    assert (told.day, told.title, told.words) == (day, "Профессиональная проба", "Лаборант, собрал схему, оценка 5")
    found = read(workspace, pupil)
    assert records.recent(found.history, found.programme, 5)[0].words == "Лаборант"


def test_the_import_that_brought_the_pupil_is_told(workspace: Workspace, pupil: str) -> None:
    (act,) = entries(workspace, pupil, RecordKind.ACT)
    assert act.title == "Список"
    assert "внесение в программу" in act.words
    (done,) = batches.done(workspace, workspace.actor)
    batches.take_back(workspace, workspace.actor, done.id)
    with pytest.raises(NotFoundError):
        read(workspace, pupil)


def test_a_move_is_told_with_both_classes(workspace: Workspace, pupil: str) -> None:
    pupils.move(workspace, workspace.actor, [pupil], "8А", YEAR)
    told = entries(workspace, pupil, RecordKind.ACT)[0].words
    assert "8 «А»" in told
    assert "7 «А»" in told


def test_the_round_of_a_day_is_one_line_of_the_short_timeline(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST, (pupil, "planning", 1), (pupil, "flexibility", 2), (pupil, "initiative", 3))
    found = read(workspace, pupil)
    line = records.recent(found.history, found.programme, 5)[0]
    assert (line.title, line.words.replace("\u00a0", " ")) == ("Портфолио", "Оценены 3 компетенции")


def test_completeness_and_neighbours_are_those_of_the_class(workspace: Workspace, group: Group, pupil: str) -> None:
    mark(workspace, SECOND, (pupil, "planning", 1))
    found = read(workspace, pupil)
    assert found.completeness is not None
    assert (found.completeness.assessed, found.completeness.total) == (1, 20)
    assert list(found.among) == pupil_ids(workspace, group)
