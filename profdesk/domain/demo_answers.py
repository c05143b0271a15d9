"""Made-up answers of the demonstration school: believable, and the same every time.

A pupil likes one or two of an instrument's scales best and answers by it, now and then against it; in another
school year the likings have shifted a little.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from profdesk.domain import answers as sheets
from profdesk.domain.answers import Answers
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.instrument import Aspect, Instrument, Kind, Option, OptionList
from profdesk.domain.people import Pupil
from profdesk.domain.school_year import SchoolYear

_T = TypeVar("_T")
_SECOND = 0.4
_NEVER_DID = 0.07
_DREAMS = (
    ("ветеринар", "лечить кошек и собак", "собаку, которой перевязывают лапу"),
    ("пожарный", "тушить пожары и спасать людей", "красную машину с лестницей"),
    ("повар", "печь торты, как бабушка", "кухню и большой торт"),
    ("врач", "лечить детей, чтобы им не было больно", "кабинет и человека в белом халате"),
    ("строитель", "строить высокие дома", "подъёмный кран и дом"),
    ("воспитатель", "играть с малышами и читать им", "группу и ковёр с игрушками"),
    ("капитан", "водить корабль, как дедушка", "корабль и море"),
)
_GAMES = ("строит из кубиков", "лепит и рисует", "играет в магазин", "поливает цветы в группе", "возит машинки")
_REMARKS = (
    "Говорит охотно, задаёт вопросы.",
    "Отвечает коротко, о рисунке рассказывает подробно.",
    "О работе родителей знает много, инструменты называет верно.",
    "Профессии путает с увлечениями, это по возрасту.",
)

Appeal = Callable[[int, str], float]
"""How much a pupil likes an answer (its code, empty where there is but one) to a question, about from 0 to 1."""


def answers(instrument: Instrument, pupil: Pupil, year: SchoolYear) -> Answers:
    """A whole sheet of one pupil in one school year."""
    who = seed(pupil)
    if instrument.kind is Kind.RECORD:
        return _record(instrument, who)
    if instrument.kind is Kind.RANKING:
        return _ranks(instrument, who)
    if instrument.kind is Kind.MATRIX:
        return {one.item: _chosen(instrument, one, who) for one in instrument.answering.lists}
    give = _GIVEN[instrument.kind]
    appeal = _appeal(instrument, who, year)
    return {item: give(instrument, item, appeal, who) for item in range(1, instrument.items + 1)}


def one_column(instrument: Instrument) -> Answers:
    """A sheet on which the first answer is marked throughout."""
    return {item: instrument.options_of(item)[0].code for item in range(1, instrument.items + 1)}


def _appeal(instrument: Instrument, who: str, year: SchoolYear) -> Appeal:
    liked = _likings(instrument, who, year)
    found: dict[tuple[int, str], list[float]] = {}
    for scale in instrument.scales:
        for entry in scale.entries:
            found.setdefault((entry.item, entry.code), []).append(liked[_sphere(scale.code)])

    def appeal(item: int, code: str) -> float:
        own = found.get((item, code), [0.3])
        return 0.6 * sum(own) / len(own) + 0.55 * chance(who, instrument.code, item, code, year.start)

    return appeal


def _likings(instrument: Instrument, who: str, year: SchoolYear) -> Mapping[str, float]:
    spheres = list(dict.fromkeys(_sphere(scale.code) for scale in instrument.scales))
    spheres.sort(key=lambda one: chance(who, instrument.code, one) + 0.25 * chance(who, one, year.start))
    last = max(1, len(spheres) - 1)
    liked = {one: 0.15 + 0.5 * place / last for place, one in enumerate(spheres)}
    liked[spheres[-1]] = 0.95
    if chance(who, instrument.code, "second") < _SECOND:
        liked[spheres[-2]] = 0.9
    return liked


def _sphere(code: str) -> str:
    """What a scale is about where several marks of one question each have a scale."""
    return code.partition(".")[0]


def _choice(instrument: Instrument, item: int, appeal: Appeal, who: str) -> str:
    def worth(option: Option) -> float:
        return appeal(item, option.code) + 0.45 * chance(who, item, option.code)

    return max(instrument.options_of(item), key=worth).code


def _shares(instrument: Instrument, item: int, appeal: Appeal, _who: str) -> str:
    first, second = (appeal(item, option.code) for option in instrument.answering.options)
    total = instrument.answering.total
    share = min(total, max(0, round(total * (0.5 + 0.9 * (first - second)))))
    return f"{share}{sheets.SHARED}{total - share}"


def _rating(instrument: Instrument, item: int, appeal: Appeal, _who: str) -> str:
    return _mark(instrument, appeal(item, ""))


def _marks(instrument: Instrument, item: int, appeal: Appeal, who: str) -> str:
    def mark(aspect: Aspect) -> str:
        luck = chance(who, instrument.code, item, aspect.code)
        if aspect.dash and luck < _NEVER_DID:
            return next(option.code for option in instrument.answering.options if option.value is None)
        return _mark(instrument, appeal(item, "") + 0.35 * (luck - 0.5))

    return sheets.MARKED.join(map(mark, instrument.answering.aspects))


def _mark(instrument: Instrument, level: float) -> str:
    """The rating for a liking, from the least to the highest."""
    scored = [option for option in instrument.answering.options if option.value is not None]
    options = sorted(scored, key=lambda option: option.value or 0, reverse=True)
    return options[min(len(options) - 1, max(0, int((1 - level) * len(options))))].code


def _ranks(instrument: Instrument, who: str) -> Answers:
    """Ranks of the lists: some values are dear to most, the rest is one's own."""

    def dearness(item: int) -> float:
        return 0.6 * chance(instrument.code, item) + 0.7 * chance(who, instrument.code, item)

    orders = (sorted(scale.items, key=dearness) for scale in instrument.scales)
    return {item: str(place) for order in orders for place, item in enumerate(order, 1)}


def _chosen(instrument: Instrument, one: OptionList, who: str) -> str:
    def appeal(option: Option) -> float:
        return chance(instrument.code, one.item, option.code) + 1.2 * chance(who, one.item, option.code)

    several = 1 + (chance(who, one.item, "several") < _SECOND)
    liked = sorted(one.options, key=appeal, reverse=True)[:several]
    return sheets.CHOSEN.join(option.code for option in one.options if option in liked)


def _record(instrument: Instrument, who: str) -> Answers:
    """What an adult noted of a talk with a small child, in the order of the program's own form of record."""
    profession, wish, picture = _one(_DREAMS, who, "dream")
    others = sorted({name for name, _, _ in _DREAMS} - {profession}, key=lambda name: chance(who, name))
    named = others[: 2 + int(3 * chance(who, "named"))]
    noted = (
        ", ".join([profession, *named]),
        f"Подробно рассказывает про одну профессию: {profession}. Об остальных знает, где работают.",
        f"Хочет {wish}.",
        f"Рисунок: {picture}.",
        f"Чаще всего {_one(_GAMES, who, 'game')}.",
        _one(_REMARKS, who, "remark"),
    )
    return dict(zip(range(1, instrument.items + 1), noted, strict=True))


def _one(those: Sequence[_T], *parts: object) -> _T:
    return those[int(len(those) * chance(*parts))]


_GIVEN: Mapping[Kind, Callable[[Instrument, int, Appeal, str], str]] = {
    Kind.CHOICE: _choice,
    Kind.SHARING: _shares,
    Kind.RATING: _rating,
    Kind.TRIPLE: _marks,
}
