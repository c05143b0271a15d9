"""Forms by which parents consent, a sheet each: prefilled for pupils, or empty.

What stands on them and by which law is in ``domain.consent_forms``. Every paper keeps to one page: its text is as
large as lets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, PORTRAIT, Sheet
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain.consent_forms import ConsentForms, Form, FormText, texts
from profdesk.domain.consents import OWN_HAND
from profdesk.domain.organisation import Organisation
from profdesk.domain.progress import Progress, silent

_LEFT, _RIGHT = 20.0, 198.0
_ROOM = _RIGHT - _LEFT
_ASIDE = 34.0
"""Where the words of a section begin, right of its head."""
_LAST = 280.0
_SIZES = ((10.5, 1.7), (10.5, 1.35), (10.5, 1.0), (10.0, 1.0), (9.5, 1.0), (9.0, 0.8), (8.5, 0.6))
"""Of the text in points, with how much of the usual air is between its parts."""
_CAPTION = 7.5
_YOUNGER = 6
"""The last grade whose pupils are all too young to sign."""
_WHOSE = "законный представитель ребёнка"
_BOX = 3.4
_LINE = 0.5


def consent_forms(wanted: ConsentForms, dated: date, progress: Progress = silent) -> bytes:
    """Draw every form, a bookmark each; ``progress`` counts forms."""
    sheet = Sheet(PORTRAIT, "Бланки согласий", wanted.organisation.full_name, dated)
    known: dict[tuple[FormText, bool, bool, str], tuple[float, float]] = {}
    for done, form in enumerate(wanted.forms):
        progress(done, len(wanted.forms))
        for text in texts(form):
            whose = form.pupil.name.short if form.pupil else "Пустой бланк"
            sheet.bookmark(f"{whose}: {text.title}")
            like = (text, form.pupil is None, _signs_too(form), _long_name(form))
            if like not in known:
                fits = (one for one in _SIZES if _end(wanted.organisation, form, text, one, dated) <= _LAST)
                known[like] = next(fits, _SIZES[-1])
            _Paper(sheet, wanted.organisation, form, text, known[like]).draw()
            sheet.next_page()
    return sheet.finish()


def _end(organisation: Organisation, form: Form, text: FormText, size: tuple[float, float], dated: date) -> float:
    """Where it would end on the page in that size."""
    return _Paper(Sheet(PORTRAIT, "", "", dated), organisation, form, text, size).draw()


def _signs_too(form: Form) -> bool:
    """Whether there is a line for the pupil, who may be old enough or come to be in the school year."""
    group = form.pupil.group if form.pupil else None
    return not form.kindergarten and (group is None or (group.name.grade or 0) > _YOUNGER)


def _long_name(form: Form) -> str:
    """A name that takes a line of its own in some size; empty for one that fits beside its label in any."""
    name = form.pupil.name.full if form.pupil else ""
    label = fonts.width(f"{_WHOSE} ", fonts.TEXT, _SIZES[0][0])
    return name if label + fonts.width(name, fonts.BOLD, _SIZES[0][0]) > _ROOM * MM else ""


class _Paper:
    """One page from the top; ``y`` is where the next block begins."""

    def __init__(
        self, sheet: Sheet, organisation: Organisation, form: Form, text: FormText, size: tuple[float, float]
    ) -> None:
        self._sheet = sheet
        self._organisation = organisation
        self._form = form
        self._text = text
        self._size, self._air = size
        self._step = self._size * 1.32 / MM
        self._y = 22.0

    def draw(self) -> float:
        """Draw all of it; gives where it ends."""
        self._head()
        self._representative()
        self._child()
        self._operator()
        for head, words in self._text.sections:
            self._section(head, words)
        if self._text.asked:
            self._field(self._text.asked, gap=0)
            self._y += 1
        if self._text.allowed:
            self._allowed()
        self._signatures()
        return self._office()

    def _head(self) -> None:
        sheet, school = self._sheet, self._organisation.short_name
        size, (name, *_) = fitted(school, fonts.BOLD, (8.5, 8.0, 7.5), _ROOM / 2 * MM, 1)
        sheet.text(_LEFT, 12.5, name, face=fonts.BOLD, size=size, colour=palette.INK)
        size, (law, *_) = fitted(self._text.law, fonts.TEXT, (8, 7.5, 7), _ROOM * 0.58 * MM, 1)
        sheet.text(_RIGHT, 12.5, law, size=size, colour=palette.SECOND, align="right")
        sheet.rule(_LEFT, 15, _RIGHT, 15)
        size, lines = fitted(bind(self._text.title), fonts.BOLD, (16, 15, 14, 13), _ROOM * MM, 2)
        self._y = sheet.lines(_LEFT, self._y + 1, lines, face=fonts.BOLD, size=size, colour=palette.INK) + 1.5

    def _representative(self) -> None:
        self._field("Я,", caption="фамилия, имя, отчество родителя (законного представителя)")
        self._field("паспорт (серия, номер, кем и когда выдан)")
        self._field("", gap=0.4)
        self._field("живу по адресу")
        self._field("телефон, эл. почта")
        self._boxes(("мать", "отец", "законный представитель по документу:"), tail=True)

    def _child(self) -> None:
        pupil, sheet = self._form.pupil, self._sheet
        if pupil is None:
            self._field(_WHOSE, caption="фамилия, имя, отчество")
            where = "группа" if self._form.kindergarten else "класс"
            self._field(f"дата рождения, {where}")
        else:
            self._y += self._step
            sheet.text(_LEFT, self._y, bind(_WHOSE), size=self._size)
            at = _LEFT + fonts.width(f"{_WHOSE} ", fonts.TEXT, self._size) / MM
            if fonts.width(pupil.name.full, fonts.BOLD, self._size) > (_RIGHT - at) * MM:
                self._y += self._step
                at = _LEFT
            sheet.text(at, self._y, pupil.name.full, face=fonts.BOLD, size=self._size)
            self._y += self._step
            title = pupil.group.name.title if pupil.group else ""
            group = f"группа {title}" if self._form.kindergarten else f"{title} класс"
            born = f"дата рождения {day(pupil.birth_date)}{', ' if title else ''}{group if title else ''}"
            sheet.text(_LEFT, self._y, bind(born), size=self._size)
            self._y += 0.4
        self._field("свидетельство о рождении или паспорт ребёнка")
        self._field("адрес ребёнка, если другой")

    def _operator(self) -> None:
        place = self._organisation.municipality
        whom = f"{self._text.given} организации: {self._organisation.full_name}{f', {place}' if place else ''}."
        self._y += 2.6 * self._air
        self._y = self._words(_LEFT, whom, _ROOM, face=fonts.BOLD)
        self._field("Адрес организации", gap=0.6)
        self._field("ИНН, ОГРН")
        self._y += 3.4 * self._air

    def _section(self, head: str, words: str) -> None:
        lines = wrap(bind(head), fonts.BOLD, self._size - 0.5, (_ASIDE - 4) * MM)
        base = self._y + self._step * 0.75
        end = self._sheet.lines(_LEFT, base, lines, face=fonts.BOLD, size=self._size - 0.5, colour=palette.INK)
        self._y = max(self._words(_LEFT + _ASIDE, words, _ROOM - _ASIDE), end - self._step * 0.75) + 0.9 * self._air

    def _allowed(self) -> None:
        """A table: each item with a box to allow it, one not to, and room for conditions."""
        sheet, small = self._sheet, self._size - 1
        yes, no, terms = _LEFT + 92, _LEFT + 110, _LEFT + 132
        self._y += 1.5
        sheet.box(_LEFT, self._y, _ROOM, 6, fill=palette.GROUND)
        for x, words in ((_LEFT + 1, "Данные"), (yes, "разрешаю"), (no, "не разрешаю"), (terms, "условия и запреты")):
            sheet.text(x, self._y + 4.1, words, face=fonts.BOLD, size=8, colour=palette.INK)
        self._y += 6
        for words in self._text.allowed:
            sheet.text(_LEFT + 1, self._y + 4.2, bind(words), size=min(small, 9))
            for x in (yes + 5, no + 7):
                sheet.box(x, self._y + 1.3, _BOX, _BOX, stroke=palette.TEXT, line=0.7, radius=0.5)
            self._y += 5.9
            sheet.rule(_LEFT, self._y, _RIGHT, self._y, width=0.35)

    def _signatures(self) -> None:
        self._y += 2.5 * self._air
        self._signature("Родитель (законный представитель)")
        if _signs_too(self._form):
            self._signature(f"Ученик, если ему есть {OWN_HAND} лет")

    def _signature(self, who: str) -> None:
        sheet = self._sheet
        self._y += 8.2
        sheet.text(_LEFT, self._y, who, size=9.5)
        for left, right, caption in ((82, 112, "дата"), (116, 146, "подпись"), (150, _RIGHT, "расшифровка подписи")):
            sheet.rule(left, self._y + 0.6, right, self._y + 0.6, colour=palette.TEXT, width=_LINE)
            middle = (left + right) / 2
            sheet.text(middle, self._y + 3.7, caption, size=_CAPTION, colour=palette.SECOND, align="center")
        self._y += 3.7

    def _office(self) -> float:
        """The line that the office fills in; gives where it ends."""
        sheet, y = self._sheet, max(self._y + 8.5, _LAST - 1)
        sheet.rule(_LEFT, y - 5.5, _RIGHT, y - 5.5)
        at = _LEFT
        for words, wide in (("Принято, №", 26), ("дата", 30), ("кто принял", 62)):
            sheet.text(at, y, bind(words), size=8, colour=palette.SECOND)
            at += fonts.width(f"{words} ", fonts.TEXT, 8) / MM
            sheet.rule(at, y + 0.6, at + wide, y + 0.6, colour=palette.SECOND, width=_LINE)
            at += wide + 4
        return y

    # -- parts -----------------------------------------------------------------------------------

    def _field(self, label: str, *, caption: str = "", gap: float = 1.5) -> None:
        """A label and a line to write on, with a caption below it."""
        sheet = self._sheet
        self._y += 5.0 + gap * self._air
        start = _LEFT
        if label:
            sheet.text(_LEFT, self._y, bind(label), size=self._size)
            start += fonts.width(f"{label} ", fonts.TEXT, self._size) / MM + 0.5
        sheet.rule(start, self._y + 0.6, _RIGHT, self._y + 0.6, colour=palette.TEXT, width=_LINE)
        if caption:
            middle = (start + _RIGHT) / 2
            sheet.text(middle, self._y + 3.6, caption, size=_CAPTION, colour=palette.SECOND, align="center")
            self._y += 2.6

    def _boxes(self, words: Sequence[str], *, tail: bool) -> None:
        """Boxes to tick on a line; behind the last one a line to write on."""
        sheet, at = self._sheet, _LEFT
        self._y += 6.4
        for one in words:
            sheet.box(at, self._y - _BOX + 0.5, _BOX, _BOX, stroke=palette.TEXT, line=0.7, radius=0.5)
            sheet.text(at + _BOX + 1.6, self._y, bind(one), size=self._size)
            at += _BOX + 1.6 + fonts.width(one, fonts.TEXT, self._size) / MM + 7
        if tail:
            sheet.rule(at - 5.5, self._y + 0.6, _RIGHT, self._y + 0.6, colour=palette.TEXT, width=_LINE)
        self._y += 1.2

    def _words(self, x: float, words: str, room: float, *, face: str = fonts.TEXT) -> float:
        """A paragraph from ``y`` on; gives where it ends."""
        lines = wrap(bind(words), face, self._size, room * MM)
        end = self._sheet.lines(x, self._y + self._step * 0.75, lines, face=face, size=self._size)
        return end - self._step * 0.75
