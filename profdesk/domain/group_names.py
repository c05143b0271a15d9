"""Classes and kindergarten groups as people write them, brought to one form.

7 «А», 10 «соц-эк», 9 «Т2», «11 класс» where there is no letter; Подготовительная «Солнышко».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from profdesk.domain.people import GroupName, fold
from profdesk.domain.roster_text import is_russian, russian, text

_HIGHEST = 11
_LONGEST = 80
_QUOTES = str.maketrans(dict.fromkeys("\"'`´‘’‚‛“”„‟«»″′", " "))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11,
}  # fmt: skip
_GRADE = r"(?P<grade>\d{1,3}|[IVXІХ]{1,4}(?![А-Яа-яЁёA-Za-z]))"
_CLASS_WORD = re.compile(r"(?<![А-Яа-яЁё])(?:класс(?:а|у|е|ы|ом)?|кл)(?![А-Яа-яЁё])\.?\s*[:№]?", re.IGNORECASE)
_CLASS = re.compile(
    rf"^{_GRADE}\s*(?:-?\s*(?:ый|ой|ий|й|го)(?![А-Яа-яЁё]))?\s*[-.,/_]?\s*"
    r"(?P<letter>[А-Яа-яЁёA-Za-z][\w.]*(?:\s?[-/ ]\s?[А-Яа-яЁёA-Za-z][\w.]*){0,2}|(?<=[-.,/_])\d)?$",
    re.IGNORECASE,
)
_QUOTED_FIGURE = re.compile(r"(?<=\d)\s*[\"«“„]\s*(?=\d)")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_AGES = {
    "подготовительн": "подготовительная",
    "старш": "старшая",
    "средн": "средняя",
    "младш": "младшая",
    "ясельн": "ясельная",
    "разновозрастн": "разновозрастная",
    "логопедическ": "логопедическая",
    "комбинированн": "комбинированная",
    "компенсирующ": "компенсирующая",
    "коррекционн": "коррекционная",
}
_FIRST_THREE = (("1", "i", "перв"), "первая"), (("2", "ii", "втор"), "вторая"), (("3", "iii", "трет"), "третья")
_AGE = rf"(?:{'|'.join(_AGES)})(?:ая|яя|ей|ой|ую|юю|его|ого|ий|ый|ие|ые)?(?![А-Яа-яЁё])"
_NO_LETTER = re.compile(
    rf"^(?:(?:{_AGE}|лет|год\w*|чел\w*|уч\w*|групп\w*|гр|человек\w*|мальч\w*|девоч\w*|школ\w*|кв"
    r"|январ\w+|феврал\w+|марта?|апрел\w+|мая|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+)"
    r"(?!\w)\.?)",
    re.IGNORECASE,
)
_SHORT_LETTER = r"(?:[\"«“„']\s*[\w-]{1,12}\s*[\"»”“']|[А-Яа-яЁёA-Za-z]\d?(?![\w-])|[А-Яа-яё]{2,4}-[А-Яа-яё]{2,6})?"
_BEFORE_WORD = re.compile(
    rf"(?<!\w)(?P<class>(?:\d{{1,2}}|[IVX]{{1,4}})[\"»”“']?\s*(?:-?й\b)?\s*-?\s*{_SHORT_LETTER}"
    r"\s*(?:класс(?:а|у|е|ом)?|кл)(?!\w)(?:\s*[\"«“„]\s*[А-Яа-яЁё]\d?\s*[\"»”“])?)",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    rf"(?<!\w)(?:класс(?:а|у|е|ом)?|кл\b\.?)\s*[:№-]?\s*[\"«“„']?(?P<class>\d{{1,2}}[\"»”“']?\s*-?\s*{_SHORT_LETTER})"
    r"(?![\w-])",
    re.IGNORECASE,
)
_QUOTED_LETTER = re.compile(r"(?<!\w)(?P<class>\d{1,2}\s*[\"«“„]\s*[А-Яа-яЁёA-Za-z]\d?\s*[\"»”“])")
_BEFORE_NO_CLASS = "№-/N"
_GROUP_WORD = r"(?<!\w)(?:групп(?:а|ы|е|у|ой)|гр)(?!\w)\.?"
_NAME = r"[\"«“„']\s*(?P<name>[^\"«»“”„']{1,40}?)\s*[\"»”“']"
_CALLED = (
    r"\s*[:№-]?\s*(?:№?\s*(?P<number>\d{1,2})(?!\w))?\s*"
    rf"(?:{_NAME}|(?P<bare>[А-Яа-яЁё][\w-]+(?:\s[\w-]+)?)(?=\s*(?:$|,|;)))?"
)
_AGED = re.compile(
    rf"(?:(?<!\w)(?P<order>[123]|I{{1,3}}|перв\w+|втор\w+|трет\w+)(?:-?(?:ая|я))?\s+)?"
    rf"(?P<age>(?<!\w){_AGE}(?:[\s-]+{_AGE})*)(?:\s+к\s+школе)?\s*(?P<word>{_GROUP_WORD})?{_CALLED}",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<word>{_GROUP_WORD}){_CALLED}", re.IGNORECASE)
_NO_NAMES = re.compile(
    r"^(?:здоровья|продл|крови|риска|по\b|для\b|детей|дошкол|кратковрем|с\b|школ|полного|неполного|сокращ|дня)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse_group(words: str) -> GroupName | None:
    """Read a class («7а», «7-А», «7 "A" класс») or a kindergarten group; None if it can be neither."""
    plain = text(words)
    found = _class(plain)
    if found is not None:
        return found if found.grade is not None and 1 <= found.grade <= _HIGHEST else None
    return _kindergarten(plain, whole=True)


def named_group(words: str) -> GroupName | None:
    """Read what stands in a column of groups, where a bare «Солнышко» is a group too."""
    plain = text(words)
    found = parse_group(plain)
    bare = plain.translate(_QUOTES).strip(" .,;:-")
    if found is not None or plain[:1].isdigit() or len(bare) < 3 or len(bare) > 40 or not is_russian(bare):
        return found
    return GroupName(f"Группа «{_tidy(bare)}»")


def meant(words: str, known: Collection[GroupName]) -> Sequence[GroupName]:
    """The ``known`` names a text may mean: by the whole title, or else by a part of it alone («радуга», «7»)."""
    parsed = parse_group(words)
    said = {_flat(words), _flat(parsed.title) if parsed else ""}
    exact = [name for name in known if _flat(name.title) in said]
    if exact:
        return exact
    if parsed is not None and parsed.letter is None:
        said |= {str(parsed.grade), _flat(parsed.title).removeprefix("группа ")}
    return [name for name in known if said & _parts(name)]


def problem(words: str) -> str:
    """Say why a text that ``parse_group`` did not take is no class: «Нет 26-го класса»."""
    found = _class(text(words))
    if found is not None and found.grade is not None and not 1 <= found.grade <= _HIGHEST:
        return f"Нет {found.grade}-го класса"
    return f"Класс не понят: «{text(words)}»"


def joined(grade: str, letter: str) -> str:
    """A class whose grade and letter stand in two columns, as one text."""
    has_letter = letter.strip(" -–—.") and not grade.rstrip().endswith(letter.strip())
    return f"{grade.strip()} {letter.strip()}" if has_letter else grade.strip()


def in_heading(words: str) -> GroupName | None:
    """Find the class a heading above a table names («Класс: 5А», «МБОУ СОШ, 2 «Б» класс»)."""
    plain = text(words).translate(_DASHES)
    if len(plain) > 2 * _LONGEST:
        return None
    strict = strict_class(plain)
    if strict is not None:
        return strict
    for pattern in (_BEFORE_WORD, _AFTER_WORD, _QUOTED_LETTER):
        for match in pattern.finditer(plain):
            found = parse_group(match.group("class"))
            numbered = plain[: match.start("class")].rstrip("\"«“„' ")[-1:] in tuple(_BEFORE_NO_CLASS)
            if found is not None and found.grade is not None and not numbered:
                return found
    return _kindergarten(plain, whole=False)


def strict_class(words: str) -> GroupName | None:
    """A text that is a class and nothing more, with its letter: a sheet's name, a cell of its own."""
    plain = text(words)
    found = parse_group(plain) if len(plain) <= 30 and plain[:1].isdigit() else None
    return found if found is not None and found.grade is not None and found.letter else None


