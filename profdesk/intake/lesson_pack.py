"""A file of lessons from another school: read with distrust, nothing of it is ever unpacked onto the disk."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from profdesk.domain.evidence import LIMIT, is_program, size_words
from profdesk.domain.lesson_pack import (
    FIELDS,
    FORMAT,
    LARGEST,
    LARGEST_LIST,
    VERSION,
    LessonPack,
    PackedFile,
    PackedLesson,
)
from profdesk.domain.progress import Progress, silent
from profdesk.errors import WrongInputError

_LIST = "lessons.json"
_FILE = re.compile(r"files/([0-9a-f]{64})")
_NOT_A_NAME = re.compile(r"[\\/\x00-\x1f]")
_MOST_PARTS = 20_000
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""What zipfile and json raise over bytes that are not theirs or are damaged; RecursionError is a RuntimeError."""


def read(path: Path, progress: Progress = silent) -> LessonPack:
    """Read every lesson and check that its files are whole; WrongInputError says why a file is refused whole."""
    with _opened(path) as archive:
        said = json.loads(_part(archive, archive.getinfo(_LIST), LARGEST_LIST))
        if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("version"), int):
            raise ValueError("no list of lessons")
        if said["version"] > VERSION:
            raise WrongInputError(f"Файл «{path.name}» сделан более новой программой. Обновите profdesk и повторите.")
        unfit = _unfit(archive, progress)
        return LessonPack(_words(said["school"]), tuple(_lesson(one, unfit) for one in _list(said["lessons"])))


def contents(path: Path, wanted: Collection[str]) -> Mapping[str, bytes]:
    """The bytes of files by their SHA-256; WrongInputError if the file is no longer the one that was read."""
    with _opened(path) as archive:
        found = {digest: _part(archive, archive.getinfo(f"files/{digest}"), LIMIT) for digest in wanted}
        if any(hashlib.sha256(content).hexdigest() != digest for digest, content in found.items()):
            raise ValueError("other bytes")
        return found


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    """Open a file of lessons; whatever is wrong with it inside the block is told as one sentence."""
    name = path.name
    if not path.is_file():
        raise WrongInputError(f"Файла «{name}» на этом месте нет. Выберите его ещё раз.")
    try:
        if path.stat().st_size > LARGEST:
            raise WrongInputError(f"Файл «{name}» больше {size_words(LARGEST)}: попросите выгрузить уроки по частям.")
        with ZipFile(path) as archive:
            _check(archive.infolist(), name)
            yield archive
    except (*_BROKEN, KeyError, TypeError) as error:
        raise WrongInputError(
            f"«{name}» — не файл с уроками из profdesk, или он повреждён. Попросите выгрузить уроки ещё раз."
        ) from error


def _check(parts: Sequence[ZipInfo], name: str) -> None:
    """Nothing but the list and files under their hashes, none of them named twice, not too much of it."""
    names = [one.filename for one in parts]
    plain = all(one.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not one.flag_bits & 1 for one in parts)
    if not plain or len(set(names)) != len(names) or not all(one == _LIST or _FILE.fullmatch(one) for one in names):
        raise ValueError("foreign parts")
    if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > LARGEST:
        raise WrongInputError(f"Уроки в файле «{name}» больше {size_words(LARGEST)}: попросите выгрузить их по частям.")


def _part(archive: ZipFile, part: ZipInfo, largest: int) -> bytes:
    """Unpack a part, no further than it may be long: what its head says of that is not believed."""
    with archive.open(part) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise ValueError("too long")
    return content


def _unfit(archive: ZipFile, progress: Progress) -> Mapping[str, str]:
    """What is wrong with each file there is, by its hash; empty words for one that is whole."""
    found: dict[str, str] = {}
    parts = archive.infolist()
    for number, part in enumerate(parts):
        progress(number, len(parts))
        named = _FILE.fullmatch(part.filename)
        if named is None:
            continue
        if part.file_size > LIMIT:
            found[named[1]] = f"больше {size_words(LIMIT)}"
            continue
        try:
            content = _part(archive, part, LIMIT)
        except _BROKEN:
            content = None
        whole = content is not None and hashlib.sha256(content).hexdigest() == named[1]
        found[named[1]] = ("" if content else "он пустой") if whole else "он повреждён"
    return found


def _lesson(said: Any, unfit: Mapping[str, str]) -> PackedLesson:
    values = {code: _words(said[code]) for code in FIELDS}
    return PackedLesson(values, _words(said["profession"]), tuple(_file(one, unfit) for one in _list(said["files"])))


def _file(said: Any, unfit: Mapping[str, str]) -> PackedFile:
    name, digest = _words(said["name"]), _words(said["sha256"])
    if not name.strip(" .") or _NOT_A_NAME.search(name):
        raise ValueError("no name of a file")
    why = "программы не принимаем" if is_program(name) else unfit.get(digest, "в выгрузке его нет")
    return PackedFile(name, digest, why)


def _words(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("no words")
    said.encode("utf-8")  # half a letter, which JSON may hold, is an error here and not in the database
    return said


def _list(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise TypeError("no list")
    return said
