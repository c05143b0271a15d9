"""Names of pupils as class lists write them, brought to surname, given name and patronymic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from profdesk.domain.people import PersonName, Sex, fold
from profdesk.domain.roster_text import Value, Wrong, is_russian, russian, text

_NUMBERING = re.compile(r"^\s*№?\s*\d{1,3}\s*[.)]?\s+|^\s*\d{1,3}[.)]\s*")
_MARKS = re.compile(r"[*†+•✓✔√!?_\"«»“”]+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[[^\[\]]*\]")
_SPACED_DASH = re.compile(r"(?<=[А-Яа-яЁёA-Za-z])(?:\s*[‐‑‒–—−]\s*|\s+-\s+|-\s+|\s+-)(?=[А-Яа-яЁёA-Za-z])")
_REMARK = re.compile(r"(?<=[А-Яа-яЁёA-Za-z])\s+[‐‑‒–—−-]\s+(?=[а-яёa-z])")
_INITIALS = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*\.?")
_INITIAL = re.compile(r"^[^\W\d_](?:\.|$)")
_PARTICLES = {"оглы", "оглу", "кызы", "кизи", "гызы", "угли", "улы", "уулу", "кыз", "заде"}
_NOBILIARY = {"де", "ди", "да", "дель", "дер", "фон", "ван", "аль", "эль", "ибн", "бен", "бин", "ла", "ле", "мак"}
_PATRONYMIC = re.compile(r"(?:[оеё]вич|[оеё]вна|ьич|[кмт]ич|инична|ична)$")
_RELATION = re.compile(r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|енко|ых|их|юк|чук)$")
_GIVEN = {
    "лев", "ева", "нина", "инна", "зина", "алина", "арина", "ирина", "карина", "марина", "полина", "галина", "регина",
    "кристина", "екатерина", "катерина", "ангелина", "валентина", "каролина", "эвелина", "аделина", "антонина",
    "василина", "георгина", "сабина", "альбина", "дарина", "эльвина", "мартин", "константин", "валентин", "августин",
    "камила", "дина", "лина", "рина", "ульяна",
}  # fmt: skip
_NONE = {"-", "–", "—", ".", "нет", "отсутствует", "б/о", "без отчества", "не указано", "н/д"}
_MALE = {"м", "муж", "мужской", "мужчина", "мальчик", "мал", "мальч", "юноша", "юн", "m", "male", "муж пол"}
_FEMALE = {"ж", "жен", "женский", "женщина", "девочка", "дев", "девоч", "девушка", "f", "female", "жен пол"}


@dataclass(frozen=True)
class ReadName:
    """A name with remarks on what was understood rather than read."""

    name: PersonName
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameCells:
    """What a line holds of a name: in one cell, in three, or in both ways."""

    full: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    given_first: bool = False

    @property
    def text(self) -> str:
        """All of it as the file has it."""
        return " ".join(part for part in (self.full, self.surname, self.given, self.patronymic) if part)


def sex(value: Value) -> Sex | None:
    """Read the sex in the many ways lists write it; None where it is not clearly given."""
    word = fold(text(value)).replace(".", " ").strip()
    if word in _MALE:
        return Sex.MALE
    return Sex.FEMALE if word in _FEMALE else None


def read_name(cells: NameCells) -> ReadName:
    """Put a name together; Wrong says what of it is missing or cannot be a name."""
    full, notes = _words(cells.full)
    surname, more = _words(cells.surname)
    given, third = _words(cells.given)
    patronymic = [] if fold(cells.patronymic) in _NONE else _words(cells.patronymic)[0]
    if full:
        split = _split(full, given_first=cells.given_first)
        surname, given, patronymic = surname or split[0], given or split[1], patronymic or split[2]
    elif len(given) > 1 and not patronymic and _is_patronymic(given[1:]):
        given, patronymic = given[:1], given[1:]
    _check(surname, given, patronymic)
    if patronymic and _INITIAL.match(patronymic[0]):
        notes, patronymic = [*notes, " ".join(patronymic)], []
    proper = [" ".join(_proper(part)) for part in (surname, given, patronymic)]
    remarks = _remarks((*full, *surname, *given, *patronymic), (*notes, *more, *third))
    return ReadName(PersonName(proper[0], proper[1], proper[2] or None), remarks)


def looks_like_full_name(value: Value) -> bool:
    """Whether a cell is two to five words of letters, the first two capitalised."""
    words = _words(value)[0] if isinstance(value, str) and len(value) < 100 else []
    return 2 <= len(words) <= 5 and all(map(_is_word, words)) and all(word[0].isupper() for word in words[:2])


def looks_like_one_name(value: Value) -> bool:
    """Whether a cell is one capitalised word of letters, as surnames and given names are."""
    words = _words(value)[0] if isinstance(value, str) and len(value) < 60 else []
    single = len(words) == 1 and len(words[0]) > 1 and _is_word(words[0]) and words[0][0].isupper()
    return single and sex(value) is None


def looks_like_patronymic(value: Value) -> bool:
    """Whether a cell ends as patronymics do."""
    return isinstance(value, str) and _is_patronymic(_words(value)[0])


def looks_like_surname(value: Value) -> bool:
    """Whether a word ends as most Russian surnames do, and is no given name that ends so."""
    return isinstance(value, str) and fold(value) not in _GIVEN and _RELATION.search(fold(value)) is not None


def given_comes_first(values: list[str]) -> bool:
    """Whether most full names of a column are written «Иван Петров» or «Иван Петрович Петров»."""
    told = [_order(words) for value in values if 2 <= len(words := _words(value)[0]) <= 3]
    return sum(told) * 2 > len(told) and told.count(-1) * 5 < len(told) if told else False


def _order(words: list[str]) -> int:
    """1: the given name is first; -1: the surname is; 0: this name does not tell."""
    if len(words) == 3 and (_is_patronymic(words[1:2]) != _is_patronymic(words[2:])):
        return 1 if _is_patronymic(words[1:2]) else -1
    first, last = looks_like_surname(words[0]), looks_like_surname(words[-1])
    return 0 if first == last else (1 if last else -1)


def _words(cell: str) -> tuple[list[str], list[str]]:
    """The words of a cell without numbering, marks and brackets; and what stood in the brackets."""
    plain = text(cell)
    if not plain:
        return [], []
    notes = [found.group(1) or "" for found in _BRACKETS.finditer(plain)] if "(" in plain else []
    plain = _MARKS.sub(" ", _NUMBERING.sub("", _BRACKETS.sub(" ", plain)))
    plain = plain if plain.islower() else _REMARK.sub(", ", plain)
    plain = _INITIALS.sub(" ", _SPACED_DASH.sub("-", plain.replace(",", " ").replace(";", " ")))
    return [word for part in plain.split() if (word := part.strip("-–—:'’"))], [note for note in notes if note]


def _split(words: list[str], *, given_first: bool) -> tuple[list[str], list[str], list[str]]:
    """Surname, given name and patronymic of a full name.

    Usually in this order; a patronymic is known by its ending («Ибрагимова Наталья Эльдар кызы»,
    «де Сильва Мария Ивановна», «Иван Петрович Сидоров»).
    """
    if given_first or (len(words) == 3 and _is_patronymic(words[1:2]) and not _is_patronymic(words[2:])):
        if len(words) > 2 and _is_patronymic(words[1:2]):
            return words[2:], words[:1], words[1:2]
        return words[-1:], words[:-1], []
    start = 1
    while start < len(words) - 1 and words[start - 1] in _NOBILIARY:
        start += 1
    if len(words) > start + 2 and _is_patronymic(words[-1:]) and fold(words[-1]) not in _PARTICLES:
        start = len(words) - 2
    return words[:start], words[start : start + 1], words[start + 1 :]


def _is_patronymic(words: list[str]) -> bool:
    return bool(words) and (fold(words[-1]) in _PARTICLES or _PATRONYMIC.search(fold(words[-1])) is not None)


def _check(surname: list[str], given: list[str], patronymic: list[str]) -> None:
    if not surname and not given:
        raise Wrong("Нет фамилии и имени")
    for word in (*surname, *given, *patronymic):
        if any(letter.isdigit() for letter in word):
            raise Wrong(f"В имени цифры: «{word}»")
        if not _is_word(word):
            raise Wrong(f"Не похоже на имя: «{word}»")
    if not surname:
        raise Wrong("Нет фамилии")
    if not given or fold(given[0]) in _PARTICLES:
        raise Wrong("Нет имени")
    if _INITIAL.match(given[0]):
        raise Wrong(f"Имя не полностью: «{' '.join((*surname, *given, *patronymic))}»")
    capital = surname[0][0].isupper()
    for word in (*given, *patronymic):
        if capital and word[0].islower() and fold(word) not in _PARTICLES | _NOBILIARY:
            raise Wrong(f"Лишнее слово после имени: «{word}»")


def _is_word(word: str) -> bool:
    return _WORD.fullmatch(word) is not None


def _proper(words: list[str]) -> list[str]:
    return [
        word if index + 1 < len(words) and word in _NOBILIARY else _proper_word(russian(word))
        for index, word in enumerate(words)
    ]


def _proper_word(word: str) -> str:
    """IVAN and ivan become Ivan; a word of mixed letters (МакДональд) stays."""
    if fold(word) in _PARTICLES:
        return word.lower()
    if word.islower() or (word.isupper() and len(word) > 1):
        return "".join(
            part.capitalize() if part[0].isalpha() else part for part in re.split(r"([-'’ʼ`])", word) if part
        )
    return word


def _remarks(words: tuple[str, ...], notes: tuple[str, ...]) -> tuple[str, ...]:
    remarks = []
    if any(russian(word) != word for word in words if is_russian(word)):
        remarks.append("Латинские буквы в имени прочитаны как русские")
    remarks += [f"Не перенесено: «{note}»" for note in notes]
    return tuple(remarks)
