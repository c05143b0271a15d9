"""Pictures of differences: one chosen, a long one, one of a record that was deleted, and all to be taken at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from profdesk.domain.differences import DELETED, WHOLE, Author, Difference, Found, Write, Written
from profdesk.domain.exchange_state import Place, Row
from profdesk.gui.common.page import Page
from profdesk.gui.exchange.differences import DifferencesPage

_MOMENT = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
_HERE = Author("Гусева Марина Олеговна", "М. О. Гусева", _MOMENT, "этот компьютер")
_THERE = Author("Белова Анна Сергеевна", "А. С. Белова", _MOMENT + timedelta(hours=3), "«Кабинет 204»")
_PSYCHOLOGIST = Author("Соколова Ирина Павловна", "И. П. Соколова", _MOMENT, "«Ноутбук психолога»")
_PUPIL = "Абрамова Полина Игоревна, 7 «А»"
_LONG = (
    "Хочет в инженерный класс, любит черчение и робототехнику. На занятиях берётся за сложное, но бросает, если не "
    "вышло сразу. Родители поддерживают. Договорились, что до конца полугодия сходит на две пробы и выберет сама."
)
_TOLD = (
    ("pupil", _PUPIL, "Сведения об ученике", "Фамилия", "Абрамова-Седых", "Абрамова", _THERE, _HERE),
    ("enrolment", _PUPIL, "Зачисление в класс, учебный год: 2026/27", "Класс", "7 «А»", "7 «Б»", _THERE, _HERE),
    ("consultation", _PUPIL, "Консультация, вид: Консультация", "Запись", _LONG, _LONG[:57], _HERE, _PSYCHOLOGIST),
    ("consent", "Белов Матвей Сергеевич, 7 «А»", "Согласие, на что: обработку персональных данных", WHOLE.capitalize(),
     DELETED, "номер: 14; дата: 01.09.2026", _HERE, _THERE),
    ("organisation", "", "Сведения об организации: Школа № 12", "Руководитель", "Никонова А. Ю.", "Никонов А. Ю.",
     _HERE, _THERE),
)  # fmt: skip


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """One chosen, the longest, and all of them."""
    if not isinstance(page, DifferencesPage):
        return
    told = [_difference(number, *one) for number, one in enumerate(_TOLD)]
    page.show_told(told)
    yield "both", None
    page.table.choose(told[2].key)
    yield "long", None
    page.table.choose(told[3].key)
    yield "deleted", None
    page.table.selectAll()
    yield "all", None


def _difference(
    number: int,
    table: str,
    whose: str,
    record: str,
    field: str,
    stands: str,
    other: str,
    standing: Author,
    overwritten: Author,
) -> Difference:
    written, write = Written("", _MOMENT, ""), Write(field, table, "", number)
    back: dict[Place, Row] = {(table, ""): {}} if stands == DELETED else {}
    found = Found(table, "", "", False, None, back, {}, {}, written, written, frozenset({write}))
    return Difference(found, whose, record, field, stands, other, standing, overwritten)
