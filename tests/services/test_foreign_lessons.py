"""Files that are no lessons, or are made to do harm: refused in a sentence, nothing written, nothing unpacked."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from support import often, state

from profdesk.domain.evidence import LIMIT
from profdesk.domain.lesson_pack import LARGEST
from profdesk.domain.register_import import Fate
from profdesk.domain.registers_of_work import LESSONS
from profdesk.errors import WrongInputError
from profdesk.services import attachments, lesson_exchange, registers
from profdesk.storage.workspace import Workspace

FOREIGN = "не файл с уроками из profdesk, или он повреждён"


def lesson(**said: object) -> dict[str, object]:
    return {
        "title": "Т",
        "subject": "П",
        "grades": "5",
        "author": "",
        "outline": "",
        "profession": "",
        "files": [],
        **said,
    }


def made(lessons: object, parts: Mapping[str, bytes] | None = None, how: int = ZIP_DEFLATED, **said: object) -> bytes:
    packed = io.BytesIO()
    head = {"format": "profdesk-lessons", "version": 1, "school": "Школа", "lessons": lessons, **said}
    with ZipFile(packed, "w", how) as archive:
        archive.writestr("lessons.json", json.dumps(head))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return packed.getvalue()


def part(content: bytes) -> str:
    return f"files/{hashlib.sha256(content).hexdigest()}"


def file(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest()}


BAD: Mapping[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "words": "просто слова".encode,
    "other archive": lambda: _zipped({"word/document.xml": b"<w/>"}),
    "no list": lambda: _zipped({part(b"1"): b"1"}),
    "not JSON": lambda: _zipped({"lessons.json": b"{"}),
    "deep JSON": lambda: _zipped({"lessons.json": b"[" * 100_000}),
    "other JSON": lambda: _zipped({"lessons.json": b"[1, 2]"}),
    "other format": lambda: made([], format="pictures"),
    "no version": lambda: made([], version="первая"),
    "lessons of numbers": lambda: made([1, 2]),
    "lessons that are none": lambda: made({"a": 1}),
    "title of numbers": lambda: made([lesson(title=5)]),
    "half a letter": lambda: made([lesson(title="\ud800")]),
    "traversal in the archive": lambda: made([lesson()], {"../../.bashrc": b"x"}),
    "absolute name": lambda: made([lesson()], {"/etc/passwd": b"x"}),
    "traversal in a name": lambda: made([lesson(files=[file("../../x.pdf", b"1")])], {part(b"1"): b"1"}),
    "folder in a name": lambda: made([lesson(files=[file("c:\\x.pdf", b"1")])], {part(b"1"): b"1"}),
    "a name of dots": lambda: made([lesson(files=[file(" .. ", b"1")])], {part(b"1"): b"1"}),
    "bzip2": lambda: made([lesson()], how=ZIP_BZIP2),
    "long list": lambda: _zipped({"lessons.json": b" " * (17 * 1024 * 1024)}),
}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("name", BAD)
def test_a_foreign_or_damaged_file_is_refused_in_a_sentence(workspace: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / "Чужой.pdlessons"
    path.write_bytes(BAD[name]())
    before = state(workspace)
    with pytest.raises(WrongInputError, match=f"«Чужой.pdlessons» — {FOREIGN}"):
        lesson_exchange.preview(workspace, workspace.actor, path)
    assert state(workspace) == before
    assert {one.name for one in tmp_path.iterdir()} == {"Чужой.pdlessons", "desk"}


def test_a_folder_a_file_that_is_gone_and_a_newer_one_are_told(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "папка.pdlessons").mkdir()
    for name in ("папка.pdlessons", "нет.pdlessons"):
        with pytest.raises(WrongInputError, match="на этом месте нет"):
            lesson_exchange.preview(workspace, workspace.actor, tmp_path / name)
    (tmp_path / "новый.pdlessons").write_bytes(made([], version=2))
    with pytest.raises(WrongInputError, match="более новой программой"):
        lesson_exchange.preview(workspace, workspace.actor, tmp_path / "новый.pdlessons")


def test_a_bomb_is_refused_before_it_is_unpacked(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Бомба.pdlessons"
    zeros = bytes(LIMIT)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("lessons.json", json.dumps({"format": "profdesk-lessons", "version": 1}))
        for number in range(LARGEST // LIMIT + 1):
            archive.writestr(f"files/{number:064x}", zeros)
    assert path.stat().st_size < LIMIT
    with pytest.raises(WrongInputError, match="256\u00a0МБ"):
        lesson_exchange.preview(workspace, workspace.actor, path)


def test_a_part_that_lies_about_its_length_is_not_believed(workspace: Workspace, tmp_path: Path) -> None:
    content = bytes(LIMIT + 1)
    data = made([lesson(files=[file("много.bin", content)])], {part(content): content})
    path = tmp_path / "Лжец.pdlessons"
    path.write_bytes(data.replace((LIMIT + 1).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    (line,) = lesson_exchange.preview(workspace, workspace.actor, path).lines
    assert line.notes == ("файл «много.bin» не возьмём: он повреждён",)


def test_files_that_cannot_be_taken_are_told_and_the_lesson_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    large = bytes(LIMIT + 1)
    named = {"игра.exe": b"MZ", "большой.bin": large, "пустой.txt": b"", "План.txt": b"plan", "испорчен.txt": b"was"}
    parts = {part(content): content for content in named.values()} | {part(b"was"): b"is"}
    files = [*(file(name, content) for name, content in named.items()), file("нет.txt", b"nowhere")]
    path = tmp_path / "Уроки.pdlessons"
    path.write_bytes(made([lesson(files=files)], parts))
    (line,) = lesson_exchange.preview(workspace, workspace.actor, path).lines
    assert line.notes == (
        "файл «игра.exe» не возьмём: программы не принимаем",
        "файл «большой.bin» не возьмём: больше 20\u00a0МБ",
        "файл «пустой.txt» не возьмём: он пустой",
        "файл «испорчен.txt» не возьмём: он повреждён",
        "файл «нет.txt» не возьмём: в выгрузке его нет",
        "Файлы урока: План.txt",
    )
    lesson_exchange.apply(workspace, workspace.actor, lesson_exchange.preview(workspace, workspace.actor, path))
    (entry,) = registers.book(workspace, workspace.actor, LESSONS).entries
    (kept,) = attachments.of_entry(workspace, workspace.actor, LESSONS, entry.id)
    assert (kept.name, kept.size) == ("План.txt", 4)


def test_lessons_without_what_they_need_are_refused_one_by_one(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "Уроки.pdlessons"
    path.write_bytes(made([lesson(), lesson(subject=" "), lesson(title="т ", outline="ещё раз")]))
    plan = lesson_exchange.preview(workspace, workspace.actor, path)
    assert [(line.fate, line.reason) for line in plan.lines] == [
        (Fate.NEW, ""),
        (Fate.REFUSED, "Заполните поле «Предмет»."),
        (Fate.REFUSED, "Этот же урок уже под номером 1."),
    ]


@given(data=st.data())
@often(1.5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_told_or_does_no_harm(workspace: Workspace, tmp_path: Path, data: st.DataObject) -> None:
    content = b"plan" * 9
    whole = hashlib.sha256(content).hexdigest()
    damaged = bytearray(made([lesson(files=[file("План.txt", content)])], {part(content): content}))
    for at in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=4)):
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    path = tmp_path / "Повреждён.pdlessons"
    path.write_bytes(bytes(damaged[:cut]) if data.draw(st.booleans()) else bytes(damaged))
    before = state(workspace)
    with suppress(WrongInputError):
        plan = lesson_exchange.preview(workspace, workspace.actor, path)
        assert all(file.sha256 == whole for files in plan.files.values() for file in files)
    assert state(workspace) == before
