"""The school's own blank in Word: the fields that may stand in it, and what they are filled with.

A field is a name in braces, as in the texts of a design: «{ученик}». Nothing else of a blank is understood, so nothing
in it can be carried out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from profdesk.domain import certificate_fields
from profdesk.domain.certificate import CertificateFacts
from profdesk.errors import WrongInputError

CODE = "код"
DEEDS, ACHIEVEMENTS = "дела", "достижения"
_PLACE, _COMPETENCY, _STAGE = "п/п", "компетенция", "стадия"
OF_COMPETENCY = {
    _PLACE: "номер компетенции по порядку: 1, 2, 3…",
    _COMPETENCY: "название компетенции",
    _STAGE: "стадия словом: «формируется»",
}
"""The fields of a row of a table that stands once for each competency."""
OF_LINES = {
    DEEDS: "пробы, практики, волонтёрство; несколько строк",
    ACHIEVEMENTS: "достижения; несколько строк",
}
KNOWN = {
    **certificate_fields.KNOWN,
    **OF_COMPETENCY,
    **OF_LINES,
    CODE: "код, который подтверждает подлинность; квадрат 43 × 43 мм",
}
"""All of them, each with what it is filled with."""
_NOT_ASSESSED = "не оценено"
_TAG = re.compile(r"\{\{?([^{}]*)\}\}?")
_PROGRAM = ("%", "#")
_NUMBER, _PUPIL, _SURNAME = "номер", "ученик", "фамилия"
_LACKS = (
    ((_PUPIL, _SURNAME), "имени ученика"),
    ((_NUMBER,), "номера"),
    ((CODE,), "кода, по которому проверяют подлинность"),
)


@dataclass(frozen=True)
class Filling:
    """What stands on one paper: single values, lines of several, the rows of competencies, the text of the code.

    Without a code it is a trial.
    """

    single: Mapping[str, str]
    lines: Mapping[str, Sequence[str]]
    rows: Sequence[Mapping[str, str]]
    code: str


@dataclass(frozen=True)
class Blank:
    """A blank that can be filled: the file's name and bytes, and its fields in the order of ``KNOWN``."""

    name: str
    content: bytes
    fields: tuple[str, ...]

    @property
    def told(self) -> str:
        """What will be filled: «Заполнятся: {ученик}, {номер}»."""
        return f"Заполнятся: {{{'}, {'.join(self.fields)}}}."

    @property
    def lacks(self) -> str:
        """What a certificate should not be without and the blank has no field of; empty if there is everything."""
        missing = [words for names, words in _LACKS if not set(names) & set(self.fields)]
        if not missing:
            return ""
        return f"В бланке нет поля для {' и '.join(filter(None, (', '.join(missing[:-1]), missing[-1])))}."


def tags(words: str) -> Iterator[tuple[int, int, str]]:
    """Where each field of a paragraph begins and ends, and its name as it stands in ``KNOWN``."""
    return ((found.start(), found.end(), tidy(found[1])) for found in _TAG.finditer(words))


def tidy(name: str) -> str:
    """A name however it was typed: «Учебный_год» too, as the templates of references have it."""
    return certificate_fields.tidy(name.replace("_", " "))


def check(words: str) -> None:
    """WrongInputError names what is wrong in a paragraph."""
    for start, end, name in tags(words):
        if name.startswith(_PROGRAM):
            raise WrongInputError(
                f"В бланке стоит «{words[start:end]}», а в скобках бывают только названия полей. "
                "Сотрите: строка таблицы с полем {компетенция} повторяется сама."
            )
        if name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, 1)
            hint = f"Похожее: {{{near[0]}}}." if near else "Все поля есть в образце бланка."
            raise WrongInputError(f"В бланке стоит поле {words[start:end]}, такого поля нет. {hint}")
    if set("{}") & set(_TAG.sub("", words)):
        short = words if len(words) <= 80 else f"{words[:80]}…"
        raise WrongInputError(f"В бланке у скобки нет пары: «{short}». Поле пишется так: {{ученик}}.")


def filling(facts: CertificateFacts) -> Filling:
    """What a pupil's paper holds."""
    words = {stage.value: stage.print_title for stage in facts.scale}
    return Filling(
        single=certificate_fields.values(facts),
        lines={DEEDS: facts.deeds, ACHIEVEMENTS: facts.achievements},
        rows=[
            {
                _PLACE: str(place),
                _COMPETENCY: item.plain,
                _STAGE: _NOT_ASSESSED if stage is None else words[stage],
            }
            for place, (item, stage) in enumerate(zip(facts.competencies.items, facts.stages, strict=True), 1)
        ],
        code=facts.code,
    )
