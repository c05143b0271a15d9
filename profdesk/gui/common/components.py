"""Every control and state on one sheet: what a builder of pages picks from, and what a change of style shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip, TargetBar
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone


@dataclass(frozen=True)
class _Line:
    name: str
    rule: str
    share: float
    goal: str
    look: Look


_REACHED = Look("check-circle-fill", Tone.OK)
_BELOW = Look("warning", Tone.WARN)
_HIDDEN = Look("eye-slash", Tone.MUTED)
_LINES = (
    Heading("Охват по уровням"),
    _Line("1–4 классы, вовлечены", "Портфолио заполнено или есть проба", 82.7, "достигнута", _REACHED),
    _Line("5–8 классы, готовность к выбору", "Заполнены 20 компетенций", 70.5, "ниже цели", _BELOW),
    Heading("Кадры и партнёры"),
    _Line("Дети с инвалидностью, пробы", "Меньше пяти — не показываем", 0.0, "скрыто", _HIDDEN),
)
_COLUMNS: tuple[Column[_Line], ...] = (
    Column("Показатель и правило", lambda line: line.name, second=lambda line: line.rule),
    Column(
        "%",
        lambda line: f"{line.share:.1f}".replace(".", ",") if line.share else "—",
        width=80,
        right=True,
        sort=lambda line: line.share,
        look=lambda _: Look(bold=True),
    ),
    Column("Итог", lambda line: line.goal, width=140, look=lambda line: line.look),
)


class Components(QWidget):
    """The sheet; nothing on it does anything."""

    focused: QPushButton
    segmented: Segmented
    date_field: QLineEdit
    name_note: FieldNote
    date_note: FieldNote
    chip_ok: Chip
    chip_warn: Chip
    chip_bad: Chip
    chip_new: Chip
    chip_plain: Chip
    chip_hidden: Chip
    progress: ProgressStrip
    target: TargetBar
    message_ok: InlineMessage
    message_warn: InlineMessage
    message_bad: InlineMessage
    message_info: InlineMessage
    table: DeskTable

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "gallery_components")
        self.segmented.set_choices([("group", "Класс"), ("pupil", "Ученик"), ("school", "Школа")])
        self.segmented.choose("pupil")
        self.name_note.set_hint("Как в свидетельстве о рождении")
        set_wrong(self.date_field, self.date_note, "Нет такой даты: 31 февраля")
        self._show_states()
        self._say()
        self.table.set_columns(_COLUMNS, key=lambda line: line.name)
        self.table.set_rows(_LINES)
        self.table.choose(_LINES[2].name if isinstance(_LINES[2], _Line) else "")

    def _show_states(self) -> None:
        self.chip_ok.say("заполнено", Tone.OK)
        self.chip_warn.say("не подписана", Tone.WARN, "clock")
        self.chip_bad.say("отказано", Tone.BAD)
        self.chip_new.say("новый", Tone.INFO, "plus-circle")
        self.chip_plain.say("8 «Б»")
        self.chip_hidden.say("скрыто", icon="eye-slash")
        self.progress.begin("Сертификаты")
        self.progress.report(12, 19)
        self.target.show_share(332 / 471, 0.8, "332 из 471, цель 80 %")

    def _say(self) -> None:
        self.message_ok.say("Список загружен: 31 новый, 4 изменены.", Tone.OK, "Отменить загрузку")
        self.message_warn.say(
            "В папке осталось 38 МБ. Работаем только на чтение, пока места нет.", Tone.WARN, "Открыть папку"
        )
        self.message_bad.say(
            "Подпись не сходится: файл изменили после подписания 20 ноября 2026 г.", Tone.BAD, "Подробнее"
        )
        self.message_info.say("Строки с отказом пропустим, остальные запишем разом.")
