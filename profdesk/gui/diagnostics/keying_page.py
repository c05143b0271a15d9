"""The page «Ввод бланков»: sheets at left, the key desk with all answers, what they give so far at right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import keying as rules
from profdesk.domain import plural
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.diagnostics import Attendance
from profdesk.domain.instrument import Kind as AnswerKind
from profdesk.domain.people import age
from profdesk.errors import ProfdeskError
from profdesk.gui.common import icons
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics import pad, sheet_rows
from profdesk.gui.diagnostics.key_desk import KeyDesk
from profdesk.gui.diagnostics.keying import Keying
from profdesk.gui.diagnostics.record_field import RecordField
from profdesk.gui.diagnostics.result_view import ResultView
from profdesk.gui.diagnostics.session_acts import SessionActs
from profdesk.gui.diagnostics.strip import AnswerStrip


class KeyingPage(Page):
    """Everything but the dialogs is done with the cursor in the key desk, which never leaves it."""

    name = "keying"
    title = "Ввод бланков"
    icon = "keyboard"
    under = "diagnostics"
    help = (
        ("а б в, 1 2 3", "ответить: буква бланка или её место, при любой раскладке"),
        ("Пробел", "ответа нет"),
        ("Backspace", "на ответ назад"),
        ("Ctrl+Z, Ctrl+Y", "отменить последний ответ и дать его снова"),
        ("← → ↑ ↓, Home, End", "перейти к другому вопросу бланка"),
        ("Enter", "записать набранное; в конце бланка к пропуску или следующему бланку"),
        ("Tab, Shift+Tab", "следующий и предыдущий бланк"),
        ("F4", "к следующему неполному бланку"),
        ("F5, F6, F7", "не был, отказ, сомнительный; ещё раз снимает отметку"),
        ("F8, F9", "при расхождении: верен первый ответ, верен второй"),
        ("Ctrl+E", "проверить вторым вводом и вернуться к первому"),
        ("Ctrl+Enter", "закончить сеанс или открыть его снова"),
        ("Ctrl+N", "добавить бланк опоздавшему"),
        ("Ctrl+O", "загрузить ответы из файла"),
        ("Ctrl+R", "открыть результат ученика"),
        ("Ctrl+G", "дать ученику ответить самому на экране"),
        ("Esc", "вернуться к журналу"),
    )

    wanted_screen = Signal(str)
    """The id of a sheet that its pupil is to answer at this computer."""

    wanted_result = Signal(str)
    """The id of a sheet whose result the user wants to see."""

    header: PageHeader
    instrument_chip: Chip
    group_chip: Chip
    print_button: QPushButton
    more_button: QPushButton
    second_button: QPushButton
    reopen_button: QPushButton
    close_button: QPushButton
    body: QWidget
    sheets_card: Card
    answer_card: Card
    count: QLabel
    bar: TargetBar
    table: DeskTable
    name_label: QLabel
    second_line: QLabel
    absent_button: QPushButton
    refused_button: QPushButton
    doubtful_button: QPushButton
    key_desk: KeyDesk
    record: RecordField
    difference_panel: QFrame
    difference_words: QLabel
    first_button: QPushButton
    later_button: QPushButton
    strip_note: Chip
    strip: AnswerStrip
    result: ResultView
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "diagnostics_keying")
        self.keying = Keying(desk, self)
        self.acts = SessionActs(self, desk, self.keying)
        self.header.show_back()
        self.table.set_columns(sheet_rows.COLUMNS, key=lambda row: row.id, faded=lambda row: row.away)
        self.table.horizontalHeader().hide()
        self.group_chip.may_shorten()
        self.more = QMenu(self)
        self.more_button.setMenu(self.more)
        self._offer("Добавить бланки…", "user-plus", "Ctrl+N", self.acts.add_sheets)
        self._offer("Загрузить ответы…", "upload-simple", "Ctrl+O", self.acts.load_answers)
        self._offer("Дать ученику на экране", "monitor", "Ctrl+G", self._give_screen)
        self._connect()
        self._bind_keys()
        self._show_parts(shown=False)

    def _connect(self) -> None:
        keying = self.keying
        keying.changed.connect(self._show)
        keying.writes.recorded.connect(self.status_changed)
        keying.refused.connect(self._refuse)
        keying.writes.lost.connect(self._tell_lost)
        self.key_desk.typed.connect(self._press)
        self.key_desk.commanded.connect(self._command)
        self.record.commanded.connect(self._command)
        self.record.abandoned.connect(self._keep_record)
        self.strip.picked.connect(self._pick)
        self.table.chosen.connect(self._choose_sheet)
        self.header.back_pressed.connect(self.left)
        self.absent_button.clicked.connect(partial(self._mark, Attendance.ABSENT))
        self.refused_button.clicked.connect(partial(self._mark, Attendance.REFUSED))
        self.doubtful_button.clicked.connect(self.acts.ask_doubt)
        self.first_button.clicked.connect(lambda: keying.resolve(first=True))
        self.later_button.clicked.connect(lambda: keying.resolve(first=False))
        self.second_button.clicked.connect(self._toggle_second)
        self.print_button.clicked.connect(self.acts.print_sheets)
        self.close_button.clicked.connect(self.acts.ask_close)
        self.reopen_button.clicked.connect(self.acts.reopen)
        self.result.open_button.clicked.connect(lambda: self.wanted_result.emit(keying.current.sheet.id))
        self.acts.told.connect(self.message.say)
        self.acts.returned.connect(self._take_focus)

    def _give_screen(self) -> None:
        self.wanted_screen.emit(self.keying.current.sheet.id)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F4": self.keying.next_open,
            "F5": self.absent_button.click,
            "F6": self.refused_button.click,
            "F7": self.doubtful_button.click,
            "F8": self.first_button.click,
            "F9": self.later_button.click,
            "Ctrl+E": self.second_button.click,
            "Ctrl+R": self.result.open_button.click,
            "Ctrl+P": self.print_button.click,
            "Ctrl+Return": self._finish_or_reopen,
            "Esc": self.left.emit,
        }
        for key, action in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(action if key == "Esc" else partial(self._when_open, action))

    def _offer(self, words: str, icon: str, key: str, act: Callable[[], None]) -> None:
        action = QAction(icons.icon(icon), words, self)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self._when_open(act))
        self.more.addAction(action)
        self.addAction(action)

    # -- what the window asks --------------------------------------------------------------------

    def open_session(self, session_id: str) -> None:
        """Show a session at the first sheet with a blank."""
        self.message.clear()
        self._show_parts(shown=False)
        self.keying.open(session_id)

    @override
    def activate(self) -> None:
        self._take_focus()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS):
            self.keying.reload()

    @override
    def status(self) -> Status:
        keys = (("Backspace", "назад"), ("Tab", "следующий бланк"), ("Esc", "к журналу"))
        if self.keying.writes.waiting:
            return Status("Записываем…", keys=keys)
        words = self.keying.writes.words
        undo = self.keying.steps.next_undo
        return Status(words or "Каждый ответ записывается сразу", saved=bool(words), undo=undo, keys=keys)

    @override
    def undo(self) -> None:
        self._turn(self.keying.undo)

    @override
    def redo(self) -> None:
        self._turn(self.keying.redo)

    def _turn(self, act: Callable[[], None]) -> None:
        self.message.clear()
        self._when_open(act)
        self._take_focus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._keep_record()
        super().hideEvent(event)

    def tell_first(self, error: ProfdeskError) -> None:
        """Say what is to be done before the screen can be given to the pupil."""
        self.message.say(error.message, Tone.WARN)

    # -- keys ------------------------------------------------------------------------------------

    def _when_open(self, act: Callable[[], object]) -> None:
        if self.keying.is_open:
            self._keep_record()
            act()

    def _press(self, letter: str) -> None:
        if self.keying.is_open:
            self.message.clear()
            self.keying.press(letter)

    def _command(self, key: Qt.Key) -> None:
        keying = self.keying
        if not keying.is_open:
            return
        self.message.clear()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            keying.enter(self.record.toPlainText() if self._is_record and not keying.at_end else None)
            return
        self._keep_record()
        sheet, item, step = keying.place.sheet, keying.place.item, self.strip.columns
        moves: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Tab: lambda: keying.go_to(sheet + 1),
            Qt.Key.Key_Backtab: lambda: keying.go_to(sheet - 1),
            Qt.Key.Key_Left: lambda: keying.go_to_item(item - 1),
            Qt.Key.Key_Right: lambda: keying.go_to_item(item + 1),
            Qt.Key.Key_Up: lambda: keying.go_to_item(item - step),
            Qt.Key.Key_Down: lambda: keying.go_to_item(item + step),
            Qt.Key.Key_Home: lambda: keying.go_to_item(1),
            Qt.Key.Key_End: lambda: keying.go_to_item(keying.instrument.items),
            Qt.Key.Key_Backspace: keying.back,
            Qt.Key.Key_Space: lambda: keying.give(""),
        }
        moves[key]()

    @property
    def _is_record(self) -> bool:
        return self.keying.is_open and self.keying.instrument.kind is AnswerKind.RECORD

    def _keep_record(self) -> None:
        """What was typed is kept wherever one goes from it."""
        if self._is_record and not self.keying.at_end and not self.record.isHidden():
            self.keying.keep_text(self.record.toPlainText())

    def _pick(self, item: int) -> None:
        self._when_open(lambda: self.keying.go_to_item(item))

    def _choose_sheet(self, row: sheet_rows.SheetRow | None) -> None:
        if row is not None and row.place != self.keying.place.sheet:
            self._when_open(lambda: self.keying.go_to(row.place))

    def _mark(self, attendance: Attendance) -> None:
        self._when_open(lambda: self.keying.mark_attendance(attendance))

    def _toggle_second(self) -> None:
        self._when_open(lambda: self.keying.check(second=not self.keying.second))

    def _finish_or_reopen(self) -> None:
        (self.acts.ask_close if self.keying.view.session.closed_at is None else self.acts.reopen)()

    def _refuse(self, words: str) -> None:
        QApplication.beep()
        self.key_desk.flash()
        self.message.say(words, Tone.WARN)

    def _tell_lost(self, why: str) -> None:
        QApplication.beep()
        self.message.say(f"Последний ответ не записан. {why}".strip(), Tone.BAD)

    # -- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        self.status_changed.emit()
        if not self.keying.is_open:
            return
        self._show_session()
        self._show_sheet()
        self._show_answers()
        if self.body.isHidden():
            self._show_parts(shown=True)
            self._take_focus()

    def _show_parts(self, *, shown: bool) -> None:
        """Before a session has been read there is nothing to press."""
        for part in (self.instrument_chip, self.group_chip, self.print_button, self.more_button, self.second_button):
            part.setVisible(shown)
        self.body.setVisible(shown)
        self._show_closing(shown=shown)

    def _show_closing(self, *, shown: bool) -> None:
        closed = shown and self.keying.view.session.closed_at is not None
        self.close_button.setVisible(shown and not closed)
        self.reopen_button.setVisible(closed)

    def _show_session(self) -> None:
        view, keying = self.keying.view, self.keying
        self._show_closing(shown=True)
        self.instrument_chip.say(view.instrument.short)
        self.group_chip.say(f"{view.session.group_title}, {view.session.held_on:%d.%m.%Y}")
        self.group_chip.setToolTip(self.group_chip.words)
        self.second_button.setText("К первому вводу" if keying.second else "Проверить вторым вводом")
        entered, awaited = view.entered, view.awaited
        self.count.setText(f"{entered} из {awaited}")
        self.bar.show_share(entered / awaited if awaited else 0, words=f"Введено {entered} из {awaited}")
        with QSignalBlocker(self.table):
            self.table.set_rows(sheet_rows.rows(keying))
            self.table.choose(keying.current.sheet.id)

    def _show_sheet(self) -> None:
        one, session = self.keying.current, self.keying.view.session
        sheet, group = one.sheet, one.pupil.group.name.title if one.pupil.group else ""
        parts = (
            f"Бланк {sheet.number}",
            group if group != session.group_title else "",
            plural.counted(age(one.pupil.birth_date, session.held_on), "год", "года", "лет"),
            f"сомнительный: {sheet.doubtful}" if sheet.doubtful else "",
        )
        self.name_label.setText(one.pupil.name.short)
        self.second_line.setText(" · ".join(part for part in parts if part))
        away = sheet.attendance
        self.absent_button.setText("Снять «не был»" if away is Attendance.ABSENT else "Не был")
        self.refused_button.setText("Снять отказ" if away is Attendance.REFUSED else "Отказ")
        self.doubtful_button.setText("Снять сомнение" if sheet.doubtful else "Сомнительный")

    def _show_answers(self) -> None:
        keying, instrument = self.keying, self.keying.instrument
        short = self.tr("есть") if self._is_record else ""
        shown = {item: short or rules.shown(instrument, item, words) for item, words in keying.answers.items()}
        doubted = keying.current.sheet.differences() if keying.second else ()
        self.strip.show_answers(instrument.items, shown, keying.place.item, doubted)
        skipped = _skipped(self.strip.skipped)
        self.strip_note.say(skipped, Tone.WARN)
        self.strip_note.setVisible(bool(skipped))
        self.key_desk.show_pad(pad.pad(keying))
        self._show_difference()
        writes = self._is_record and not keying.at_end
        if writes:
            self.record.show_record(keying.answers.get(keying.place.item, ""))
        if self.record.isHidden() is writes:
            self.record.setVisible(writes)
            self._take_focus()
        self.result.show_keying(keying)

    def _show_difference(self) -> None:
        keying, found = self.keying, self.keying.difference
        self.difference_panel.setVisible(found is not None)
        if found is not None:
            first, later = (rules.shown(keying.instrument, keying.place.item, one) or "нет" for one in found)
            self.difference_words.setText(f"Вопрос {keying.place.item}. Первый ввод: {first}, второй: {later}.")
            self.first_button.setText(f"Верно: {first}   F8")
            self.later_button.setText(f"Верно: {later}   F9")

    def _take_focus(self) -> None:
        (self.key_desk if self.record.isHidden() else self.record).setFocus()


def _skipped(items: list[int]) -> str:
    if not items:
        return ""
    if len(items) == 1:
        return f"вопрос {items[0]} без ответа"
    shown = ", ".join(map(str, items[:6])) + ("…" if len(items) > 6 else "")
    return f"без ответа: {shown}"
