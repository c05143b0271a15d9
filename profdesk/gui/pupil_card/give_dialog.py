"""What of a pupil goes to another organisation: the parts, where the file is saved, the code that opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from profdesk.domain import plural
from profdesk.domain.evidence import size_words
from profdesk.domain.pupil_file import Chosen
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.services import pupil_files
from profdesk.services.pupil_files import Offer, Written

_ID = Qt.ItemDataRole.UserRole
_LONGEST = 70
_WITHHELD = (
    "Выводы психолога в файл не войдут: прикладывает их психолог, а у вас нет права вести диагностику. "
    "Файл с ними передаёт тот, у кого есть и это право, и право выгружать всё об ученике: {}. "
    "Психологу для этого дают ещё и роль координатора на странице «Пользователи»."
)


class GiveDialog(QDialog):
    """Stays open when the file is saved, for it alone shows the code."""

    heading: QLabel
    what: QLabel
    with_notes: QCheckBox
    works_label: QLabel
    works: QListWidget
    conclusions_label: QLabel
    conclusions: QListWidget
    withheld: InlineMessage
    code_label: QLabel
    code: QLineEdit
    print_button: QPushButton
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, pupil: str, offer: Offer) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pupil = pupil
        self._offer = offer
        self._saved_as: Path | None = None
        fill(self, "pupil_card_give")
        self.heading.setText(f"Передать в другую организацию: {offer.name.short}")
        self.what.setText(f"{_words(offer)} Файл шифруется кодом и подписывается ключом вашей организации.")
        self.with_notes.setVisible(bool(offer.notes))
        self.with_notes.setText(f"Заметки к оценкам: {offer.notes}")
        _fill(self.works, ((one.id, f"{one.title}, {size_words(one.size)}") for one in offer.works))
        _fill(self.conclusions, ((one.id, f"{one.held_on:%d.%m.%Y}: {one.words}") for one in offer.conclusions))
        for field, label in ((self.works, self.works_label), (self.conclusions, self.conclusions_label)):
            field.setVisible(field.count() > 0)
            label.setVisible(field.count() > 0)
        if offer.withheld:
            self.withheld.say(_WITHHELD.format(", ".join(offer.entitled)), Tone.INFO, icon="lock-simple")
        self.code.setFont(fonts.font(fonts.CARD))
        self._show_code("")
        self.leave_button.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        name = pupil_files.file_name(self._offer.name)
        path = file_dialogs.file_to_save(self, "Передать в другую организацию", name, file_dialogs.PUPIL_FILE)
        if path is None:
            return
        workspace, actor, pupil = self._desk.workspace, self._desk.actor, self._pupil
        works, conclusions = frozenset(_ticked(self.works)), frozenset(_ticked(self.conclusions))
        chosen = Chosen(self.with_notes.isChecked(), works, conclusions)
        self.save_button.setEnabled(False)
        self.message.say("Собираем и шифруем файл…", Tone.INFO)
        self._desk.write(
            lambda: pupil_files.write(workspace, actor, pupil, chosen, path),
            owner=self,
            done=partial(self.show_saved, path),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def show_saved(self, path: Path, written: Written) -> None:
        """Show the code of the file that lies there."""
        self._saved_as = path
        self.save_button.setEnabled(True)
        self._show_code(written.code)
        opening = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        self.message.say(f"Сохранено: {path.name}. Код передайте отдельно.", Tone.OK, "Открыть папку", act=opening)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)

    def _show_code(self, code: str) -> None:
        self.code.setText(code)
        for widget in (self.code_label, self.code, self.print_button):
            widget.setVisible(bool(code))

    def _print(self) -> None:
        if self._saved_as is None:
            return
        short, code, name = self._desk.organisation.short_name, self.code.text(), self._saved_as.name
        draw = partial(pupil_files.code_paper, code, name, short)
        PaperDialog(self, self._desk, "Код к файлу ученика", lambda _: draw(), pupil=self._pupil).open()


def ask_giving(parent: QWidget, desk: Desk, pupil: str, failed: Callable[[ProfdeskError], None]) -> None:
    """Ask what of a pupil goes to another organisation, once it is known what there is."""
    workspace, actor = desk.workspace, desk.actor

    def show(offer: Offer) -> None:
        dialog = GiveDialog(parent, desk, pupil, offer)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    desk.run(lambda: pupil_files.offer(workspace, actor, pupil), owner=parent, done=show, failed=failed)


def _words(offer: Offer) -> str:
    parts = (
        plural.counted(offer.assessments, "оценка компетенций", "оценки компетенций", "оценок компетенций"),
        plural.counted(offer.records, "запись", "записи", "записей"),
    )
    return f"В файл войдут: {parts[0]} и {parts[1]} о сертификатах, пробах, достижениях, выборе и маршруте."


def _fill(field: QListWidget, rows: Iterable[tuple[str, str]]) -> None:
    for code, words in rows:
        line = " ".join(words.split())
        item = QListWidgetItem(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…", field)
        item.setData(_ID, code)
        item.setToolTip(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
    field.setCurrentRow(0)


def _ticked(field: QListWidget) -> Iterable[str]:
    for row in range(field.count()):
        if field.item(row).checkState() is Qt.CheckState.Checked:
            yield str(field.item(row).data(_ID))
