"""Since when a consent is withdrawn, and by whom; what that stops is told before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QWidget
from typing_extensions import override

from profdesk.domain.consents import ConsentKind, givers
from profdesk.domain.people import Pupil
from profdesk.gui.common.consents_dialog import day_of, qt_day
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.step_dialog import StepDialog
from profdesk.services import consents, pupils

_CONSEQUENCES = {
    ConsentKind.PERSONAL: "Новых стадий, заметок, файлов и сертификатов не будет, записанное останется.",
    ConsentKind.PSYCHOLOGICAL: (
        "Результаты, выводы и консультации скроются для всех, новой диагностики не будет. В журнале останется "
        "только то, что сеанс был."
    ),
    ConsentKind.PUBLICATION: "Цифровых значков больше не выгрузить. Опубликованное снимите сами за три рабочих дня.",
}


class WithdrawDialog(StepDialog):
    """``saved`` gives the Step."""

    heading: QLabel
    consequences: QLabel
    day: QDateEdit
    who: QComboBox

    def __init__(self, parent: QWidget | None, desk: Desk, pupil: Pupil, kind: ConsentKind) -> None:
        super().__init__(parent, desk, "consents_withdraw")
        self._pupil = pupil
        self._kind = kind
        self.heading.setText(f"Отозвать согласие на {kind.label}: {pupil.name.short}")
        self.consequences.setText(f"{_CONSEQUENCES[kind]} Отзыв можно снять.")
        today = pupils.today()
        self.day.setMaximumDate(qt_day(today))
        self.day.setDate(qt_day(today))
        self.who.addItems(givers(pupil.birth_date, today))
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def save(self) -> None:
        workspace, actor, pupil, kind = self.desk.workspace, self.desk.actor, self._pupil.id, self._kind
        day, who = day_of(self.day), self.who.currentText()
        self.write(lambda: consents.withdraw(workspace, actor, pupil, kind, day, who))
