"""What is done with a session as a whole: sheets added and printed, a doubt told, the session closed and opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain import plural, wording
from profdesk.domain.answer_table import AnswerTable
from profdesk.domain.diagnostics import SheetState
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.answers_dialog import AnswersDialog
from profdesk.gui.diagnostics.keying import Keying
from profdesk.gui.diagnostics.sheets_dialog import SheetsDialog
from profdesk.services import answer_files, diagnostic_papers, diagnostics


class SessionActs(QObject):
    """``told`` gives what a message is to say, and its tone; ``returned`` when a dialog has been left."""

    told = Signal(str, object)
    returned = Signal()

    def __init__(self, page: QWidget, desk: Desk, keying: Keying) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._keying = keying

    def add_sheets(self) -> None:
        """Give sheets to pupils who came late."""
        view = self._keying.view
        if view.session.closed_at is not None:
            self.told.emit("Сеанс закончен. Откройте его снова, чтобы добавить бланки.", Tone.WARN)
            return
        dialog = SheetsDialog(self._page, self._desk, view)
        dialog.saved.connect(self._tell_added)
        self._open(dialog)

    def load_answers(self) -> None:
        """Show what a file holds of this session's pupils before anything is written."""
        view = self._keying.view
        if view.session.closed_at is not None:
            self.told.emit("Сеанс закончен. Откройте его снова, чтобы загрузить ответы.", Tone.WARN)
            return
        path = file_dialogs.file_to_open(self._page, "Ответы из файла", file_dialogs.TABLES)
        if path is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def read() -> AnswerTable:
            known = diagnostics.wording(workspace, actor, view.instrument)
            return answer_files.preview(view.instrument, path, [one.pupil for one in view.sheets], known)

        self._desk.run(
            read,
            owner=self,
            done=lambda found: self._show_answers(path.name, found),
            failed=lambda error: self.told.emit(error.message, Tone.BAD),
        )

    def _show_answers(self, name: str, found: AnswerTable) -> None:
        dialog = AnswersDialog(self._page, self._desk, self._keying.view, name, found)
        dialog.saved.connect(self._tell_loaded)
        self._open(dialog)

    def print_sheets(self) -> None:
        """Show the answer sheets of the session before they are printed."""
        view, workspace, actor = self._keying.view, self._desk.workspace, self._desk.actor
        session = view.session
        title = f"Бланки ответов, {session.group_title}, {view.instrument.short}, {session.held_on:%d.%m.%Y}"
        dialog = PaperDialog(
            self._page, self._desk, title, lambda _: diagnostic_papers.answer_sheets(workspace, actor, session.id)
        )
        self._open(dialog)

    def ask_doubt(self) -> None:
        """Ask why a sheet is doubtful, or take the doubt back."""
        keying = self._keying
        if keying.current.sheet.doubtful or keying.view.session.closed_at is not None:
            keying.mark_doubtful("")
            return
        dialog = Dialog(
            self._page,
            f"Бланк сомнительный: {keying.current.pupil.name.short}",
            "Ответы останутся, но в итоги класса бланк не войдёт. Отметку можно снять той же клавишей.",
            "Отметить сомнительным",
            "Не отмечать",
        )
        dialog.verb.setProperty("kind", "")
        dialog.ask_reason("Почему: например, отвечал не читая")
        dialog.accepted.connect(lambda: keying.mark_doubtful(dialog.reason))
        self._open(dialog)

    # -- closing ---------------------------------------------------------------------------------

    def ask_close(self) -> None:
        """Say what others will see of a finished session, then finish it."""
        view = self._keying.view
        states = view.states()
        left = states.get(SheetState.INCOMPLETE, 0) + states.get(SheetState.NOT_BEGUN, 0)
        held = sum(bool(one.sheet.answers) and not one.sheet.attendance for one in view.sheets)
        who = plural.counted(held, "учеником", "учениками", "учениками")
        words = (
            f"Классный руководитель и координатор увидят только одно: {wording.day(view.session.held_on)} с {who} "
            "прошла диагностика. Ответы, баллы и причины останутся у психологов."
        )
        if left:
            words += f" Не введены до конца: {plural.counted(left, 'бланк', 'бланка', 'бланков')}."
        dialog = Dialog(self._page, "Закончить сеанс?", words, "Закончить сеанс", "Продолжить ввод")
        dialog.verb.setProperty("kind", "primary")
        dialog.accepted.connect(self._close)
        self._open(dialog)

    def reopen(self) -> None:
        """Go on with a finished session."""
        workspace, actor, session = self._desk.workspace, self._desk.actor, self._keying.view.session.id
        self._desk.write(
            lambda: diagnostics.reopen(workspace, actor, session),
            owner=self,
            done=lambda _: self._tell("Сеанс снова открыт: ответы можно менять."),
        )

    def _close(self) -> None:
        workspace, actor, session = self._desk.workspace, self._desk.actor, self._keying.view.session.id
        self._desk.write(
            lambda: diagnostics.close(workspace, actor, session),
            owner=self,
            done=lambda _: self._tell("Сеанс закончен. Ответы больше не меняются, пока его не откроют снова."),
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _: self.returned.emit())
        dialog.open()

    def _tell_loaded(self, count: int) -> None:
        self._tell(f"Ответы загружены: {plural.counted(count, 'бланк', 'бланка', 'бланков')}.")

    def _tell_added(self, count: int) -> None:
        self._tell(f"Добавлено: {plural.counted(count, 'бланк', 'бланка', 'бланков')}.")

    def _tell(self, words: str) -> None:
        self._keying.reload()
        self.told.emit(words, Tone.OK)
