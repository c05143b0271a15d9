"""One cell of the grid from near: who set which stage, its history, a note, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.portfolio import STAFF, Assessment, Mark
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common.allowed import show_only
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.evidence_list import EvidenceList
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.portfolio import cell_facts
from profdesk.gui.portfolio.cell_facts import CellFacts, Subject
from profdesk.gui.portfolio.occasion import Occasion
from profdesk.gui.portfolio.opinion import OpinionLine
from profdesk.services import notes, portfolio

_SIZE = (920, 580)


class CellDialog(QDialog):
    """Nothing is to be saved: the note is recorded when the window closes, and it stays open if that fails.

    ``occasion`` is what an answer to another rater rests on; without one there is no answering here.
    """

    taken = Signal(int)
    """The stage of another rater that is to be set in the cell."""

    competency: QLabel
    about: QLabel
    explanation: QLabel
    opinions_card: Card
    opinions: QVBoxLayout
    history_label: QLabel
    history: DeskTable
    note: QPlainTextEdit
    files: EvidenceList
    hint: QLabel
    message: InlineMessage
    leave_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, subject: Subject, occasion: Occasion | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subject = subject
        self._occasion = occasion
        self._stages: Mapping[int, str] = {stage.value: stage.title for stage in desk.programme.stages}
        self._noted: str | None = None
        self._leaving = False
        fill(self, "cell_dialog")
        self.resize(*_SIZE)
        if not desk.may(Right.PORTFOLIO_WRITE):
            self._leave_to_read()
        self._show_subject()
        self.history.set_columns(self._columns())
        self.files.show_files(desk, subject.pupil.id, subject.competency.code, subject.period)
        self._connect()
        (self.leave_button if self.note.isReadOnly() else self.note).setFocus()
        self._read()

    def _connect(self) -> None:
        self._desk.changed.connect(self._take)
        self.leave_button.clicked.connect(self.reject)
        self.message.acted.connect(lambda: self.done(QDialog.DialogCode.Rejected))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.reject)

    def _leave_to_read(self) -> None:
        show_only(self.note)
        self.note.setPlaceholderText(self.tr("Заметки нет"))
        self.hint.clear()

    def _show_subject(self) -> None:
        subject = self._subject
        self.setWindowTitle(f"{subject.pupil.name.short}, «{subject.competency.plain}»")
        self.competency.setText(subject.competency.plain)
        self.about.setText(f"{subject.pupil.name.full}, {subject.group.name.title}, {subject.period.title}")
        self.explanation.setText(f"{subject.competency.explanation} {subject.competency.source}")

    # -- reading ---------------------------------------------------------------------------------

    def _take(self, changes: Changes) -> None:
        if changes.touches(Kind.ASSESSMENTS):
            self._read()

    def _read(self) -> None:
        workspace, subject = self._desk.workspace, self._subject
        self._desk.run(
            lambda: cell_facts.read(workspace, subject), owner=self, done=self._show, failed=self._tell_failure
        )

    def _show(self, facts: CellFacts) -> None:
        if self._noted is None:
            self._noted = facts.note
            self.note.setPlainText(facts.note)
            self.note.moveCursor(QTextCursor.MoveOperation.End)
        self._show_opinions(facts)
        self._show_history(facts)

    def _show_opinions(self, facts: CellFacts) -> None:
        while (item := self.opinions.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.deleteLater()
        standing = facts.standing
        if standing is None:
            self.opinions.addWidget(OpinionLine(None, self.tr("не оценено"), self.tr("в этом полугодии")))
        else:
            agree = self.tr("Согласиться") if self._occasion and facts.can_agree else ""
            agreed = self._add_opinion(facts, standing, "", agree).acted
            agreed.connect(partial(self._agree, standing.stage))
        for one in facts.others:
            take = self.tr("Поставить {stage}").format(stage=one.stage) if self._occasion else ""
            taken = self._add_opinion(facts, one, self.tr("Другая оценка: "), take, tinted=True).acted
            taken.connect(partial(self.taken.emit, one.stage))
        for one in facts.apart:
            self._add_opinion(facts, one, f"{one.basis.label}: ")

    def _add_opinion(
        self, facts: CellFacts, one: Assessment, before: str = "", verb: str = "", *, tinted: bool = False
    ) -> OpinionLine:
        if one.basis.strand == STAFF:
            told = f"{facts.who(one)}, {one.made_on:%d.%m.%Y}, {one.basis.label.lower()}"
        else:
            told = self.tr("внесено {day}, {who}").format(day=f"{one.made_on:%d.%m.%Y}", who=facts.name(one))
        line = OpinionLine(one.stage, before + self._stage_words(one.stage), told, verb, tinted=tinted)
        self.opinions.addWidget(line)
        return line

    def _show_history(self, facts: CellFacts) -> None:
        rows: list[Heading | tuple[Assessment, str]] = []
        for one in sorted(facts.history, key=lambda one: one.basis.strand != STAFF):
            place = one.period.title if one.basis.strand == STAFF else f"{one.basis.label}, {one.period.term.title}"
            if not any(isinstance(row, Heading) and row.text == place for row in rows):
                rows.append(Heading(place))
            rows.append((one, facts.name(one)))
        self.history.set_rows(rows)
        self.history_label.setVisible(bool(rows))
        self.history.setVisible(bool(rows))

    def _columns(self) -> Sequence[Column[tuple[Assessment, str]]]:
        return (
            Column(
                self.tr("Стадия"),
                lambda row: self._stage_words(row[0].stage),
                second=lambda row: row[0].basis.label.lower(),
            ),
            Column(
                self.tr("Кто поставил"),
                lambda row: row[1],
                width=190,
                second=lambda row: f"{row[0].made_on:%d.%m.%Y}",
            ),
        )

    def _stage_words(self, stage: int | None) -> str:
        return self.tr("очищено") if stage is None else f"{stage}, {self._stages.get(stage, '')}"

    # -- answers to other raters -----------------------------------------------------------------

    def _agree(self, stage: int | None) -> None:
        workspace, period, marks = self._desk.workspace, self._subject.period, [Mark(self._subject.cell, stage)]
        on = self._occasion or Occasion()
        self._desk.write(
            lambda: portfolio.set_stages(workspace, workspace.actor, period, marks, on.basis, on.day, agreeing=True),
            owner=self,
            done=lambda _: self._desk.said.emit(self.tr("Записано")),
            failed=self._tell_failure,
        )

    # -- leaving ---------------------------------------------------------------------------------

    @override
    def reject(self) -> None:
        """Close once the note is recorded."""
        words = self.note.toPlainText().strip()
        if self._noted is None or words == self._noted:
            self.done(QDialog.DialogCode.Rejected)
        elif not self._leaving:
            self._leaving = True
            self._write_note(words)

    def _write_note(self, words: str) -> None:
        workspace, cell, period = self._desk.workspace, self._subject.cell, self._subject.period
        self._desk.write(
            lambda: notes.write(workspace, workspace.actor, cell, period, words),
            owner=self,
            done=self._leave,
            failed=self._stay,
            stopped=lambda: self._offer_to_leave(self.tr("Заметку записать не удалось.")),
        )

    def _leave(self, _changed: bool) -> None:
        self._desk.said.emit(self.tr("Записано"))
        self.done(QDialog.DialogCode.Rejected)

    def _stay(self, error: ProfdeskError) -> None:
        self._offer_to_leave(error.message)

    def _offer_to_leave(self, why: str) -> None:
        self._leaving = False
        self.message.say(why, Tone.BAD, self.tr("Закрыть без заметки"))

    def _tell_failure(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)
