"""The conclusion of a result: words for psychologists, and in a panel of their own the words for others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import conclusion_draft
from profdesk.domain.conclusion_draft import Part
from profdesk.domain.diagnostics import Released
from profdesk.domain.results import PupilResult, Result
from profdesk.errors import ProfdeskError
from profdesk.gui.common import icons, theme
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import conclusions

_PAUSE = 600
_ICON = 16


class ConclusionCard(Card):
    """Saves itself when a field is left and after a pause in typing; nothing goes to others by that."""

    opened = Signal(str)
    """The id of a sheet whose result the user wants to see."""
    withdrawn = Signal(object)
    """Released: what the user wants to withdraw."""
    edited = Signal()
    failed = Signal(object)

    draft_button: QPushButton
    words_icon: QLabel
    words: QPlainTextEdit
    told_icon: QLabel
    released_chip: Chip
    told: QPlainTextEdit
    leading: QCheckBox
    advice: QCheckBox
    scores: QCheckBox
    withdraw_button: QPushButton
    others_label: QLabel
    others: DeskTable

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "result_conclusion")
        self._desk: Desk | None = None
        self._found: PupilResult | None = None
        self._kept = ("", "")
        self._parts: Mapping[Part, str] = {}
        self._boxes = {Part.LEADING: self.leading, Part.ADVICE: self.advice, Part.SCORES: self.scores}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.save)
        self.released_chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.notifier().changed.connect(self._recolour)
        self._recolour()
        self._connect()

    def _connect(self) -> None:
        for field in (self.words, self.told):
            field.textChanged.connect(self._take_typing)
            field.installEventFilter(self)
        for which, box in self._boxes.items():
            box.clicked.connect(lambda on, which=which: self._put(which, on))
        self.others.opened.connect(lambda result: self.opened.emit(result.sheet.id))
        self.withdraw_button.clicked.connect(self._withdraw)

    def show_result(self, desk: Desk, found: PupilResult) -> None:
        """Show what stands written; what is being typed of the same sheet is left alone."""
        same = self._found is not None and self._found.shown.sheet.id == found.shown.sheet.id
        self._desk, self._found = desk, found
        kept = (found.conclusion.words, found.conclusion.draft) if found.conclusion else ("", "")
        if not same or self._typed == self._kept:
            self._kept = kept
            for field, words in ((self.words, kept[0]), (self.told, kept[1])):
                if field.toPlainText().strip() != words:
                    with QSignalBlocker(field):
                        field.setPlainText(words)
        self.leading.setText(conclusion_draft.leading_title(found.shown.instrument))
        self._parts = {which: _as_field(conclusion_draft.part(found.shown, which, found.wording)) for which in Part}
        self._show_others(found)
        self._show_state()

    @property
    def released(self) -> Released | None:
        """What of this sheet stands released."""
        return self._found.released.get(self._found.shown.sheet.id) if self._found else None

    @property
    def words_for_others(self) -> str:
        """What is in the panel."""
        return self.told.toPlainText().strip()

    @property
    def can_release(self) -> bool:
        """Whether there are words that others do not see yet."""
        released = self.released
        return bool(self.words_for_others) and (released is None or released.words != self.words_for_others)

    def put_draft(self, former: Result | None) -> None:
        """Write the draft behind what there is; the field's own Ctrl+Z takes it back."""
        if self._found is not None:
            _append(self.words, _as_field(conclusion_draft.draft(self._found.shown, former, self._found.wording)))
            self.words.setFocus()

    def save(self) -> None:
        """Write both fields if they are not what is kept."""
        self._pause.stop()
        if self._desk is None or self._found is None or self._typed == self._kept or not self._desk.is_open:
            return
        workspace, sheet, (words, told) = self._desk.workspace, self._found.shown.sheet.id, self._typed
        former, self._kept = self._kept, self._typed

        def fail(error: ProfdeskError) -> None:
            self._kept = former
            self.failed.emit(error)

        self._desk.write(
            lambda: conclusions.write(workspace, workspace.actor, sheet, words, told),
            owner=self,
            done=lambda _: None,
            failed=fail,
        )

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _typed(self) -> tuple[str, str]:
        return self.words.toPlainText().strip(), self.told.toPlainText().strip()

    def _take_typing(self) -> None:
        self._pause.start()
        self._show_state()
        self.edited.emit()

    def _put(self, which: Part, on: bool) -> None:
        """Put a part into the panel, or take it out again word for word."""
        words = self._parts.get(which, "")
        if on:
            _append(self.told, words)
        else:
            _remove(self.told, words)
        self._show_state()

    def _show_state(self) -> None:
        typed = self.told.toPlainText()
        for which, box in self._boxes.items():
            words = self._parts.get(which, "")
            box.setEnabled(bool(words))
            box.setChecked(bool(words) and words in typed)
        released = self.released
        if released is None:
            self.released_chip.say(self.tr("не передан"), Tone.WARN, "clock")
        elif released.words != self.words_for_others:
            self.released_chip.say(self.tr("изменён"), Tone.WARN, "pencil-simple")
        else:
            words = self.tr("передан {day}").format(day=f"{released.at.astimezone():%d.%m.%Y}")
            self.released_chip.say(words, Tone.OK)
        self.released_chip.setToolTip(released.words if released else "")
        self.withdraw_button.setVisible(released is not None)

    def _show_others(self, found: PupilResult) -> None:
        columns: tuple[Column[Result], ...] = (
            Column("Когда", lambda one: f"{one.held_on:%d.%m.%Y}", width=94),
            Column("Методика", lambda one: one.instrument.short),
            Column(
                "Вывод",
                lambda one: "передан" if one.sheet.id in found.released else "",
                width=84,
                look=lambda _: Look(tone=Tone.MUTED),
            ),
        )
        self.others.set_columns(columns, key=lambda one: one.sheet.id)
        self.others.set_rows(found.others)
        self.others_label.setVisible(bool(found.others))
        self.others.setVisible(bool(found.others))

    def _withdraw(self) -> None:
        if self.released is not None:
            self.withdrawn.emit(self.released)

    def _recolour(self) -> None:
        for label, name in ((self.words_icon, "lock-simple"), (self.told_icon, "eye")):
            colour = "text2" if label is self.words_icon else "accent_text"
            label.setPixmap(icons.pixmap(name, colour, _ICON, self.devicePixelRatioF()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)


def _as_field(words: str) -> str:
    """Words as Qt's field gives them back: it knows no no-break spaces."""
    return words.replace("\u00a0", " ")


def _append(field: QPlainTextEdit, words: str) -> None:
    """Write words as a paragraph behind what there is, unless they are there already."""
    there = field.toPlainText()
    if not words or words in there:
        return
    cursor = QTextCursor(field.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(("\n" if there.strip() and not there.endswith("\n") else "") + words)
    field.setTextCursor(cursor)


def _remove(field: QPlainTextEdit, words: str) -> None:
    """Take words out, together with the paragraph that would be left empty."""
    cursor = field.document().find(words, 0, QTextDocument.FindFlag.FindCaseSensitively)
    if cursor.isNull():
        return
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if cursor.block().text() == words:
        start, end = (start - 1, end) if start else (0, min(end + 1, field.document().characterCount() - 1))
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
