"""The last page of a long text, for which SQLCipher gives zeros where it was spoiled: told, never taken for words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from diagnostic_school import add_class, new_workspace
from erasure_room import pages
from sqlalchemy import select
from support import FIRST, PASSWORD

from profdesk.domain.portfolio import Cell
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import DamagedError
from profdesk.services import recovery
from profdesk.storage import database
from profdesk.storage import opening as storage
from profdesk.storage.models import NoteRow, OperationRow, PsyOperationRow
from profdesk.storage.psy_models import ExternalResultRow
from profdesk.storage.workspace import Workspace

END = "последние слова"
WORDS = "Много слов. " * 800 + END
PAGE, USED, SALT = 4096, 4096 - 80, 16
LONG = (NoteRow.words, ExternalResultRow.words, OperationRow.fields, PsyOperationRow.fields)


def test_a_spoiled_end_of_a_long_text_is_told(tmp_path: Path) -> None:
    """Its row and its journal, in either database; the pages before the last one fail by themselves."""
    workspace = new_workspace(tmp_path / "школа")
    pupil, now = add_class(workspace)[0].id, datetime.now(UTC)
    with workspace.unit(workspace.actor) as unit:
        unit.notes.write(Cell(pupil, "planning"), FIRST, "", WORDS, now)
        unit.talks.write(TalkEntry(TalkKind.EXTERNAL, date(2026, 11, 2), pupil, source="Центр", words=WORDS), now)
    keys, folder = workspace.keys, workspace.path
    assert keys.psy is not None
    workspace.close()
    for name, key in ((database.DESK, keys.desk), (database.PSY, keys.psy)):
        whole = (folder / name).read_bytes()
        ends = list(_ends(pages(folder / name, key)))
        assert len(ends) == 2
        for page in ends:
            spoiled = bytearray(whole)
            spoiled[page * PAGE + 100] ^= 1
            (folder / name).write_bytes(spoiled)
            with pytest.raises(DamagedError), closing(storage.open_workspace(folder, None, PASSWORD)) as workspace:
                _read(workspace)
        (folder / name).write_bytes(whole)
    with closing(storage.open_workspace(folder, None, PASSWORD)) as workspace:
        assert sum(words.count(END) for words in _read(workspace)) == 4


def test_nothing_is_saved_of_a_text_with_a_spoiled_end_and_it_is_told(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    first, second = (pupil.id for pupil in add_class(workspace)[:2])
    with workspace.unit(workspace.actor) as unit:
        for pupil, words in ((first, WORDS), (second, "Коротко.")):
            unit.notes.write(Cell(pupil, "planning"), FIRST, "", words, datetime.now(UTC))
    key, folder, user = workspace.keys.desk, workspace.path, workspace.actor.id
    workspace.close()
    whole = (folder / database.DESK).read_bytes()
    saved = list[str]()
    for page in _ends(pages(folder / database.DESK, key)):
        spoiled = bytearray(whole)
        spoiled[page * PAGE + 100] ^= 1
        (folder / database.DESK).write_bytes(spoiled)
        told = recovery.save_readable(folder, user, PASSWORD, tmp_path)
        assert told.torn == 1
        with closing(storage.open_workspace(told.folder, None, PASSWORD)) as workspace:
            saved += _read(workspace)
    assert not [words for words in saved if "\0" in words]
    assert sum(words.count(END) for words in saved) == 2, "the note where its journal is spoiled, and the other way"
    assert saved.count("Коротко.") == 2


def _ends(plain: bytes) -> Iterator[int]:
    """The numbers of the pages, from 0, that hold the end of the text."""
    at = plain.find(END.encode())
    while at >= 0:
        page = (at + SALT) // USED
        assert plain[page * USED - SALT :][:4] == bytes(4), "the last page of a chain names no next one"
        yield page
        at = plain.find(END.encode(), at + 1)


def _read(workspace: Workspace) -> Sequence[str]:
    with workspace.unit(workspace.actor) as unit:
        session = unit.notes._session
        return [str(words) for column in LONG for words in session.scalars(select(column))]
