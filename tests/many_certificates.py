"""Many certificates in one file: ours, and a bare ReportLab canvas that writes the same strings and drawings.

python tests/many_certificates.py (ours | bare) PAGES    tells by how many KB the process grows at most (Linux)
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from itertools import count, cycle, islice
from pathlib import Path
from typing import IO, Any
from unittest import mock

from certificate_pages import shipped_for
from reportlab.pdfgen.canvas import Canvas
from support import FIRST, organisation

from profdesk import assets
from profdesk.documents import certificate, sheet
from profdesk.documents.paged_file import PagedCanvas
from profdesk.domain import programme_file
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.certificate_design import Certificate
from profdesk.domain.people import PersonName
from profdesk.signing import certificate_code, keys, pdf

DIFFERENT = 20
"""So many pages are noted for the bare canvas, which draws them again and again."""
_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_KEY = keys.make_key("Школа № 12", "Школа № 12", _NOW)
_MADE = ("beginText", "beginPath")
_OURS_ALONE = ("bookmark", "save", "setAuthor", "setCreator", "setTitle", "setViewerPreference")


@cache
def certificate_of_one() -> Certificate:
    source = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    programme = programme_file.parse(source, "programme")
    level = programme.level("basic")
    one = CertificateFacts(
        number="2026-0203",
        organisation=organisation(),
        pupil=PersonName("Ильин", "Даниил", "Евгеньевич"),
        group="7 «А»",
        level=level,
        year=FIRST.year,
        competencies=level.competencies,
        stages=tuple(place % 4 for place in range(len(level.competencies.items))),
        scale=programme.stages,
        issued_on=date(2026, 12, 24),
        teacher_post="Классный руководитель",
    )
    signed = replace(one, code=certificate_code.write(claim_of(one), _KEY))
    return Certificate(signed, shipped_for(level.code))


def wanted(pages: int) -> Iterator[Certificate]:
    """Pupils of the fifth to eighth grades, each with a name, a number, stages and a code of its own."""
    facts, design = certificate_of_one().facts, certificate_of_one().design
    for number in range(1, pages + 1):
        name = replace(facts.pupil, surname=f"Ильин-{number}")
        stages = tuple((place + number) % 4 for place in range(len(facts.stages)))
        code = f"{facts.code[:-4]}{number:04}"
        yield Certificate(replace(facts, pupil=name, number=f"2026-{number:04}", stages=stages, code=code), design)


def ours(pages: int, file: IO[bytes]) -> None:
    certificate.draw(wanted(pages), pages, {}.__getitem__, file)


class Tape:
    """A canvas, or a text or path of it, that notes what is asked of it by page."""

    def __init__(self, real: Any, pages: list[list[Any]], numbers: Iterator[int], number: int = 0) -> None:
        self._real, self._pages, self._numbers, self.number = real, pages, numbers, number

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name.startswith("_") or not callable(found):
            return found

        def noted(*given: Any, **named: Any) -> Any:
            made = next(self._numbers) if name in _MADE else 0
            if name not in _OURS_ALONE:
                places = [one.number if isinstance(one, Tape) else None for one in given]
                self._pages[-1].append((self.number, name, given, places, named, made))
            answer = found(*(one._real if isinstance(one, Tape) else one for one in given), **named)
            if name == "showPage":
                self._pages.append([])
            return Tape(answer, self._pages, self._numbers, made) if made else answer

        return noted


def noted() -> list[list[Any]]:
    """What is asked of the canvas for each of the first pages; stamps are drawn on those where they first stand."""
    pages: list[list[Any]] = [[]]

    def taped(*given: Any) -> Any:
        return Tape(PagedCanvas(*given), pages, count(1))

    with mock.patch.object(sheet, "PagedCanvas", taped):
        ours(2 * DIFFERENT, BytesIO())
    return pages[: 2 * DIFFERENT]


def bare(pages: int, file: IO[bytes], tape: list[list[Any]]) -> None:
    """The same calls on ReportLab's own canvas, each page with its bookmark."""
    canvas = Canvas(file, invariant=1, initialFontName="FiraGO")
    again = cycle(tape[DIFFERENT:])
    for number, calls in enumerate(islice([*tape[:DIFFERENT], *islice(again, pages)], pages)):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(f"Ильин-{number} Даниил Евгеньевич", str(number))
        made: dict[int, Any] = {0: canvas}
        for of, name, given, places, named, number_made in calls:
            real = [one if place is None else made[place] for one, place in zip(given, places, strict=True)]
            made[number_made or -1] = getattr(made[of], name)(*real, **named)
    canvas.save()


def main(which: str, pages: int) -> None:
    tape = noted() if which == "bare" else []
    _write(which, 3, tape)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _peak()
    _write(which, pages, tape)
    print(_peak() - before)


def _write(which: str, pages: int, tape: list[list[Any]]) -> None:
    with tempfile.TemporaryFile() as file:
        if which == "ours":
            ours(pages, file)
            pdf.seal(file, _KEY, reason="Сертификаты портфолио", at=_NOW)
        else:
            bare(pages, file, tape)


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
