"""The box on top of an answer sheet: how to answer, in a child's words, and an example."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import bind, wrap
from profdesk.domain.answer_sheet import LEFT, RIGHT, SheetPage
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.plural import counted
from profdesk.domain.results import MINUS

_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_EXAMPLE = 46.0
_RADIUS, _PITCH = 4.6, 11.5
_FREE = "Правильных и неправильных ответов здесь нет."
_WRONG = "Ошибка? Зачеркни кружок крестом и закрась другой."


class HelpBox:
    """What is said depends on the kind of answer; options that are not plain letters are explained."""

    def __init__(self, instrument: Instrument, page: SheetPage) -> None:
        self._instrument = instrument
        self._page = page

    def draw(self, sheet: Sheet, top: float, bottom: float) -> None:
        """Draw it from edge to edge between two heights."""
        sheet.box(LEFT, top, RIGHT - LEFT, bottom - top, stroke=palette.RULE, line=0.8, radius=2)
        marks = self._example()
        room = RIGHT - LEFT - 10 - (_EXAMPLE + 4 if marks else 0)
        lines: Sequence[str] = ()
        for size in _SIZES:
            lines = [line for words in self._words() for line in wrap(bind(words), fonts.TEXT, size, room * MM)]
            if len(lines) * size * 1.36 / MM <= bottom - top - 3:
                break
        high = (len(lines) - 1) * size * 1.36 / MM
        sheet.lines(LEFT + 5, (top + bottom - high) / 2 + 1.3, lines, size=size, leading=1.36)
        self._draw_example(sheet, marks, (top + bottom) / 2)

    def _words(self) -> Sequence[str]:
        answering, scales = self._instrument.answering, self._instrument.scales
        names = " и ".join(option.label for option in answering.options)
        titles = ", ".join(aspect.title for aspect in answering.aspects)
        whole = counted(answering.total, "балл", "балла", "баллов")
        last = max((len(scale.items) for scale in scales), default=0)
        return {
            Kind.CHOICE: ("На каждый вопрос выбери один ответ и закрась его кружок.", _WRONG, _FREE),
            Kind.SHARING: (
                f"Подели {whole} между ответами {names}: закрась по кружку в каждой строке.",
                f"В сумме у каждого вопроса {whole}. {_WRONG}",
                _FREE,
            ),
            Kind.RATING: ("У каждого вопроса закрась один кружок.", self._legend() or _FREE, _WRONG),
            Kind.TRIPLE: (f"У каждого вопроса закрась три кружка: {titles}.", self._legend() or _FREE, _WRONG),
            Kind.RANKING: (
                f"Расставь места в каждом списке: 1 — самое важное для тебя, {last} — наименее важное.",
                "Каждое место в списке стоит один раз. Пиши по одной цифре в клетке.",
                _FREE,
            ),
            Kind.MATRIX: ("В каждом списке закрась то, что тебе ближе. Можно несколько.", _WRONG, _FREE),
            Kind.RECORD: (
                "Запишите, что увидели и услышали: словами ребёнка, без оценок.",
                self._instrument.reading,
            ),
        }[self._instrument.kind]

    def _legend(self) -> str:
        """«+» нравится, «−» не нравится: options whose label says more than their code."""
        told = [
            f"«{option.code.replace('-', MINUS)}» {option.label}"
            for option in self._instrument.answering.options
            if option.label != option.code
        ]
        return f"{', '.join(told)}." if told else ""

    def _example(self) -> Sequence[str]:
        if self._instrument.kind in (Kind.RANKING, Kind.RECORD):
            return ()
        circles = self._page.fields[0].circles
        return [circle.words for circle in circles if circle.part == circles[0].part][:3]

    def _draw_example(self, sheet: Sheet, marks: Sequence[str], middle: float) -> None:
        """The second circle filled, as a child would do it."""
        if not marks:
            return
        x = RIGHT - 5 - _RADIUS - _PITCH * (len(marks) - 1)
        sheet.text(x - _RADIUS - 3, middle + 1.3, "Так:", size=10, colour=palette.SECOND, align="right")
        for place, words in enumerate(marks):
            filled = place == 1
            at = x + place * _PITCH
            sheet.circle(at, middle, _RADIUS, fill=palette.TEXT if filled else None, stroke=palette.SECOND, line=0.7)
            if not filled:
                sheet.text(at, middle + 1.6, words, size=13, align="centre")
