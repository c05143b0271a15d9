"""What the command line prints of instruments and results: words, or JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from profdesk.domain import results
from profdesk.domain.answer_table import AnswerTable
from profdesk.domain.answers import to_json
from profdesk.domain.instrument import Instrument
from profdesk.domain.scoring import Outcome, Score


def listed(instruments: Sequence[Instrument]) -> str:
    """Every instrument under its direction: code, name, questions, grades, minutes, confidence."""
    lines: list[str] = []
    direction = ""
    for one in instruments:
        if one.direction.label != direction:
            direction = one.direction.label
            lines += ["", direction] if lines else [direction]
        lines.append(f"  {one.code}: {one.title}")
        facts = (
            f"{one.kind.label}, вопросов {one.items}, классы {one.grades}, {one.minutes} мин, {one.confidence.label}"
        )
        lines.append(f"    {facts}")
    return "\n".join(lines)


def as_text(found: Outcome) -> str:
    """Scale by scale: raw score, range, band if there is one, places shared with others, what was missing."""
    instrument = found.instrument
    lines = [instrument.title]
    lines += [f"Внимание: {instrument.caution}"] if instrument.caution else []
    lines += [f"Ключ: {instrument.key_title}"] if instrument.key_title else []
    lines += [f"  {_score(score, instrument)}" for score in found.scores]
    for order in found.orders:
        listed = ", ".join(map(str, order.items)) or f"не считается: {order.fault}"
        lines.append(f"  {order.scale.title}: {listed}")
    lines += [f"  клетка: строка {row}, столбец {column}" for row, column in found.cells]
    if found.leading:
        lines.append(f"Больше всего: {', '.join(score.scale.title for score in found.leading)}")
    if found.dashes:
        lines.append(f"Прочерков: {found.dashes}")
    if found.missing:
        lines.append(f"Без ответа: {', '.join(map(str, found.missing))}")
    return "\n".join(lines)


def as_json(found: Outcome) -> dict[str, object]:
    """The same for scripts; scores are whole numbers where they are whole."""
    return {
        "instrument": found.instrument.code,
        "version": found.instrument.version,
        "caution": found.instrument.caution or None,
        "key": found.instrument.key_title or None,
        "complete": found.complete,
        "missing": list(found.missing),
        "dashes": found.dashes,
        "leading": [score.scale.code for score in found.leading],
        "scales": [
            {
                "code": score.scale.code,
                "title": score.scale.title,
                "raw": None if score.raw is None else _plain(score.raw),
                "min": _plain(score.least),
                "max": _plain(score.most),
                "answered": score.answered,
                "questions": score.total,
                "band": score.band.title if score.band else None,
                "places": list(score.places) if score.places else None,
            }
            for score in found.scores
        ],
        "orders": [
            {"code": order.scale.code, "items": list(order.items), "fault": order.fault or None}
            for order in found.orders
        ],
        "cells": [list(cell) for cell in found.cells],
    }


def table_json(found: AnswerTable) -> str:
    """Sheets by the pupils' full names, answers by question with null where blank; what was left out."""
    return json.dumps(
        {
            "instrument": found.instrument.code,
            "sheets": {one.pupil.name.full: to_json(found.instrument, one.answers) for one in found.sheets},
            "unmatched": [one.name for one in found.unmatched],
            "unclear": [{"line": one.line, "name": one.name, "reason": one.reason} for one in found.unclear],
            "absent": [pupil.name.full for pupil in found.absent],
        },
        ensure_ascii=False,
        indent=2,
    )


def table_text(found: AnswerTable) -> str:
    """Whose answers were read, how many; then every row and cell that was left out."""
    total = found.instrument.items
    lines = [f"Прочитано бланков: {len(found.sheets)}"]
    lines += [f"  {one.pupil.name.full}: ответов {len(one.answers)} из {total}" for one in found.sheets]
    lines += [f"Не взято, строка {one.line}: «{one.name}», {one.reason}" for one in found.unmatched]
    lines += [f"Не понято, строка {one.line}: «{one.name}», {one.reason}" for one in found.unclear]
    if found.absent:
        lines.append(f"Нет в файле: {', '.join(pupil.name.short for pupil in found.absent)}")
    return "\n".join(lines)


def _score(score: Score, instrument: Instrument) -> str:
    if score.raw is None:
        return f"{score.scale.title}: не считается, ответов {score.answered} из {score.total}"
    raw, most = results.points(score.raw, instrument), results.points(score.most, instrument)
    words = f"{score.scale.title}: {raw} из {most}"
    if score.band:
        words += f", {score.band.title}"
    if score.places and score.is_tied:
        words += f" (поровну, места {score.places[0]}–{score.places[1]})"
    return words


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)
