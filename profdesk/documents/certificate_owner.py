"""The panel of a certificate: organisation, title, owner, signatures, seal and number.

Blocks of text stand under each other with what air the panel has; where long names leave none, sizes
step down until all fits above the signatures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.certificate_dress import Dress
from profdesk.documents.drawing_ornament import rosette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import NBSP, balanced, bind, day, quoted
from profdesk.domain.certificate import CertificateFacts, Signatory
from profdesk.domain.people import PersonName

_X, _Y, _WIDTH, _HEIGHT = 10.0, 10.0, 106.0, 190.0
_SPINE = 8.0
_LEFT, _RIGHT = 25.0, 110.5
_ROOM = _RIGHT - _LEFT
_TOP = 18.5
_ASCENT = 0.8
_SEAL = (_RIGHT - 15, 177.0, 15.0)
_LAST_LINE, _SIGNATURE = 156.0, 14.0
_LOOSEST = 13.0
_LARGE = (25.0, 24.0, 23.0, 22.0, 21.0, 20.0)
_MEDIUM = (19.0, 18.0, 17.0, 16.0, 15.0)
_SMALL = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)


@dataclass(frozen=True)
class _Block:
    """Lines in one face; ``gap`` is the air above in millimetres, ``give`` its share of the air left over."""

    lines: Sequence[str]
    face: str
    size: float
    colour: Color
    gap: float
    give: float = 0
    leading: float = 1.28
    tracking: float = 0

    @property
    def height(self) -> float:
        return self.gap + len(self.lines) * self.size * self.leading / MM


@dataclass(frozen=True)
class _Scale:
    """Sizes in points that go together, and how much of the full air is kept."""

    organisation: float
    name: float
    group: float
    air: float


_SCALES = (
    _Scale(9.4, 25, 11.5, 1),
    _Scale(9.0, 21, 11, 0.85),
    _Scale(8.4, 18, 10, 0.7),
    _Scale(7.8, 16, 9.5, 0.55),
    _Scale(7.5, 15, 9, 0.4),
)


def draw_owner(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    """Draw the panel and all that stands on it, from top to bottom."""
    sheet.stamp(f"panel-{dress.code}", _X, _Y, _panel(sheet, dress))
    x, y, radius = _SEAL
    sheet.stamp(f"seal-{dress.code}", x, y, lambda: rosette(sheet, radius - 1.2, dress.seal))
    bottom = _LAST_LINE - _SIGNATURE * (len(facts.signatories) - 1) - 14
    y = _TOP
    for block, gap in _laid(facts, dress, bottom - _TOP):
        y = _draw(sheet, block, y + gap)
    _signatures(sheet, facts.signatories)
    _foot(sheet, facts)


def _panel(sheet: Sheet, dress: Dress) -> Callable[[], None]:
    def draw() -> None:
        sheet.box(0, 0, _WIDTH, _HEIGHT, fill=dress.panel)
        dress.ornament(sheet, _SPINE, _HEIGHT)

    return draw


def _laid(facts: CertificateFacts, dress: Dress, room: float) -> Iterator[tuple[_Block, float]]:
    """The blocks at the first scale that fits the room, each with the air above it."""
    for scale in _SCALES:
        blocks = _blocks(facts, dress, scale)
        left = room - sum(block.height for block in blocks)
        if left >= 0:
            break
    spare = min(max(left, 0), _LOOSEST)
    for block in blocks:
        yield block, block.gap + block.give * spare


def _blocks(facts: CertificateFacts, dress: Dress, scale: _Scale) -> list[_Block]:
    name_size, name = _name(facts.pupil, dress.face, scale.name)
    text = fonts.TEXT
    form = facts.organisation.legal_form
    organisation = [
        *(balanced(form, text, scale.organisation, _ROOM * MM) if form else []),
        *balanced(quoted(facts.organisation.name), text, scale.organisation, _ROOM * MM),
    ]
    group = balanced(_group(facts.group), text, scale.group, _ROOM * MM)
    year = bind(f"{facts.year.title} учебный год")
    air = scale.air
    return [
        _Block(organisation, text, scale.organisation, palette.SECOND, 0, leading=1.3),
        _Block(["СЕРТИФИКАТ"], fonts.BOLD, 11.5, dress.kicker, 7 * air, 0.4, tracking=2.2),
        _Block(["Профессиональное", "портфолио"], dress.face, 25, dress.title, 2.4, leading=1.17),
        _Block(["Владелец портфолио"], text, 9.6, palette.SECOND, 7 * air, 0.4),
        _Block(name, dress.face, name_size, palette.TEXT, 1.5, leading=1.18),
        _Block([*group, year], text, scale.group, palette.TEXT, 3.5 * air, 0.2, leading=1.34),
    ]


def _draw(sheet: Sheet, block: _Block, y: float) -> float:
    base = y + block.size * _ASCENT / MM
    for line in block.lines:
        sheet.text(
            _LEFT,
            base,
            line,
            face=block.face,
            size=block.size,
            colour=block.colour,
            tracking=block.tracking,
        )
        base += block.size * block.leading / MM
    return y + block.height - block.gap


def _name(person: PersonName, face: str, largest: float) -> tuple[float, Sequence[str]]:
    """The largest size at which a name fits, and its lines.

    Words are never torn; a surname that is too long even at 15 pt parts after a hyphen of its own.
    """
    short, whole, parted = _arrangements(person)
    for arrangements, sizes in (
        (short, _LARGE),
        ((*short, *whole), _LARGE + _MEDIUM),
        (parted, _LARGE + _MEDIUM),
        ((*short, *whole, *parted), _SMALL),
    ):
        for size in (one for one in sizes if one <= largest):
            for lines in arrangements:
                if all(fonts.width(line, face, size) <= _ROOM * MM for line in lines):
                    return size, lines
    return _SMALL[-1], whole[0]


def _arrangements(person: PersonName) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Ways to set a name: in one or two lines, in three, and with a double surname parted."""
    given = [person.given, *([person.patronymic] if person.patronymic else [])]
    short = [[person.full], [person.surname, " ".join(given)]]
    first, hyphen, second = person.surname.partition("-")
    parted = [[first + hyphen, second, " ".join(given)]] if hyphen else []
    return short, [[person.surname, *given]], parted


