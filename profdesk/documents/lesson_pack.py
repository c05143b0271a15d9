"""Lessons with their files as one file for another school: a list in JSON, and each file once under its hash."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from profdesk.domain.lesson_pack import FORMAT, VERSION, LessonPack, PackedLesson


def pack(lessons: LessonPack, contents: Mapping[str, bytes]) -> bytes:
    """Write lessons; ``contents`` are the bytes of their files by SHA-256. Equal lessons give equal bytes."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "school": lessons.school,
        "lessons": _lessons(lessons.lessons),
    }
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_part("lessons.json"), json.dumps(said, ensure_ascii=False, indent=1))
        for digest in sorted(contents):
            archive.writestr(_part(f"files/{digest}"), contents[digest])
    return made.getvalue()


def _lessons(lessons: Sequence[PackedLesson]) -> list[dict[str, object]]:
    return [
        {
            **one.values,
            "profession": one.profession,
            "files": [{"name": file.name, "sha256": file.sha256} for file in one.files],
        }
        for one in lessons
    ]


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name)
    part.compress_type = ZIP_DEFLATED
    return part
