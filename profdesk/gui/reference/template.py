"""The school's own template that was chosen on this computer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from profdesk import settings
from profdesk.domain.reference import Reference
from profdesk.services import files, references

_LARGEST = 20 * 1024 * 1024


def chosen() -> Path | None:
    """Where it is, None if the usual look is wanted."""
    path = settings.load().reference_template
    return Path(path) if path else None


def remember(path: Path | None) -> None:
    """Use it from now on, or (None) the usual look."""
    settings.remember(replace(settings.load(), reference_template=str(path or "")))


def read(path: Path) -> bytes:
    """The template's bytes; WrongInputError if it is not there or too large."""
    return files.read(path, _LARGEST)


def document(reference: Reference, path: Path | None) -> bytes:
    """A reference for Word, by the template if there is one."""
    return references.docx(reference) if path is None else references.filled(reference, read(path))
