"""The view «Выдача»: choice at left, the true page at right, issuing in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk import settings
from profdesk.domain import certificate_register as register
from profdesk.domain import file_names, plural
from profdesk.domain.access import Actor
from profdesk.domain.certificate import Candidate
from profdesk.domain.certificate_design import CertificateDesign
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group
from profdesk.domain.progress import Progress
from profdesk.errors import ProfdeskError
from profdesk.gui.certificates import candidate_rows, design_words
from profdesk.gui.certificates.design_choice import DesignChoice
from profdesk.gui.certificates.each_dialog import DRAWN, EachDialog
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.progress import ProgressStrip, TargetBar
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import View
from profdesk.services import certificate_blanks, certificate_designs, certificates, files, pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


_Issue = Callable[[Progress], tuple[Sequence[str], Changes]]


@dataclass(frozen=True)
class IssueTools:
    """What the view has in the header of the page."""

    group: QComboBox
    print_button: QPushButton
    each_button: QPushButton
    save_button: QPushButton


class IssueView(View):
    """Complete portfolios are ticked beforehand; numbers are taken only when the file is saved."""

    wanted_portfolio = Signal(str)
    """The id of a group whose portfolios the user wants to complete."""

    content: QWidget
    list_card: Card
    count: QLabel
    bar: TargetBar
    design: QComboBox
    table: DeskTable
    portfolio_button: QPushButton
    turner: PageTurner
    magnifier: Magnifier
    trial_button: QPushButton
    paper_chip: Chip
    key_chip: Chip
    pages: PdfPages
    progress: ProgressStrip
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, tools: IssueTools) -> None:
        super().__init__(desk)
        self.tools = tools
        self._groups: Sequence[Group] = ()
        self._candidates: Sequence[Candidate] = ()
        self._task: Task | None = None
        self._saved: Path | None = None
        self._wanted = ""
        self._pattern = settings.load().certificate_files or file_names.USUAL
        self._with_badges = False
        self._kind = DRAWN
        self._numbers: Sequence[str] = ()
        self._stale = True
        self._outdated = False
        """The page in view is drawn by a design that has changed."""
        self._front = True
        fill(self, "certificates_issue")
        self.table.set_columns(candidate_rows.COLUMNS, key=lambda one: one.pupil, checkable=lambda _: True)
        self.turner.set_words("{0} из {1}")
        self.magnifier.attach(self.pages)
        self.designs = DesignChoice(self.design)
        self.key_chip.say("Заверит ключ организации", Tone.OK, "shield-check")
        self.empty.set_content(
            "medal",
            "Сертификаты выдавать пока некому",
            "Сначала загрузите список класса и отметьте портфолио.",
        )
        self.empty.set_buttons("")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.tools.group.currentIndexChanged.connect(lambda _: self._read_group())
        self.designs.changed.connect(self._refresh_page)
        self.table.chosen.connect(self._preview)
        self.table.checks_changed.connect(self._show_verb)
        self.turner.turned.connect(self._step)
        self.tools.save_button.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.tools.save_button.click)
        self.tools.each_button.clicked.connect(self.ask_each)
        self.tools.print_button.clicked.connect(self.print_issued)
        self.trial_button.clicked.connect(self.print_trial)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print)
        self.portfolio_button.clicked.connect(lambda: self.wanted_portfolio.emit(self.tools.group.currentData()))
        self.progress.stop_pressed.connect(self._stop)
        self.message.acted.connect(self._open_saved)

    # -- what the page asks ----------------------------------------------------------------------

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._front = shown
        there = shown and bool(self._groups)
        for tool in (self.tools.group, self.tools.each_button, self.tools.save_button):
            tool.setVisible(there)
        self.tools.print_button.setVisible(there and bool(self._numbers))

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace, year = self.desk.workspace, self.desk.organisation.period.year

            def read() -> tuple[Sequence[Group], Sequence[CertificateDesign]]:
                actor = workspace.actor
                return pupils.groups(workspace, actor, year), certificate_designs.offered(workspace, actor)

            self.desk.run(read, owner=self, done=lambda found: self._show_found(*found))
        elif self._outdated:
            self._refresh_page()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS, Kind.GROUPS, Kind.ASSESSMENTS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()
        elif changes.touches(Kind.CERTIFICATES) and not self._stale:
            self._read_candidates(self._offer)
        elif changes.touches(Kind.DESIGNS) and not self._stale:
            workspace = self.desk.workspace
            offered = partial(certificate_designs.offered, workspace, workspace.actor)
            self.desk.run(offered, owner=self, done=self._show_designs)

    @override
    def status(self) -> Status:
        count = len(self.table.checked())
        words = plural.word(count, "номер", "номера", "номеров")
        keys = (("Пробел", "отметить"), ("Ctrl+S", "выдать"), ("Ctrl+P", "напечатать"))
        told = f"Займём {count} {words}, когда сохраните. Сейчас ничего не занято" if count else "Никто не отмечен"
        return Status(told, keys=keys)

    def _show_found(self, groups: Sequence[Group], designs: Sequence[CertificateDesign]) -> None:
        self.designs.offer(designs)
        self._groups = [group for group in groups if group.size]
        chosen, self._wanted = self._wanted or self.tools.group.currentData(), ""
        self.tools.group.blockSignals(True)
        self.tools.group.clear()
        for group in self._groups:
            self.tools.group.addItem(group.name.title, group.id)
        self.tools.group.setCurrentIndex(max(0, self.tools.group.findData(chosen)))
        self.tools.group.blockSignals(False)
        there = bool(self._groups)
        self.content.setVisible(there)
        self.empty.setVisible(not there)
        self.show_tools(shown=self._front)
        if there:
            self._read_group()

    def _show_designs(self, designs: Sequence[CertificateDesign]) -> None:
        self.designs.offer(designs)
        self._outdated = True
        if self.isVisible():
            self._refresh_page()

    def _refresh_page(self) -> None:
        self._outdated = False
        self._preview(self.table.row())

    def choose_group(self, group_id: str) -> None:
        """Show a class by its id, if the page has it or as soon as it has."""
        self._wanted = group_id
        place = self.tools.group.findData(group_id)
        if place >= 0:
            self.tools.group.setCurrentIndex(place)

    def _read_group(self) -> None:
        group = self.tools.group.currentData()
        if group is None:
            return
        self.designs.show_level(next(one.level for one in self._groups if one.id == group))
        self._numbers = ()
        self.show_tools(shown=self._front)
        self._read_candidates(self._show_candidates)

    def _read_candidates(self, done: Callable[[Sequence[Candidate]], None]) -> None:
        workspace, group = self.desk.workspace, self.tools.group.currentData()
        if group is not None:
            self.desk.run(lambda: certificates.candidates(workspace, workspace.actor, group), owner=self, done=done)

    def _show_candidates(self, candidates: Sequence[Candidate]) -> None:
        complete = sum(one.completeness.complete for one in candidates)
        words = f"{complete} из {len(candidates)}"
        self.count.setText(words)
        self.bar.show_share(complete / len(candidates) if candidates else 0, words=f"Заполнено {words}")
        self.portfolio_button.setVisible(complete < len(candidates))
        self._offer(candidates)
        self.table.choose_first()
        self._warn()
        self._show_verb()

    def _offer(self, candidates: Sequence[Candidate]) -> None:
        """Show who there is, with those ticked who are to get a certificate."""
        self._candidates = candidates
        self.table.set_rows(candidates)
        self.table.set_checked(lambda one: one.ready)
        self._show_verb()

    def _warn(self) -> None:
        if words := candidate_rows.warning(self._candidates):
            self.message.say(words)
        else:
            self.message.clear()

    def _show_verb(self) -> None:
        count = len(self.table.checked())
        self.tools.save_button.setText(f"Выдать {count} и сохранить…" if count else "Никто не отмечен")
        for button in (self.tools.save_button, self.tools.each_button):
            button.setEnabled(count > 0 and self.progress.isHidden())
        self.status_changed.emit()

    def _preview(self, candidate: Candidate | None) -> None:
        if candidate is None:
            self.pages.clear()
            return
        number = self._candidates.index(candidate) + 1
        self.turner.show_place(number, len(self._candidates))
        self.desk.run(self._page_of(candidate), owner=self, done=self.pages.show_pdf)

    def _page_of(self, candidate: Candidate) -> Callable[..., bytes]:
        """What draws a pupil's certificate by the chosen design; the chip tells its paper."""
        design, (workspace, actor, group, _) = self.designs.design, self._meant()
        if design is not None:
            self.paper_chip.say(design_words.paper(design.page), Tone.NEUTRAL, "")
        return partial(certificates.preview, workspace, actor, group, candidate.pupil, design)

    def _step(self, step: int) -> None:
        current = self.table.row()
        if current in self._candidates:
            place = self._candidates.index(current) + step
            if 0 <= place < len(self._candidates):
                self.table.choose(self._candidates[place].pupil)

    # -- issuing ---------------------------------------------------------------------------------

    def _save(self) -> None:
        title = file_names.tidy(f"Сертификаты {self.tools.group.currentText()}")
        path = file_dialogs.file_to_save(self, "Сохранить сертификаты", f"{title}.pdf", file_dialogs.PDF)
        if path is None:
            return
        (workspace, actor, group, chosen), design = self._meant(), self.designs.design
        issue = partial(certificates.issue, workspace, actor, group, chosen, path, design=design)
        self._begin(issue, path, "файл")

    def ask_each(self) -> None:
        """Ask how the files of pupils are to be named, then for the folder."""
        checked: list[Candidate] = self.table.checked()
        if checked:
            group = (self.tools.group.currentData(), self.tools.group.currentText())
            dialog = EachDialog(self, self.desk, checked, group, self._pattern)
            dialog.badges.setChecked(self._with_badges)
            dialog.kind.choose(self._kind)
            dialog.accepted.connect(lambda: self._save_each(dialog))
            dialog.open()

    def _save_each(self, asked: EachDialog) -> None:
        pattern, blank = asked.typed, asked.chosen_blank
        self._pattern, self._with_badges, self._kind = pattern, asked.badges.isChecked(), asked.kind.key
        settings.remember(replace(settings.load(), certificate_files=pattern))
        folder = file_dialogs.folder(self, "Папка для сертификатов")
        if folder is not None:
            workspace, actor, group, chosen = self._meant()
            design, badges = self.designs.design, self._with_badges

            def issue(report: Progress) -> tuple[Sequence[str], Changes]:
                filled = certificate_blanks.read(blank) if blank else None
                return certificates.issue_each(
                    workspace, actor, group, chosen, folder, pattern, report, design, blank=filled, with_badges=badges
                )

            self._begin(issue, folder, "папку", printed=blank is None)

    def _meant(self) -> tuple[Workspace, Actor, str, Sequence[str]]:
        chosen = [one.pupil for one in self.table.checked()]
        return self.desk.workspace, self.desk.actor, self.tools.group.currentData(), chosen

    def _begin(self, issue: _Issue, place: Path, what: str, *, printed: bool = True) -> None:
        self._saved = place
        self.message.clear()
        for button in (self.tools.save_button, self.tools.each_button):
            button.setEnabled(False)
        self.progress.begin("Сертификаты")
        self._task = self.desk.write(
            issue,
            owner=self,
            done=partial(self._issued, what, printed),
            failed=self._failed,
            progress=self.progress.report,
            stopped=lambda: self._end("Остановлено. Ни один номер не занят.", Tone.WARN),
        )

    def _issued(self, what: str, printed: bool, numbers: Sequence[str]) -> None:
        self._numbers = tuple(numbers) if printed else ()
        self.show_tools(shown=self._front)
        self._end(f"Выдано: {register.span(numbers)}. Сохранено: {self._saved}", Tone.OK, f"Открыть {what}")

    def _failed(self, error: ProfdeskError) -> None:
        if isinstance(error, files.UnnamedError):
            self._end(error.message, Tone.WARN)
        else:
            self._end(f"{error.message} Номера не заняты.", Tone.BAD)

    def print_issued(self) -> None:
        """Show those just issued, to print them."""
        numbers, workspace, actor = self._numbers, self.desk.workspace, self.desk.actor
        draw = partial(certificates.reprint, workspace, actor, numbers)
        title = register.span(numbers)
        PaperDialog(self, self.desk, title, lambda _, report: draw(report), counted="Сертификаты").open()

    def _print(self) -> None:
        if self._numbers:
            self.print_issued()
        else:
            self.print_trial()

    def print_trial(self) -> None:
        """Show the page in view without a number, to try it on the printer."""
        candidate = self.table.row()
        if candidate is not None:
            draw = partial(self._page_of(candidate), trial=True)
            title = f"Пробная страница, номер не занят: {candidate.name.short}"
            PaperDialog(self, self.desk, title, lambda _: draw(), pupil=candidate.pupil).open()

    def _end(self, sentence: str, tone: Tone, action: str = "") -> None:
        self.progress.end()
        self.message.say(sentence, tone, action)
        self._show_verb()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