@lru_cache(maxsize=4096)
def has_latin(words: str) -> bool:
    """Whether the letter of a class was typed in Latin and read as Russian."""
    found = _CLASS.match(_bare(text(words), as_russian=False))
    letter = found.group("letter") or "" if found else ""
    return _letter(letter) != _letter(letter, as_russian=False)


def _flat(words: str) -> str:
    """What titles are compared by: letters and figures alone, in one case, without ё."""
    return fold(words.translate(_QUOTES))


def _parts(name: GroupName) -> set[str]:
    """By what a class or group can be told where no other has it: grade and letter, or age and own name."""
    before, _, own = name.title.partition("«")
    parts = (str(name.grade), name.letter or "") if name.grade is not None else (before, own)
    return {_flat(part) for part in parts} - {""}


def _bare(words: str, *, as_russian: bool = True) -> str:
    plain = _QUOTED_FIGURE.sub("-", words.translate(_DASHES)).translate(_QUOTES)
    plain = _CLASS_WORD.sub(" ", " ".join(russian(word) if as_russian else word for word in plain.split())).strip()
    shorter = _BRACKETS.sub("", plain)
    if shorter and not shorter.isdecimal():
        plain = shorter
    return " ".join(plain.replace("(", " ").replace(")", " ").split()).strip(" .,;:")


