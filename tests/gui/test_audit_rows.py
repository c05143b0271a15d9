"""Every act of the journal has a sign that can be drawn."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from profdesk.domain.audit import Area
from profdesk.gui.audit import rows
from profdesk.gui.common import icons


@pytest.mark.parametrize("area", Area)
def test_every_area_has_a_sign(qapp: QApplication, area: Area) -> None:
    assert qapp
    assert not icons.pixmap(rows._ICONS[area], "text", 16, 1.0).isNull()
