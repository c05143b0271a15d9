"""Names in the cases of Russian, by the library pytrovich (MIT), the port of petrovich by its own authors.

Measured on ``tests/data/declension``, as wrong / not declined of 1,076 words of whole names and of 684 harder
single words: pytrovich 1 / 0 and 14 / 0, petrovich 2.0.1 (later ones want Python 3.12) 70 / 0 in the first,
pymorphy3 0 / 100 and 3 / 240. So pytrovich it is, and what tells that it is at a loss (an ending that spelling
forbids, a man's name left without any) leaves the whole name undeclined: 1 / 0 and 11 / 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from profdesk.domain.people import PersonName, Sex
from profdesk.domain.reference import NameForms

_CASES = (Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL)
_GENDERS = {Sex.MALE: Gender.MALE, Sex.FEMALE: Gender.FEMALE}
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]*(?:-[А-ЯЁа-яё][а-яё]*)*")
_AGNATION = re.compile(r"[А-ЯЁ][а-яё]+(?: |-)(?:оглы|оглу|угли|улы|уулу|кызы|кизи|гызы|кыз)")
_MISSPELT = re.compile(r"[гкхжшчщ]ы|[жшчщ][яю]")
_HARD_END = re.compile(r"(?<![ыи])[бвгджзклмнпрстфхцчшщ]$")


def decline(name: PersonName, sex: Sex | None) -> NameForms | None:
    """The whole name in every case, None where the sex is unknown or the library is at a loss with a part of it."""
    parts = [(NamePart.LASTNAME, name.surname), (NamePart.FIRSTNAME, name.given)]
    if name.patronymic and not _AGNATION.fullmatch(name.patronymic):
        parts.append((NamePart.MIDDLENAME, name.patronymic))
    if sex is None or not all(_RUSSIAN.fullmatch(word) for _, word in parts):
        return None
    declined = [_forms(part, word, sex) for part, word in parts]
    if not all(_is_likely(word, forms, sex) for (_, word), forms in zip(parts, declined, strict=True)):
        return None
    if name.patronymic and len(declined) < 3:
        declined.append((name.patronymic,) * len(_CASES))
    return NameForms(*_names(declined))


def _forms(part: NamePart, word: str, sex: Sex) -> tuple[str, ...]:
    maker = PetrovichDeclinationMaker()
    return tuple(maker.make(part, _GENDERS[sex], case, word) for case in _CASES)


def _is_likely(word: str, forms: tuple[str, ...], sex: Sex) -> bool:
    """Whether every form is spelt as Russian can be, and a man's name on a consonant has endings."""
    if sex is Sex.MALE and _HARD_END.search(word) and forms[0] == word:
        return False
    own = set(_MISSPELT.findall(word))
    return all(own.issuperset(_MISSPELT.findall(form)) for form in forms)


def _names(declined: list[tuple[str, ...]]) -> Iterator[PersonName]:
    for surname, given, *patronymic in zip(*declined, strict=True):
        yield PersonName(surname, given, *patronymic)
