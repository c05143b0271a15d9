"""What a pupil chose and studies: which of several entries holds, who is asked, how far a choice is, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain import choice_measures
from profdesk.domain.plural import counted
from profdesk.domain.register import Entry, Register, Titles, Values, shown
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES, PUPIL

PROFILE_GRADES = (8, 9)
STUDY_GRADES = (10, 11)
GRADES = (*PROFILE_GRADES, *STUDY_GRADES)
DAYS = {PROFILE_CHOICES.code: "decided_on", PROFILE_STUDIES.code: "since", PROFESSION_CHOICES.code: "decided_on"}
"""The field that says from which day an entry of a register holds."""
SHORT = {PROFILE_CHOICES.code: "Профиль", PROFILE_STUDIES.code: "Обучение", PROFESSION_CHOICES.code: "Профессия"}
"""What a register is called beside others."""
WHAT = {PROFILE_CHOICES.code: "profile", PROFILE_STUDIES.code: "profile", PROFESSION_CHOICES.code: "profession"}
"""The field that says what was chosen."""

MEASURES = {
    "profile_choice": PROFILE_CHOICES,
    "profile_continued": PROFILE_STUDIES,
    "conscious_choice": PROFESSION_CHOICES,
}
"""The register that a measure of the programme is answered by."""


class Standing(StrEnum):
    """How far a choice is."""

    NONE = "none"
    OPEN = "open"
    UNJUDGED = "unjudged"
    CONSCIOUS = "conscious"
    KEPT = "kept"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def settled(self) -> bool:
        """Whether nothing is left to talk about."""
        return self in (Standing.CONSCIOUS, Standing.KEPT)

    @property
    def label(self) -> str:
        """As a chip beside the choice says it."""
        return _LABELS[self]


_LABELS = {
    Standing.NONE: "не выбран",
    Standing.OPEN: "пока неосознанный",
    Standing.UNJUDGED: "осознанность не оценена",
    Standing.CONSCIOUS: "осознанный",
    Standing.KEPT: "по выбранному профилю",
    Standing.OTHER: "по другому профилю",
    Standing.UNKNOWN: "прежний выбор не записан",
}
_NOTHING = {PROFILE_STUDIES.code: "не записан", PROFESSION_CHOICES.code: "не выбрана"}


@dataclass(frozen=True)
class PupilChoices:
    """The entries that speak of a pupil, by the code of their register, each the latest first."""

    entries: Mapping[str, tuple[Entry, ...]]

    def of(self, register: Register) -> tuple[Entry, ...]:
        """Those of a register."""
        return self.entries.get(register.code, ())

    def now(self, register: Register) -> Entry | None:
        """The one that holds; a talk that ended in no choice takes none away."""
        return next((one for one in self.of(register) if one.values[WHAT[register.code]]), None)

    def before(self, register: Register) -> tuple[Entry, ...]:
        """The former ones."""
        now = self.now(register)
        return tuple(one for one in self.of(register) if one is not now and one.values[WHAT[register.code]])

    @property
    def chosen_before(self) -> Entry | None:
        """The profile chosen last before the present study began."""
        study = self.now(PROFILE_STUDIES)
        return self.chosen_by(day_of(PROFILE_STUDIES, study)) if study else self.now(PROFILE_CHOICES)

    def chosen_by(self, day: date) -> Entry | None:
        """The profile chosen last by a day."""
        chosen = [one for one in reversed(self.of(PROFILE_CHOICES)) if one.values["profile"]]
        return next(iter(choice_measures.latest(chosen, "decided_on", day).values()), None)

    def standing(self, register: Register) -> Standing:
        """How far the choice of a register is."""
        now = self.now(register)
        if now is None:
            return Standing.NONE
        if register is PROFILE_STUDIES:
            before = self.chosen_before
            if before is None:
                return Standing.UNKNOWN
            return Standing.KEPT if choice_measures.continues(now, [before]) else Standing.OTHER
        judged = {"yes": Standing.CONSCIOUS, "no": Standing.OPEN}
        return judged.get(str(now.values["conscious"]), Standing.UNJUDGED)

    def latest_words(self, field: str) -> tuple[str, date] | None:
        """The latest words of a field of the choice of profile, with their day: a wish, an interview."""
        found = ((str(one.values[field]), day_of(PROFILE_CHOICES, one)) for one in self.of(PROFILE_CHOICES))
        return next(((words, day) for words, day in found if words), None)


def asked(grade: int | None) -> tuple[Register, ...]:
    """The registers that a grade is asked of, the first thing first."""
    if grade in STUDY_GRADES:
        return PROFILE_STUDIES, PROFESSION_CHOICES, PROFILE_CHOICES
    return PROFILE_CHOICES, PROFESSION_CHOICES


def by_pupil(found: Mapping[str, Iterable[Entry]]) -> Mapping[str, PupilChoices]:
    """What every pupil (id) chose, of the entries of each register in the order in which they were written."""
    made: dict[str, dict[str, tuple[Entry, ...]]] = defaultdict(dict)
    for code, entries in found.items():
        own: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            own[str(entry.values[PUPIL])].append(entry)
        for pupil, some in own.items():
            made[pupil][code] = tuple(sorted(some, key=lambda one: _day(one, DAYS[code]))[::-1])
    return {pupil: PupilChoices(entries) for pupil, entries in made.items()}


def studies_as_chosen(chosen: Mapping[str, PupilChoices], since: date) -> Sequence[Values]:
    """What to record of those who chose a profile by the day on which they begin and of whom no study is recorded."""
    made = []
    for pupil, own in chosen.items():
        choice = own.chosen_by(since)
        if choice is not None and own.now(PROFILE_STUDIES) is None:
            made.append(
                {PUPIL: pupil, "since": since, **{code: choice.values[code] for code in ("profile", "subjects")}}
            )
    return made


def day_of(register: Register, entry: Entry) -> date:
    """From which day an entry holds."""
    return _day(entry, DAYS[register.code])


def what(register: Register, entry: Entry, titles: Titles) -> str:
    """What was chosen: «технологический», «сетевой врач»."""
    field = WHAT[register.code]
    return shown(register.field(field), entry.values[field], titles)


def state_words(register: Register, own: PupilChoices, titles: Titles) -> str:
    """The choice in a word or two, as a list of pupils says it."""
    now, standing = own.now(register), own.standing(register)
    if now is None:
        return _NOTHING.get(register.code, Standing.NONE.label)
    return standing.label if standing in (Standing.OPEN, Standing.OTHER) else what(register, now, titles)


def counts_words(register: Register, some: Sequence[PupilChoices]) -> str:
    """«Выбрали 14 из 24, осознанно 9»."""
    standings = [own.standing(register) for own in some]
    chosen = sum(one is not Standing.NONE for one in standings)
    if register is PROFILE_STUDIES:
        verb, how, good = "Записано", "по выбору", Standing.KEPT
    else:
        verb, how, good = "Выбрали", "осознанно", Standing.CONSCIOUS
    return f"{verb} {chosen} из {len(some)}, {how} {standings.count(good)}"


def recorded_words(number: int) -> str:
    """«обучение 18 учеников по выбранному профилю»."""
    return f"обучение {counted(number, 'ученика', 'учеников', 'учеников')} по выбранному профилю"


def _day(entry: Entry, field: str) -> date:
    day = entry.values[field]
    return day if isinstance(day, date) else date.min
