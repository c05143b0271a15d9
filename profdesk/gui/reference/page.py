"""The page «Характеристика»: the draft to be edited at left, the paper it makes at right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import plural
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.progress import Progress
from profdesk.domain.reference import Left, Reference
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, printing
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.pdf_pages import PageTurner, PdfPages
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.reference import reading, template
from profdesk.gui.reference.fields_dialog import FieldsDialog
from profdesk.gui.reference.reading import Reading
from profdesk.gui.reference.sections import SectionList
from profdesk.services import deeds, references

_REST = 300


class ReferencePage(Page):
    """Nothing is written into the workspace: what the user edits stays while the window is open, by pupils."""

    name = "reference"
    title = "Характеристика"
    icon = "file-text"
    under = "pupils"
    help = (
        ("Ctrl+S", "сохранить для Word"),
        ("Ctrl+P", "напечатать"),
        ("Ctrl+PgDn, Ctrl+PgUp", "к следующему ученику, к прежнему"),
        ("Ctrl+Z", "отменить правку в поле"),
    )

    wanted_pupils = Signal()
    """There is no class yet: the user wants to load a list of one."""
    wanted_portfolio = Signal(str)
    """The id of a group whose portfolios the user wants to fill."""

    header: PageHeader
    group: QComboBox
    pupil: QComboBox
    class_button: QPushButton
    save_button: QPushButton
    content: QWidget
    restore_button: QPushButton
    sections: SectionList
    teacher: QLineEdit
    template_name: QLabel
    template_button: QPushButton
    fields_button: QPushButton
    turner: PageTurner
    print_button: QPushButton
    pdf_button: QPushButton
    pages: PdfPages
    progress: ProgressStrip
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "reference_page")
        self._draft: references.Draft | None = None
        self._left: dict[str, Mapping[str, Left]] = {}
        self._wanted = self._wanted_group = ""
        self._stale = True
        self._request = self._drawing = 0
        self._task: Task | None = None
        self._action: Callable[[], None] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self.header.show_back()
        self.turner.set_words("страница {0} из {1}")
        self.turner.attach(self.pages)
        fact = "Писать характеристики пока не о ком"
        say_nobody(desk, self.empty, "file-text", fact, "Загрузите список класса.", "К обучающимся")
        self.empty.hide()
        self._show_template()
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        self.group.currentIndexChanged.connect(lambda _: self.choose_group(self.group.currentData()))
        self.pupil.currentIndexChanged.connect(lambda _: self.choose_pupil(self.pupil.currentData()))
        self.sections.changed.connect(self._edited)
        self.restore_button.clicked.connect(self.sections.restore)
        self.teacher.textEdited.connect(lambda _: self._rest.start())
        self._rest.timeout.connect(self._draw)
        self.template_button.clicked.connect(self._change_template)
        self.fields_button.clicked.connect(self._show_fields)
        self.save_button.clicked.connect(self._save_docx)
        self.save_button.setShortcut("Ctrl+S")
        self.pdf_button.clicked.connect(self._save_pdf)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")
        self.class_button.clicked.connect(self._save_class)
        self.progress.stop_pressed.connect(self._stop)
        self.message.acted.connect(self._act)
        self.empty.primary.clicked.connect(self.wanted_pupils)
        for key, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._step, step))

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._read()
        elif self._draft is not None:
            self._rest.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._rest.stop()
        super().hideEvent(event)

    @override
    def on_changes(self, changes: Changes) -> None:
        kinds = (Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME)
        if changes.touches(*kinds):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def status(self) -> Status:
        return Status("В рабочую папку ничего не записывается")

    def choose_pupil(self, pupil_id: str) -> None:
        """Show the draft of a pupil, with what the user has left of it."""
        self._wanted = pupil_id
        self._renew()

    def choose_group(self, group_id: str) -> None:
        """Show the first pupil of a class."""
        self._wanted, self._wanted_group = "", group_id
        self._renew()

    def _renew(self) -> None:
        self._stale = True
        if self.isVisible():
            self.activate()

    def _step(self, step: int) -> None:
        number = self.pupil.currentIndex() + step
        if 0 <= number < self.pupil.count():
            self.pupil.setCurrentIndex(number)

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        self._request += 1
        workspace, year = self.desk.workspace, self.desk.organisation.period.year
        wanted, group = self._wanted, self._wanted_group
        self.desk.run(
            lambda: reading.read(workspace, year, wanted, group),
            owner=self,
            done=partial(self._show, self._request),
            failed=self._failed,
        )

    def _show(self, request: int, found: Reading) -> None:
        if request != self._request:
            return
        self._draft = found.draft
        there = found.draft is not None
        for part in (self.content, self.group, self.pupil, self.class_button, self.save_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self.message.clear()
        if found.draft is not None:
            self._offer(found, found.draft)
            self._show_draft(found.draft)
        if found.missing:
            year = self.desk.organisation.period.year.title
            self._say(f"Этот ученик не записан ни в один класс {year} учебного года. Выберите другого.", Tone.WARN)

    def _offer(self, found: Reading, draft: references.Draft) -> None:
        facts = draft.facts
        self._wanted, self._wanted_group = facts.pupil.id, facts.group.id
        with QSignalBlocker(self.group), QSignalBlocker(self.pupil):
            for box in (self.group, self.pupil):
                box.clear()
            for group in found.groups:
                self.group.addItem(group.name.title, group.id)
            for pupil in found.pupils:
                self.pupil.addItem(pupil.name.short, pupil.id)
            self.group.setCurrentIndex(self.group.findData(facts.group.id))
            self.pupil.setCurrentIndex(self.pupil.findData(facts.pupil.id))

    def _show_draft(self, draft: references.Draft) -> None:
        facts = draft.facts
        if not self.teacher.isModified():
            self.teacher.setText(facts.teacher)
        with QSignalBlocker(self.sections):
            self.sections.show_sections(draft.sections, self._left.get(facts.pupil.id, {}))
        self._order_tabs()
        self._edited()
        self._draw()
        if not facts.completeness.assessed:
            self._say(
                "Портфолио за этот год не отмечено: в черновике только общие сведения.",
                Tone.WARN,
                "Отметить портфолио" if self.leads(self.wanted_portfolio) else "",
                lambda: self.wanted_portfolio.emit(facts.group.id),
            )

    def _order_tabs(self) -> None:
        """The tab key goes through the sections between «Вернуть черновик» and the teacher's name."""
        stops = [self.restore_button, *self.sections.stops(), self.teacher]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -- editing ---------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._draft is None:
            return
        touched = self.sections.touched()
        self._left[self._draft.facts.pupil.id] = touched
        self.restore_button.setEnabled(bool(touched))
        self._rest.start()

    @property
    def _teacher(self) -> str:
        return " ".join(self.teacher.text().split())

    def _reference(self) -> Reference | None:
        if self._draft is None:
            return None
        left = self._left.get(self._draft.facts.pupil.id, {})
        return references.as_left(self._draft, left, self._teacher)

    def _draw(self) -> None:
        """Draw the paper anew, once the user has rested."""
        reference = self._reference()
        if reference is None:
            return
        self._rest.stop()
        self._drawing += 1
        self.desk.run(lambda: references.pdf(reference), owner=self, done=partial(self._show_pages, self._drawing))

    def _show_pages(self, drawing: int, data: bytes) -> None:
        if drawing == self._drawing:
            self.pages.show_pdf(data)

    # -- papers ----------------------------------------------------------------------------------

    def _save_docx(self) -> None:
        path = template.chosen()
        self._save(".docx", file_dialogs.DOCX, lambda reference: template.document(reference, path), "Открыть в Word")

    def _save_pdf(self) -> None:
        self._save(".pdf", file_dialogs.PDF, references.pdf, "Открыть файл")

    def _save(self, ending: str, kinds: str, make: Callable[[Reference], bytes], action: str) -> None:
        reference = self._reference()
        if reference is None:
            return
        path = file_dialogs.file_to_save(self, reference.title, f"{references.file_name(reference)}{ending}", kinds)
        if path is None:
            return
        workspace, actor, whom = self.desk.workspace, self.desk.actor, [reference.facts.pupil.id]
        self.desk.write(
            lambda: deeds.write_out(workspace, actor, path, make(reference), "характеристика", whom),
            owner=self,
            done=lambda _: self._say(f"Сохранено: {path}", Tone.OK, action, partial(_open, path)),
            failed=self._failed,
        )

    def _print(self) -> None:
        reference = self._reference()
        if reference is not None:
            self.desk.run(lambda: references.pdf(reference), owner=self, done=partial(self._print_pages, reference))

    def _print_pages(self, reference: Reference, data: bytes) -> None:
        if not printing.print_pdf(self, data, reference.title):
            return
        workspace, actor, whom = self.desk.workspace, self.desk.actor, [reference.facts.pupil.id]
        self.desk.write(
            lambda: deeds.record(workspace, actor, DeedKind.PRINTED, "характеристика", whom),
            owner=self,
            done=lambda _: self._say("Отправлено на печать", Tone.OK),
            failed=self._failed,
        )

    def _save_class(self) -> None:
        group = self.group.currentData()
        folder = file_dialogs.folder(self, f"Куда сохранить характеристики: {self.group.currentText()}")
        if folder is None:
            return
        workspace, path, edited, teacher = self.desk.workspace, template.chosen(), dict(self._left), self._teacher
        self.message.clear()
        self.class_button.setEnabled(False)
        self.progress.begin("Характеристики")

        def write(progress: Progress) -> Sequence[Path]:
            data = None if path is None else template.read(path)
            return references.write_class(workspace, workspace.actor, group, folder, data, edited, teacher, progress)

        self._task = self.desk.run(
            write,
            owner=self,
            progress=self.progress.report,
            done=partial(self._written, folder),
            failed=self._failed,
            stopped=partial(self._stopped, folder),
        )

    def _written(self, folder: Path, written: Sequence[Path]) -> None:
        self._finish()
        count = plural.counted(len(written), "файл", "файла", "файлов")
        self._say(f"Сохранено: {count} в папке {folder}", Tone.OK, "Открыть папку", partial(_open, folder))

    def _stopped(self, folder: Path) -> None:
        self._finish()
        words = f"Остановлено. Что успело сохраниться, лежит в папке {folder}"
        self._say(words, Tone.INFO, "Открыть папку", partial(_open, folder))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _finish(self) -> None:
        self.progress.end()
        self.class_button.setEnabled(True)

    # -- the school's own template ---------------------------------------------------------------

    def _change_template(self) -> None:
        reference = self._reference()
        if template.chosen() is not None:
            template.remember(None)
            self._show_template()
            return
        path = file_dialogs.file_to_open(self, "Шаблон школы", file_dialogs.DOCX)
        if path is not None and reference is not None:
            self.desk.run(
                lambda: template.document(reference, path),
                owner=self,
                done=partial(self._take, path),
                failed=self._failed,
            )

    def _take(self, path: Path, _filled: bytes) -> None:
        template.remember(path)
        self._show_template()
        self._say("Шаблон подходит: документы Word будут по нему. Справа обычный вид.", Tone.OK)

    def _show_template(self) -> None:
        path = template.chosen()
        self.template_name.setText(f"Шаблон: {path.name}" if path else "Обычный вид")
        self.template_name.setToolTip(str(path) if path else "")
        self.template_button.setText("Без шаблона" if path else "По шаблону школы…")

    def _show_fields(self) -> None:
        reference = self._reference()
        if reference is not None:
            dialog = FieldsDialog(self, self.desk, reference)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    # -- messages --------------------------------------------------------------------------------

    def _say(self, words: str, tone: Tone, action: str = "", act: Callable[[], None] | None = None) -> None:
        self._action = act
        self.message.say(words, tone, action)

    def _act(self) -> None:
        if self._action is not None:
            self._action()

    def _failed(self, error: ProfdeskError) -> None:
        self._finish()
        self._say(error.message, Tone.BAD)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
