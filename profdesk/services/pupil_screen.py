"""A sheet answered by the pupil at the computer: what the window of the pupil is given, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from profdesk.domain import answers as sheets
from profdesk.domain import pupil_screen
from profdesk.domain.access import Actor
from profdesk.domain.consent_gates import Deed
from profdesk.domain.pupil_screen import PupilScreen
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import consent_gates, diagnostics
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_NAMED = 5


@needs(Right.DIAGNOSTICS)
def read(workspace: Workspace, actor: Actor, sheet_id: str) -> PupilScreen:
    """Read what a pupil is shown; WrongInputError says what to do first where it cannot be."""
    with workspace.unit(actor) as unit:
        sheet = unit.diagnostics.sheet(sheet_id)
        consent_gates.ensure(unit, Deed.DIAGNOSE, [sheet.pupil])
        session = unit.diagnostics.session(sheet.session)
        instrument = diagnostics.parsed(unit.diagnostics.instrument_source(session.digest))
        wording = diagnostics.kept_wording(unit, instrument.code)
        now = unit.diagnostics.standing({sheet.pupil})
        (pupil,) = unit.pupils.some(set(now.values()), session.year)
    if session.closed_at is not None:
        raise WrongInputError("Сеанс закончен. Откройте его снова, и ученик сможет отвечать.")
    if sheet.attendance is not None:
        raise WrongInputError("Ученик отмечен как отсутствующий или отказавшийся. Снимите отметку.")
    if not sheets.missing(instrument, sheet.answers):
        raise WrongInputError("Бланк заполнен целиком, отвечать больше не на что. Поменять ответ можно здесь.")
    if silent := pupil_screen.unworded(instrument, wording):
        named = f"{', '.join(map(str, silent[:_NAMED]))}{' и других' if len(silent) > _NAMED else ''}"
        raise WrongInputError(
            f"Методика «{instrument.short}»: нет текстов вопросов {named}, ученику нечего прочесть. "
            "Загрузите их: «Диагностика», «Методики…», «Загрузить вопросы…»."
        )
    return PupilScreen(sheet.id, pupil.name.given, instrument, wording, sheet.answers)
