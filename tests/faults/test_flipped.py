"""One bit flipped anywhere in a database, a kept file or the vault: told in words, and never read as something else."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from diagnostic_school import add_class, held, new_workspace, some_answers
from figures import Figures
from support import FIRST, PASSWORD
from support import mark as marked

from profdesk.domain.portfolio import Cell
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import ProfdeskError, WorkspaceError
from profdesk.services import evidence, instruments, notes, talks
from profdesk.storage import attempts, blobs, database, mark, vault
from profdesk.storage import opening as storage
from profdesk.storage.blobs import Blobs
from profdesk.storage.workspace import Session, Workspace

pytestmark = pytest.mark.slow
PLACES = {database.DESK: 350, database.PSY: 150}
PAGE = 4096
SEED = 500


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with pages of every type: of tables and indexes, of long texts, and pages set free."""
    workspace = new_workspace(tmp_path / "школа")
    actor, instrument = workspace.actor, instruments.called("yovaysha_rezapkina_24")
    pupils = add_class(workspace)
    held(workspace, instrument.code, pupils, [some_answers(instrument, seed) for seed in range(len(pupils))])
    for number, pupil in enumerate(pupils * 8):
        marked(workspace, FIRST, (pupil.id, "planning", number // len(pupils) % 4))
        notes.write(workspace, actor, Cell(pupil.id, "planning"), FIRST, f"Заметка {number}. " + "Много слов. " * 40)
    file = tmp_path / "Работа.pdf"
    file.write_bytes(random.Random(SEED).randbytes(20_000))  # noqa: S311
    evidence.add(workspace, actor, pupils[0].id, None, FIRST, [file])
    for number in range(5):
        entry = TalkEntry(TalkKind.EXTERNAL, FIRST.year.first_day, pupils[0].id, source="Центр", words="Слова " * 800)
        talks.write(workspace, actor, entry, file=file if number == 0 else None)
    _set_pages_free(workspace)
    workspace.close()
    return workspace.path


def test_every_flip_in_a_database_is_told_and_none_is_read(folder: Path, figures: Figures) -> None:
    keys = vault.load(folder).unlock(storage.users(folder)[0].id, PASSWORD)
    whole = _everything(folder)
    counts: Counter[str] = Counter()
    for name, places in PLACES.items():
        file, key = folder / name, keys.desk if name == database.DESK else keys.psy
        assert key is not None
        was = file.read_bytes()
        for place, bit in _places(was, places):
            file.write_bytes(_flipped(was, place, bit))
            with pytest.raises(WorkspaceError, match="повреждена"):
                database.check(file, key)
            counts[_met(folder, whole)] += 1
            for leftover in folder.glob("*.db-wal"):
                leftover.unlink()
            counts[name] += 1
        counts[f"pages of {name}"] = len(was) // PAGE
        file.write_bytes(was)
    assert _everything(folder) == whole
    assert counts["met by reading"] > 100
    figures.tell(
        "One bit flipped",
        f"{sum(PLACES.values())} places in databases of {counts['pages of desk.db']} and {counts['pages of psy.db']} "
        "pages, each page at least once: 500 told as damage when the file is read through, as every copy is.",
        f"Opened all the same: {counts['met by opening']} were told at once and {counts['met by reading']} as the page "
        f"was read; {counts['on no way']} lay where nothing reads. 0 were read as anything but what was written.",
    )


def test_every_flip_in_a_kept_file_is_told(folder: Path) -> None:
    keys = vault.load(folder).unlock(storage.users(folder)[0].id, PASSWORD)
    assert keys.psy is not None
    for name, key in ((blobs.FOLDER, keys.desk), (blobs.PSY_FOLDER, keys.psy)):
        (file,) = (folder / name).glob("*/*")
        was = file.read_bytes()
        for place, bit in [(0, 0), (len(was) - 1, 7), *_at_random(len(was), 48)]:
            file.write_bytes(_flipped(was, place, bit))
            with pytest.raises(WorkspaceError, match="повреждён"):
                Blobs(folder, key, name).get(file.name)
        file.write_bytes(was)


def test_a_flip_in_the_vault_opens_nothing(folder: Path) -> None:
    """A bit of the owner's slot locks it, in words; one of the recovery slot is not met before that is asked."""
    file = folder / vault.FILE
    was = file.read_bytes()
    opened = 0
    for place in range(0, len(was), 3):
        file.write_bytes(_flipped(was, place, place % 7))
        (folder / attempts.FILE).unlink(missing_ok=True)
        try:
            storage.open_workspace(folder, None, PASSWORD).close()
        except ProfdeskError:
            continue
        opened += 1
        user = storage.users(folder)[0]
        assert (user.name, user.roles) == ("Лаптева Ирина Сергеевна", frozenset({"owner"}))
    assert 0 < opened < len(was) // 3 * 0.75


def _met(folder: Path, whole: Sequence[str]) -> str:
    mark.forget(folder, vault.load(folder).workspace)  # which is ahead by what the opening before this one wrote
    try:
        workspace = storage.open_workspace(folder, None, PASSWORD)
    except WorkspaceError:
        return "met by opening"
    try:
        assert _rows(workspace) == whole
    except WorkspaceError:
        return "met by reading"
    finally:
        workspace.close()
    return "on no way"


def _everything(folder: Path) -> Sequence[str]:
    workspace = storage.open_workspace(folder, None, PASSWORD)
    try:
        return _rows(workspace)
    finally:
        workspace.close()


def _rows(workspace: Workspace) -> Sequence[str]:
    """Every row of every table; every index is read beside."""
    found: list[str] = []
    with database.told(workspace.path), Session(workspace._engine) as session, session.begin():
        connection = session.connection()
        for schema in ("main", "psy"):
            tables = connection.exec_driver_sql(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                found += map(repr, connection.exec_driver_sql(f'SELECT * FROM {schema}."{table}" ORDER BY 1'))
            if connection.exec_driver_sql(f"PRAGMA {schema}.integrity_check").fetchone() != ("ok",):
                raise WorkspaceError("met in an index")
    return found


def _set_pages_free(workspace: Workspace) -> None:
    with workspace._engine.begin() as connection:
        for schema in ("main", "psy"):
            connection.exec_driver_sql(f"CREATE TABLE {schema}.gone (words TEXT)")
            for _ in range(2):
                connection.exec_driver_sql(f"INSERT INTO {schema}.gone VALUES (hex(randomblob(9000)))")
            connection.exec_driver_sql(f"DROP TABLE {schema}.gone")


def _places(file: bytes, count: int) -> Iterator[tuple[int, int]]:
    """A place in each page, by turns in its head, its body, its vector and its seal; then the file's salt; then any."""
    pages = len(file) // PAGE
    assert pages <= count - 20
    chance = random.Random(SEED)  # noqa: S311
    for page in range(pages):
        start, end = ((0, 24), (24, PAGE - 80), (PAGE - 80, PAGE - 64), (PAGE - 64, PAGE))[page % 4]
        yield page * PAGE + chance.randrange(start, end), chance.randrange(8)
    for place in range(16):
        yield place, place % 8
    yield from _at_random(len(file), count - pages - 16)


def _at_random(length: int, count: int) -> Iterable[tuple[int, int]]:
    chance = random.Random(SEED)  # noqa: S311
    return [(chance.randrange(length), chance.randrange(8)) for _ in range(count)]


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