def _signatures(sheet: Sheet, signatories: Sequence[Signatory]) -> None:
    y = _LAST_LINE - _SIGNATURE * (len(signatories) - 1)
    for signatory in signatories:
        sheet.text(_LEFT, y - 6.2, signatory.post, size=9.2, colour=palette.SECOND)
        name = _initials(signatory.name)
        used = fonts.width(name, fonts.TEXT, 10) / MM + 3 if name else 0
        sheet.rule(_LEFT, y, _RIGHT - used, y, colour=palette.TEXT, width=0.5)
        if name:
            sheet.text(_RIGHT, y - 0.2, name, size=10, align="right")
        y += _SIGNATURE


def _foot(sheet: Sheet, facts: CertificateFacts) -> None:
    x, y, radius = _SEAL
    if facts.number:
        sheet.text(_LEFT, 171.5, f"Сертификат №{NBSP}{facts.number}", face=fonts.BOLD, size=10)
        sheet.text(_LEFT, 177, f"Выдан {day(facts.issued_on)}", size=9.6)
    else:
        sheet.text(_LEFT, 171.5, "Образец", size=10, colour=palette.SECOND)
        sheet.text(_LEFT, 177, "Номер ставится при выдаче", size=9.6, colour=palette.SECOND)
    words = ["Файл этого сертификата", f"подписан ключом{NBSP}организации."]
    sheet.lines(_LEFT, 188, words, size=7.5, colour=palette.SECOND)
    sheet.circle(x, y, radius, stroke=palette.SECOND, line=0.45, dash=(2, 2))
    sheet.text(x, y + 1.1, f"М.{NBSP}П.", size=9, colour=palette.SECOND, align="centre")


def _group(title: str) -> str:
    """«7 «А» класс»; a kindergarten group has its own title."""
    return f"{title} класс" if title[:1].isdigit() and not title.endswith("класс") else title


def _initials(name: str) -> str:
    """«Е. В. Соколова» from «Соколова Елена Владимировна»; a name in another form stays as it is."""
    parts = name.split()
    if len(parts) < 2 or "." in name:
        return NBSP.join(parts)
    return NBSP.join([*(f"{part[0]}." for part in parts[1:3]), parts[0]])
