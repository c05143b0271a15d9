"""The page «Обмен»: the other computers, what is sent to each and taken from each, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import exchange as told
from profdesk.domain import file_names, shared_disk
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.clocks import Postponed
from profdesk.domain.computers import Peer, Standing
from profdesk.domain.exchange import Accepted, Exchanged, Preview, Sent
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.plural import counted
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.long_work import LongWork
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.exchange import rows
from profdesk.gui.exchange.add_computer import AddComputerDialog
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.gui.exchange.rename_dialog import RenameDialog
from profdesk.gui.exchange.way import Way
from profdesk.services import clocks, computers, differences, exchange, exchange_standing, workspaces

FILES = f"Файл обмена (*{told.SUFFIX})"
_GETS = {
    True: "Получает все сведения организации.",
    False: "Получает только то, что нужно его человеку для работы.",
}
_STOP = (
    "Отправить ему изменения и принять его изменения будет нельзя. Всё, что от него уже принято, останется. "
    "Сведения на том компьютере тоже останутся: если он потерян, смените пароли тем, кто за ним работал."
)
_UNDONE = "Приём отменён: на этом компьютере всё как до него."
_UNDO = (
    "Принятое из этого файла уберётся с этого компьютера, и всё станет как до приёма. На других компьютерах ничего не "
    "изменится. Файл можно принять снова."
)


class ExchangePage(Page):
    """Sending and taking run in the desk's worker, can be stopped, and say how far they are."""

    name = "exchange"
    title = "Обмен"
    icon = "swap"
    help = (
        ("Ctrl+O", "принять изменения из файла; файл можно и перетащить на страницу"),
        ("Ctrl+S", "отправить изменения выбранному компьютеру"),
        ("Ctrl+N", "добавить компьютер"),
    )
    writes = (Right.EXCHANGE,)
    keys_of = ((Right.COMPUTERS, ("Ctrl+N",)),)

    wanted_differences = Signal()

    header: PageHeader
    add_button: QPushButton
    send_button: QPushButton
    accept_button: QPushButton
    place: InlineMessage
    unlike: InlineMessage
    postponed: InlineMessage
    body: QWidget
    sheet: Card
    table: DeskTable
    card: Card
    computer_title: QLabel
    computer_whose: QLabel
    computer_gets: QLabel
    computer_sent: QLabel
    computer_taken: QLabel
    computer_waits: QLabel
    rename_button: QPushButton
    stop_button: QPushButton
    way: Way
    past_title: QLabel
    undo_button: QPushButton
    past_sheet: Card
    past: DeskTable
    progress: ProgressStrip
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "exchange_page")
        self._work = LongWork(self.progress, self.message)
        self.table.set_columns(rows.COMPUTERS, key=lambda one: one.computer.id, faded=_is_stopped)
        self.past.set_columns(rows.PAST, key=lambda one: one.package.id, faded=_is_undone)
        department = desk.organisation.kind is OrganisationKind.DEPARTMENT
        told = rows.alone(department=department, may_add=desk.may(Right.COMPUTERS))
        self.empty.set_content("swap", "Пока работает один этот компьютер", *told)
        self.empty.primary.setText("Добавить компьютер…")
        self.empty.primary.setVisible(desk.may(Right.COMPUTERS))
        self.undo_button.setEnabled(False)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_peer)
        self.table.opened.connect(lambda _: self.send())
        self.past.chosen.connect(self._show_past)
        for button, act in (
            (self.add_button, self.add),
            (self.empty.primary, self.add),
            (self.send_button, self.send),
            (self.accept_button, self.accept),
            (self.rename_button, self._rename),
            (self.stop_button, self._ask_stop),
            (self.undo_button, self._ask_undo),
        ):
            button.clicked.connect(act)
        FileDrop(self, ()).dropped.connect(lambda files: self.take(files[0]))
        adding = QShortcut(QKeySequence("Ctrl+N"), self)
        adding.activated.connect(self.add)
        for key, act in (("Ctrl+O", self.accept), ("Ctrl+S", self.send)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        allow(
            self.desk,
            Right.COMPUTERS,
            self.add_button,
            self.empty.primary,
            self.rename_button,
            self.stop_button,
            adding,
        )

    # -- what the window asks ----------------------------------------------------------------------

    @override
    def activate(self) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        run = partial(self.desk.run, owner=self, failed=self.fail)
        run(partial(exchange_standing.read, workspace, actor), done=self.show_standing)
        run(partial(exchange.history, workspace, actor), done=self.past.set_rows)
        run(partial(workspaces.is_on_network, workspace.path), done=self.show_place)
        run(partial(clocks.postponed, workspace, actor), done=self.show_postponed)
        run(partial(differences.count, workspace, actor), done=self._show_unlike)

    @override
    def on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.COMPUTERS):
            self.activate()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+O", "принять"), ("Ctrl+S", "отправить")) if self.table.rows() else (("Ctrl+N", "добавить"),)
        return replace(saved_at(self.desk.saved_at), keys=keys)

    # -- showing -----------------------------------------------------------------------------------

    def show_standing(self, found: Standing) -> None:
        """Show how exchange with each other computer stands."""
        some = bool(found.peers)
        self.body.setVisible(some)
        for button in (self.add_button, self.send_button, self.accept_button):
            button.setVisible(some)
        self.empty.setVisible(not some)
        self.table.set_rows(found.peers)
        if self.table.row() is None:
            self.table.choose_first()
        (self.table if some else self.empty.primary).setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_changed.emit()

    def _show_unlike(self, count: int) -> None:
        if not count:
            self.unlike.clear()
            return
        records = counted(count, "запись изменили", "записи изменили", "записей изменили")
        words = f"{records} на разных компьютерах по-разному. Стоит более позднее, другое сохранено рядом."
        self.unlike.say(words, Tone.INFO, "Посмотреть расхождения", act=self.wanted_differences.emit)

    def show_place(self, is_on_network: bool) -> None:
        """Say where the workspace is, if that is not safe."""
        if is_on_network:
            self.place.say(shared_disk.AT_WORK, Tone.WARN)
        else:
            self.place.clear()

    def show_postponed(self, found: Sequence[Postponed]) -> None:
        """Say whose operations wait because of a clock, one computer after the other, and offer to take them."""
        if not found:
            self.postponed.clear()
            return
        first = found[0]
        verb = "Считать сделанными сейчас" if first.own else "Принять, считая сделанными сейчас"
        self.postponed.say(first.told(), Tone.WARN, verb, act=partial(self._bring_forward, first))

    def _bring_forward(self, waiting: Postponed) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            partial(clocks.bring_forward, workspace, actor, waiting.device),
            owner=self,
            done=lambda _: self._work.end("Отложенные записи считаются сделанными сейчас."),
            failed=self.fail,
        )

    def _show_peer(self, peer: Peer | None) -> None:
        self.send_button.setEnabled(peer is not None and not _is_stopped(peer))
        for button in (self.rename_button, self.stop_button):
            button.setEnabled(peer is not None and not _is_stopped(peer) and self.desk.may(Right.COMPUTERS))
        self.way.show_peer(peer)
        if peer is None:
            return
        self.computer_title.setText(peer.computer.name)
        self.computer_whose.setText(rows.whose(peer))
        self.computer_gets.setText(_GETS[peer.computer.whole])
        self.computer_sent.setText(rows.confirmation(peer))
        self.computer_taken.setText(rows.heard(peer))
        self.computer_waits.setText(rows.queue(peer))

    def _show_past(self, one: Exchanged | None) -> None:
        self.undo_button.setEnabled(one is not None and one.can_be_undone)

    def fail(self, error: ProfdeskError) -> None:
        """Say why something did not go well."""
        self._work.fail(error)

    # -- sending -----------------------------------------------------------------------------------

    def send(self) -> None:
        """Write what the chosen computer has not seen into a file."""
        peer: Peer | None = self.table.row()
        if peer is None or self._work.is_on or not self.send_button.isEnabled():
            return
        name = file_names.tidy(f"Изменения для {peer.computer.name} {datetime.now().astimezone():%Y-%m-%d %H-%M}")
        path = file_dialogs.file_to_save(self, "Куда сохранить изменения", f"{name}{told.SUFFIX}", FILES)
        if path is not None:
            self._send(peer, path)

    def _send(self, peer: Peer, path: Path) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self._work.begin("Собираем изменения")
        self._work.task = self.desk.write(
            lambda progress: exchange.send(workspace, actor, peer.computer.id, path, progress),
            owner=self,
            progress=self._work.report,
            done=partial(self._sent, peer, path),
            failed=self.fail,
            stopped=self._work.end,
        )

    def _sent(self, peer: Peer, path: Path, sent: Sent) -> None:
        name = peer.computer.name
        if sent.operations:
            self._work.end(f"Изменения для «{name}» лежат в файле «{path.name}». Откроет его только этот компьютер.")
        else:
            self._work.end(f"Новых изменений для «{name}» нет. Файл «{path.name}» скажет ему, что принято здесь.")

    # -- taking ------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Ask for a file with changes and show what is inside."""
        if not self._work.is_on:
            path = file_dialogs.file_to_open(self, "Файл с изменениями", FILES)
            if path is not None:
                self.take(path)

    def take(self, path: Path) -> None:
        """Show what is inside a file with changes, before anything is written."""
        if self._work.is_on:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self._work.begin("Смотрим, что внутри")
        self._work.task = self.desk.run(
            lambda report: exchange.look(workspace, actor, path, report),
            owner=self,
            progress=self._work.tell,
            done=partial(self._offer, path),
            failed=self.fail,
            stopped=self._work.end,
        )

    def _offer(self, path: Path, found: Preview) -> None:
        self._work.end()
        dialog = PreviewDialog(self, self.desk, path, found)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, accepted: Accepted) -> None:
        found = accepted.preview
        inside = rows.counts_in_line(found.counts) if found.counts else "нового в файле не было, ответ учтён"
        self._work.end(f"Принято от «{found.sender.name}»: {inside}.", accepted.people)

    # -- taking back -------------------------------------------------------------------------------

    def _ask_undo(self) -> None:
        one: Exchanged | None = self.past.row()
        if one is None or self._work.is_on:
            return
        question = f"Отменить приём от {rows.moment(one.package.moment)}?"
        self._ask(Dialog(self, question, _UNDO, "Отменить приём", "Оставить принятое"), partial(self._undo, one))

    def _undo(self, one: Exchanged) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self.message.clear()
        self.desk.write(
            partial(exchange.undo, workspace, actor, one.package.id),
            owner=self,
            done=lambda undone: self._work.end(_UNDONE, undone.people),
            failed=self.fail,
        )

    def _ask(self, dialog: Dialog, act: Callable[[], None]) -> None:
        """Do something once the question is answered by its verb."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(act)
        dialog.open()

    # -- computers ---------------------------------------------------------------------------------

    def add(self) -> None:
        """Make a workspace package for another computer."""
        if not self._work.is_on and self.desk.may(Right.COMPUTERS):
            dialog = AddComputerDialog(self, self.desk)
            dialog.added.connect(
                lambda name: self._work.end(f"Компьютер «{name}» добавлен. Передайте пакет и код порознь.")
            )
            dialog.open()

    def _rename(self) -> None:
        peer: Peer | None = self.table.row()
        if peer is not None and not self._work.is_on:
            dialog = RenameDialog(self, self.desk, peer.computer)
            dialog.renamed.connect(lambda name: self._work.end(f"Компьютер теперь называется «{name}»."))
            dialog.open()

    def _ask_stop(self) -> None:
        peer: Peer | None = self.table.row()
        if peer is None or self._work.is_on:
            return
        question = f"Прекратить обмен с «{peer.computer.name}»?"
        self._ask(Dialog(self, question, _STOP, "Прекратить обмен", "Продолжать"), partial(self._stop_peer, peer))

    def _stop_peer(self, peer: Peer) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            partial(computers.stop, workspace, actor, peer.computer.id),
            owner=self,
            done=lambda _: self._work.end(f"Обмен с «{peer.computer.name}» прекращён."),
            failed=self.fail,
        )


def _is_stopped(peer: Peer) -> bool:
    return peer.computer.stopped_at is not None


def _is_undone(one: Exchanged) -> bool:
    return one.package.undone_at is not None