def _class(words: str) -> GroupName | None:
    if len(words) > _LONGEST:
        return None
    found = _CLASS.match(re.sub(r"^(\d+)[.,]0$", r"\1", _bare(words)))
    if found is None:
        return None
    grade = _grade(found.group("grade"))
    letter = (found.group("letter") or "").strip(" .")
    if grade is None or _NO_LETTER.match(letter):
        return None
    if not letter:
        return GroupName(f"{grade} класс", grade)
    shown = _letter(letter)
    return GroupName(f"{grade} «{shown}»", grade, shown)


def _grade(words: str) -> int | None:
    if words.isdecimal():
        return int(words)
    return _ROMAN.get(words.upper().translate(str.maketrans("ІХ", "IX")))


def _letter(letter: str, *, as_russian: bool = True) -> str:
    """One letter (with a figure) is a capital, longer names keep capitals only as an abbreviation."""
    single = letter.rstrip("0123456789")
    if len(single) <= 1:
        upper = letter.upper()
        return russian(upper, beside_russian=True) if as_russian else upper
    plain = " ".join(letter.split()).replace(" - ", "-").replace(" -", "-").replace("- ", "-")
    if as_russian:
        plain = " ".join(russian(word) for word in plain.split())
    return plain.lower() if len(single) > 3 and (plain.isupper() or plain.istitle()) else plain


def _kindergarten(words: str, *, whole: bool) -> GroupName | None:
    """A group by its age («старшая»), its name («Солнышко») or both; ``whole``: nothing else in the text."""
    if len(words) > 2 * _LONGEST or (whole and len(words) > _LONGEST):
        return None
    for pattern in (_AGED, _NAMED):
        for match in pattern.finditer(words):
            beyond = _BRACKETS.sub("", words[: match.start()] + words[match.end() :])
            found = _group_title(match, whole=whole)
            if found is not None and not (whole and is_russian(re.sub(_GROUP_WORD, "", beyond, flags=re.IGNORECASE))):
                return found
    return _only_quoted(words) if whole else None


def _group_title(match: re.Match[str], *, whole: bool) -> GroupName | None:
    """A title from its parts; a heading must say «группа», or put the name in quotes or after a capital."""
    parts = match.groupdict()
    age, name, bare, number = parts.get("age"), parts["name"], parts["bare"], parts["number"]
    if bare and (_NO_NAMES.match(bare) or not (whole or (parts["word"] and bare[0].isupper()))):
        return None
    if not (whole or name or parts["word"]) or not (age or name or bare or number):
        return None
    prefix = _aged(parts.get("order") or "", age) if age else "Группа"
    called = name or bare
    if called:
        return GroupName(f"{prefix} «{_tidy(called)}»")
    return GroupName(f"{prefix} № {int(number)}" if number else prefix)


def _aged(order: str, age: str) -> str:
    ordinal = next((full for starts, full in _FIRST_THREE if _ordered(order.lower(), starts)), "")
    ages = [
        next(full for stem, full in _AGES.items() if word.startswith(stem)) for word in re.split(r"[\s-]+", age.lower())
    ]
    return _tidy(f"{ordinal} {' '.join(ages)}")


def _ordered(order: str, starts: tuple[str, ...]) -> bool:
    return order in starts[:2] or order.startswith(starts[2])


def _only_quoted(words: str) -> GroupName | None:
    found = re.fullmatch(_NAME, words)
    return GroupName(f"Группа «{_tidy(found.group('name'))}»") if found and is_russian(words) else None


def _tidy(words: str) -> str:
    """Single spaces and a first capital: «СОЛНЫШКО» and «солнышко» are Солнышко."""
    plain = " ".join(words.split())
    plain = plain.lower() if plain.isupper() and len(plain) > 3 else plain
    return plain[:1].upper() + plain[1:]
