"""A consultation, an interview or a result from elsewhere, to be written or changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from profdesk.domain.people import Pupil, fold
from profdesk.domain.talks import Talk, TalkEntry, TalkKind, Whom
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.tones import Tone
from profdesk.services import pupils, talks

_SOURCES = ("Билет в будущее", "Проектория", "Россия — мои горизонты")
_SHORT = {TalkKind.CONSULTATION: "Консультация", TalkKind.INTERVIEW: "Собеседование", TalkKind.EXTERNAL: "Результат"}


class TalkDialog(QDialog):
    """Writes a new record, or the ``talk`` given, which keeps its kind; what was typed stays until it is written."""

    saved = Signal(str)
    """The id of the record written."""

    heading: QLabel
    kind: Segmented
    pupil: QComboBox
    day: QDateEdit
    talk_fields: QWidget
    whom: QComboBox
    reason: QComboBox
    source_fields: QWidget
    source: QComboBox
    words_label: QLabel
    words: QPlainTextEdit
    outcome_label: QLabel
    outcome: QPlainTextEdit
    file_row: QWidget
    file_button: QPushButton
    file_label: QLabel
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, everybody: Sequence[Pupil], talk: Talk | None) -> None:
        super().__init__(parent)
        fill(self, "talk_dialog")
        self._desk = desk
        self._talk = talk
        self._file: Path | None = None
        self._everybody = {_named(one): one for one in everybody}
        self.setWindowTitle("Новая запись" if talk is None else talk.entry.kind.label)
        self.heading.setText(self.windowTitle())
        self.file_button.setIcon(icons.icon("paperclip"))
        self.kind.set_choices([(one.value, _SHORT[one]) for one in TalkKind])
        self.kind.setVisible(talk is None)
        self._offer()
        today = pupils.today()
        self._put(TalkEntry(TalkKind.CONSULTATION, today, None) if talk is None else talk.entry)
        self._connect()
        self._show_fields()
        self.pupil.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        self.pupil.addItem("", None)
        for words, one in self._everybody.items():
            self.pupil.addItem(words, one.id)
        for whom in Whom:
            self.whom.addItem(whom.label, whom)
        self.reason.addItems(["", *(one.title for one in self._desk.programme.concerns if one.personal)])
        self.source.addItems(["", *_SOURCES])
        for field in (self.pupil, self.reason, self.source):
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(field.model(), field)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)

    def _put(self, entry: TalkEntry) -> None:
        self.kind.choose(entry.kind.value)
        self.pupil.setCurrentIndex(max(0, self.pupil.findData(entry.pupil)))
        self.day.setDate(QDate(entry.held_on.year, entry.held_on.month, entry.held_on.day))
        self.whom.setCurrentIndex(self.whom.findData(entry.whom))
        self.reason.setEditText(entry.reason)
        self.source.setEditText(entry.source)
        self.words.setPlainText(entry.words)
        self.outcome.setPlainText(entry.outcome)
        if self._talk is not None and self._talk.file_name:
            self.file_label.setText(f"приложен «{self._talk.file_name}»")
            self.file_button.setText("Заменить файл…")

    def _connect(self) -> None:
        self.kind.chosen.connect(lambda _: self._show_fields())
        self.file_button.clicked.connect(self._ask_file)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    @property
    def entry(self) -> TalkEntry | None:
        """What stands in the fields; None where the pupil typed is not known."""
        typed = self.pupil.currentText()
        pupil = self._everybody.get(typed) or self._only_one(typed)
        if typed.strip() and pupil is None:
            return None
        kind, external = TalkKind(self.kind.key), self.kind.key == TalkKind.EXTERNAL
        day = self.day.date()
        return TalkEntry(
            kind=kind,
            held_on=date(day.year(), day.month(), day.day()),
            pupil=pupil.id if pupil else None,
            whom=Whom(self.whom.currentData()),
            reason="" if external else self.reason.currentText(),
            source=self.source.currentText() if external else "",
            words=self.words.toPlainText(),
            outcome="" if external else self.outcome.toPlainText(),
        )

    # -- inside ----------------------------------------------------------------------------------

    def _only_one(self, typed: str) -> Pupil | None:
        """The one pupil whose name begins with what was typed."""
        words = fold(typed)
        found = [one for named, one in self._everybody.items() if words and fold(named).startswith(words)]
        return found[0] if len(found) == 1 else None

    def _show_fields(self) -> None:
        external = self.kind.key == TalkKind.EXTERNAL
        self.source_fields.setVisible(external)
        self.file_row.setVisible(external)
        for part in (self.talk_fields, self.outcome_label, self.outcome):
            part.setVisible(not external)
        self.words_label.setText("Результат словами" if external else "О чём говорили")

    def _ask_file(self) -> None:
        chosen = file_dialogs.file_to_open(self, "Файл с результатом", "Документы (*.pdf *.docx *.xlsx *.png *.jpg)")
        if chosen is not None:
            self._file = chosen
            self.file_label.setText(f"приложим «{chosen.name}»")

    def _save(self) -> None:
        entry = self.entry
        if entry is None:
            self.message.say("Такого ученика в списках нет. Выберите из списка.", Tone.BAD)
            self.pupil.setFocus()
            return
        workspace, talk_id, file = self._desk.workspace, self._talk.id if self._talk else None, self._file
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: talks.write(workspace, workspace.actor, entry, talk_id, file),
            owner=self,
            done=self._done,
            failed=self._fail,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _done(self, written: str) -> None:
        self.saved.emit(written)
        self.accept()

    def _fail(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)


def _named(pupil: Pupil) -> str:
    return f"{pupil.name.full}, {pupil.group.name.title}" if pupil.group else pupil.name.full
