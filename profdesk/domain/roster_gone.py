"""What a line of a class list says of a pupil who is no longer there."""

from __future__ import annotations

import re

from profdesk.domain.group_names import parse_group
from profdesk.domain.people import GroupName, fold
from profdesk.domain.roster import Field, Row
from profdesk.domain.roster_layout import Layout
from profdesk.domain.roster_text import text

_SAID = re.compile(
    r"(?<!не )(?<!\w)(?:выбы(?:л[аи]?|вш\w+|тие)|отчисл(?:ен[аы]?|ение)|убыл[аи]?|исключен[аы]?"
    r"|переведен[аы]?(?= в\b)"
    r"|перевод(?= в (?:друг|мбоу|маоу|моу|мкоу|гбоу|сош|школ|лицей|гимнази))|забрал[аи]? документы)(?!\w)"
)
_MOVED = re.compile(r"(?<!\w)переведен[аы]? в (?P<to>\d{1,2}\b.*|\d{1,2} ?[а-я]\b.*|следующий.*)")
_HEADED = re.compile(r"(?<!при)(?<!\w)(?:выбы|отчисл|убы)")
_ARRIVED = re.compile(r"прибы|зачисл")
_NOT_GONE = {"", "-", "–", "—", "0", "нет", "нет данных", "обучается", "учится", "не выбыл", "не выбыла"}
_OWN = frozenset(
    {Field.FULL_NAME, Field.SURNAME, Field.GIVEN, Field.PATRONYMIC, Field.BIRTH_DATE, Field.SEX, Field.GRADE}
)
_SECTION = re.compile(r"(?:список )?(?:(?:вы|у|при)бы|отчисл|зачисл)\w*\W*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LONGEST = 80


def gone(layout: Layout, row: Row, group: GroupName | None) -> str:
    """The words by which a line of a class says that the pupil left it: «выбыла 12.10.2025»; empty if it does not."""
    for index, cell in enumerate(row.cells):
        words = text(cell)
        heading = layout.heading(index)
        if layout.fields.get(index) in _OWN:
            words = " ".join(_BRACKETS.findall(words))
        elif _HEADED.search(fold(heading)) and not _ARRIVED.search(fold(heading)) and fold(words) not in _NOT_GONE:
            return f"{heading}: {words}"[:_LONGEST]
        if _SAID.search(fold(words)) and not _is_promotion(fold(words), group):
            return words[:_LONGEST]
    return ""


def _is_promotion(words: str, group: GroupName | None) -> bool:
    """Whether somebody only went up («переведён в 6 класс»), and not to another class of the same grade."""
    moved = _MOVED.search(words)
    if moved is None:
        return False
    to = parse_group(re.split(r"[,;(]| (?:из|по|с|от)\b", moved["to"])[0])
    return to is None or to.letter is None or group is None or to.grade != group.grade or to == group


def section(row: Row) -> str | None:
    """The title over those who left («Выбыли:»), empty over those who came; None if the row is neither."""
    words = list({text(cell): None for cell in row.cells if text(cell)})
    if len(words) != 1 or not _SECTION.fullmatch(fold(words[0])):
        return None
    return "" if _ARRIVED.search(fold(words[0])) else words[0]
