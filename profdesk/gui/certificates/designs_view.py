"""The view «Оформление»: how certificates are made up, and changing that in a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.certificate_design import CertificateDesign
from profdesk.domain.changes import Changes, Kind
from profdesk.gui.certificates import design_words
from profdesk.gui.certificates.design_editor import DesignEditor
from profdesk.gui.certificates.design_preview import DesignPreview
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.services import certificate_designs

_BY_CHOICE = "Первым не предлагается"
_SHIPPED = "Оформление из программы не убирается и не меняется: скопируйте его и меняйте копию."


@dataclass(frozen=True)
class DesignTools:
    """What the view has in the header of the page."""

    withdraw_button: QPushButton
    edit_button: QPushButton
    copy_button: QPushButton


class DesignsView(RecordsView):
    """The school's own designs and those of the program; these are changed in a copy."""

    kinds = (Kind.DESIGNS, Kind.PROGRAMME, Kind.ORGANISATION)

    table: DeskTable
    room: QVBoxLayout

    def __init__(self, desk: Desk, tools: DesignTools) -> None:
        super().__init__(desk)
        fill(self, "certificates_designs")
        self.tools = tools
        self.editor: DesignEditor | None = None
        self._steps = Steps(desk, self)
        self._designs: Sequence[CertificateDesign] = ()
        self._offered: Mapping[str, str] = {}
        self._wanted = ""
        self.preview = DesignPreview(desk)
        self.room.addWidget(self.preview)
        self.table.horizontalHeader().hide()
        self.table.set_columns(self._columns(), key=lambda one: one.code)
        self._connect()

    def _columns(self) -> tuple[Column[CertificateDesign], ...]:
        return (Column("Название", lambda one: one.title, second=lambda one: self._offered.get(one.code, _BY_CHOICE)),)

    def _connect(self) -> None:
        for button, act in (
            (self.tools.withdraw_button, self.withdraw),
            (self.tools.edit_button, self.edit),
            (self.tools.copy_button, self.copy),
        ):
            button.clicked.connect(act)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.edit())
        for words, act in (
            ("Изменить…\tEnter", self.edit),
            ("Скопировать и изменить…\tCtrl+N", self.copy),
            ("Убрать\tDel", self.withdraw),
        ):
            self.table.addAction(words).triggered.connect(act)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.copy)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self.withdraw)
        self.steps.failed.connect(self.fail)
        self.watch_steps()

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def show_tools(self, *, shown: bool) -> None:
        for tool in (self.tools.withdraw_button, self.tools.edit_button, self.tools.copy_button):
            tool.setVisible(shown)

    @override
    def search(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def status(self) -> Status:
        keys = (("Enter", "изменить"), ("Ctrl+N", "скопировать"), ("Del", "убрать"), ("Ctrl+P", "пробная страница"))
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys)

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def read(self) -> None:
        workspace = self.desk.workspace
        self.desk.run(lambda: certificate_designs.offered(workspace, workspace.actor), owner=self, done=self._show)

    def _show(self, designs: Sequence[CertificateDesign]) -> None:
        self._designs = designs
        self._offered = design_words.offered_for(designs, self.desk.programme.levels)
        self.preview.offer_levels()
        before = self.table.row()
        own = [one for one in designs if not certificate_designs.is_shipped(one)]
        shipped = [one for one in designs if certificate_designs.is_shipped(one)]
        self.table.set_rows([*([Heading("Ваши"), *own] if own else ()), Heading("Из программы"), *shipped])
        wanted, self._wanted = self._wanted, ""
        if not self.table.choose(wanted) and self.table.row() is None:
            self.table.choose_first()
        if self.table.row() == before and before is not None:
            self.preview.show_design(before)

    def _show_chosen(self, design: CertificateDesign | None) -> None:
        own = design is not None and not certificate_designs.is_shipped(design)
        self.tools.withdraw_button.setEnabled(own)
        if design is not None:
            if design.levels and self.preview.level.currentData() not in design.levels:
                self.preview.choose_level(design.levels[0])
            self.preview.show_design(design)

    # -- verbs -----------------------------------------------------------------------------------

    def copy(self) -> None:
        """Change a copy of the chosen design."""
        design: CertificateDesign | None = self.table.row()
        if design is not None:
            self._open(certificate_designs.copied(design, self._designs), design.title)

    def edit(self) -> None:
        """Change the chosen design, or a copy of one that comes with the program."""
        design: CertificateDesign | None = self.table.row()
        if design is not None and certificate_designs.is_shipped(design):
            self.copy()
        elif design is not None:
            self._open(design)

    def withdraw(self) -> None:
        """Take the chosen design away."""
        design: CertificateDesign | None = self.table.row()
        if design is None:
            return
        if certificate_designs.is_shipped(design):
            self.say(_SHIPPED, Tone.INFO, "Скопировать и изменить", self.copy)
            return
        workspace, actor = self.desk.workspace, self.desk.actor

        def write() -> tuple[Step, Changes]:
            changes = certificate_designs.withdraw(workspace, actor, design.code)
            return Step(f"удаление оформления «{design.title}»", changes.batch, (design.code,)), changes

        told = f"Убрано оформление «{design.title}». Выданные по нему сертификаты печатаются как прежде."
        self.desk.write(write, owner=self, done=self._tell(told, "Вернуть"), failed=self.fail)

    def _open(self, design: CertificateDesign, of: str = "") -> None:
        self.message.clear()
        self.editor = DesignEditor(self, self.desk, design, str(self.preview.level.currentData()), of)
        self.editor.saved.connect(self._saved)
        self.editor.finished.connect(self._closed)
        self.editor.open()

    def _saved(self, step: Step, design: CertificateDesign) -> None:
        self._wanted = design.code
        self._tell(f"Записано оформление «{design.title}».")(step)

    def _closed(self) -> None:
        self.editor = None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, words: str, action: str = "") -> Callable[[Step], None]:
        def done(step: Step) -> None:
            self.steps.add(step)
            self.say(words, Tone.OK, action, self.steps.undo)

        return done
