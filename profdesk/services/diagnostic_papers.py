"""The psychologist's papers: answer sheets, protocol, class report, leaflets, journal, workbook.

They are made from the psychologists' database and kept nowhere: who prints or saves one, holds it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import leaflet
from profdesk.domain.access import Actor
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.instrument import Kind
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError
from profdesk.services import conclusions, diagnostics, organisation, users
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.DIAGNOSTICS)
def answer_sheets(workspace: Workspace, actor: Actor, session_id: str) -> bytes:
    """Draw the answer sheets of a session, the questions behind each where the school loaded them."""
    from profdesk.documents import answer_sheet

    facts = _facts(workspace, actor, session_id)
    if all(one.sheet.is_hidden for one in facts.result.view.sheets):
        raise WrongInputError("Печатать не для кого: согласия на работу психолога отозваны.")
    return answer_sheet.answer_sheets(facts, _today())


@needs(Right.DIAGNOSTICS)
def protocol(workspace: Workspace, actor: Actor, session_id: str) -> bytes:
    """Draw the protocol of a session: sheets with their states and what leads on each."""
    from profdesk.documents import diagnostic_protocol

    return diagnostic_protocol.protocol(_facts(workspace, actor, session_id), _today())


@needs(Right.DIAGNOSTICS)
def class_report(workspace: Workspace, actor: Actor, session_id: str) -> bytes:
    """Draw how a session's raw scores are spread and who leads where; only whole sheets count."""
    from profdesk.documents import class_report as paper

    return paper.class_report(_facts(workspace, actor, session_id), _today())


@needs(Right.DIAGNOSTICS)
def leaflets(workspace: Workspace, actor: Actor, session_id: str, sheets: Collection[str] = ()) -> bytes:
    """Draw a leaflet for each child with a whole sheet, or for some ``sheets`` (ids) alone.

    WrongInputError where there is nobody to draw one for, saying why.
    """
    from profdesk.documents import pupil_leaflet

    facts = _facts(workspace, actor, session_id)
    source = assets.resource("leaflets", "texts.toml").read_text(encoding="utf-8")
    made = leaflet.leaflets(facts, leaflet.read_texts(source))
    wanted = [one for one in made if not sheets or one.one.sheet.id in sheets]
    if not wanted:
        raise WrongInputError(_nobody(facts))
    return pupil_leaflet.pupil_leaflets(facts, wanted, _today())


@needs(Right.DIAGNOSTICS)
def journal(workspace: Workspace, actor: Actor, year: SchoolYear) -> bytes:
    """Draw the journal of a school year's sessions."""
    from profdesk.documents import diagnostic_journal

    sessions = diagnostics.journal(workspace, actor, year)
    names = users.names(workspace, actor)
    return diagnostic_journal.journal(organisation.get(workspace, actor), year, sessions, names, _today())


@needs(Right.DIAGNOSTICS)
def results_workbook(workspace: Workspace, actor: Actor, session_id: str) -> bytes:
    """Write a session's answers, raw scores and states as XLSX."""
    from profdesk.documents import diagnostic_xlsx

    return diagnostic_xlsx.workbook(_facts(workspace, actor, session_id), _today())


def _nobody(facts: SessionFacts) -> str:
    kind = facts.result.instrument.kind
    if kind is Kind.RECORD:
        return "По записи беседы памятка не печатается: расскажите о ней ребёнку сами."
    if kind is Kind.RANKING and not facts.result.wording.questions:
        return "Загрузите тексты этой методики: без них памятка покажет одни номера."
    return "Памятку печатать не для кого: полных бланков нет. Введите ответы до конца."


def _facts(workspace: Workspace, actor: Actor, session_id: str) -> SessionFacts:
    result = conclusions.of_session(workspace, actor, session_id)
    return SessionFacts(
        organisation=organisation.get(workspace, actor),
        result=result,
        held_by=users.names(workspace, actor).get(result.view.session.actor, ""),
    )


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
