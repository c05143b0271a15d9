"""The act of erasure of personal data with the journal's extract (order 179 of Roskomnadzor, 28.10.2022)."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain import plural
from profdesk.domain.erasure import Act, Subject, categories
from profdesk.domain.retention import OF_PUPIL, RecordKind

_TITLE = "Акт об уничтожении персональных данных"
_EXTRACT = "Выгрузка из журнала регистрации событий"
_SYSTEM = "рабочая папка программы profdesk: базы данных desk.db и psy.db, файлы files и files-psy"
_WAY = (
    "удаление записей из баз данных с перезаписью освободившегося места и сжатием баз, "
    "удаление файлов, очистка содержания записей журнала"
)
_ORDER = "Составлено по требованиям приказа Роскомнадзора от 28.10.2022 № 179. Хранить 3 года со дня уничтожения."
_UNNAMED = "Имена программа не хранит: они названы в первом экземпляре акта, сохранённом при уничтожении."
_BLANK = "_" * 40
_NUMBER, _NAME, _BORN, _WHAT = LEFT + 1, LEFT + 9, LEFT + 75, LEFT + 98
_NAME_ROOM, _WHAT_ROOM = _BORN - _NAME - 3, RIGHT - _WHAT - 1
_LABEL_ROOM, _VALUE = 52.0, LEFT + 56
_SIZE, _LINE = 9.0, 4.1


def erasure_act(act: Act) -> bytes:
    """Draw the act; without subjects it says that names are kept by whoever keeps the first one."""
    return _draw(act, _draw(act, 0).page).finish()


def _draw(act: Act, total: int) -> Report:
    number = f"{_TITLE} № {act.done.number}"
    foot = f"Составлено программой profdesk {day(act.done.made_on)}"
    school = act.organisation
    report = Report(number, school.full_name, (number, school.short_name), foot, act.done.made_on, total)
    _head(report, act)
    _facts(report, act)
    _subjects(report, act.subjects)
    _signatures(report, act)
    _extract(report, act)
    return report


def _head(report: Report, act: Act) -> None:
    report.y = 16
    report.sheet.bookmark(_TITLE)
    report.y = report.sheet.paragraph(LEFT, report.y + 2, bind(act.organisation.full_name), ROOM, size=10) + 1
    address = act.address or _BLANK
    report.y = report.sheet.paragraph(LEFT, report.y, bind(f"Адрес: {address}"), ROOM, size=10) + 6
    title = f"{_TITLE} № {act.done.number}"
    size, lines = fitted(bind(title), fonts.BOLD, (18, 16, 14), ROOM * MM, 2)
    end = report.sheet.lines(LEFT, report.y + 3, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    report.y = end - size * 1.3 / MM + 6
    report.paragraph(bind(f"Дата уничтожения: {day(act.done.made_on)}"), size=11)
    report.y += 2


def _facts(report: Report, act: Act) -> None:
    found = categories(act.done.records)
    _fact(report, "Причина уничтожения", act.done.reason)
    told = "; ".join(kind.category for kind in found) or "записей не было"
    _fact(report, "Категории уничтоженных персональных данных", told)
    counts = ", ".join(f"{kind.label.lower()} — {act.done.records[kind]}" for kind in found)
    _fact(report, "Уничтожено записей", counts or "нет")
    _fact(report, "Информационная система", _SYSTEM)
    _fact(report, "Способ уничтожения", _WAY)
    if act.done.psy_waits:
        _fact(report, "Ещё не уничтожено", "диагностика и консультации: будут уничтожены при входе психолога")
    if act.copies.told:
        _fact(report, "Резервные копии", act.copies.told)
    report.y += 2


def _fact(report: Report, label: str, value: str) -> None:
    left = wrap(bind(label), fonts.TEXT, _SIZE, _LABEL_ROOM * MM)
    right = wrap(bind(value), fonts.TEXT, _SIZE + 1, (RIGHT - _VALUE) * MM)
    high = max(len(left), len(right)) * (_LINE + 0.4) + 2.4
    report.need(high)
    base = report.y + 3.6
    report.sheet.lines(LEFT, base, left, size=_SIZE, colour=palette.SECOND, leading=(_LINE + 0.4) * MM / _SIZE)
    report.sheet.lines(_VALUE, base, right, size=_SIZE + 1, leading=(_LINE + 0.4) * MM / (_SIZE + 1))
    report.y += high


def _subjects(report: Report, subjects: Sequence[Subject]) -> None:
    report.subheading("Субъекты персональных данных")
    if not subjects:
        report.paragraph(bind(_UNNAMED))
        return
    _subject_head(report)
    for number, one in enumerate(subjects, 1):
        name = wrap(bind(", ".join(filter(None, (one.name.full, one.group)))), fonts.TEXT, _SIZE, _NAME_ROOM * MM)
        what = wrap(bind(_what(one)), fonts.TEXT, _SIZE, _WHAT_ROOM * MM)
        high = max(len(name), len(what)) * _LINE + 2.6
        if report.need(high):
            _subject_head(report)
        base = report.y + 4.2
        report.sheet.text(_NUMBER, base, str(number), size=_SIZE, colour=palette.SECOND)
        report.sheet.lines(_NAME, base, name, size=_SIZE, leading=_LINE * MM / _SIZE)
        report.sheet.text(_BORN, base, f"{one.birth_date:%d.%m.%Y}", size=_SIZE)
        report.sheet.lines(_WHAT, base, what, size=_SIZE, leading=_LINE * MM / _SIZE)
        report.y += high
        report.row_rule()
    report.y += 3


def _subject_head(report: Report) -> None:
    columns = [(_NUMBER, "№", "left"), (_NAME, "Фамилия, имя, отчество", "left"), (_BORN, "Дата рождения", "left")]
    report.table_head([*columns, (_WHAT, "Что уничтожено", "left")])


def _what(one: Subject) -> str:
    if one.kinds == OF_PUPIL:
        return "все сведения"
    return ", ".join(kind.label.lower() for kind in RecordKind if kind in one.kinds)


def _signatures(report: Report, act: Act) -> None:
    report.need(40)
    report.y += 4
    school = act.organisation
    for label, post, name in (("Уничтожил", act.post, act.who), ("Утвердил", school.head_post, school.head_name)):
        base = report.y + 6
        report.sheet.text(LEFT, base, f"{label}: {post}" if post else label, size=10)
        report.sheet.rule(LEFT + 70, base + 0.8, LEFT + 108, base + 0.8)
        report.sheet.text(LEFT + 112, base, name, size=10)
        report.y += 11
    report.paragraph(bind(_ORDER), size=8)


def _extract(report: Report, act: Act) -> None:
    report.turn()
    report.heading(_EXTRACT, bind(f"К акту № {act.done.number} от {day(act.done.made_on)}"))
    if act.subjects:
        many = plural.counted(len(act.subjects), "субъект", "субъекта", "субъектов")
        _fact(report, "О ком", f"{many}: {'; '.join(one.name.full for one in act.subjects)}")
    else:
        _fact(report, "О ком", "названы в первом экземпляре акта")
    told = "; ".join(kind.category for kind in categories(act.done.records))
    _fact(report, "Категории персональных данных", told or "записей не было")
    _fact(report, "Информационная система", _SYSTEM)
    _fact(report, "Причина уничтожения", act.done.reason)
    _fact(report, "Дата и время события", f"{act.place.at.astimezone():%d.%m.%Y %H:%M:%S}")
    _fact(report, "Кто", ", ".join(filter(None, (act.who, act.post))))
    _fact(report, "Запись журнала", f"№ {act.place.number}")
    _fact(report, "Очищено записей журнала", str(act.done.operations))
    report.y += 2
    report.paragraph("Контрольная сумма записи (SHA-256):", size=8.5)
    report.paragraph(act.place.hash, size=8.5)
    report.paragraph(
        bind(
            "Записи журнала связаны в цепь: очищенные остаются на своих местах, и программа проверяет, "
            "что их ровно столько, сколько названо здесь."
        ),
        size=8.5,
    )
