"""A numbered document and its file stand or fall together."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from support import YEAR, pupil_ids

from profdesk.domain.people import Group
from profdesk.domain.span import Span
from profdesk.errors import CancelledError, WorkspaceError, WrongInputError
from profdesk.services import certificates, files, summary
from profdesk.storage.workspace import Workspace

FORMER = b"what stood there before"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "документы"
    folder.mkdir()
    return folder


def pragma(workspace: Workspace, statement: str) -> int:
    with workspace._engine.connect() as connection:
        return int(connection.exec_driver_sql(statement).scalar_one())


def test_full_disk_at_the_commit_leaves_no_summary_behind(workspace: Workspace, out: Path) -> None:
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    target = out / "сводка.pdf"
    save = partial(files.write, target)
    pragma(workspace, f"PRAGMA max_page_count = {pragma(workspace, 'PRAGMA page_count')}")
    with pytest.raises(WorkspaceError, match="не осталось места"):
        summary.sign(workspace, workspace.actor, counted, save)
    assert list(out.iterdir()) == []
    target.write_bytes(FORMER)
    with pytest.raises(WorkspaceError, match="не осталось места"):
        summary.sign(workspace, workspace.actor, counted, save)
    assert target.read_bytes() == FORMER
    pragma(workspace, "PRAGMA max_page_count = 1000000")
    signed, _ = summary.sign(workspace, workspace.actor, counted, save)
    assert signed.summary.number == f"{datetime.now(UTC).year}/01"
    assert target.read_bytes() == signed.pdf
    assert [path.name for path in out.iterdir()] == [target.name]


def test_refused_commit_leaves_no_certificates_behind(workspace: Workspace, group: Group, out: Path) -> None:
    chosen = [one.pupil for one in certificates.candidates(workspace, workspace.actor, group.id)]
    target = out / "7А.pdf"
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON certificate BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    with pytest.raises(IntegrityError, match="refused"):
        certificates.issue(workspace, workspace.actor, group.id, chosen, target)
    assert list(out.iterdir()) == []
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER refuse")
    issued, _ = certificates.issue(workspace, workspace.actor, group.id, chosen, target)
    assert issued[0].endswith("-0001")
    assert target.read_bytes().startswith(certificates.reprint(workspace, workspace.actor, issued))


@pytest.mark.parametrize("page", [0, 1, 3])
def test_certificates_stopped_while_they_are_drawn_leave_nothing(
    workspace: Workspace, group: Group, out: Path, page: int
) -> None:
    def stop(done: int, total: int) -> None:
        if done == page:
            assert len(list(out.iterdir())) == 1
            raise CancelledError

    with pytest.raises(CancelledError):
        certificates.issue(workspace, workspace.actor, group.id, pupil_ids(workspace, group), out / "7А.pdf", stop)
    assert list(out.iterdir()) == []
    assert certificates.register(workspace, workspace.actor) == []


def test_the_register_keeps_the_digest_of_the_whole_file(workspace: Workspace, group: Group, out: Path) -> None:
    target = out / "7А.pdf"
    certificates.issue(workspace, workspace.actor, group.id, pupil_ids(workspace, group), target)
    with workspace._engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT DISTINCT sha256 FROM certificate").scalars().all()
    assert kept == [hashlib.sha256(target.read_bytes()).hexdigest()]


@pytest.mark.skipif(not (shutil.which("qpdf") and shutil.which("pdfsig")), reason="qpdf or pdfsig is not installed")
def test_outside_programs_accept_what_is_issued(workspace: Workspace, group: Group, out: Path) -> None:
    target = out / "7А.pdf"
    certificates.issue(workspace, workspace.actor, group.id, pupil_ids(workspace, group), target)
    checked = subprocess.run(["qpdf", "--check", target], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = subprocess.run(["pdfsig", target], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told


def test_numbered_document_that_cannot_get_its_name_is_kept(workspace: Workspace, out: Path) -> None:
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    target = out / "сводка.pdf"

    def save(data: bytes) -> None:
        files.write(target, data)
        (target / "занято").mkdir(parents=True)

    with pytest.raises(WrongInputError, match="занесён в журнал") as caught:
        summary.sign(workspace, workspace.actor, counted, save)
    (kept,) = (path for path in out.iterdir() if path.is_file())
    assert kept.name in caught.value.message
    assert kept.read_bytes().startswith(b"%PDF")
    assert len(summary.issued(workspace, workspace.actor, YEAR)) == 1


def test_what_is_no_plain_file_is_not_replaced(out: Path) -> None:
    for target in (out, Path("/dev/null")):
        with pytest.raises(WrongInputError, match="не файл"):
            files.write(target, b"data")
    assert list(out.iterdir()) == []


def test_a_file_written_in_parts_counts_when_it_is_whole(out: Path) -> None:
    target = out / "части.bin"
    target.write_bytes(FORMER)
    with files.writing(target) as file:
        for part in (b"one, ", b"two"):
            file.write(part)
        assert target.read_bytes() == FORMER
        file.seek(0)
        assert file.read() == b"one, two"
    assert target.read_bytes() == b"one, two"
    assert [path.name for path in out.iterdir()] == [target.name]


def test_a_file_broken_off_in_the_middle_leaves_the_former(out: Path) -> None:
    target = out / "части.bin"
    target.write_bytes(FORMER)
    with pytest.raises(WrongInputError, match="не осталось места"), files.writing(target) as file:
        file.write(b"one, ")
        raise OSError(errno.ENOSPC, "full")
    with pytest.raises(KeyboardInterrupt), files.with_commit(), files.writing(target) as file:
        file.write(b"one, ")
        raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt), files.with_commit():
        with files.writing(target) as file:
            file.write(b"whole")
        raise KeyboardInterrupt
    assert target.read_bytes() == FORMER
    assert [path.name for path in out.iterdir()] == [target.name]
