"""Fields in the texts of a certificate: «{класс}, {учебный год} учебный год»."""

from __future__ import annotations

import re

from profdesk.domain import wording
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.people import initials

_ORGANISATION, _SHORT, _MUNICIPALITY = "организация", "краткое название", "муниципалитет"
_LEGAL_FORM, _NAME = "вид организации", "название"
_PUPIL, _SURNAME, _GIVEN, _PATRONYMIC = "ученик", "фамилия", "имя", "отчество"
_GROUP, _YEAR, _LEVEL = "класс", "учебный год", "уровень"
_NUMBER, _DAY = "номер", "дата выдачи"
_HEAD_POST, _HEAD, _TEACHER_POST = "должность руководителя", "руководитель", "педагог"
KNOWN = {
    _ORGANISATION: "полное название организации",
    _LEGAL_FORM: "начало полного названия: «Муниципальное бюджетное…»",
    _NAME: "название организации в кавычках",
    _SHORT: "краткое название организации",
    _MUNICIPALITY: "муниципалитет",
    _PUPIL: "фамилия, имя и отчество",
    _SURNAME: "фамилия",
    _GIVEN: "имя",
    _PATRONYMIC: "отчество",
    _GROUP: "класс или группа",
    _YEAR: "учебный год: 2026/27",
    _LEVEL: "уровень образования",
    _NUMBER: "номер сертификата",
    _DAY: "день выдачи",
    _HEAD_POST: "должность руководителя",
    _HEAD: "фамилия и инициалы руководителя",
    _TEACHER_POST: "«Классный руководитель» или «Воспитатель»",
}
"""The fields that there are, each with what it is filled with."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_NO_NUMBER = "000"


def wrong(text: str) -> str:
    """What is the matter with the fields of a text, naming the first that is not known; empty if nothing is."""
    for name in _FIELD.findall(text):
        if tidy(name) not in KNOWN:
            return f"Поля {{{name}}} нет. Есть {{{'}, {'.join(KNOWN)}}}."
    if set("{}") & set(_FIELD.sub("", text)):
        return "Скобка { } без пары: поле пишется так: {класс}."
    return ""


def filled(text: str, facts: CertificateFacts) -> str:
    """The text with its fields filled; where one is empty, no double space or lone comma stays."""
    known = values(facts)
    words = _FIELD.sub(lambda found: known[tidy(found[1])], text)
    words = re.sub(r" +", " ", words)
    return re.sub(r"^[ ,·]+|[ ,·]+$|[ ,·]+(?=,)", "", words)


def tidy(name: str) -> str:
    """A name of a field as it stands in ``KNOWN``, however it was typed."""
    return " ".join(name.split()).casefold()


def values(facts: CertificateFacts) -> dict[str, str]:
    """What each field is filled with; the number stands as zeros on a preview."""
    organisation, pupil = facts.organisation, facts.pupil
    return {
        _ORGANISATION: organisation.full_name,
        _LEGAL_FORM: organisation.legal_form,
        _NAME: wording.quoted(organisation.name),
        _SHORT: organisation.short_name,
        _MUNICIPALITY: organisation.municipality,
        _PUPIL: pupil.full,
        _SURNAME: pupil.surname,
        _GIVEN: pupil.given,
        _PATRONYMIC: pupil.patronymic or "",
        _GROUP: group_title(facts.group),
        _YEAR: facts.year.title,
        _LEVEL: facts.level.title,
        _NUMBER: facts.number or _NO_NUMBER,
        _DAY: wording.day(facts.issued_on),
        _HEAD_POST: organisation.head_post,
        _HEAD: initials(organisation.head_name),
        _TEACHER_POST: facts.teacher_post,
    }


def group_title(title: str) -> str:
    """«7 «А» класс»; a kindergarten group has its own title."""
    return f"{title} класс" if title[:1].isdigit() and not title.endswith("класс") else title
