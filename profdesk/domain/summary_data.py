"""A summary as JSON: what travels inside the signed PDF and is added up by the department.

The fields are described in docs/summary-data.md; a change of their meaning changes ``SCHEMA``.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from profdesk.domain.programme import Indicator
from profdesk.domain.published import PublishedCoverage, PublishedFigure, PublishedLevel, PublishedSummary
from profdesk.domain.span import Span
from profdesk.domain.summary import why_unanswered

SCHEMA = "profdesk-summary/3"


def to_json(summary: PublishedSummary) -> bytes:
    """Write a summary as UTF-8 JSON; the same summary gives the same bytes."""
    return json.dumps(as_dict(summary), ensure_ascii=False, indent=1, sort_keys=True).encode()


def as_dict(summary: PublishedSummary) -> dict[str, Any]:
    """Aggregates only: no pupil is named or can be told apart; null is a number that is hidden."""
    return {
        "schema": SCHEMA,
        "number": summary.number,
        "organisation": {
            "kind": summary.organisation.kind.value,
            "legal_form": summary.organisation.legal_form,
            "name": summary.organisation.name,
            "short_name": summary.organisation.short_name,
            "municipality": summary.organisation.municipality,
        },
        "programme": {
            "code": summary.programme_code,
            "title": summary.programme_title,
            "edition": summary.programme_edition,
            "sha256": summary.programme_digest,
        },
        "school_year": summary.year.title,
        "span": _span(summary.span),
        "replaces": summary.replaces and {"number": summary.replaces.number, "reason": summary.replaces.reason},
        "counted_at": summary.counted_at.isoformat(timespec="seconds"),
        "scale": [{"value": stage.value, "title": stage.title} for stage in summary.scale],
        "indicators": [_figure(figure) for figure in summary.figures],
        "before": summary.before and _before(summary.before),
        "unanswered": [
            {**_indicator(indicator), "reason": why_unanswered(indicator, summary) or None}
            for indicator in summary.unanswered
        ],
        "levels": [_coverage(level) for level in summary.levels],
        "law_levels": [_coverage(level) for level in summary.law_levels],
        "groups": [_coverage(group) for group in summary.groups],
        "total": _coverage(summary.total),
        "stages": [_stages(part) for part in summary.stages],
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "kind": span.kind.value,
        "first_day": span.first_day.isoformat(),
        "last_day": span.last_day.isoformat(),
    }


def _before(summary: PublishedSummary) -> dict[str, Any]:
    return {
        "span": _span(summary.span),
        "indicators": [_former(figure) for figure in summary.figures],
        "levels": [_coverage(level) for level in summary.levels],
        "total": _coverage(summary.total),
    }


def _former(figure: PublishedFigure) -> dict[str, Any]:
    return {
        "code": figure.indicator.code,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": _number(figure.percent),
        "state": figure.state.value,
    }


def _figure(figure: PublishedFigure) -> dict[str, Any]:
    return {
        **_indicator(figure.indicator),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "counts": "people" if figure.of_people else "organisations",
        "told_by": figure.source or None,
        "percent": _number(figure.percent),
        "state": figure.state.value,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "title": indicator.title,
        "levels": list(indicator.levels),
        "target": _number(indicator.target),
        "rule": {
            "code": indicator.rule.code,
            "edition": indicator.rule.edition,
            "measure": indicator.rule.measure,
            "text": indicator.rule.text,
        },
        "wordings": [
            {
                "text": wording.text,
                "target": _number(wording.target),
                "source": wording.source,
                "chosen": number == indicator.chosen,
            }
            for number, wording in enumerate(indicator.wordings)
        ],
    }


def _coverage(coverage: PublishedCoverage) -> dict[str, Any]:
    return {
        "title": coverage.title,
        "level": coverage.level,
        "pupils": coverage.pupils,
        "begun": coverage.begun,
        "complete": coverage.complete,
    }


def _stages(part: PublishedLevel) -> dict[str, Any]:
    return {
        "level": part.level.code,
        "competencies": [
            {
                "code": row.competency.code,
                "title": row.competency.plain,
                "counts": list(row.counts),
                "not_assessed": row.not_assessed,
            }
            for row in part.rows
        ],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
