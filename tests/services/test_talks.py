"""Consultations and results from elsewhere through their verbs; nothing of them is found with a teacher's key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from diagnostic_school import (
    TEACHER,
    TEACHERS_PASSWORD,
    add_class,
    add_teacher,
    held,
    new_workspace,
)
from support import PASSWORD, YEAR

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.diagnostics import Attendance
from profdesk.domain.people import Pupil
from profdesk.domain.talks import FILE_LIMIT, TalkEntry, TalkKind, Whom
from profdesk.errors import AccessError, WorkspaceError, WrongInputError
from profdesk.services import conclusions, diagnostics, talks
from profdesk.storage import database, vault
from profdesk.storage import opening as storage
from profdesk.storage.blobs import PSY_FOLDER, Blobs
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 20)
MARK = "МАРКЕР"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "desk")


@pytest.fixture
def pupils(workspace: Workspace) -> list[Pupil]:
    return add_class(workspace)


def consultation(pupil: str | None, words: str = "Говорили о выборе") -> TalkEntry:
    return TalkEntry(
        TalkKind.CONSULTATION, DAY, pupil, Whom.PARENTS, "Следование за друзьями", words=words, outcome="ждём"
    )


def external(pupil: str | None, words: str = "Рекомендован инженерный профиль") -> TalkEntry:
    return TalkEntry(TalkKind.EXTERNAL, DAY, pupil, source="Билет в будущее", words=words)


def test_records_are_written_changed_withdrawn_and_put_back(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, one = workspace.actor, pupils[0].id
    first, _ = talks.write(workspace, actor, consultation(one))
    second, _ = talks.write(workspace, actor, external(one))
    third, _ = talks.write(
        workspace, actor, TalkEntry(TalkKind.INTERVIEW, DAY - timedelta(1), one, words="Хочет в 10-й")
    )
    found = talks.book(workspace, actor, YEAR)
    assert {talk.id for talk in found.talks[:2]} == {first, second}
    assert found.talks[2].id == third
    assert found.pupils[one].name == pupils[0].name
    changed = consultation(pupils[1].id, "Иначе")
    talks.write(workspace, actor, changed, first)
    assert next(talk for talk in talks.book(workspace, actor, YEAR).talks if talk.id == first).entry == changed
    talks.withdraw(workspace, actor, second)
    assert {talk.id for talk in talks.book(workspace, actor, YEAR).talks} == {first, third}
    talks.put_back(workspace, actor, second)
    assert len(talks.book(workspace, actor, YEAR).talks) == 3


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (external(None), "Выберите ученика"),
        (TalkEntry(TalkKind.EXTERNAL, DAY, "p", words="x"), "откуда результат"),
        (TalkEntry(TalkKind.EXTERNAL, DAY, "p", source="Проектория"), "приложите файл"),
        (TalkEntry(TalkKind.CONSULTATION, DAY, None), "о чём говорили"),
        (TalkEntry(TalkKind.INTERVIEW, date(2999, 1, 1), "p", words="x"), "ещё не наступил"),
    ],
)
def test_incomplete_record_is_refused_with_what_is_missing(workspace: Workspace, entry: TalkEntry, words: str) -> None:
    with pytest.raises(WrongInputError, match=words):
        talks.write(workspace, workspace.actor, entry)
    assert talks.book(workspace, workspace.actor, YEAR).talks == ()


def test_consultation_about_nobody_in_particular_is_kept(workspace: Workspace) -> None:
    talks.write(workspace, workspace.actor, consultation(None))
    assert talks.book(workspace, workspace.actor, YEAR).talks[0].entry.pupil is None


def test_record_follows_a_pupil_merged_into_another(workspace: Workspace, pupils: list[Pupil]) -> None:
    talks.write(workspace, workspace.actor, external(pupils[0].id))
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.merge(pupils[1].id, pupils[0].id, YEAR, pupils[1].id)
    found = talks.book(workspace, workspace.actor, YEAR)
    assert found.pupils[pupils[0].id].id == pupils[1].id


def test_file_is_kept_under_the_psychologists_key_and_shown(workspace: Workspace, pupils, tmp_path: Path) -> None:
    actor = workspace.actor
    path = tmp_path / "отчёт.pdf"
    path.write_bytes(f"{MARK}-ФАЙЛ".encode())
    made, _ = talks.write(workspace, actor, external(pupils[0].id, ""), file=path)
    copy = talks.open_copy(workspace, actor, made)
    assert copy.read_bytes() == path.read_bytes()
    assert copy.name == "отчёт.pdf"
    talks.write(workspace, actor, external(pupils[0].id, ""), made)
    (kept,) = [one for one in (workspace.path / PSY_FOLDER).rglob("*") if one.is_file()]
    keys = vault.load(workspace.path).unlock(actor.id, PASSWORD)
    with pytest.raises(WorkspaceError):
        Blobs(workspace.path, keys.desk, PSY_FOLDER).get(kept.name)
    saved = workspace.back_up("проверка")
    assert (saved / PSY_FOLDER / kept.parent.name / kept.name).read_bytes() == kept.read_bytes()


def test_file_over_the_limit_is_refused_and_nothing_is_written(workspace: Workspace, pupils, tmp_path: Path) -> None:
    path = tmp_path / "видео.mp4"
    with path.open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    with pytest.raises(WrongInputError, match="20"):
        talks.write(workspace, workspace.actor, external(pupils[0].id), file=path)
    assert talks.book(workspace, workspace.actor, YEAR).talks == ()


def test_programmes_problems_are_there_word_for_word_with_their_source() -> None:
    text = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    concerns = programme_file.parse(text, "программа").concerns
    original = (Path(__file__).parents[1] / "data" / "municipal-programme.txt").read_text(encoding="utf-8")
    plain = " ".join(original.split())
    assert len(concerns) == 11
    for number, concern in enumerate(concerns, 1):
        assert concern.source == f"Раздел 2, проблема {number}"
        assert " ".join(concern.text.split()) in plain
    assert any(concern.personal for concern in concerns)


def test_nothing_of_psychologists_is_found_with_a_teachers_key(workspace: Workspace, pupils, tmp_path: Path) -> None:
    actor, one = workspace.actor, pupils[0]
    path = tmp_path / f"{MARK}.txt"
    path.write_text(f"{MARK}-ФАЙЛ", encoding="utf-8")
    talks.write(workspace, actor, external(one.id, f"{MARK}-РЕЗУЛЬТАТ"), file=path)
    made, _ = talks.write(workspace, actor, consultation(one.id, f"{MARK}-БЕСЕДА"))
    talks.write(workspace, actor, TalkEntry(TalkKind.INTERVIEW, DAY, one.id, words=f"{MARK}-ПРОФИЛЬ"))
    talks.withdraw(workspace, actor, made)
    first, second, *_ = held(workspace, "early_records", pupils, [{1: f"{MARK}-ОТВЕТ"}, {1: f"{MARK}-ОТВЕТ"}])
    diagnostics.mark_doubtful(workspace, actor, first, f"{MARK}-ПРИЧИНА")
    diagnostics.mark_attendance(workspace, actor, second, Attendance.REFUSED)
    conclusions.write(workspace, actor, first, f"{MARK}-ВЫВОД", f"{MARK}-ЧЕРНОВИК")
    step, _ = conclusions.release(workspace, actor, first, "ВИДНО ВСЕМ")
    assert step.batch
    add_teacher(workspace)
    opened = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    for verb in (lambda: talks.book(opened, opened.actor, YEAR), lambda: talks.open_copy(opened, opened.actor, made)):
        with pytest.raises(AccessError, match="права вести диагностику"):
            verb()
    opened.close()
    own = vault.load(workspace.path).unlock(TEACHER.id, TEACHERS_PASSWORD)
    assert own.psy is None
    connection = database.keyed(workspace.path / database.DESK, own.desk)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    dump = "\n".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))
    connection.close()
    assert "ВИДНО ВСЕМ" in dump
    assert MARK not in dump
    raw = b"".join(file.read_bytes() for file in workspace.path.rglob("*") if file.is_file())
    for words in (MARK, "ВИДНО ВСЕМ"):
        assert words.encode() not in raw
        assert words.encode("utf-16-le") not in raw
