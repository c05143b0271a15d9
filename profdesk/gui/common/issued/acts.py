"""What can be done with a signed paper: a copy, a check, a correction, further signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from profdesk.domain import file_names
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.issued_summaries import IssuedSummary, Place
from profdesk.domain.rights import Right
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.issued import rows
from profdesk.gui.common.issued.details import IssuedDetails
from profdesk.gui.common.issued.papers import Papers
from profdesk.gui.common.issued.rows import SignatureRow
from profdesk.gui.common.second_signature import SecondSignatureDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.services import issued_summaries as verbs

_CHECKING = "Проверяем…"


class IssuedActs(QObject):
    """Acts on the paper that ``chosen`` gives, and tells of it in the view."""

    wanted_correction = Signal(object)
    """The IssuedSummary that the user wants to correct."""
    closed = Signal()
    """A dialog was closed."""

    def __init__(
        self, view: RecordsView, details: IssuedDetails, papers: Papers, chosen: Callable[[], IssuedSummary | None]
    ) -> None:
        super().__init__(view)
        self._papers = papers
        self._view = view
        self._details = details
        self._chosen = chosen
        QShortcut(QKeySequence("Ctrl+S"), view).activated.connect(self.save_copy)
        for button, key, act in (
            (details.check_button, "F5", self.check),
            (details.correct_button, "Ctrl+R", self.ask_correction),
            (details.second_button, "Ctrl+D", self.ask_second),
            (details.add_button, "Ctrl+O", self.ask_signatures),
        ):
            button.clicked.connect(act)
            QShortcut(QKeySequence(key), view).activated.connect(button.click)
        details.withdraw_button.clicked.connect(self.withdraw)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Del"), details.signatures, context=here).activated.connect(
            details.withdraw_button.click
        )
        signing = (details.correct_button, details.second_button, details.add_button, details.withdraw_button)
        if allow(view.desk, Right.SUMMARY_SIGN, *signing):
            FileDrop(view, (details.signatures,)).dropped.connect(self.take)

    # -- copies ----------------------------------------------------------------------------------

    def save_copy(self) -> None:
        """Ask where to save the file with everything that was signed since."""
        self._save(original=False)

    def save_original(self) -> None:
        """Ask where to save the file as it was issued."""
        self._save(original=True)

    def _save(self, *, original: bool) -> None:
        summary = self._chosen()
        if summary is None:
            return
        appended = any(one.place is Place.APPENDED for one in summary.signatures)
        ending = " (как выпущена)" if appended and original else ""
        name = f"{file_names.tidy(f'{self._papers.one} {summary.number}{ending}')}.pdf"
        path = file_dialogs.file_to_save(self._view, "Сохранить копию", name, file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self._view.desk.workspace, self._view.desk.actor
        self._view.desk.run(
            lambda: verbs.save_copy(workspace, actor, summary.number, path, original=original),
            owner=self,
            done=lambda written: self._tell_copy(written, offer=appended and not original),
            failed=self._view.fail,
        )

    def _tell_copy(self, written: Sequence[Path], *, offer: bool) -> None:
        words = f"Сохранено: {written[0]}"
        beside = ", ".join(f"«{path.name}»" for path in written[1:])
        words += f", рядом {beside}." if beside else "."
        if offer:
            words = f"Со всеми подписями. {words}"
            self._view.say(words, Tone.OK, "Сохранить и как выпущена…", self.save_original)
        else:
            self._view.tell_saved(words, written[0])

    def check(self) -> None:
        """Prove everything again that the register keeps of the summary."""
        if (summary := self._chosen()) is not None:
            workspace, actor = self._view.desk.workspace, self._view.desk.actor
            self._view.say(_CHECKING, Tone.INFO)
            self._view.desk.run(
                lambda: verbs.check(workspace, actor, summary.number),
                owner=self,
                done=lambda found: self._view.say(*rows.checked(found)),
                failed=self._view.fail,
            )

    # -- corrections -----------------------------------------------------------------------------

    def ask_correction(self) -> None:
        """Ask for a correction, unless there is one."""
        summary = self._chosen()
        if summary is not None and summary.replaced_by is None and self._papers.correctable:
            self.wanted_correction.emit(summary)

    # -- further signatures ----------------------------------------------------------------------

    def ask_second(self) -> None:
        """Ask a second person for the file of an own key and its password."""
        if (summary := self._chosen()) is not None:
            dialog = SecondSignatureDialog(self._view, f"{self._papers.one} № {summary.number}: вторая подпись")
            dialog.given.connect(partial(self._sign, dialog, summary.number))
            dialog.finished.connect(self.closed)
            dialog.open()

    def _sign(self, dialog: SecondSignatureDialog, number: str, key: Path, password: str) -> None:
        workspace, actor = self._view.desk.workspace, self._view.desk.actor

        def sign() -> tuple[tuple[Step, str], Changes]:
            kept, changes = verbs.countersign(workspace, actor, number, key, password)
            return (Step(f"вторая подпись к № {number}: {kept.who}", changes.batch, ()), kept.who), changes

        def done(told: tuple[Step, str]) -> None:
            dialog.accept()
            self._signed(*told)

        self._view.desk.write(sign, owner=dialog, done=done, failed=dialog.fail, stopped=dialog.release)

    def _signed(self, step: Step, who: str) -> None:
        self._view.steps.add(step)
        self._view.say(f"Подписано вторым: {who}.", Tone.OK, "Сохранить копию…", self.save_copy)

    def ask_signatures(self) -> None:
        """Ask for files of signatures of the summary."""
        if (summary := self._chosen()) is not None:
            title = f"Подпись к № {summary.number}: файл .sig или PDF со второй подписью"
            self.take(file_dialogs.files_to_open(self._view, title))

    def take(self, paths: Sequence[Path]) -> None:
        """Take in signatures, each proven over the exact bytes; those that do not hold are told."""
        summary = self._chosen()
        if summary is None or not paths:
            return
        workspace, actor, number = self._view.desk.workspace, self._view.desk.actor, summary.number

        def take() -> tuple[tuple[verbs.Taken, Step], Changes]:
            taken, changes = verbs.take(workspace, actor, number, paths)
            who = ", ".join(one.who for one in taken.kept)
            return (taken, Step(f"подпись к № {number}: {who}", changes.batch, ())), changes

        self._view.say(_CHECKING, Tone.INFO)
        self._view.desk.write(take, owner=self, done=lambda told: self._taken(*told), failed=self._view.fail)

    def _taken(self, taken: verbs.Taken, step: Step) -> None:
        self._view.steps.add(step)
        words = [f"Добавлено: {one.who}. Подпись {one.label}." for one in taken.kept]
        refused = [f"Не добавлен файл {reason}" for reason in taken.refused]
        tone = Tone.BAD if not words else Tone.WARN if refused else Tone.OK
        self._view.say(" ".join((*words, *refused)), tone)

    def withdraw(self) -> None:
        """Take the chosen signature away; it can be undone."""
        row: SignatureRow | None = self._details.signatures.row()
        summary = self._chosen()
        if row is None or row.further is None or summary is None or row.further not in summary.signatures:
            return
        workspace, actor, signature = self._view.desk.workspace, self._view.desk.actor, row.further

        def withdraw() -> tuple[Step, Changes]:
            changes = verbs.withdraw(workspace, actor, signature)
            return Step(f"удаление подписи к № {signature.number}: {signature.who}", changes.batch, ()), changes

        def done(step: Step) -> None:
            self._view.steps.add(step)
            self._view.say(f"Убрана подпись: {signature.who}.", Tone.OK, "Вернуть", self._view.steps.undo)

        self._view.desk.write(withdraw, owner=self, done=done, failed=self._view.fail)
