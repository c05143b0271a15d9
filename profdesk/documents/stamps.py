"""The signatures at the end of a signed document: the stamp of the key, and an equal frame for a second person."""

from __future__ import annotations

from datetime import datetime

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import fitted
from profdesk.domain.verification import KeyInfo

_HEIGHT, _WIDE, _GAP = 54.0, 86.5, 5.0
_SECOND = "Место для подписи руководителя. Её можно добавить к этому файлу: первая подпись останется верной."
_NOTE = (
    "Подлинность доказывает не бумага, а файл: откройте его в profdesk на странице «Проверка». "
    "Подпись не является квалифицированной."
)
_SIGNED = ("ДОКУМЕНТ ПОДПИСАН", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ")
_UNSIGNED = ("НЕ ПОДПИСАН", "ПРЕДВАРИТЕЛЬНЫЙ ВИД")


def signatures(report: Report, key: KeyInfo | None, signed_at: datetime | None, *, numbered: bool) -> None:
    """Draw both frames; a document without a number is a preview, and its stamp says so."""
    report.need(_HEIGHT + 39)
    report.y += 4
    report.heading("Подписи")
    y, second = report.y, LEFT + _WIDE + _GAP
    for x in (LEFT, second):
        report.sheet.box(x, y, _WIDE, _HEIGHT, stroke=palette.INK, line=0.55, radius=2)
    title = _SIGNED if numbered else _UNSIGNED
    below = report.sheet.lines(LEFT + 5, y + 8, title, face=fonts.BOLD, size=9, colour=palette.INK)
    for label, words in _rows(key, signed_at) if key else ():
        report.sheet.text(LEFT + 5, below + 1.5, label, size=7.5, colour=palette.SECOND)
        _, lines = fitted(words, fonts.TEXT, (7.8,), 56 * MM, 2)
        below = report.sheet.lines(LEFT + 27, below + 1.5, lines, size=7.8, leading=1.2)
    report.sheet.text(second + 5, y + 8, "Вторая подпись", face=fonts.BOLD, size=9, colour=palette.INK)
    report.sheet.paragraph(second + 5, y + 14, _SECOND, _WIDE - 10, size=8.5, colour=palette.SECOND)
    report.y = report.sheet.paragraph(LEFT, y + _HEIGHT + 7, _NOTE, ROOM, size=8, colour=palette.SECOND)


def _rows(key: KeyInfo, signed_at: datetime | None) -> list[tuple[str, str]]:
    rows = [
        ("Сертификат", f"{key.short_fingerprint} …"),
        ("Владелец", key.organisation),
        ("Ключ", key.holder),
        ("Действителен", f"с {key.valid_from:%d.%m.%Y} по {key.valid_until:%d.%m.%Y}"),
    ]
    if signed_at is not None:
        rows.append(("Подписано", f"{signed_at.astimezone():%d.%m.%Y %H:%M}"))
    return [*rows, ("Вид подписи", "усиленная неквалифицированная")]
