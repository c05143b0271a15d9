"""The draft of a reference: facts into whole sentences, the same facts always into the same ones.

A sentence is there only where a fact stands behind it. Verbs are in the present and nothing agrees with the
pupil's sex but the word for the pupil, so that an unknown sex needs no slashes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from profdesk.domain.people import Sex
from profdesk.domain.plural import word
from profdesk.domain.programme import Competency
from profdesk.domain.reference import ReferenceFacts, Section
from profdesk.domain.reference_phrases import PhraseBook
from profdesk.domain.school_year import Period
from profdesk.domain.wording import listed, quoted, whole_day

_AT_MOST = 3
_MORE = ("Кроме того,", "Также", "Наряду с этим")
_PUPIL = {Sex.MALE: "обучающийся", Sex.FEMALE: "обучающаяся"}
_PURPOSE = "Характеристика дана для предъявления по месту требования."

TITLES = {
    "general": "Общие сведения",
    "portfolio": "Портфолио",
    "strengths": "Сильные стороны",
    "developing": "Что формируется",
    "support": "Где нужна помощь",
    "growth": "Что выросло",
    "own": "Самооценка",
    "parents": "Мнение родителей",
    "evidence": "Работы и подтверждения",
    "notes": "Заметки педагога",
    "purpose": "Для чего дана",
}
"""The sections in the order of the paper, as the window names them."""

_ASKED_FOR = frozenset({"notes", "purpose"})
"""Sections that go in only where the user wants them."""


def draft(facts: ReferenceFacts, book: PhraseBook) -> tuple[Section, ...]:
    """The sections that have anything to say, in the order of the paper."""
    told = _Teller(facts, book).told
    return tuple(
        Section(key, title, text, key not in _ASKED_FOR) for key, title in TITLES.items() if (text := told[key]())
    )


class _Teller:
    """``told`` has a verb for every section, which gives nothing where nothing is known."""

    def __init__(self, facts: ReferenceFacts, book: PhraseBook) -> None:
        self._facts = facts
        self._book = book
        self._set = facts.level.competencies
        self._values = [stage.value for stage in facts.scale]
        self.told: Mapping[str, Callable[[], str]] = {
            "general": self._general,
            "portfolio": self._portfolio,
            "strengths": lambda: self._told(0, lambda place, top: place == top),
            "developing": lambda: self._told(2, lambda place, top: place < top <= 2 * place),
            "support": self._support,
            "growth": self._growth,
            "own": self._own,
            "parents": self._parents,
            "evidence": self._evidence,
            "notes": self._notes,
            "purpose": lambda: _PURPOSE,
        }

    def _general(self) -> str:
        pupil, kindergarten = self._facts.pupil, self._facts.kindergarten
        name, title = _clean(pupil.name.full), _clean(self._facts.group.name.title)
        born = f"{name}, {whole_day(pupil.birth_date)} года рождения"
        year = f"в {self._facts.period.year.title} учебном году"
        if pupil.leave is not None:
            there = f"Пребывание в группе {quoted(title)}" if kindergarten else f"Обучение в {title} классе"
            return f"{born}. {there} {year} — до {whole_day(pupil.leave.day)} года."
        return (
            f"{born}, {year} {f'посещает группу {quoted(title)}' if kindergarten else f'обучается в {title} классе'}."
        )

    def _portfolio(self) -> str:
        done, year = self._facts.completeness, self._facts.period.year.title
        if not done.assessed:
            return f"Профессиональное портфолио за {year} учебный год пока не заполнялось."
        if done.complete:
            all_of_them = f"{done.total} {word(done.total, 'компетенции', 'компетенции', 'компетенций')}"
            return f"Профессиональное портфолио за {year} учебный год заполнено: оценены все {all_of_them}."
        some = f"{word(done.assessed, 'оценена', 'оценены', 'оценено')} {done.assessed}"
        words = word(done.assessed, "компетенция", "компетенции", "компетенций")
        return f"В профессиональном портфолио за {year} учебный год {some} {words} из {done.total}."

    def _support(self) -> str:
        told = self._told(0, lambda place, top: 2 * place < top)
        return told and f"{told} Здесь важна поддержка педагогов и семьи."

    def _growth(self) -> str:
        now, before = self._facts.stages, self._facts.earlier
        risen = [item for item in self._set.items if now.get(item.code, -1) > before.get(item.code, sys.maxsize)]
        if not risen or self._facts.since is None:
            return ""
        known = [(item, self._book.of(self._set.code, item.code)) for item in risen]
        compared = f"По сравнению {_with(self._facts.since, self._facts.period)}"
        sentences = []
        for number, chunk in enumerate(_parted([words.grown for _, words in known if words])):
            opening = f"{compared} {self._subjects[2]}" if number == 0 else _MORE[(number - 1) % len(_MORE)]
            sentences.append(_sentence(opening, _joined(chunk)))
        sentences += [
            f"{compared} выросла стадия компетенции {quoted(item.plain)}." for item, words in known if not words
        ]
        return " ".join(sentences)

    def _own(self) -> str:
        stages = self._facts.own
        if not stages:
            return ""
        count = f"Самооценка проведена по {_competencies(len(stages))}."
        return " ".join([count, *self._opinion(stages, " по самооценке", "судя по самооценке")])

    def _parents(self) -> str:
        stages = self._facts.parents
        if not stages:
            return ""
        count = f"Мнение родителей (законных представителей) записано по {_competencies(len(stages))}."
        return " ".join([count, *self._opinion(stages, ", по их мнению,", "по их мнению")])

    def _evidence(self) -> str:
        titles = [quoted(_clean(title)) for title in self._facts.evidence]
        if not titles:
            return ""
        return f"К портфолио {'приложены работы:' if titles[1:] else 'приложена работа'} {listed(titles)}."

    def _notes(self) -> str:
        titles = {item.code: item.plain for item in self._set.items}
        known = [(titles[code], _clean(words).rstrip(".")) for code, words in self._facts.notes if code in titles]
        return " ".join(f"О компетенции {quoted(title)} педагог отмечает: {quoted(words)}." for title, words in known)

    # -- sentences -------------------------------------------------------------------------------

    @property
    def _subjects(self) -> Sequence[str]:
        """Who does it, in the sentences of a paragraph one after another; empty is understood from before."""
        given, sex = _clean(self._facts.pupil.name.given), self._facts.sex
        other = "ребёнок" if self._facts.kindergarten else given if sex is None else _PUPIL[sex]
        return (given, "", other, "")

    def _told(self, first: int, wanted: Callable[[int, int], bool]) -> str:
        """Tell the competencies at some places of the scale, the highest first; ``first`` is the first subject's."""
        top = len(self._values) - 1
        sentences: list[str] = []
        for place in (place for place in range(top, -1, -1) if wanted(place, top)):
            items = [item for item in self._set.items if self._facts.stages.get(item.code) == self._values[place]]
            known = [(item, self._phrase(item, place)) for item in items]
            for number, chunk in enumerate(_parted([phrase for _, phrase in known if phrase])):
                subject = self._subjects[(first + len(sentences)) % len(self._subjects)]
                leads = self._book.leads[place]
                sentences.append(_sentence(subject, leads[number % len(leads)], _joined(chunk)))
            stage = quoted(self._facts.scale[place].title)
            sentences += [
                f"Компетенция {quoted(item.plain)} находится на стадии {stage}." for item, phrase in known if not phrase
            ]
        return " ".join(sentences)

    def _phrase(self, item: Competency, place: int) -> str:
        """The words of a stage, empty where the file does not know the competency or has another scale."""
        found = self._book.of(self._set.code, item.code)
        return found.stages[place] if found and len(found.stages) == len(self._values) else ""

    def _opinion(self, stages: Mapping[str, int], strong: str, weak: str) -> Iterator[str]:
        """Tell what is at the top of the scale, and what in its lower half."""
        top = len(self._values) - 1
        high = self._names(code for code, stage in stages.items() if stage == self._values[top])
        if high:
            yield f"{'Сильные стороны' if high[1:] else 'Сильная сторона'}{strong} — {listed(high)}."
        lower = {value for place, value in enumerate(self._values) if 2 * place < top}
        low = self._names(code for code, stage in stages.items() if stage in lower)
        if low:
            yield f"Больше внимания, {weak}, {'требуют' if low[1:] else 'требует'} {listed(low)}."

    def _names(self, codes: Iterable[str]) -> Sequence[str]:
        wanted = set(codes)
        found = ((item, self._book.of(self._set.code, item.code)) for item in self._set.items if item.code in wanted)
        return [words.name if words else quoted(item.plain) for item, words in found]


def _parted(phrases: Sequence[str]) -> Sequence[Sequence[str]]:
    """Share phrases out to sentences of nearly equal length."""
    count = -(-len(phrases) // _AT_MOST)
    bounds = [len(phrases) * number // count for number in range(count + 1)] if count else [0]
    return [phrases[start:end] for start, end in pairwise(bounds)]


def _joined(phrases: Sequence[str]) -> str:
    """«A», «A и B», «A, B и C»; «, а также» where one of them has an «и» of its own."""
    if any(" и " in phrase for phrase in phrases):
        return ", а также ".join(filter(None, (", ".join(phrases[:-1]), *phrases[-1:])))
    return listed(phrases)


def _sentence(*parts: str) -> str:
    words = " ".join(part for part in parts if part)
    return f"{words[:1].upper()}{words[1:]}."


def _with(since: Period, now: Period) -> str:
    if since.year == now.year:
        return "с первым полугодием"
    return "с прошлым учебным годом" if since.year == now.year.previous else f"с {since.year.title} учебным годом"


def _competencies(count: int) -> str:
    return f"{count} {word(count, 'компетенции', 'компетенциям', 'компетенциям')}"


def _clean(words: str) -> str:
    """Words that users typed, on one line."""
    return " ".join(words.split())
