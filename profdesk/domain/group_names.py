"""Classes and kindergarten groups as people write them, brought to one form: 7 «А», 10 «соц-эк»."""

from __future__ import annotations

import re

from profdesk.domain.people import GroupName

_LATIN = "ABCEHKMOPTXYabceopxyk"
_RUSSIAN = "АВСЕНКМОРТХУавсеорхук"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_QUOTES = str.maketrans({'"': "", "'": "", "«": "", "»": "", "“": "", "”": "", "„": "", "`": ""})
_LETTER = r"[А-ЯЁа-яёA-Za-z][А-ЯЁа-яёA-Za-z0-9]{0,3}(?:-[А-ЯЁа-яёA-Za-z]{1,10})*|[А-ЯЁа-яё]+-[А-ЯЁа-яё-]+"
_CLASS = re.compile(rf"^(\d{{1,3}})\s*[-–—.,/]?\s*({_LETTER})?\s*(?:класс\w*|кл\.?)?$", re.IGNORECASE)
_WORD = re.compile(r"\b(?:класс\w*|кл\.)", re.IGNORECASE)
_IN_HEADING = re.compile(
    r"(?:класс\w*|кл\.?)\s*[:№–-]?\s*(\d{1,2}\s*[-–]?\s*[«\"“„']?\s*[А-ЯЁа-яёA-Za-z]?[\w-]{0,8}\s*[»\"”']?)(?=$|[\s,.;)])"
    r"|(?<!\d)(\d{1,2}\s*[-–]?\s*[«\"“„']?\s*[А-ЯЁа-яёA-Za-z]\w{0,2}\s*[»\"”']?)\s*(?:класс\w*|кл\.)",
    re.IGNORECASE,
)
_KINDERGARTEN = re.compile(
    r"(?:старш|подготовительн|средн|младш|ясельн|разновозрастн|логопедическ)\w*|групп[аы]?\b", re.IGNORECASE
)
_PREFIX = re.compile(r"^(?:группа|класс|кл\.?)\s*[:№–-]?\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„']\s*([^\"“”„']+?)\s*[\"”“']")
_SUFFIX = re.compile(r"\s+(?:группа|гр\.)$", re.IGNORECASE)
_HIGHEST = 11


def parse_group(text: str) -> GroupName | None:
    """Read a class («7а», «7-А», «7 "A" класс») or a named group; None if it can be neither."""
    words = " ".join(text.split())
    found = _class(words)
    if found is not None:
        return found if found.grade is not None and 1 <= found.grade <= _HIGHEST else None
    if words[:1].isdigit() or not any(letter.isalpha() for letter in words) or len(words) > 60:
        return None
    return _named(words)


def problem(text: str) -> str | None:
    """Say why a text is no class, where that can be said: «Нет 26-го класса»."""
    found = _class(" ".join(text.split()))
    if found is not None and found.grade is not None and not 1 <= found.grade <= _HIGHEST:
        return f"Нет {found.grade}-го класса"
    return None if parse_group(text) else f"Не похоже на класс: «{text.strip()}»"


def joined(grade: str, letter: str) -> str:
    """A class whose grade and letter stand in two columns, as one text."""
    return f"{grade.strip()} {letter.strip()}".strip()


def in_heading(text: str) -> GroupName | None:
    """Find the class a heading above a table names («Класс: 5А», «МБОУ СОШ, 2 «Б» класс»)."""
    words = " ".join(text.split())
    if len(words) > 160:
        return None
    found = _IN_HEADING.search(words)
    if found is not None:
        return parse_group(next(part for part in found.groups() if part))
    if _KINDERGARTEN.search(words) and len(words) <= 60 and ":" not in words.removeprefix("Группа:"):
        return _named(words)
    return strict_class(words)


def strict_class(text: str) -> GroupName | None:
    """A text that is a class and nothing more, with its letter: a sheet's name, a cell of its own."""
    found = parse_group(text) if text[:1].isdigit() else None
    return found if found is not None and found.grade is not None and found.letter else None


def has_latin(text: str) -> bool:
    """Whether the letter of a class was typed in Latin."""
    found = _CLASS.match(text.translate(_QUOTES).strip())
    return found is not None and any(letter in _LATIN for letter in found.group(2) or "")


def _class(words: str) -> GroupName | None:
    bare = " ".join(_PREFIX.sub("", words).translate(_QUOTES).split())
    found = _CLASS.match(bare)
    if found is None:
        return None
    grade, letter = int(found.group(1)), found.group(2)
    if not letter or _WORD.fullmatch(letter):
        return GroupName(f"{grade} класс", grade, None)
    letter = letter.translate(_TO_RUSSIAN)
    if "-" not in letter and len(letter) <= 3:
        letter = letter.upper()
    return GroupName(f"{grade} «{letter}»", grade, letter)


def _named(words: str) -> GroupName | None:
    title = _QUOTED.sub(r"«\1»", _SUFFIX.sub("", _PREFIX.sub("", words))).strip(" .,;:")
    if not title:
        return None
    if title.startswith("«"):
        title = f"Группа {title}"
    return GroupName(title[0].upper() + title[1:])
