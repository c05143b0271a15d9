"""A pupil of whom every table says something, and the pages of a database as they lie on the disk, decrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary
from sqlalchemy.orm import Session

from profdesk.domain.people import PersonName, Sex
from profdesk.storage import erasure_plan
from profdesk.storage.blobs import PSY_FOLDER, Blobs
from profdesk.storage.erasure_plan import CHILDREN, FILES, OF_PUPIL, SEARCHED, Table, is_psy
from profdesk.storage.models import CertificateRow, PupilRow, new_id, table_of
from profdesk.storage.people_models import DeedRow
from profdesk.storage.workspace import Workspace

_WORDS = object()
_EMPTY = ("superseded_by", "merged_into", "withdrawn_at", "undone_by", "undone_at")
_PAGE, _RESERVE, _SALT, _IV = 4096, 80, 16, 16
NAME = PersonName("Зимородков", "Елизар", "Тихонович")
OTHER = PersonName("Яшин", "Иван", "Петрович")


def mark(table: str, column: str, tag: str = "") -> str:
    """A string that stands in one column of the pupil's row and nowhere else."""
    return f"МЕТКА{tag}-{table}-{column}"


class Room:
    """Writes one row of every table that speaks of a pupil, with a mark in every column of words."""

    def __init__(self, workspace: Workspace, tag: str = "", codes: Mapping[tuple[str, str], str] | None = None) -> None:
        """``codes`` stand in place of marks where a column, by table and name, knows certain values alone."""
        self.workspace = workspace
        self.tag = tag
        self.codes = codes or {}
        self.session: Session | None = None
        self.marks: set[str] = set()
        self.files: dict[str, str] = {}
        self.made: dict[Table, str] = {}
        with workspace.unit(workspace.actor) as unit:
            self.pupil = unit.pupils.add(NAME, date(2011, 3, 14), Sex.MALE)
            self.other = unit.pupils.add(OTHER, date(2013, 5, 6), Sex.MALE)
        self.made[PupilRow] = self.pupil

    def fill(self) -> None:
        """Every table of the plan gets a row of the pupil's, with the rows those need."""
        with self._at_once():
            for tables in OF_PUPIL.values():
                for table in tables:
                    if table is not PupilRow:
                        self.add(table, {"pupil_id": self.pupil})
            for child in CHILDREN:
                self.add(child.table, {child.column: self.made[child.parents[0]]})
            self.add(DeedRow, {"pupil_id": self.pupil}, marked=False)

    def name_elsewhere(self) -> None:
        """The name stands in every free text of records of another pupil and of none."""
        with self._at_once():
            for name in SEARCHED:
                table = erasure_plan.tables()[name]
                text = f"Хвалит Зимородкова и {NAME.short}, сказал Е. Т. Зимородков"
                pupil = {"pupil_id": self.other} if "pupil_id" in table_of(table).columns else {}
                columns = dict.fromkeys(SEARCHED[name], text)
                self.add(table, {**pupil, **columns}, marked=False)

    def add(self, table: Table, given: Mapping[str, object], *, marked: bool = True) -> str:
        """Write a row with what is given; the rest is made up by the columns' types."""
        values = {name: self._value(table, name, given, marked=marked) for name in table_of(table).columns.keys()}  # noqa: SIM118
        if self.session is None:
            raise ValueError("rows are written inside _at_once")
        row = table(**values)
        self.session.add(row)
        self.session.flush()
        self.made[table] = row.id
        return row.id

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        with self.workspace.unit(self.workspace.actor) as unit:
            self.session = unit.erasure._session
            yield
            self.session = None

    def _value(self, table: Table, name: str, given: Mapping[str, object], *, marked: bool) -> object:
        column = table_of(table).columns[name]
        if name in given or name == "id":
            return given.get(name) or new_id()
        if column.foreign_keys:
            return self._linked(column)
        if name == "sha256" and table in FILES:
            return self._file(table)
        if name in _EMPTY:
            return None
        plain = self._plain(column)
        return self._words(table, name, marked=marked) if plain is _WORDS else plain

    def _linked(self, column: Column[object]) -> str | None:
        (key,) = column.foreign_keys
        target = next(one for one in erasure_plan.tables().values() if table_of(one) is key.column.table)
        if column.nullable and target is PupilRow:
            return None
        return self.made.get(target) or self.add(target, {}, marked=False)

    def _plain(self, column: Column[object]) -> object:
        if isinstance(column.type, Boolean):
            return False
        if isinstance(column.type, Integer):
            return len(self.made) + 2000
        if isinstance(column.type, Date):
            return None if column.nullable else date(2026, 9, 2)
        return column.name.encode() if isinstance(column.type, LargeBinary) else _WORDS

    def _words(self, table: Table, name: str, *, marked: bool) -> str:
        if (table.__tablename__, name) in self.codes:
            return self.codes[table.__tablename__, name]
        if not marked:
            return f"обычное {table.__tablename__} {new_id()}"
        words = mark(table.__tablename__, name, self.tag)
        if name in erasure_plan.words(table):
            self.marks.add(words)
        return words

    def _file(self, table: Table) -> str:
        keys = self.workspace._keys
        assert keys is not None
        assert keys.psy is not None
        path = self.workspace.path
        kept = Blobs(path, keys.psy, PSY_FOLDER) if is_psy(table) else Blobs(path, keys.desk)
        digest = kept.put(f"файл {table.__tablename__} {new_id()}".encode())
        self.files[table.__tablename__] = digest
        return digest


def marks_of_registers() -> frozenset[str]:
    """Marks that stay: number, design and instead of which a certificate was issued say nothing of anybody."""
    names = ("number", "series", "design", "duplicate_of")
    return frozenset(mark(CertificateRow.__tablename__, name) for name in names)


def pages(file: Path, key: bytes) -> bytes:
    """All pages of an SQLCipher 4 database with whatever lies in them, free pages and all; its log comes beside."""
    raw = file.read_bytes()
    found = bytearray()
    for start in range(0, len(raw), _PAGE):
        page = raw[start : start + _PAGE]
        body = page[_SALT if start == 0 else 0 : _PAGE - _RESERVE]
        vector = page[_PAGE - _RESERVE : _PAGE - _RESERVE + _IV]
        reader = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        found += reader.update(body) + reader.finalize()
    return bytes(found)
