"""How a copy is told: in a row of the table and in the card beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from profdesk.domain import wording
from profdesk.domain.backups import Copy, Difference, Reading, SecondPlace, Trial
from profdesk.domain.plural import counted, word
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.copy_words import holds, last, moment, size, unput, why
from profdesk.gui.common.tones import Tone

Checked = Mapping[Path, tuple[str, ...]]
"""What a check found to be damaged in copies that were checked since the page is open."""


def columns(reading: Reading, checked: Checked) -> tuple[Column[Copy], ...]:
    """The table of copies; where there is a second place it says whether the copy lies there too."""
    found: list[Column[Copy]] = [
        Column("Когда", lambda one: moment(one.made_at), width=165, second=why),
        Column("Что в ней, последняя запись", holds, second=last),
        Column("Размер", size, width=70, right=True),
        Column(
            "Проверка",
            lambda one: verdict(one, checked)[0],
            width=130,
            look=lambda one: verdict(one, checked)[1],
        ),
    ]
    if reading.second is not None:
        found.append(Column("Второе место", _there(reading.second), width=110))
    return tuple(found)


def verdict(copy: Copy, checked: Checked) -> tuple[str, Look]:
    """What is known of its wholeness."""
    wrong = checked.get(copy.folder)
    if wrong:
        return "повреждена", Look("x-circle", Tone.BAD)
    if wrong is not None:
        return "цела", Look("check-circle-fill", Tone.OK)
    if copy.holds is not None:
        return "при записи", Look("check-circle-fill", Tone.OK)
    return "не проверялась", Look("circle", Tone.NEUTRAL)


def second_place(found: SecondPlace | None) -> str:
    """How things stand with the second place."""
    if found is None:
        return "Копии лежат только в рабочей папке и пропадут вместе с диском. Назовите флешку или сетевую папку."
    if not found.is_there:
        missed = f" {unput(found.failure, why=False)}" if found.failure else ""
        return f"{found.folder}\nСейчас не подключено. Копия ляжет туда сама, когда место появится.{missed}"
    when = f"последняя копия {moment(found.last)}" if found.last else "копий ещё нет"
    state = f"Подключено, {when}" + (f"; {found.reason}." if found.reason and found.last else ".")
    told = [f"{found.folder}\n{state}"]
    if found.failure is not None:
        told.append(unput(found.failure))
    if found.same_disk:
        told.append(
            "Это место на том же диске, что и рабочая папка: сломается диск, и пропадёт всё сразу. "
            "Надёжнее флешка или сетевая папка."
        )
    return "\n".join(told)


def trial(found: Trial | None) -> str:
    """What came of the last trial restore."""
    if found is None:
        return "Раз в месяц последняя копия разворачивается рядом, открывается и убирается. Ещё не пробовали."
    return f"{wording.whole_day(found.at.astimezone().date())}: {found.told[:1].lower()}{found.told[1:]}"


def consequences(copy: Copy, found: Difference) -> str:
    """What restoring would change, in sentences."""
    if not found.known:
        lost = "Эта копия не из прошлого этой папки: сравнить записи нельзя, всё нынешнее будет заменено."
    elif not found.count:
        lost = "После этой копии ничего не записано: не пропадёт ни одна запись."
    else:
        goes = word(found.count, "Уйдёт", "Уйдут", "Уйдёт")
        changes = counted(found.count, "запись", "записи", "записей")
        made = word(found.count, "сделанная", "сделанные", "сделанных")
        lost = f"{goes} {changes} журнала, {made} позже: {'; '.join(found.parts())}."
    users = "удалённые пользователи не вернутся"
    if found.returning:
        comes = word(len(found.returning), "вернётся", "вернутся", "вернутся")
        users = f"{comes} с прежним паролем {', '.join(found.returning)}: больше вести пользователей в копии некому"
    return (
        f"Рабочая папка станет такой, какой была {moment(copy.made_at)}. {lost} "
        f"Пароли и роли станут теми же, что были тогда, {users}. "
        "Нынешнее состояние сначала скопируется, и его можно будет вернуть отсюда же. Потом нужно будет войти снова."
    )


def _there(second: SecondPlace) -> Callable[[Copy], str]:
    def told(copy: Copy) -> str:
        if copy.folder.is_relative_to(second.folder):
            return "только там"
        return "есть" if copy.folder.name in second.names else ""

    return told
