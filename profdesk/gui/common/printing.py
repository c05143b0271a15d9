"""Printing a PDF through the system's dialog, each page drawn at the printer's own sharpness."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_DPI = 300
_POINTS = 72


def print_pdf(parent: QWidget, data: bytes, title: str) -> bool:
    """Ask for the printer and pages, then print; False if the user thought better of it."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as pdf:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setPageLayout(_layout(pdf[0].get_size()))
        dialog = QPrintDialog(printer, parent)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        dialog.setMinMax(1, len(pdf))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
    draw(data, printer)
    return True


def draw(data: bytes, printer: QPrinter) -> None:
    """Draw the pages that the printer was asked for, each on paper of its own direction."""
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as pdf:
        first, last = printer.fromPage() or 1, printer.toPage() or len(pdf)
        painter = QPainter()
        for number in range(first - 1, min(last, len(pdf))):
            page = pdf[number]
            printer.setPageLayout(_layout(page.get_size()))
            if painter.isActive():
                printer.newPage()
            else:
                painter.begin(printer)
            bitmap = page.render(scale=_DPI / _POINTS)
            shape = QImage.Format.Format_BGR888
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
            painter.drawImage(painter.viewport(), image)
            bitmap.close()
        painter.end()


def _layout(size: tuple[float, float]) -> QPageLayout:
    """The layout of a page of that many points, without margins: papers bring their own."""
    width, height = size
    sheet = QPageSize(QSizeF(min(size), max(size)), QPageSize.Unit.Point)
    direction = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(sheet, direction, QMarginsF(), QPageLayout.Unit.Point)
