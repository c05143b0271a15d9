"""What the tables of erasure show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profdesk.domain.erasure import Done, Mention, Outlook, Subject
from profdesk.domain.people import fold
from profdesk.domain.plural import counted
from profdesk.domain.retention import OF_PUPIL, Due, Kept, RecordKind, Rule, Then
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.erasure import Leaver

_LONGEST = 90
_NAMED = 4


def choice_columns() -> Sequence[Column[Leaver]]:
    """Who, what of theirs is due by which rule, and when the rest will be."""
    return (
        Column(
            "Ученик",
            lambda row: row.kept.name.full,
            sort=lambda row: fold(row.kept.name.full),
            second=_where,
        ),
        Column("Срок вышел", _due, second=_why, look=_urgent),
        Column("Остальному срок", _later, second=_more, width=260),
    )


def matches(row: Leaver, words: str) -> bool:
    """Whether name and class hold every word."""
    line = fold(f"{row.kept.name.full} {row.kept.group}")
    return all(word in line for word in fold(words).split())


def people(outlook: Outlook) -> str:
    """Whom it is about: a few by name, the others counted."""
    named = [_subject(one) for one in outlook.subjects[:_NAMED]]
    more = len(outlook.subjects) - len(named)
    return "; ".join(named) + (f" и ещё {more}" if more else "")


def kind_columns() -> Sequence[Column[tuple[RecordKind, int]]]:
    """Kind, what is in it, how many records."""
    return (
        Column("Вид сведений", lambda row: row[0].label, second=lambda row: row[0].category),
        Column("Записей", lambda row: str(row[1]), width=90, right=True),
    )


def also(outlook: Outlook) -> str:
    """What else changes."""
    parts = []
    if outlook.files:
        parts.append(counted(outlook.files, "файл", "файла", "файлов"))
    parts.append("содержание " + counted(outlook.operations, "записи журнала", "записей журнала", "записей журнала"))
    told = f"Ещё уничтожим: {', '.join(parts)}. Отменить это нельзя."
    if outlook.masked:
        told += f" Имя вымараем в других записях: {outlook.masked}."
    if outlook.psy_waits:
        told += " Диагностику и консультации уничтожит вход психолога: у вас нет ключа от них."
    return told


MENTIONS: Sequence[Column[Mention]] = (
    Column("Запись", lambda row: row.where, width=150),
    Column("Что в ней", lambda row: row.words[:_LONGEST]),
)


def act_columns(names: Mapping[str, str]) -> Sequence[Column[Done]]:
    """Number, day, why, how much, who."""
    return (
        Column("Акт", lambda row: f"№ {row.number}", width=100, second=lambda row: f"{row.made_on:%d.%m.%Y}"),
        Column("Почему", lambda row: row.kind.label, second=lambda row: row.basis or "без документа"),
        Column("Уничтожено", _destroyed, second=_counts),
        Column("Кто", lambda row: names.get(row.actor, ""), width=230),
    )


RULES: Sequence[Column[Rule]] = (
    Column("Вид сведений", lambda row: row.kind.label, width=210),
    Column("Сколько хранить", lambda row: row.term, width=320),
    Column("Потом", lambda row: row.then.label, width=130, look=lambda row: _then(row.then)),
    Column("Основание", lambda row: row.basis, second=lambda row: row.source),
)


def _then(then: Then) -> Look:
    return {
        Then.DESTROY: Look("trash", Tone.NEUTRAL),
        Then.ANONYMOUS: Look("eye-slash", Tone.MUTED),
        Then.KEEP: Look("lock-simple", Tone.MUTED),
    }[then]


def _where(row: Leaver) -> str:
    kept = row.kept
    if kept.left_on is None:
        return kept.group or "ни в одном классе"
    return ", ".join(filter(None, (kept.group, f"выбытие {kept.left_on:%d.%m.%Y}")))


def _urgent(row: Leaver) -> Look:
    return Look("clock", Tone.WARN) if row.due or row.kept.withdrawn_on else Look()


def _due(row: Leaver) -> str:
    if row.kept.withdrawn_on is not None:
        return f"отозвано согласие {row.kept.withdrawn_on:%d.%m.%Y}"
    if not row.due:
        return "—"
    if {one.kind for one in row.due} == {one.kind for one in row.terms}:
        return "все сведения"
    return ", ".join(one.kind.label.lower() for one in row.due)


def _why(row: Leaver) -> str:
    if row.kept.to_go_by is not None:
        return f"уничтожить до {row.kept.to_go_by:%d.%m.%Y} (152-ФЗ, ст. 21, ч. 5)"
    if not row.due:
        return ""
    last = max(row.due, key=lambda one: one.on)
    return f"с {last.on:%d.%m.%Y}: {last.rule.term}"


def _rest(row: Leaver) -> Sequence[Due]:
    return sorted((one for one in row.terms if one not in row.due), key=lambda one: one.on)


def _later(row: Leaver) -> str:
    rest = _rest(row)
    return f"{rest[0].on:%d.%m.%Y}" if rest else "—"


def _more(row: Leaver) -> str:
    return ", ".join(one.kind.label.lower() for one in _rest(row))


def _subject(one: Subject) -> str:
    what = "всё" if one.kinds == OF_PUPIL else ", ".join(k.label.lower() for k in RecordKind if k in one.kinds)
    return f"{one.name.full} ({', '.join(filter(None, (one.group, what)))})"


def _destroyed(row: Done) -> str:
    many = counted(row.pupils, "ученик", "ученика", "учеников")
    return f"{many}, {counted(sum(row.records.values()), 'запись', 'записи', 'записей')}"


def _counts(row: Done) -> str:
    waits = ["диагностика ждёт психолога"] if row.psy_waits else []
    return ", ".join([*(f"{kind.label.lower()} {count}" for kind, count in row.records.items() if count), *waits])


def as_leavers(everyone: Sequence[Kept]) -> Sequence[Leaver]:
    """Everybody as a row of the same table, nobody due."""
    return [Leaver(one, (), ()) for one in everyone]
