"""The buttons under the plan: which of them an activity offers, what they are then called, and their keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget

from profdesk.domain.activities import SHARED, Activity, Audience, State
from profdesk.domain.rights import Right
from profdesk.gui.activities.acts import ActivityActs
from profdesk.gui.activities.rows import Rows
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk

WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class Foot(Protocol):
    """The views of the plan and the buttons under them."""

    views: QStackedWidget
    withdraw_button: QPushButton
    stages_button: QPushButton
    answers_button: QPushButton
    cancel_button: QPushButton
    edit_button: QPushButton
    hold_button: QPushButton


class PlanVerbs:
    """What others than the user's classes are asked to is read alone: a tip of each dead button says why."""

    def __init__(self, desk: Desk, foot: Foot, acts: ActivityActs, chosen: Callable[[], Activity | None]) -> None:
        self._foot = foot
        self._chosen = chosen
        for verb, key, act in (
            (foot.edit_button, "F2", acts.edit),
            (foot.hold_button, "Ctrl+Return", acts.hold),
            (foot.withdraw_button, "Del", acts.withdraw),
            (foot.cancel_button, "", acts.cancel),
            (foot.stages_button, "", acts.stages),
            (foot.answers_button, "", acts.answers),
        ):
            verb.clicked.connect(partial(self._act, act))
            if key:
                QShortcut(QKeySequence(key), foot.views, verb.click, context=WITHIN)
        writing = (foot.withdraw_button, foot.cancel_button, foot.stages_button, foot.answers_button)
        self._may_write = allow(desk, Right.ACTIVITIES_WRITE, *writing)

    def offer(self, rows: Rows) -> None:
        """Offer what can be done with the activity chosen."""
        foot, one = self._foot, self._chosen()
        state = one.state if one else State.PLANNED
        held = state is State.HELD
        foot.edit_button.setEnabled(one is not None)
        foot.hold_button.setText("Кто был…" if held else "Провели…")
        foot.hold_button.setVisible(held or (self._may_write and state is State.PLANNED))
        foot.stages_button.setVisible(one is not None and held and rows.shows_competencies(one))
        foot.answers_button.setVisible(one is not None and one.entry.audience is Audience.PARENTS)
        foot.answers_button.setText("Анкеты родителей…" if held else "Анкета для родителей…")
        foot.cancel_button.setText("Вернуть в план" if state is State.CANCELLED else "Не состоится")
        foot.cancel_button.setVisible(not held)
        shared = self._may_write and one is not None and one.id in rows.plan.shared
        foot.edit_button.setText("Изменить…" if self._may_write and not shared else "Посмотреть…")
        self._forbid(foot.withdraw_button, foot.cancel_button, shared=shared)
        self._forbid(foot.hold_button, shared=shared and not held)
        self._forbid(foot.answers_button, shared=shared and held)

    def _forbid(self, *buttons: QPushButton, shared: bool) -> None:
        for button in buttons:
            button.setToolTip(SHARED if shared else "")
            button.setEnabled(self._chosen() is not None and not shared)

    def _act(self, act: Callable[[Activity], None]) -> None:
        if (one := self._chosen()) is not None:
            act(one)
