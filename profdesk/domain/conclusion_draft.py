"""A draft of a conclusion in whole sentences: what the scores say and what is doubtful, and nothing else.

It names places, points and the bands that the instrument's file has; it knows no norms and guesses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from profdesk.domain import plural, results
from profdesk.domain.diagnostics import SheetState
from profdesk.domain.instrument import Aggregate, Confidence, Direction, Instrument, Kind
from profdesk.domain.questions import Wording
from profdesk.domain.results import Result
from profdesk.domain.scoring import Order, Score
from profdesk.domain.wording import day, listed, quoted

_NAMED = 3
_NUMBERED = 12


class Part(StrEnum):
    """What of a result can be put into the words for others."""

    LEADING = "leading"
    ADVICE = "advice"
    SCORES = "scores"


_LEADING = {
    Direction.VALUES: "Главные ценности",
    Direction.ATTITUDES: "Ведущие установки",
    Direction.PREDISPOSITION: "Ведущая предрасположенность",
    Direction.INTERESTS: "Ведущие интересы",
    Direction.INCLINATIONS: "Ведущие склонности",
    Direction.ABILITIES: "Ведущие способности",
}
_TRIED = (Direction.PREDISPOSITION, Direction.INTERESTS, Direction.INCLINATIONS, Direction.ABILITIES)


def leading_title(instrument: Instrument) -> str:
    """What the leading scales of the instrument are called: «Ведущие склонности»."""
    return _LEADING[instrument.direction]


def draft(result: Result, former: Result | None, wording: Wording) -> str:
    """Everything there is to say to another psychologist, against a former result if one is given."""
    sentences = [*_first(result, wording), *_changes(result, former, wording), *_doubts(result)]
    return " ".join(map(_sentence, sentences))


def part(result: Result, which: Part, wording: Wording) -> str:
    """What may be put into the words for others; empty where the result has none of it."""
    sentences = {Part.LEADING: _told, Part.ADVICE: _advice, Part.SCORES: _points_told}[which](result, wording)
    return " ".join(map(_sentence, sentences))


# -- for psychologists ---------------------------------------------------------------------------


def _first(result: Result, wording: Wording) -> Iterable[str]:
    kind, outcome = result.instrument.kind, result.outcome
    if kind is Kind.RECORD:
        answered = result.instrument.items - len(outcome.missing)
        yield f"Записано ответов: {answered} из {result.instrument.items}"
        yield "Баллов у этой методики нет: выводы делают по самим записям"
    elif kind is Kind.RANKING:
        for order in outcome.orders:
            yield from _order(order, wording)
    elif kind is Kind.MATRIX:
        yield _cells(result, wording)
    elif all(score.raw is None for score in outcome.scores):
        yield "Баллов нет: отвечено слишком мало"
    else:
        yield from _places(result)


def _places(result: Result) -> Iterable[str]:
    outcome, instrument = result.outcome, result.instrument
    leading = outcome.leading
    if not leading and instrument.leading_from is not None:
        yield f"Ведущей шкалы нет: ни одна не достигла {results.points(instrument.leading_from, instrument)}"
        return
    if not leading:
        yield "Ни одна шкала не выделяется: на первом месте все поровну"
        return
    names, worth = _names(leading), _worth(leading[0], instrument, each=len(leading) > 1)
    yield f"Первое место поровну: {names}, {worth}" if len(leading) > 1 else f"На первом месте {names}: {worth}"
    if leading[0].band is not None:
        yield f"Уровень по ключу методики: {quoted(leading[0].band.title)}"
    following = [score for score in outcome.scores if score.places and score.places[0] == len(leading) + 1]
    if 0 < len(following) <= _NAMED:
        yield f"Следом {_names(following)}: {_worth(following[0], instrument, each=len(following) > 1)}"
    withheld = [score for score in outcome.scores if score.raw is None]
    if withheld:
        yield f"Без баллов, отвечено мало: {_names(withheld)}"


def _changes(result: Result, former: Result | None, wording: Wording) -> Iterable[str]:
    if former is None:
        return
    since = day(former.held_on)
    if result.instrument.kind is Kind.RANKING:
        for order in former.outcome.orders:
            if order.items:
                tops = listed([_item(item, wording) for item in order.items[:_NAMED]])
                yield f"{since} в списке {quoted(order.scale.title)} первыми стояли {tops}"
        return
    pairs = [(one, former.score(one.scale.code)) for one in result.outcome.scores]
    moved = [
        (one, was.raw, one.raw) for one, was in pairs if was is not None and was.raw is not None and one.raw is not None
    ]
    risen = [(one, was, now) for one, was, now in moved if now > was]
    fallen = [(one, was, now) for one, was, now in moved if now < was]
    if moved and not risen and not fallen:
        yield f"С прошлого раза ({since}) баллы не изменились"
    if risen:
        yield f"С прошлого раза ({since}) выше: {_moves(risen, result.instrument)}"
    if fallen:
        yield f"{'Ниже' if risen else f'С прошлого раза ({since}) ниже'}: {_moves(fallen, result.instrument)}"
    now, was = ({one.scale.code for one in each.outcome.leading} for each in (result, former))
    if was and now == was:
        yield "На первом месте то же, что тогда"
    elif was:
        yield f"Тогда на первом месте: {_shorts(former.outcome.leading)}"


def _doubts(result: Result) -> Iterable[str]:
    outcome, instrument = result.outcome, result.instrument
    if result.state is SheetState.DOUBTFUL:
        yield f"Бланк отмечен как сомнительный: {result.sheet.doubtful}"
    if outcome.missing and instrument.kind is not Kind.RECORD:
        count = plural.counted(len(outcome.missing), "вопрос", "вопроса", "вопросов")
        which = f": {', '.join(map(str, outcome.missing))}" if len(outcome.missing) <= _NUMBERED else ""
        yield f"Без ответа {count} из {instrument.items}{which}"
    if outcome.dashes:
        yield f"Прочерков {outcome.dashes}, в баллы они не входят"
    if instrument.caution:
        yield instrument.caution
    if instrument.bands_note and instrument.kind is not Kind.RECORD:
        yield instrument.bands_note


# -- for others ----------------------------------------------------------------------------------


def _told(result: Result, wording: Wording) -> Iterable[str]:
    found = _tops(result, wording)
    if found:
        yield f"По диагностике на первом месте: {found}"
        yield from _reserve(result)
    elif _is_scored(result):
        yield "По диагностике ничто пока не выделяется"
        yield from _reserve(result)


def _advice(result: Result, wording: Wording) -> Iterable[str]:
    instrument = result.instrument
    scales = instrument.kind not in (Kind.RANKING, Kind.MATRIX)
    found = _shorts(result.outcome.leading) if scales else _tops(result, wording)
    if found and instrument.direction in _TRIED:
        yield f"Полезны пробы и встречи с профессионалами. Направления: {found}"
    elif found:
        yield f"В беседе о выборе профиля стоит обсудить: {found}"
    elif _is_scored(result):
        yield "Полезны пробы в разных направлениях"


def _points_told(result: Result, _wording: Wording) -> Iterable[str]:
    instrument = result.instrument
    known = [one for one in results.ordered(result.outcome) if one.raw is not None]
    told = [f"{quoted(_short(one))} {results.points(one.raw, instrument)}" for one in known if one.raw is not None]
    if told:
        yield f"Баллы по методике {quoted(instrument.title)}: {', '.join(told)}"


def _reserve(result: Result) -> Iterable[str]:
    """What keeps others from taking a weak result for a firm one."""
    if result.state is SheetState.DOUBTFUL:
        yield "Результат требует проверки"
    elif result.outcome.missing:
        yield "Результат предварительный: ответы неполные"
    elif result.instrument.confidence is not Confidence.HIGH:
        yield f"Результат предварительный: {result.instrument.confidence.label} методики"


def _tops(result: Result, wording: Wording) -> str:
    kind, outcome = result.instrument.kind, result.outcome
    if kind is Kind.RANKING:
        return listed([_item(item, wording) for order in outcome.orders for item in order.items[:_NAMED]])
    if kind is Kind.MATRIX:
        return "; ".join(_cell(result, cell, wording) for cell in outcome.cells)
    return listed([_plain(score.scale.title) for score in outcome.leading])


def _is_scored(result: Result) -> bool:
    return any(score.raw is not None for score in result.outcome.scores)


# -- words ---------------------------------------------------------------------------------------


def _cell(result: Result, cell: tuple[int, int], wording: Wording) -> str:
    """The cell with the professions of it, if the school loaded them."""
    words, professions = results.cell_words(result.instrument, cell), wording.cells.get(cell, "").strip()
    return f"{words} ({professions})" if professions else words


def _item(item: int, wording: Wording) -> str:
    words = results.item_words(item, wording)
    return words if words.startswith("№") else quoted(words)


def _order(order: Order, wording: Wording) -> Iterable[str]:
    title = quoted(order.scale.title)
    if order.fault:
        yield f"Список {title} не считается: {order.fault}"
    elif order.items:
        first = listed([_item(item, wording) for item in order.items[:_NAMED]])
        last = listed([_item(item, wording) for item in order.items[-_NAMED:]])
        yield f"В списке {title} первыми стоят {first}, последними {last}"


def _cells(result: Result, wording: Wording) -> str:
    found = "; ".join(_cell(result, cell, wording) for cell in result.outcome.cells)
    return f"Выбрано: {found}" if found else "Клеток не выбрано: отвечено не всё"


def _worth(score: Score, instrument: Instrument, *, each: bool) -> str:
    raw, most = score.raw or Fraction(0), results.points(score.most, instrument)
    number = results.points(raw, instrument)
    if instrument.aggregate is Aggregate.MEAN or raw.denominator != 1:
        return f"средний балл {number} из {most}"
    if each:
        return f"по {number} {plural.word(abs(raw.numerator), 'баллу', 'балла', 'баллов')} из {most}"
    return f"{number} {plural.word(abs(raw.numerator), 'балл', 'балла', 'баллов')} из {most}"


def _moves(moves: Sequence[tuple[Score, Fraction, Fraction]], instrument: Instrument) -> str:
    """The largest changes with both numbers, and how many more there are."""
    largest = sorted(moves, key=lambda move: -abs(move[2] - move[1]))[:_NAMED]
    told = [
        f"{quoted(_short(one))} с {results.points(was, instrument)} до {results.points(now, instrument)}"
        for one, was, now in largest
    ]
    more = len(moves) - len(largest)
    return ", ".join(told) + (f" и ещё {plural.counted(more, 'шкала', 'шкалы', 'шкал')}" if more else "")


def _names(scores: Iterable[Score]) -> str:
    return listed([quoted(score.scale.title) for score in scores])


def _shorts(scores: Iterable[Score]) -> str:
    return listed([quoted(_short(score)) for score in scores])


def _plain(title: str) -> str:
    """A title as it stands in a sentence; «Человек — природа» keeps its quotes."""
    return quoted(title) if " — " in title else results.lower(title)


def _short(score: Score) -> str:
    return score.scale.title if score.scale.aspect else score.scale.short


def _sentence(words: str) -> str:
    bare = words.strip()
    return bare if bare.endswith((".", "!", "?", "…")) else f"{bare}."
