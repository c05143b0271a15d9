"""What a heading of a class list means, by the words schools, journals and kindergartens use."""

from __future__ import annotations

import re
from functools import lru_cache

from profdesk.domain.people import fold
from profdesk.domain.roster import Field
from profdesk.domain.roster_text import russian

_LONGEST = 100
_SEPARATORS = re.compile(r"[^а-яa-z0-9№]+")
_CHILD = r"(?:ребенка|ученика|учащегося|обучающегося|воспитанника|школьника|дошкольника|студента)"

_OTHERS = re.compile(
    r"\b(?:мам|мать|матер|отец|отц|папа|папы|папе|родител|законн|представит|опекун|учител|руковод|кл рук|воспитателя|"
    r"педагог|тренер|тьютор|психолог|куратор|наставник|бабушк|дедушк|брат|сестр|девич|прежн|директор|родств|семь)"
)
_SERVICE = re.compile(
    r"^№|^(?:n|no|номер|п ?п|код|id|ид|guid|uid|логин|пароль|ключ)\b|"
    r"\b(?:снилс|инн|паспорт|сери|документ|свидетельств|полис|адрес|место|прожив|пропис|телефон|тел|моб|почта|e ?mail|"
    r"гражданств|национальн|язык|форм[аы]?|статус|примечан|льгот|здоров|диагноз|инвалид|овз|возраст(?!\w* группа)|лет|"
    r"зачислен|поступ|прибы|выбы|приказ|выдач|регистр|личн|дел[оа]|алфавит|оценк|балл|посещ|питан|кружк|секци|"
    r"физкульт|физра|медиц|мед|крови|продл|гпд|подгрупп|количеств|кол во|итого|всего|программ|учебник|рост|вес|подпись|"
    r"состоян|соц|маршрут|автобус|библиотек|роль|тип|ушел|куда|откуда)|"
    r"\bдата (?:заполн|выдачи|начал|оконч|добав|измен|созд|внес)"
)
_BIRTH = re.compile(
    r"рожд|родил|^д ?р$|^дата р$|^др\b|birth|\bd ?o ?b\b|^число месяц год$|^дата месяц год$|^дата рож\w*$"
)
_NOT_BIRTH = re.compile(r"\b(?:место|свидетельств|акт)")
_SEX = re.compile(rf"^пол(?: (?:{_CHILD}|муж.*|м ж|м|мж))?$|^м ж$|^sex$|^gender$")
_LETTER = re.compile(r"^(?:литер\w*|буква|индекс)(?: класса)?$")
_GRADE = re.compile(r"^(?:параллель|№ класса|номер класса|класс (?:номер|параллель|цифра)|цифра класса|год обучения)$")
_GROUP = re.compile(
    rf"^(?:\w+ )?(?:класса?|кл|группа|группы)(?: (?:обучения|учебный|группа|класс|кл|школы|доу|детского сада|{_CHILD}|"
    r"литера|литер|буква|и литера|и буква|на .*|20\d\d.*))?$|^подразделение$|^классы$|^grade$|^class$|^group$"
)
_NO_GROUP = re.compile(r"^(?:предыдущ|прошл|бывш|будущ|классный|уровень|вид|профиль|мед|основная|языков)\w* ")
_FULL = re.compile(
    r"^(?:№ )?ф ?и ?о?\b|фамили\w* (?:и )?(?:имя|и о)|имя (?:и )?(?:отчество )?фамили|полное имя|full ?name|^name$|^фио"
)
_PUPIL = re.compile(
    r"^(?:список )?(?:все )?(?:ученик|ученица|обучающ|учащ|воспитанник|ребен|дети|детей|школьник|студент|участник)\w*"
    r"(?: \w+){0,3}$|^список(?: \w+){0,2}$|^физическое лицо$"
)
_SURNAME = re.compile(rf"^(?:\w+ )?фамили\w*(?: {_CHILD})?$|^(?:last ?name|surname)$")
_GIVEN = re.compile(rf"^(?:\w+ )?(?:имя|имена)(?: {_CHILD})?$|^имя (?:и )?отчество$|^(?:first|given) ?name$")
_PATRONYMIC = re.compile(
    rf"^(?:\w+ )?отчество(?: (?:{_CHILD}|если есть))?(?: при наличии)?$|^(?:middle ?name|patronymic)$"
)
_PARTS = {"число", "день", "месяц", "год", "м", "ж", "муж", "жен", "мальчик", "девочка", "мальчики", "девочки"}
_STRONG = frozenset({Field.SURNAME, Field.GIVEN, Field.PATRONYMIC, Field.BIRTH_DATE})
_ORDER = (
    (Field.FULL_NAME, _FULL),
    (Field.SURNAME, _SURNAME),
    (Field.GIVEN, _GIVEN),
    (Field.PATRONYMIC, _PATRONYMIC),
    (Field.SEX, _SEX),
    (Field.LETTER, _LETTER),
    (Field.GRADE, _GRADE),
)


@lru_cache(maxsize=1 << 14)
def heading_field(words: str) -> Field | None:
    """The field a heading names; IGNORED for one that is known not to matter; None for an unknown one."""
    plain = _plain(words)
    if not plain or len(plain) > _LONGEST:
        return None
    if _OTHERS.search(plain):
        return Field.IGNORED
    if _BIRTH.search(plain):
        return Field.IGNORED if _NOT_BIRTH.search(plain) and "дата" not in plain else Field.BIRTH_DATE
    return next((field for field, pattern in _ORDER if pattern.search(plain)), None) or _lesser(plain)


def is_strong(words: str) -> bool:
    """Whether words can hardly be anything but a heading: part of a name, or the date of birth."""
    field = heading_field(words)
    return field in _STRONG or (field is Field.FULL_NAME and is_full_name(words))


def is_part(words: str) -> bool:
    """Whether words head a part of a column above: day, month and year, or the two sexes."""
    return _plain(words) in _PARTS


def is_full_name(words: str) -> bool:
    """Whether a heading says in so many words that full names stand below: «ФИО»."""
    return _FULL.search(_plain(words)) is not None


def names_others(words: str) -> bool:
    """Whether a heading speaks of parents or teachers."""
    return _OTHERS.search(_plain(words)) is not None


def heading_order(words: str) -> bool | None:
    """Whether a heading of full names puts the given name before the surname; None if it does not say."""
    plain = _plain(words)
    if "имя" in plain and "фамили" in plain:
        return plain.index("имя") < plain.index("фамили")
    return False if re.search(r"^ф ?и|фио", plain) else None


def _lesser(plain: str) -> Field | None:
    service = _SERVICE.search(plain)
    if _GROUP.search(plain) and not _NO_GROUP.search(plain) and not service:
        return Field.GROUP
    if service:
        return Field.IGNORED
    return Field.FULL_NAME if _PUPIL.search(plain) else None


def _plain(words: str) -> str:
    lower = fold(" ".join(russian(word) for word in words.split()))
    return _SEPARATORS.sub(" ", lower).strip()
