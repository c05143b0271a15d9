"""Roles to be ticked, each with one line of what it may do."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from profdesk.domain.access import Role
from profdesk.domain.users import DUTIES
from profdesk.gui.common import text

_INDENT = 24


class RoleChoice(QWidget):
    """One box a role, in the order of what they may do."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {role: QCheckBox(role.label.capitalize()) for role in Role}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for role, box in self.boxes.items():
            duty = text.label(DUTIES[role], "caption", wrap=True)
            duty.setContentsMargins(_INDENT, 0, 0, 7)
            box.setAccessibleDescription(DUTIES[role])
            box.toggled.connect(lambda _: self.changed.emit())
            column.addWidget(box)
            column.addWidget(duty)
        self.setFocusProxy(next(iter(self.boxes.values())))

    @property
    def roles(self) -> frozenset[Role]:
        """Those ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def set_roles(self, roles: Collection[Role]) -> None:
        """Tick exactly these."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)
