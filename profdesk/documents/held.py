"""Everything kept of one child as one ZIP: a page to read in a browser, the same as JSON, and the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from profdesk.documents.typography import day
from profdesk.domain.held import FORMAT, VERSION, Held, Record, Section
from profdesk.domain.plural import counted

PAGE, DATA = "Сведения.html", "сведения.json"
_STYLE = """
body { font: 15px/1.4 sans-serif; max-width: 72em; margin: 2em auto; padding: 0 1em; color: #1D2329; }
h1 { font-size: 1.6em; color: #17405E; margin-bottom: .2em; } h2 { font-size: 1.15em; color: #17405E; margin-top: 2em; }
p.second { color: #56616B; } table { border-collapse: collapse; width: 100%; margin: .4em 0 1em; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em .25em 0; border-bottom: 1px solid #D3D8DF; }
th { font-weight: normal; color: #56616B; } td { font-size: .9em; }
td { overflow-wrap: anywhere; } @page { size: A4 landscape; margin: 12mm; }
@media print { body { margin: 0; } tr { break-inside: avoid; } }
"""
_HEAD = '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head><body>'
_RIGHTS = (
    "Составлено по запросу законного представителя: 152-ФЗ, ст. 14, ч. 7. Здесь всё, что хранит программа profdesk "
    "этой организации об одном ребёнке."
)


def archive(file: IO[bytes], held: Held, content: Callable[[str, bool], bytes]) -> None:
    """Write the archive; ``content`` gives the bytes of a kept file by its SHA-256 and whether it is psychologists'."""
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        made.writestr(PAGE, page(held))
        made.writestr(DATA, data(held))
        for place, one in sorted({one.place: one for one in held.files}.items()):
            made.writestr(place, content(one.sha256, one.psy))


def data(held: Held) -> str:
    """The records as the database keeps them, by table."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "organisation": held.organisation.full_name,
        "pupil": held.name.full,
        "made_at": held.made_at.isoformat(),
        "made_by": held.made_by,
        "psychologists_part": held.psy,
        "tables": {section.table: [_fields(one) for one in section.records] for section in held.sections},
        "journal": [{"at": one.at.isoformat(), "who": one.who, "what": one.what} for one in held.journal],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def page(held: Held) -> str:
    """The same in words, to be read and printed."""
    return "".join(_page(held))


def _page(held: Held) -> Iterator[str]:
    yield _HEAD.format(escape(held.name.full), _STYLE)
    yield f"<h1>{escape(held.name.full)}</h1>"
    when = day(held.made_at.astimezone().date())
    yield f'<p class="second">{escape(held.organisation.full_name)}. {when}, {escape(held.made_by)}.</p>'
    yield f"<p>{_RIGHTS}</p>"
    if not held.psy:
        yield "<p>Записей психолога здесь нет: их выдаёт психолог отдельно.</p>"
    for section in held.sections:
        yield from _section(section)
    yield from _journal(held)
    yield "</body></html>"


def _section(section: Section) -> Iterator[str]:
    """One table: a column for each field that any of the records has, a row for each record."""
    title = section.title[:1].upper() + section.title[1:]
    yield f"<h2>{escape(title)} ({len(section.records)})</h2>"
    lines = [_words(one) for one in section.records]
    names = list(dict.fromkeys(name for words in lines for name in words))
    yield "<table><thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in names) + "</tr></thead>"
    for words in lines:
        yield "<tr>" + "".join(f"<td>{escape(words.get(name, ''))}</td>" for name in names) + "</tr>"
    yield "</table>"


def _words(record: Record) -> dict[str, str]:
    found = dict(record.words)
    return found if record.file is None else {**found, "файл": record.file.place}


def _journal(held: Held) -> Iterator[str]:
    many = counted(len(held.journal), "действие", "действия", "действий")
    yield f'<h2>Кто вносил и смотрел сведения ({many})</h2><table class="journal">'
    for one in held.journal:
        at = f"{one.at.astimezone():%d.%m.%Y %H:%M}"
        yield f"<tr><td>{at}</td><td>{escape(one.who)}</td><td>{escape(one.what)}</td></tr>"
    yield "</table>"


def _fields(record: Record) -> dict[str, object]:
    place = {"file": record.file.place} if record.file is not None else {}
    return {**record.fields, **place}
