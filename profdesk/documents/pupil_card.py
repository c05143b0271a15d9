"""The card of a pupil on one A4 sheet: stages now and earlier, growth over the years, what was recorded lately.

There is no radar on paper: the same pupil with the axes in another order gets another figure.
"""

from __future__ import annotations

from datetime import date

from profdesk.documents import drawing_cells, fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, day, fitted
from profdesk.domain import growth, plural, pupil_card, records, wording
from profdesk.domain.growth import Comparison, GrowthCell, Moment
from profdesk.domain.organisation import Organisation
from profdesk.domain.pupil_card import PupilCard

_ROW = 6.3
_NAME = 66.0
_NAME_SIZES = (9.2, 8.8, 8.4, 8.0)
_NOW, _BEFORE = LEFT + _NAME + 8, LEFT + _NAME + 22
_YEARS = LEFT + _NAME + 31
_CELL = 6.2
_RECENT = 8


def pupil_card_paper(found: PupilCard, earlier: Moment | None, organisation: Organisation, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are; one is enough but for very long histories."""
    pages = _draw(found, earlier, organisation, dated, 0).page
    return _draw(found, earlier, organisation, dated, pages).finish()


def _draw(found: PupilCard, earlier: Moment | None, organisation: Organisation, dated: date, total: int) -> Report:
    title = f"Карточка: {found.pupil.name.full}"
    foot = f"Составлено программой profdesk {day(dated)} Лист содержит сведения о ребёнке: храните его как журнал."
    report = Report(title, organisation.full_name, (found.pupil.name.full, organisation.short_name), foot, dated, total)
    report.y = 16
    size, lines = fitted(found.pupil.name.full, fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    report.y = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    facts = ". ".join([", ".join(pupil_card.facts(found, dated)), organisation.full_name])
    report.y = report.sheet.paragraph(LEFT, report.y - 1, facts, ROOM, size=9.5, colour=palette.SECOND) + 3
    compared = found.compared(earlier)
    _words(report, found, compared, known=earlier is not None and compared.compared > 0)
    _table(report, found, compared, earlier)
    _recent(report, found)
    return report


def _words(report: Report, found: PupilCard, compared: Comparison, *, known: bool) -> None:
    if not_yet := pupil_card.not_yet(found):
        report.paragraph(not_yet)
    if compared.now is None:
        return
    formed = f"Сформировано компетенций: {compared.formed} из{NBSP}{len(compared.rows)}."
    if known:
        formed += f" Прибавилось стадий: {compared.risen}, убавилось: {compared.fallen}."
    report.paragraph(formed)
    for words, named in (("Опора", compared.strengths), ("Где помочь", compared.to_help)):
        if named:
            report.paragraph(f"{words}: {growth.named(named)}.")
    report.y += 2


def _table(report: Report, found: PupilCard, compared: Comparison, earlier: Moment | None) -> None:
    if not compared.rows:
        return
    years = found.growth.years[-_columns() :]
    now = wording.month(found.last_day(found.now)) if found.now else "сейчас"
    before = wording.month(found.last_day(earlier)) if earlier else ""
    _head(report, now, before, [_year(group.name.grade) for group in years])
    cells = {item.code: row for item, row in zip(found.growth.competencies.items, found.growth.rows, strict=True)}
    top = compared.scale[-1].value
    for number, row in enumerate(compared.rows, 1):
        if report.need(_ROW):
            _head(report, now, before, [_year(group.name.grade) for group in years])
        middle = report.y + _ROW * 0.66
        name = f"{number}. {row.competency.plain_short}"
        size, (line, *_) = fitted(name, fonts.TEXT, _NAME_SIZES, _NAME * MM, 1)
        report.sheet.text(LEFT, middle, line, size=size)
        drawing_cells.cells(report.sheet, _NOW - drawing_cells.WIDTH / 2, report.y + 1.8, row.now, top)
        if earlier:
            _stage(report, _BEFORE, row.before)
        for place, cell in enumerate(cells[row.competency.code][-len(years) :] if years else ()):
            _cell(report, _YEARS + place * _CELL, cell, top)
        report.y += _ROW
        report.row_rule()
    _notes(report, found, compared)


def _notes(report: Report, found: PupilCard, compared: Comparison) -> None:
    scale = "; ".join(f"{stage.value} — {stage.title}" for stage in compared.scale)
    note = f"{scale}. Закрашенных клеток столько, какова стадия; точка и штриховка — не оценено."
    starts = found.growth.level_starts
    if starts:
        last = found.growth.years[max(starts)]
        before = "до школы" if max(starts) == 1 and last.name.grade == 1 else f"до {last.name.grade}{NBSP}класса"
        note += f" Стадии {before} взяты у сходных компетенций прежних наборов, черта — таких не было."
    report.y = report.sheet.paragraph(LEFT, report.y + 5, note, ROOM, size=8, colour=palette.SECOND) + 4


def _columns() -> int:
    return int((RIGHT - _YEARS) // _CELL)


def _head(report: Report, now: str, before: str, years: list[str]) -> None:
    report.table_head([(LEFT + 1, "Компетенция", "left")])
    y = report.y
    for x, words in ((_NOW, now), (_BEFORE, before)):
        for line, part in enumerate(words.rsplit(" ", 1)):
            at = y - (4.4 - 3 * line if " " in words else 2.5)
            report.sheet.text(x, at, part, face=fonts.BOLD, size=7.4, colour=palette.INK, align="centre")
    for place, words in enumerate(years):
        x = _YEARS + place * _CELL + _CELL / 2
        report.sheet.text(x, y - 2.5, words, face=fonts.BOLD, size=7.4, colour=palette.INK, align="centre")


def _stage(report: Report, x: float, stage: int | None) -> None:
    words = "·" if stage is None else str(stage)
    report.sheet.text(x, report.y + _ROW * 0.66, words, size=9.2, align="centre")


def _cell(report: Report, x: float, cell: GrowthCell, top: int) -> None:
    middle = report.y + _ROW * 0.66
    if cell.stage is None:
        words = "·" if cell.in_set else "–"
        report.sheet.text(x + _CELL / 2, middle, words, size=8, colour=palette.SECOND, align="centre")
        return
    fill = palette.stage(cell.stage, top)
    ink = palette.WHITE if cell.stage == top else palette.TEXT
    report.sheet.box(
        x + 0.4, report.y + 0.7, _CELL - 0.8, _ROW - 1.4, fill=fill, stroke=palette.SECOND, radius=0.6, line=0.35
    )
    report.sheet.text(x + _CELL / 2, middle, str(cell.stage), size=8.4, colour=ink, align="centre")


def _recent(report: Report, found: PupilCard) -> None:
    lines = records.recent(found.history, found.programme, _RECENT)
    if not lines:
        return
    report.subheading("Недавнее")
    for line in lines:
        by = f", {found.names[line.actor]}" if line.actor in found.names else ""
        report.paragraph(f"{line.day:%d.%m.%Y}   {line.title}. {line.words}{by}", size=9)
    files = sum(one.withdrawn_at is None for one in found.history.files)
    if files:
        report.paragraph(f"В карточке {plural.counted(files, 'файл', 'файла', 'файлов')}.", size=9)


def _year(grade: int | None) -> str:
    return "сад" if grade is None else str(grade)
