"""What travels with changes and who gets it: diagnostics between psychologists alone, kept files, bytes of rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnostic_school import (
    DAY,
    INCLINATIONS,
    TEACHER,
    TEACHERS_PASSWORD,
    add_class,
    add_teacher,
    held,
    new_workspace,
    some_answers,
)
from exchange_files import (
    AFTER_UNDO,
    Room,
    accepted,
    check_chains,
    everything,
    frames_of,
    joined,
    reopened,
    sent,
    taken_back,
)
from exchange_rooms import shown
from support import FIRST, PASSWORD

from profdesk import paths
from profdesk.domain.people import Pupil
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import CancelledError, WorkspaceError
from profdesk.services import evidence, exchange, instruments, talks
from profdesk.storage import opening
from profdesk.storage.workspace import Workspace

WORK = b"%PDF " + bytes(range(256)) * 40_000
LETTER = "%PDF письмо из центра".encode()


@pytest.fixture
def school(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "школа")


def work(room: Room, pupils: list[Pupil], folder: Path) -> None:
    """A session, a result from elsewhere with its file, and a file of a pupil."""
    workspace, actor = room.workspace, room.workspace.actor
    held(workspace, INCLINATIONS, pupils, [some_answers(instruments.called(INCLINATIONS))])
    letter, paper = folder / "письмо.pdf", folder / "работа.pdf"
    letter.write_bytes(LETTER)
    paper.write_bytes(WORK)
    talks.write(
        workspace, actor, TalkEntry(TalkKind.EXTERNAL, DAY, pupils[0].id, source="центр", words="слова"), file=letter
    )
    evidence.add(workspace, actor, pupils[0].id, None, FIRST, [paper])


def test_diagnostics_and_files_go_to_another_psychologist(school: Workspace, tmp_path: Path) -> None:
    pupils = add_class(school)
    one, two = joined(school, tmp_path / "ноутбук")
    work(one, pupils, tmp_path)
    path, whole = sent(one, two, tmp_path / "1.profdesk"), everything(two.workspace)
    before = everything(two.workspace, but=AFTER_UNDO)
    letters = b"".join(frame.kind for frame in frames_of(path, one, two))
    assert letters == b"MOPFFG" + b"E"
    preview = exchange.look(two.workspace, two.workspace.actor, path)
    assert everything(two.workspace) == whole
    done = accepted(two, path)
    assert done.preview == preview
    assert (preview.files, preview.sealed) == (2, 0)
    for schema in ("main", "psy"):
        assert {place: row for place, row in shown(one.workspace, schema).items() if place[0] != "deed"} == {
            place: row for place, row in shown(two.workspace, schema).items() if place[0] != "deed"
        }
    (paper,) = evidence.of_pupil(two.workspace, two.workspace.actor, pupils[0].id)
    kept = evidence.open_copy(two.workspace, two.workspace.actor, paper.id)
    assert kept.read_bytes() == WORK
    check_chains(two)
    two = reopened(two)
    taken_back(two, done)
    two = reopened(two)
    assert everything(two.workspace, but=AFTER_UNDO) == before
    assert not accepted(two, path).preview.is_known
    assert evidence.open_copy(two.workspace, two.workspace.actor, paper.id).read_bytes() == WORK
    two.workspace.close()
    one.workspace.close()


def test_without_psychologists_nothing_of_diagnostics_leaves(school: Workspace, tmp_path: Path) -> None:
    pupils = add_class(school)
    one, two = joined(school, tmp_path / "класс", psy=False)
    work(one, pupils, tmp_path)
    path = sent(one, two, tmp_path / "1.profdesk")
    assert {frame.kind for frame in frames_of(path, one, two)} == {b"M", b"O", b"F", b"E"}
    done = accepted(two, path)
    assert (done.preview.sealed, done.preview.files) == (0, 1)
    one.workspace.close()
    two.workspace.close()


def test_what_is_sealed_waits_for_a_psychologist(school: Workspace, tmp_path: Path) -> None:
    """A teacher takes the file in at a computer where a psychologist works too, who takes the rest later."""
    pupils = add_class(school)
    add_teacher(school)
    one, two = joined(opening.open_workspace(school.path, school.actor.id, PASSWORD), tmp_path / "ноутбук")
    work(one, pupils, tmp_path)
    path = sent(one, two, tmp_path / "1.profdesk")
    teacher = reopened(two, TEACHERS_PASSWORD, TEACHER.id)
    done = accepted(teacher, path)
    assert done.preview.sealed > 0
    assert done.preview.files == 1
    two = reopened(teacher, user=school.actor.id)
    rest = accepted(two, path)
    assert (rest.preview.sealed, rest.preview.operations) == (0, done.preview.sealed)
    assert shown(one.workspace, "psy") == shown(two.workspace, "psy")
    one.workspace.close()
    two.workspace.close()


def test_stopped_in_the_middle_nothing_is_left(school: Workspace, tmp_path: Path) -> None:
    pupils = add_class(school)
    one, two = joined(school, tmp_path / "ноутбук")
    work(one, pupils, tmp_path)
    path, before = sent(one, two, tmp_path / "1.profdesk"), everything(two.workspace)
    heard: list[str] = []
    exchange.look(two.workspace, two.workspace.actor, path, lambda what, _done, _total: heard.append(what))
    assert {"Читаем файл, МБ", "Проверяем права", "Проверяем записи", "Пополняем журнал", "Вносим записи"} == {*heard}
    left = 0

    def stop(_what: str, _done: int, _total: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise CancelledError

    def never(_done: int, _total: int) -> None:
        raise CancelledError

    for verb, reports in ((exchange.look, len(heard)), (exchange.accept, len(heard) + 1)):
        for place in range(reports):
            left = place
            with pytest.raises(CancelledError):
                verb(two.workspace, two.workspace.actor, path, stop)
            assert everything(two.workspace) == before
    target = tmp_path / "2.profdesk"
    with pytest.raises(CancelledError):
        exchange.send(one.workspace, one.workspace.actor, two.id, target, never)
    assert not target.exists()
    one.workspace.close()
    two.workspace.close()


def test_on_a_full_disk_nothing_is_taken(school: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = joined(school, tmp_path / "ноутбук")
    path = sent(one, two, tmp_path / "1.profdesk")
    monkeypatch.setattr("profdesk.storage.room.LEAST", 1 << 60)
    for verb in (lambda: accepted(two, path), lambda: exchange.undo(two.workspace, two.workspace.actor, "1")):
        with pytest.raises(WorkspaceError, match="меньше 50 МБ"):
            verb()
    monkeypatch.undo()
    one.workspace.close()
    two.workspace.close()


def test_a_mark_that_another_user_of_the_computer_keeps_misses_nothing(school: Workspace, tmp_path: Path) -> None:
    pupils = add_class(school)
    one, two = joined(school, tmp_path / "ноутбук")
    work(one, pupils, tmp_path)
    done = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    with paths.moved_to(tmp_path / "другой"):
        two = reopened(two)
        two.workspace.close()
    two = reopened(two)
    taken_back(two, done)
    for home in (tmp_path / "другой", paths.user_data()):
        with paths.moved_to(home):
            two = reopened(two)
            two.workspace.close()
    one.workspace.close()
