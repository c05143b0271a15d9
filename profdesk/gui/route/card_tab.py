"""The card's tab «Маршрут»: goals and steps at left, reserve and difficulties at right, all written in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import plural, route_words
from profdesk.domain.batch import Step
from profdesk.domain.people import Pupil
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.rights import Right
from profdesk.domain.route import LineKind, LineState, Route, RouteEntry, RouteLine
from profdesk.domain.route_words import Voice
from profdesk.gui.common import icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.route.acts import RouteActs
from profdesk.gui.route.history_dialog import HistoryDialog
from profdesk.gui.route.line_list import RouteList
from profdesk.services import pupils, routes
from profdesk.services.routes import PupilRoute

_LEFT = (LineKind.FAR, LineKind.NEAR, LineKind.STEP)
_RIGHT = (LineKind.RESERVE, LineKind.DIFFICULTY)


class RouteTab(Tab):
    """Reads the route of the card shown; until it has a line, says what a route is for."""

    title = "Маршрут"
    help = (
        ("Ctrl+N", "маршрут: добавить строку туда, где стоит курсор"),
        ("Enter, пробел, Del", "маршрут: изменить строку, отметить сделанной, убрать"),
        ("← →", "маршрут: к целям и шагам, к запасу и трудностям"),
        ("Ctrl+H", "как менялся маршрут"),
        ("Ctrl+Shift+P", "напечатать маршрут"),
    )

    keys = (("Ctrl+N", "добавить"), ("Пробел", "сделано"), ("Del", "убрать"))
    keys_of = ((Right.ROUTES_WRITE, ("Ctrl+N", "Пробел", "Del", "Enter, пробел, Del")),)

    empty: EmptyState
    sheet: Card
    summary: QLabel
    history_button: QPushButton
    print_button: QPushButton
    offer: InlineMessage
    left_list: RouteList
    right_list: RouteList
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "route_card_tab")
        self._card: PupilCard | None = None
        self._found: PupilRoute | None = None
        self._begun = False
        self._follow = ""
        self._writes = allow(desk, Right.ROUTES_WRITE, self.empty.primary, self.empty.quiet, self.offer)
        self.acts = RouteActs(desk, self)
        self.steps = self.acts.steps
        self.left_list.set_kinds(_LEFT, written=self._writes)
        self.right_list.set_kinds(_RIGHT, written=self._writes)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        for shown in (self.left_list, self.right_list):
            shown.submitted.connect(self._write)
            shown.toggled.connect(partial(self._act, self.acts.toggle))
            shown.removed.connect(partial(self._act, self.acts.remove))
            shown.crossed.connect(self._cross)
        self.acts.wrote.connect(self._written)
        self.acts.said.connect(self._say)
        self.acts.refused.connect(self._refuse)
        self.message.acted.connect(self.acts.put_back)
        self.offer.acted.connect(self._take)
        self.empty.primary.clicked.connect(self._begin)
        self.empty.quiet.clicked.connect(self._take)
        self.history_button.setIcon(icons.icon("clock-counter-clockwise", "accent_text"))
        self.history_button.clicked.connect(self._show_history)
        self.print_button.clicked.connect(self._print)
        self.history_button.setToolTip("Ctrl+H")
        self.print_button.setToolTip("Ctrl+Shift+P")
        for key, verb in (
            *((("Ctrl+N", self._add),) if self._writes else ()),
            ("Ctrl+H", self.history_button.click),
            ("Ctrl+Shift+P", self.print_button.click),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(verb)

    # -- what the card asks ----------------------------------------------------------------------

    @override
    def show_card(self, card: PupilCard) -> None:
        former = self._card
        if former is not None and former.pupil.id != card.pupil.id:
            self._leave(former)
        self._card = card
        workspace, pupil = self.desk.workspace, card.pupil.id
        self.desk.run(
            lambda: routes.read(workspace, workspace.actor, pupil), owner=self, done=partial(self._show, card)
        )

    # -- showing ---------------------------------------------------------------------------------

    @property
    def spoken(self) -> Voice:
        """How the pupil's route is spoken of."""
        last = self._card.last if self._card else None
        return route_words.voice(last.group.level if last else "")

    def _leave(self, card: PupilCard) -> None:
        """Write what was typed of the pupil whose card it was, or say why not; the next one begins anew."""
        self.message.clear()
        for shown in (self.left_list, self.right_list):
            typed = shown.take_typed()
            if typed is None:
                continue
            entry, wrong, line = typed
            if wrong:
                lost = f"{card.pupil.name.short}: «{entry.tidy.words}» не записано. {wrong}"
                self.message.say(lost, Tone.WARN)
            else:
                self.acts.write(card.pupil, entry, line)
        self._begun = False
        self._follow = ""

    def _show(self, card: PupilCard, found: PupilRoute) -> None:
        if card is not self._card:
            return
        self._found = found
        there = found.has_history or self._begun
        self._offer(found, there=there)
        today = pupils.today()
        self.summary.setText(_summary(found.route, len(found.route.overdue(today))))
        for shown in (self.left_list, self.right_list):
            shown.show_route(found.route, self.spoken, today, card.pupil.birth_date)
        self.history_button.setEnabled(found.has_history)
        self._turn(there=there)
        if self._follow and any(shown.follow(self._follow) for shown in (self.left_list, self.right_list)):
            self._follow = ""

    def _turn(self, *, there: bool) -> None:
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self.sheet.setVisible(there)
        self.empty.setVisible(not there)
        if had_focus and not there:
            self.empty.primary.setFocus()

    def _offer(self, found: PupilRoute, *, there: bool) -> None:
        named = "; ".join(f"{one.words[:1].lower()}{one.words[1:]}" for one in found.offers)
        take = f"Взять из выбора {plural.counted(len(found.offers), 'строку', 'строки', 'строк')}"
        spoken = self.spoken
        self.empty.set_content("path", f"Маршрута {spoken.whose} пока нет", spoken.purpose, spoken.parts)
        first = spoken.kinds[LineKind.FAR].add.removesuffix("…").lower()
        self.empty.set_buttons(f"Начать: {first}", take if named else "", "plus")
        self.empty.quiet.setToolTip(named)
        if there and named:
            self.offer.say(f"В реестрах записан выбор ученика: {named}.", Tone.INFO, take)
        else:
            self.offer.clear()

    # -- verbs -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._begun = True
        self._turn(there=True)
        self.left_list.add(LineKind.FAR)

    def _add(self) -> None:
        """Begin a line of the kind where the cursor is; of the first kind where it is nowhere."""
        if self.sheet.isHidden():
            self._begin()
            return
        shown = self.right_list if self.right_list.isAncestorOf(self.focusWidget() or self) else self.left_list
        row = shown.current()
        if row is not None:
            shown.add(row.kind)

    def _act(self, verb: Callable[[Pupil, RouteLine, Voice], None], line: RouteLine) -> None:
        if self._card is not None:
            verb(self._card.pupil, line, self.spoken)

    def _write(self, entry: RouteEntry, line: RouteLine | None) -> None:
        if self._card is not None:
            self.acts.write(self._card.pupil, entry, line)

    def _take(self) -> None:
        if self._card is not None and self._found is not None:
            self.acts.take(self._card.pupil, self._found.offers)

    def _written(self, step: Step) -> None:
        """Stand on what was written as soon as it is read again; what changed nothing is not."""
        if step.batch is None:
            for shown in (self.left_list, self.right_list):
                shown.finish()
        elif step.records:
            self._follow = step.records[0]

    def _refuse(self, words: str) -> None:
        for shown in (self.left_list, self.right_list):
            shown.refuse(words)

    def _cross(self, step: int) -> None:
        (self.right_list if step > 0 else self.left_list).setFocus()

    def _say(self, words: str, tone: Tone, action: str) -> None:
        if words:
            self.message.say(words, tone, action)
        else:
            self.message.clear()

    def _show_history(self) -> None:
        if self._card is not None:
            dialog = HistoryDialog(self, self.desk, self._card.pupil.id, self.spoken, self._card.names)
            allow(self.desk, Right.ROUTES_WRITE, dialog.back_button)
            dialog.wanted_back.connect(self.acts.put_back)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _print(self) -> None:
        card = self._card
        if card is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            title = f"Маршрут, {card.pupil.name.short}"
            PaperDialog(
                self, self.desk, title, lambda _: routes.paper(workspace, actor, card), pupil=card.pupil.id
            ).open()


def _summary(route: Route, overdue: int) -> str:
    steps = route.of(LineKind.STEP)
    if not steps:
        return "Шагов пока нет"
    done = sum(one.state is LineState.DONE for one in steps)
    parts = [plural.counted(len(steps), "шаг", "шага", "шагов"), f"сделано {done}"]
    if overdue:
        parts.append(f"просрочено {overdue}")
    return ", ".join(parts)
