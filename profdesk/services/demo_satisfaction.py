"""What parents of the demonstration school answered after the meetings of two years; all of it is made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from profdesk.domain import satisfaction as domain
from profdesk.domain.activities import Activity, Audience, State
from profdesk.domain.demo_chance import chance
from profdesk.domain.satisfaction import Sheet
from profdesk.domain.school_year import SchoolYear
from profdesk.services import activities, satisfaction

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_HANDS_IN, _LEAVES_OUT = 0.82, 0.06
_LATER = 14
"""Days before the forms of a meeting are counted."""
_SHARES = {"useful": (0.58, 0.88, 0.97), "clear": (0.66, 0.93, 0.99), "talk": (0.36, 0.78, 0.95)}
"""Up to where of chance an answer is given, the best one first; a question not named is answered like the first."""


def collect(workspace: Workspace, years: Iterable[SchoolYear], today: date) -> None:
    """Write the answers after every meeting that was held a while ago."""
    for year in years:
        for one in activities.plan(workspace, workspace.actor, year).activities:
            asked = one.state is State.HELD and one.entry.audience is Audience.PARENTS
            if asked and (today - one.entry.last_day).days >= _LATER and satisfaction.reached(one):
                satisfaction.write(workspace, workspace.actor, one.id, domain.counted(_sheets(one)))


def _sheets(one: Activity) -> Iterable[Sheet]:
    for number in range(satisfaction.reached(one)):
        told = (one.entry.title, one.entry.begins_on, number)
        if number == 0 or chance("hands in", *told) < _HANDS_IN:
            answers = {question.code: _answer(question.code, *told) for question in satisfaction.form().questions}
            yield {question: answer for question, answer in answers.items() if answer}


def _answer(question: str, *told: object) -> str:
    """The code of an answer, or nothing where the question is left out."""
    if chance("leaves out", question, *told) < _LEAVES_OUT:
        return ""
    drawn, answers = chance("answers", question, *told), satisfaction.form().answers
    shares = _SHARES.get(question, _SHARES["useful"])
    return answers[min(sum(drawn >= share for share in shares), len(answers) - 1)].code
