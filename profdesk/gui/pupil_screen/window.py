"""The whole screen for one pupil: greeting, one big question at a time, rest, thanks; left by password alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain import pupil_screen
from profdesk.domain.diagnostics import SheetMode
from profdesk.domain.pupil_screen import PupilScreen, Step
from profdesk.errors import ProfdeskError
from profdesk.gui.common import fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupil_screen.leaving import LeavingView
from profdesk.gui.pupil_screen.pads import Pad, pad
from profdesk.services import diagnostics
from profdesk.services import pupil_screen as service

_HUGE, _BIG, _MIDDLE, _SMALL = 40, 32, 22, 18
_CHILD = (
    Qt.WindowType.Window
    | Qt.WindowType.CustomizeWindowHint
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
)


class PupilWindow(QWidget):
    """Each answer is committed before the next question is shown; ``finished`` once the psychologist is back."""

    finished = Signal()

    views: QStackedWidget
    greeting: QWidget
    hello: QLabel
    about: QLabel
    begin_button: QPushButton
    asking: QWidget
    progress: QLabel
    bar: TargetBar
    adult_button: QPushButton
    page: QScrollArea
    question: QLabel
    legend: QLabel
    hint: QLabel
    answering: QWidget
    answers: QVBoxLayout
    message: InlineMessage
    back_button: QPushButton
    rest_button: QPushButton
    skip_button: QPushButton
    next_button: QPushButton
    resting: QWidget
    rest_title: QLabel
    rest_about: QLabel
    go_on_button: QPushButton
    missing: QWidget
    missing_title: QLabel
    missing_about: QLabel
    missing_button: QPushButton
    finish_button: QPushButton
    thanks: QWidget
    thanks_title: QLabel
    thanks_about: QLabel
    give_back_button: QPushButton

    def __init__(self, desk: Desk, screen: PupilScreen) -> None:
        super().__init__(None, _CHILD)
        self._desk = desk
        self._workspace, self._actor = desk.workspace, desk.actor
        self._screen = screen
        self._answers = dict(screen.answers)
        self._steps = pupil_screen.steps(screen.instrument)
        self._at = 0
        self._then: Callable[[], None] | None = None
        self._allowed = False
        fill(self, "pupil_screen")
        self._pad: Pad | None = None
        self.leaving = LeavingView(desk)
        self.views.addWidget(self.leaving)
        self._before = self.greeting
        self._dress()
        self._connect()
        self._greet()

    # -- building --------------------------------------------------------------------------------

    def _dress(self) -> None:
        self.setWindowTitle(self._screen.given_name)
        for label in (self.hello, self.rest_title, self.missing_title, self.thanks_title):
            label.setFont(fonts.font(_HUGE, bold=True))
        self.question.setFont(fonts.font(_BIG, bold=True))
        for label in (self.about, self.legend, self.rest_about, self.missing_about, self.thanks_about):
            label.setFont(fonts.font(_MIDDLE))
        for label in (self.hint, self.progress):
            label.setFont(fonts.font(_SMALL))
        for button in self.findChildren(QPushButton):
            if button.property("shape") == "large":
                button.setFont(fonts.font(_SMALL, bold=button.property("kind") == "primary"))
        self.message.label.setFont(fonts.font(_SMALL))

    def _connect(self) -> None:
        self.begin_button.clicked.connect(self._go_on)
        self.go_on_button.clicked.connect(lambda: self._show_step(self._at))
        self.missing_button.clicked.connect(self._go_on)
        self.finish_button.clicked.connect(lambda: self._show(self.thanks, self.give_back_button))
        self.next_button.clicked.connect(self.go_next)
        self.skip_button.clicked.connect(lambda: self._keep(self._show_next))
        self.back_button.clicked.connect(self._go_back)
        self.rest_button.clicked.connect(lambda: self._keep(partial(self._show, self.resting, self.go_on_button)))
        for button in (self.adult_button, self.give_back_button):
            button.clicked.connect(self.ask_password)
        self.leaving.left.connect(self._return)
        self.leaving.passed.connect(self._give_back)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._press_escape)
        for key in ("Alt+F4", "Ctrl+W", "Ctrl+Q"):
            QShortcut(QKeySequence(key), self).activated.connect(self.ask_password)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.go_next)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self._go_back)

    def _greet(self) -> None:
        left, total = len(self._open()), len(self._steps)
        self.hello.setText(f"Здравствуй, {self._screen.given_name}")
        count = f"Здесь {pupil_screen.counted_steps(self._screen.instrument, total)}."
        if left < total:
            self.begin_button.setText("Продолжить")
            count = f"Прежние ответы сохранены, осталось {left} из {total}."
        self.about.setText(
            f"{count}\nПравильных и неправильных ответов нет: отвечай так, как думаешь.\nСпешить не нужно."
        )
        self._show(self.greeting, self.begin_button)

    # -- going on --------------------------------------------------------------------------------

    def go_next(self) -> None:
        """Keep the answer, then show the next question without one; nothing is passed over by the way."""
        if self.views.currentWidget() is not self.asking:
            return
        if self._answer:
            self._keep(self._show_next)
        else:
            self.message.say("Ответа ещё нет. Не знаешь, что ответить — нажми «Пропустить».")

    def _go_back(self) -> None:
        if self.views.currentWidget() is self.asking and self._at:
            self._keep(lambda: self._show_step(self._at - 1))

    def _go_on(self) -> None:
        left = self._open()
        if left:
            self._show_step(left[0])
        else:
            self._show_end()

    def _show_next(self) -> None:
        later = [place for place in self._open() if place > self._at]
        if later:
            self._show_step(later[0])
        else:
            self._show_end()

    def _show_end(self) -> None:
        left = len(self._open())
        if left:
            count = pupil_screen.counted_steps(self._screen.instrument, left)
            self.missing_about.setText(f"Без ответа: {count}.\nМожно вернуться к ним или закончить так.")
            self._show(self.missing, self.missing_button)
        else:
            self._show(self.thanks, self.give_back_button)

    def _show_step(self, at: int) -> None:
        self._at = at
        step, total = self._step, len(self._steps)
        asked = pupil_screen.asked(self._screen, step)
        words = f"{'Шаг' if step.place else 'Вопрос'} {at + 1} из {total}"
        self.progress.setText(words)
        self.bar.show_share((total - len(self._open())) / total, words=words)
        for label, said in (
            (self.question, asked.question),
            (self.hint, asked.hint),
            (self.legend, "\n".join(asked.legend)),
        ):
            label.setText(said)
            label.setVisible(bool(said))
        self._replace_pad(pad(self._screen, self._answers, step))
        self.back_button.setEnabled(at > 0)
        self.message.clear()
        self._show(self.asking)

    def _replace_pad(self, made: Pad) -> None:
        if self._pad is not None:
            self.answers.removeWidget(self._pad)
            self._pad.hide()
            self._pad.deleteLater()
        self._pad = made
        made.changed.connect(self._take_answer)
        self.answers.addWidget(made)
        self.page.verticalScrollBar().setValue(0)
        self._take_answer()

    def _take_answer(self) -> None:
        """A second click on «Дальше» must not pass over the next question."""
        self.next_button.setEnabled(bool(self._answer))
        self.skip_button.setHidden(bool(self._answer))
        self.message.clear()

    def _show(self, view: QWidget, focused: QWidget | None = None) -> None:
        self.views.setCurrentWidget(view)
        if focused is not None:
            focused.setFocus()
        else:
            self._focus_pad()

    def _focus_pad(self) -> None:
        if self._pad is not None:
            self._pad.take_focus()

    # -- keeping ---------------------------------------------------------------------------------

    def _keep(self, then: Callable[[], None]) -> None:
        """Commit the answer on the screen, then go on; what is asked for meanwhile is done instead."""
        if self._then is not None:
            self._then = then
            return
        changed = pupil_screen.writes(self._answers, self._step, self._answer)
        if not changed:
            then()
            return
        self._then = then
        self.answering.setEnabled(False)
        workspace, actor, screen = self._workspace, self._actor, self._screen
        self._desk.write(
            lambda: diagnostics.put_answers(
                workspace, actor, screen.instrument, screen.sheet, changed, SheetMode.SCREEN
            ),
            owner=self,
            done=self._kept,
            failed=self._complain,
            stopped=lambda: self._complain(ProfdeskError("")),
        )

    def _kept(self, written: Mapping[int, str | None]) -> None:
        for item, words in written.items():
            if words is None:
                self._answers.pop(item, None)
            else:
                self._answers[item] = words
        self._written()()

    def _complain(self, error: ProfdeskError) -> None:
        then = self._written()
        self.message.say(f"Ответ не записан, позови психолога. {error.message}".strip(), Tone.BAD)
        if then == self._show_leaving:
            then()

    def _written(self) -> Callable[[], None]:
        """Let the pupil go on; gives what is to be done next."""
        then, self._then = self._then, None
        self.answering.setEnabled(True)
        self._focus_pad()
        return then or self._focus_pad

    # -- leaving ---------------------------------------------------------------------------------

    def ask_password(self) -> None:
        """Keep the answer and ask the psychologist for the password; there is no other way out."""
        if self.views.currentWidget() is self.asking:
            self._keep(self._show_leaving)
        elif self.views.currentWidget() is not self.leaving:
            self._show_leaving()

    def _press_escape(self) -> None:
        if self.views.currentWidget() is self.leaving:
            self._return()
        else:
            self.ask_password()

    def _show_leaving(self) -> None:
        self._before = self.views.currentWidget() or self.greeting
        self.views.setCurrentWidget(self.leaving)
        self.leaving.begin()

    def _return(self) -> None:
        self._show(self._before, None if self._before is self.asking else self._before.findChild(QPushButton))

    def _give_back(self) -> None:
        self._allowed = True
        self.finished.emit()
        self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._allowed:
            super().closeEvent(event)
        else:
            event.ignore()
            self.ask_password()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """The lock takes no answer away: what stands on the screen is kept, and asked for again after it."""
        free = self._desk.is_open and not self._allowed and self._then is None
        if free and self.views.currentWidget() is self.asking:
            self._keep(self._focus_pad)
        super().hideEvent(event)

    def stays_awake(self) -> bool:
        """A child may think, or rest, longer than the desk waits before it locks; once thanked it may not."""
        return self.views.currentWidget() not in (self.thanks, self.leaving)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Come back to the front when another program was brought before it."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ActivationChange, QEvent.Type.WindowStateChange):
            QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        if self._allowed or not self.isVisible():
            return
        if self.isMinimized():
            self.showFullScreen()
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._then is not None:
            return
        asking = self.views.currentWidget() is self.asking
        entered, focused = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter), self.focusWidget()
        if entered and isinstance(focused, QPushButton):
            focused.click()
        elif entered:
            self.go_next()
        elif not (asking and self._pad is not None and self._pad.press(event.text())):
            super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _step(self) -> Step:
        return self._steps[self._at]

    @property
    def _answer(self) -> str:
        return "" if self._pad is None else self._pad.answer()

    def _open(self) -> list[int]:
        """The places of the steps without a whole answer."""
        instrument = self._screen.instrument
        return [n for n, one in enumerate(self._steps) if not pupil_screen.answered(instrument, self._answers, one)]


def hand_over(
    desk: Desk, window: QWidget, back: Callable[[], None], failed: Callable[[ProfdeskError], None], sheet: str
) -> None:
    """Hide a window and give the screen to the pupil of a sheet; with the password the window is back.

    Nothing is given while a dialog is open, or when the screen has been given already: ``back`` is called
    once the psychologist has it again, ``failed`` if there is something to be done first. Where the workspace
    was locked meanwhile, nothing of the window comes back.
    """
    workspace, actor = desk.workspace, desk.actor

    def returned() -> None:
        if desk.is_open and desk.workspace is workspace:
            window.show()
            back()

    def give(screen: PupilScreen) -> None:
        if window.isHidden() or QApplication.activeModalWidget() is not None:
            return
        pupil = PupilWindow(desk, screen)
        pupil.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pupil.setWindowModality(Qt.WindowModality.ApplicationModal)
        pupil.setScreen(window.screen())
        pupil.finished.connect(returned)
        pupil.destroyed.connect(window.activateWindow)
        pupil.showFullScreen()
        window.hide()

    desk.run(partial(service.read, workspace, actor, sheet), owner=window, done=give, failed=failed)
