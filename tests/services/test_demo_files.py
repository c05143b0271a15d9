"""The demonstration school has files of lessons and scans of documents that open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from paper_checks import assert_inside, raw_pages

from profdesk.domain.registers import AGREEMENTS, DOCUMENTS, TRAININGS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.services import attachments, demo_files, demo_registers, registers
from profdesk.storage.workspace import Workspace

TODAY = date(2026, 11, 25)


def test_lessons_and_documents_have_files_that_open(workspace: Workspace, tmp_path: Path) -> None:
    reported: list[tuple[int, int]] = []
    demo_registers.fill(workspace, TODAY, lambda _done, _total: None)
    demo_files.attach(workspace, TODAY, lambda done, total: reported.append((done, total)))
    assert reported[-1] == (8, 8)
    for register, number in ((LESSONS, 3), (DOCUMENTS, 2), (AGREEMENTS, 1), (TRAININGS, 1)):
        found = registers.book(workspace, workspace.actor, register)
        assert len(found.files) == number
        for file in (file for files in found.files.values() for file in files):
            content = attachments.open_copy(workspace, workspace.actor, file).read_bytes()
            if file.name.endswith(".pdf"):
                assert len(raw_pages(content, tmp_path)) == 1
                assert_inside(content)
            else:
                assert ";" in content.decode("utf-8-sig") or "\n" in content.decode("utf-8-sig")
