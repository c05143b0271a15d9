"""Pages on the screen: enlarged, pushed about, whole again."""

from __future__ import annotations

from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from profdesk.gui.common.pdf_pages import Magnifier, PdfPages


@pytest.fixture
def pages(qtbot: QtBot) -> PdfPages:
    """Two upright pages with a slope across each."""
    file = BytesIO()
    canvas = Canvas(file)
    for _ in range(2):
        canvas.line(0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    shown = PdfPages()
    qtbot.addWidget(shown)
    shown.resize(300, 400)
    shown.show_pdf(file.getvalue())
    return shown


def test_a_page_is_enlarged_pushed_about_and_made_whole_again(pages: PdfPages) -> None:
    button = Magnifier(pages)
    button.attach(pages)
    whole = pages.grab().toImage()
    QTest.keyClick(pages, "+")
    assert button.isChecked()
    top = pages.grab().toImage()
    assert top != whole
    QTest.keyClick(pages, Qt.Key.Key_Down)
    lower = pages.grab().toImage()
    assert lower != top
    assert pages.page == 1, "arrows push a page that is enlarged"
    QTest.mousePress(pages, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    QTest.mouseMove(pages, QPoint(150, 160))
    QTest.mouseRelease(pages, Qt.MouseButton.LeftButton, pos=QPoint(150, 160))
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.page == 2
    for _ in range(20):
        QTest.keyClick(pages, Qt.Key.Key_Up)
    assert pages.grab().toImage() == top, "it is not pushed out of sight"
    QTest.keyClick(pages, "-")
    assert not button.isChecked()
    assert pages.grab().toImage() == whole
    QTest.mouseDClick(pages, Qt.MouseButton.LeftButton)
    assert pages.enlarged
