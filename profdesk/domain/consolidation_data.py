"""A consolidation as JSON: what is attached inside its paper.

The fields are described in docs/consolidation-data.md; a change of their meaning changes ``SCHEMA``.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.span import Span
from profdesk.domain.sums import Count, LevelLine, Line, Part, StageLine, Sum
from profdesk.domain.trends import Point, Trend

SCHEMA = "profdesk-consolidation/1"


def to_json(paper: ConsolidationPaper) -> bytes:
    """Write a consolidation as UTF-8 JSON; the same one gives the same bytes."""
    return json.dumps(as_dict(paper), ensure_ascii=False, indent=1, sort_keys=True).encode()


def as_dict(paper: ConsolidationPaper) -> dict[str, Any]:
    """Sums with what each leaves out, and the numbers they are of; null is a number that is hidden."""
    made, whose = paper.made, paper.organisation
    return {
        "schema": SCHEMA,
        "number": paper.number,
        "organisation": whose
        and {
            "legal_form": whose.legal_form,
            "name": whose.name,
            "short_name": whose.short_name,
            "municipality": whose.municipality,
        },
        "replaces": paper.replaces and {"number": paper.replaces.number, "reason": paper.replaces.reason},
        "programme": {"code": made.programme, "title": made.programme_title},
        "span": {"school_year": made.year.title, **_span(made.span)},
        "made_at": paper.made_at.isoformat(timespec="seconds"),
        "summaries": [_summary(one) for one in made.summaries],
        "absent": [one.organisation for one in made.absent],
        "left_out": [{"name": name, "reason": reason} for name, reason in paper.left_out],
        "indicators": [_line(line) for line in made.lines],
        "levels": [_level(level) for level in made.levels],
        "law_levels": [_level(level) for level in made.law_levels],
        "total": _level(made.total),
        "stages": [_stages(row) for row in made.stages],
        "trends": [_trend(trend) for trend in paper.trends],
    }


def _span(span: Span) -> dict[str, str]:
    return {
        "kind": span.kind.value,
        "first_day": span.first_day.isoformat(),
        "last_day": span.last_day.isoformat(),
    }


def _summary(summary: ReceivedSummary) -> dict[str, Any]:
    return {
        "organisation": summary.organisation,
        "short_name": summary.short_name,
        "number": summary.number,
        "counted_at": summary.counted_at.isoformat(timespec="seconds"),
        "programme_edition": summary.programme_edition,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "title": line.title,
        "rule": line.rule,
        "text": line.text,
        "target": _number(line.target),
        "counts": "people" if line.of_people else "organisations",
        **_sum(line.sum),
        "state": line.state.value,
        "shortage": line.shortage,
        "silent": line.silent,
        "otherwise": line.otherwise,
        "parts": [_part(part) for part in line.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {"organisation": part.organisation, "numerator": part.numerator, "denominator": part.denominator}


def _level(level: LevelLine) -> dict[str, Any]:
    return {
        "level": level.level,
        "title": level.title,
        "pupils": _count(level.pupils),
        "begun": _sum(level.begun),
        "complete": {**_sum(level.complete), "parts": [_part(part) for part in level.parts]},
    }


def _stages(row: StageLine) -> dict[str, Any]:
    return {
        "level": row.level,
        "code": row.code,
        "title": row.title,
        "scale": list(row.scale),
        "counts": list(row.counts),
        "not_assessed": row.not_assessed,
        "unsaid": row.unsaid,
        "told": row.told,
        "partly": row.partly,
        "hidden": row.hidden,
    }


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "code": trend.code,
        "rule": trend.rule,
        "points": [_point(point) for point in trend.points],
        "otherwise": [_span(span) for span in trend.otherwise],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "span": _span(point.span),
        **_sum(point.sum),
        "like": point.like,
        "retold": point.retold,
        "both": point.before and point.now and {"before": _sum(point.before), "now": _sum(point.now)},
    }


def _sum(added: Sum) -> dict[str, Any]:
    return {
        "numerator": added.numerator,
        "denominator": added.denominator,
        "percent": _number(added.percent),
        "told": added.told,
        "hidden": added.hidden,
    }


def _count(added: Count) -> dict[str, Any]:
    return {"value": added.value, "told": added.told, "hidden": added.hidden}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
