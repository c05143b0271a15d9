"""Certificates on the school's own blank in Word: numbered, registered, made again, all of them or none."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy.exc import IntegrityError
from support import FIRST, mark, pupil_ids

from profdesk.domain.certificate_blank import Blank
from profdesk.domain.certificate_data import from_json
from profdesk.domain.certificate_register import Standing
from profdesk.domain.people import Group
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.verification import Verdict
from profdesk.errors import CancelledError, WrongInputError
from profdesk.services import certificate_blanks, certificates, registers, verification
from profdesk.signing import certificate_code
from profdesk.storage.workspace import Workspace

ALL = "{ученик} № {номер} {код}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "выдано"
    folder.mkdir()
    return folder


def made_blank(tmp_path: Path, *paragraphs: str) -> Blank:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(tmp_path / "Бланк школы.docx"))
    return certificate_blanks.read(tmp_path / "Бланк школы.docx")


def issue(workspace: Workspace, group: Group, blank: Blank, folder: Path, pattern: str = "{номер}") -> list[str]:
    ids = pupil_ids(workspace, group)
    numbers, _ = certificates.issue_each(workspace, workspace.actor, group.id, ids, folder, pattern, blank=blank)
    return list(numbers)


def facts_of(workspace: Workspace, number: str):
    with workspace.unit(workspace.actor) as unit:
        return from_json(unit.certificates.snapshot(number))


def test_every_pupil_gets_a_numbered_document(workspace: Workspace, group: Group, tmp_path: Path, out: Path) -> None:
    (out / "Абрамова 7 А.docx").write_bytes(b"there before")
    numbers = issue(workspace, group, made_blank(tmp_path, ALL), out, "{фамилия} {класс}.docx")
    assert {path.name for path in out.iterdir()} == {
        "Абрамова 7 А.docx", "Абрамова 7 А (2).docx", "Белов 7 А.docx", "Ёлкина 7 А.docx",
    }  # fmt: skip
    (paragraph,) = Document(str(out / "Абрамова 7 А (2).docx")).paragraphs
    assert paragraph.text == f"Абрамова Полина Игоревна № {numbers[0]} "
    lines = {one.number: one for one in certificates.register(workspace, workspace.actor)}
    assert sorted(lines) == numbers
    assert all(one.in_word for one in lines.values())
    claim = certificate_code.read(lines[numbers[1]].code).claim
    assert (claim.number, claim.pupil) == (numbers[1], "Белов Матвей Сергеевич")


def test_the_document_is_proven_and_its_withdrawal_told(
    workspace: Workspace, group: Group, tmp_path: Path, out: Path
) -> None:
    (number, *_) = issue(workspace, group, made_blank(tmp_path, ALL), out)
    certificates.withdraw(workspace, workspace.actor, number, "ошибка в фамилии")
    (answer,) = verification.verify_picture_here(workspace, workspace.actor, out / f"{number}.docx")
    assert answer.verdict is Verdict.TRUSTED
    assert answer.claim is not None
    assert (answer.claim.number, answer.withdrawn) == (number, True)


def test_the_register_makes_the_same_file_again(workspace: Workspace, group: Group, tmp_path: Path, out: Path) -> None:
    mark(workspace, FIRST, (pupil_ids(workspace, group)[0], "planning", 3))
    blank = made_blank(tmp_path, ALL, "{компетенция}: {стадия}")
    numbers = issue(workspace, group, blank, out)
    (tmp_path / "Бланк школы.docx").unlink()
    mark(workspace, FIRST, (pupil_ids(workspace, group)[0], "planning", 1))
    for number in numbers:
        issued = (out / f"{number}.docx").read_bytes()
        assert certificate_blanks.reprint(workspace, workspace.actor, number) == issued
        with workspace.unit(workspace.actor) as unit:
            assert unit.certificates._row(number).sha256 == hashlib.sha256(issued).hexdigest()
    again = tmp_path / "ещё раз"
    again.mkdir()
    written = certificate_blanks.reprint_each(workspace, workspace.actor, numbers, again)
    assert [path.name for path in written] == [f"Сертификат {number}.docx" for number in numbers]
    assert [path.read_bytes() for path in written] == [(out / f"{number}.docx").read_bytes() for number in numbers]


def test_what_is_drawn_and_what_is_filled_are_not_confused(
    workspace: Workspace, group: Group, tmp_path: Path, out: Path
) -> None:
    (number, *_) = issue(workspace, group, made_blank(tmp_path, ALL), out)
    with pytest.raises(WrongInputError, match="выдан на бланке Word"):
        certificates.reprint(workspace, workspace.actor, [number])
    drawn, _ = certificates.issue_each(workspace, workspace.actor, group.id, pupil_ids(workspace, group)[:1], out)
    with pytest.raises(WrongInputError, match="не на бланке Word"):
        certificate_blanks.reprint(workspace, workspace.actor, drawn[0])


def test_a_duplicate_is_on_the_same_blank(workspace: Workspace, group: Group, tmp_path: Path, out: Path) -> None:
    (lost, *_) = issue(workspace, group, made_blank(tmp_path, ALL), out)
    fresh, _ = certificates.duplicate(workspace, workspace.actor, lost, out / "Дубликат.docx")
    (paragraph,) = Document(str(out / "Дубликат.docx")).paragraphs
    assert paragraph.text == f"Абрамова Полина Игоревна № {fresh} "
    lines = {one.number: one for one in certificates.register(workspace, workspace.actor)}
    assert lines[lost].standing is Standing.WITHDRAWN
    assert (lines[fresh].in_word, lines[fresh].duplicate_of) == (True, lost)


def test_stopped_or_failed_half_way_nothing_is_left(
    workspace: Workspace, group: Group, tmp_path: Path, out: Path
) -> None:
    blank = made_blank(tmp_path, ALL)
    ids = pupil_ids(workspace, group)

    def stop(done: int, _: int) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        certificates.issue_each(workspace, workspace.actor, group.id, ids, out, "{номер}", stop, blank=blank)
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON certificate BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    with pytest.raises(IntegrityError, match="refused"):
        issue(workspace, group, blank, out)
    assert list(out.iterdir()) == []
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER refuse")
    assert certificates.register(workspace, workspace.actor) == []
    assert issue(workspace, group, blank, out)[0].endswith("-0001")


def test_a_trial_takes_no_number(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    blank = made_blank(tmp_path, "№ {номер}", "{имя}")
    tried = certificate_blanks.preview(workspace, workspace.actor, group.id, pupil_ids(workspace, group)[1], blank)
    assert [paragraph.text for paragraph in Document(BytesIO(tried)).paragraphs] == ["№ 000", "Матвей"]
    assert certificates.register(workspace, workspace.actor) == []


def test_only_what_the_blank_has_a_place_for_is_gathered(
    workspace: Workspace, group: Group, tmp_path: Path, out: Path
) -> None:
    pupil = pupil_ids(workspace, group)[0]
    values = {PUPIL: pupil, "title": "Олимпиада", "kind": "olympiad", "level": "regional", "place": "prize"}
    registers.add(
        workspace, workspace.actor, ACHIEVEMENTS, {**ACHIEVEMENTS.blank(), **values, "held_on": date(2026, 10, 1)}
    )
    line = "Олимпиада: призёр, региональный уровень, 2026"
    for fields, achievements in ((ALL, ()), (f"{ALL} {{достижения}}", (line,))):
        (number, *_) = issue(workspace, group, made_blank(tmp_path, fields), out)
        assert facts_of(workspace, number).achievements == achievements
        with workspace.unit(workspace.actor) as unit:
            content = unit.designs.kept(unit.certificates.design(number)).content
        assert (content.deeds, content.achievements, content.growth) == (False, bool(achievements), False)
    assert line in Document(str(out / f"{number}.docx")).paragraphs[0].text


def test_what_is_found_and_what_lacks_is_told(tmp_path: Path) -> None:
    blank = made_blank(tmp_path, "{класс}, {ученик}")
    assert blank.told == "Заполнятся: {ученик}, {класс}."
    assert blank.lacks == "В бланке нет поля для номера и кода, по которому проверяют подлинность."
    assert made_blank(tmp_path, "{номер}").lacks == (
        "В бланке нет поля для имени ученика и кода, по которому проверяют подлинность."
    )
    assert made_blank(tmp_path, ALL).lacks == ""


def test_a_file_that_is_too_large_or_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="не открывается"):
        certificate_blanks.read(tmp_path / "нет.docx")
    (tmp_path / "большой.docx").write_bytes(bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(WrongInputError, match="больше 20480 КБ"):
        certificate_blanks.read(tmp_path / "большой.docx")


def test_certificates_from_before_there_were_blanks_are_drawn(workspace: Workspace, group: Group, out: Path) -> None:
    ids = pupil_ids(workspace, group)[:1]
    numbers, _ = certificates.issue_each(workspace, workspace.actor, group.id, ids, out)
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE certificate SET snapshot = json_remove(snapshot, '$.blank')")
    (line,) = certificates.register(workspace, workspace.actor)
    assert not line.in_word
    assert certificates.reprint(workspace, workspace.actor, numbers).startswith(b"%PDF")
