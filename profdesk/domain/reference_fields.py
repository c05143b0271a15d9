"""The fields that a school's own template may name, with what each means and what it holds for a pupil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from profdesk.domain.people import PersonName, Sex
from profdesk.domain.reference import Reference
from profdesk.domain.wording import NBSP, day

Row = Mapping[str, str]
Value = str | Sequence[str] | Sequence[Row]

PARAGRAPHS = "абзацы"
COMPETENCIES = "компетенции"
LISTS = {PARAGRAPHS: "абзац", COMPETENCIES: "к"}
"""Fields that hold several values, and how the sample calls one of them."""

_SECTIONS = {
    "general": "общие_сведения",
    "portfolio": "портфолио",
    "strengths": "сильные_стороны",
    "developing": "формируется",
    "support": "нужна_помощь",
    "growth": "рост",
    "own": "самооценка",
    "parents": "мнение_родителей",
    "evidence": "работы",
    "notes": "заметки",
    "purpose": "для_чего",
}
_PUPIL = {
    (False, Sex.MALE): "обучающийся",
    (False, Sex.FEMALE): "обучающаяся",
    (True, Sex.MALE): "воспитанник",
    (True, Sex.FEMALE): "воспитанница",
}


@dataclass(frozen=True)
class Field:
    """A field as a template names it; several values stand in a loop."""

    name: str
    meaning: str
    value: Value

    @property
    def tag(self) -> str:
        """What is typed into the template."""
        one = LISTS.get(self.name)
        if one is None:
            return f"{{{{ {self.name} }}}}"
        inner = one if self.name == PARAGRAPHS else f"{one}.название"
        return f"{{%p for {one} in {self.name} %}} {{{{ {inner} }}}} {{%p endfor %}}"

    @property
    def example(self) -> str:
        """What it holds, on one line."""
        if isinstance(self.value, str):
            return " ".join(self.value.split("\n"))
        return "; ".join(one if isinstance(one, str) else ", ".join(one.values()) for one in self.value)


def fields(reference: Reference, titles: Mapping[str, str]) -> Sequence[Field]:
    """Every field of a reference; ``titles`` name the sections by their keys, those left out hold nothing."""
    return [*_of_pupil(reference), *_of_text(reference, titles), *_of_school(reference)]


def _of_pupil(reference: Reference) -> Iterable[Field]:
    facts, name = reference.facts, reference.facts.pupil.name
    yield Field("фамилия", "Фамилия", name.surname)
    yield Field("имя", "Имя", name.given)
    yield Field("отчество", "Отчество, если есть", name.patronymic or "")
    yield Field("фио", "Фамилия, имя, отчество", name.full)
    cases = {"родительный": "кого", "дательный": "кому", "винительный": "на кого", "творительный": "кем"}
    for (case, question), form in zip(cases.items(), _forms(reference), strict=True):
        yield Field(f"фио_{case}", f"Фамилия, имя, отчество: {question}", form.full)
    given = NBSP.join(f"{part[0]}." for part in (name.given, name.patronymic) if part)
    yield Field("фамилия_инициалы", "Фамилия и инициалы", f"{name.surname}{NBSP}{given}")
    yield Field("дата_рождения", "Дата рождения", day(facts.pupil.birth_date))
    yield Field("класс", "Класс или группа", facts.group.name.title)
    sex = facts.sex or Sex.MALE
    yield Field("обучающийся", "Обучающийся или обучающаяся, по полу", _PUPIL[facts.kindergarten, sex])
    yield Field("на_кого", "Строка под заголовком", reference.addressed)
    yield Field("о_ком", "Имя под этой строкой, в нужном падеже", reference.named)


def _of_text(reference: Reference, titles: Mapping[str, str]) -> Iterable[Field]:
    facts = reference.facts
    yield Field("текст", "Весь текст: отмеченные разделы", "\n".join(reference.paragraphs))
    yield Field(PARAGRAPHS, "Тот же текст по абзацам", reference.paragraphs)
    for key, name in _SECTIONS.items():
        yield Field(name, f"Раздел «{titles.get(key, name)}»", reference.sections.get(key, ""))
    done = facts.completeness
    yield Field("оценено", "Сколько компетенций оценено за год", str(done.assessed))
    yield Field("всего_компетенций", "Сколько их в наборе", str(done.total))
    yield Field(COMPETENCIES, "Строки таблицы: название, стадия, раньше", _rows(reference))


def _of_school(reference: Reference) -> Iterable[Field]:
    facts, organisation = reference.facts, reference.facts.organisation
    head, teacher = reference.signatories
    yield Field("уровень", "Уровень образования", facts.level.title)
    yield Field("учебный_год", "Учебный год", facts.period.year.title)
    yield Field("полугодие", "Полугодие", facts.period.term.title)
    yield Field("организация", "Полное название организации", organisation.full_name)
    yield Field("организация_кратко", "Краткое название", organisation.short_name)
    yield Field("муниципалитет", "Муниципалитет", organisation.municipality)
    yield Field("должность_руководителя", "Должность руководителя", head.post)
    yield Field("руководитель", "Руководитель: инициалы и фамилия", head.name)
    yield Field("должность_педагога", "Классный руководитель или воспитатель", teacher.post)
    yield Field("педагог", "Его инициалы и фамилия", teacher.name)
    yield Field("дата", "Дата составления", day(facts.dated))


def _forms(reference: Reference) -> Sequence[PersonName]:
    """In the four cases; a name that is not declined stays as it is."""
    forms, name = reference.facts.forms, reference.facts.pupil.name
    if forms is None:
        return (name,) * 4
    return (forms.genitive, forms.dative, forms.accusative, forms.instrumental)


def _rows(reference: Reference) -> Sequence[Row]:
    facts = reference.facts
    titles = {stage.value: stage.title for stage in facts.scale}
    return [
        {
            "название": item.plain,
            "стадия": titles.get(facts.stages.get(item.code, -1), "не оценено"),
            "раньше": titles.get(facts.earlier.get(item.code, -1), ""),
        }
        for item in facts.level.competencies.items
    ]
