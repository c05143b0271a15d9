"""What the department gets of a class of three: no name, no birth date, no identifier, and no number of so few."""

from __future__ import annotations

import html
import io
import json
import zipfile

from pypdfium2 import PdfDocument
from support import FIRST, YEAR, mark, pupil_ids

from profdesk.domain import summary_data
from profdesk.domain.people import Group
from profdesk.domain.published import publish
from profdesk.domain.span import Span
from profdesk.gui.summary import rows
from profdesk.services import pupils, summary
from profdesk.storage.workspace import Workspace


def exported(workspace: Workspace) -> str:
    """Every word of the paper, of its data, and of the workbook, file names and all."""
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    words = [summary_data.to_json(publish(counted)).decode()]
    with PdfDocument(summary.preview(workspace, workspace.actor, counted)) as paper:
        words += [page.get_textpage().get_text_bounded() for page in paper]
        words += [str(paper.get_metadata_dict()), bytes(paper.get_attachment(0).get_data()).decode()]
    return "\n".join((*words, tables(summary.workbook(counted))))


def tables(workbook: bytes) -> str:
    """Every part of a workbook, whose letters stand as numbers in its XML."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return "\n".join(name + html.unescape(book.read(name).decode()) for name in book.namelist())


def test_nobody_is_named(workspace: Workspace, group: Group) -> None:
    words = exported(workspace)
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    assert group.name.title in tables(summary.workbook(counted))
    with workspace.unit(workspace.actor) as unit:
        there = unit.pupils.in_group(group.id)
    for pupil in there:
        assert pupil.name.surname not in words
        assert pupil.id not in words
        assert f"{pupil.birth_date:%d.%m.%Y}" not in words if pupil.birth_date else True
        assert str(pupil.birth_date) not in words if pupil.birth_date else True


def test_no_number_of_three_leaves(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    mark(workspace, FIRST, *((pupil, "planning", 2) for pupil in ids))
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    begun = next(figure for figure in counted.figures if figure.indicator.rule.measure == "portfolio_begun")
    assert (begun.numerator, begun.denominator) == (3, 3)
    data = json.loads(summary_data.to_json(publish(counted)))
    assert (data["total"]["pupils"], data["total"]["begun"]) == (None, None)
    told = {one["code"]: one for one in data["indicators"]}[begun.indicator.code]
    assert (told["numerator"], told["denominator"], told["percent"], told["state"]) == (None, None, None, "hidden")
    withheld = summary.withheld(counted)
    assert begun.indicator.code in withheld
    row = rows.IndicatorRow(begun.indicator, begun)
    assert "В управление не уйдёт" in rows.explanation(row, counted, withheld)
    assert "В управление" not in rows.explanation(row, counted)
    assert pupils.groups(workspace, workspace.actor, YEAR)
