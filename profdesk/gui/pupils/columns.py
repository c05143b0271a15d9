"""The columns of the list of pupils."""

from __future__ import annotations

from profdesk.domain.pupil_list import Listed
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone


def columns(*, missing: bool) -> tuple[Column[Listed], ...]:
    """``missing`` tells of a portfolio what it lacks rather than what it has."""
    return (
        Column("Фамилия, имя, отчество", lambda row: row.pupil.name.full, sort=lambda row: row.folded),
        Column(
            "Дата рождения",
            lambda row: f"{row.pupil.birth_date:%d.%m.%Y}",
            width=120,
            sort=lambda row: row.pupil.birth_date,
        ),
        Column(
            "Пол",
            lambda row: row.pupil.sex.value if row.pupil.sex else "—",
            width=56,
            sort=lambda row: row.pupil.sex or "",
        ),
        Column(
            "Класс или группа",
            _place,
            width=190,
            sort=_class,
        ),
        Column(
            "Чего не хватает" if missing else "Портфолио",
            _missing if missing else _portfolio,
            width=170,
            sort=_left_to_do,
            look=_look,
        ),
    )


def _place(row: Listed) -> str:
    """The class of the year; of those who have none, the last one with its year."""
    if row.pupil.group is not None:
        return row.pupil.group.name.title
    return f"{row.last.group}, {row.last.year.title}" if row.last else "—"


def _class(row: Listed) -> tuple[int, str, str]:
    grade, letter = row.pupil.group.name.sort_key if row.pupil.group else (99, _place(row))
    return grade, letter, row.folded


def _portfolio(row: Listed) -> str:
    if row.portfolio is None:
        return _standing(row)
    if row.portfolio.complete:
        return "заполнено"
    return f"{row.portfolio.assessed} из {row.portfolio.total}"


def _missing(row: Listed) -> str:
    if row.portfolio is None or row.portfolio.complete:
        return _portfolio(row)
    return f"не хватает {row.portfolio.missing}" if row.portfolio.assessed else "не начато"


def _standing(row: Listed) -> str:
    return f"выбытие {row.left.day:%d.%m.%Y}" if row.left else "—"


def _left_to_do(row: Listed) -> tuple[int, str]:
    """The least covered first, those who are in no class last."""
    return (-row.portfolio.missing if row.portfolio else 1), row.folded


def _look(row: Listed) -> Look:
    if row.portfolio is None:
        return Look(tone=Tone.MUTED)
    if row.portfolio.complete:
        return Look("check-circle-fill", Tone.OK)
    return Look("circle-half" if row.portfolio.assessed else "circle", Tone.NEUTRAL)
