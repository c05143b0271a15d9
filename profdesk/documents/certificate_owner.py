"""The panel of a certificate: organisation, title, owner, signatures, seal and number.

Blocks of text stand under each other with what air the panel has; where long names leave none, sizes
step down until all fits above the signatures. However long a name is, it stays on the panel: a word too
long even for a small size is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.certificate_dress import Dress
from profdesk.documents.drawing_ornament import rosette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import NBSP, balanced, bind, day, fitted, is_whole, quoted
from profdesk.domain.certificate import CertificateFacts, Signatory
from profdesk.domain.certificate_fields import group_title
from profdesk.domain.people import PersonName, initials

_X, _Y, _WIDTH, _HEIGHT = 10.0, 10.0, 106.0, 190.0
_SPINE = 8.0
_LEFT, _RIGHT = 25.0, 110.5
_ROOM = _RIGHT - _LEFT
_TOP = 18.5
_ASCENT, _LEADING = 0.8, 1.3
_SEAL = (_RIGHT - 15, 177.0, 15.0)
_LAST_LINE, _SIGNATURE = 156.0, 14.0
_SIGN_LEADING, _SIGNED, _SIGNED_ROOM = 1.25, 10.0, 55.0
_LOOSEST = 13.0
_LARGE = (25.0, 24.0, 23.0, 22.0, 21.0, 20.0)
_MEDIUM = (19.0, 18.0, 17.0, 16.0, 15.0)
_SMALL = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_NAME_LINES = 4
_TITLE = 25.0
_SHRINK, _STEPS = 0.93, 30


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
    title: float = _TITLE
    sign: float = 9.2

    def smaller(self) -> _Scale:
        """The next step down, below what reads well: only for names far longer than people have."""
        sizes = (self.organisation, self.name, self.group, self.air, self.title, self.sign)
        return _Scale(*(_SHRINK * size for size in sizes))


_SCALES = (
    _Scale(9.4, 25, 11.5, 1),
    _Scale(9.0, 21, 11, 0.85),
    _Scale(8.4, 18, 10, 0.7),
    _Scale(7.8, 16, 9.5, 0.55),
    _Scale(7.5, 15, 9, 0.4),
    _Scale(7.5, 12, 8.5, 0.3, 22, 8.5),
    _Scale(7.2, 10, 8, 0.2, 20, 7.8),
    _Scale(7.0, 9, 7.5, 0.1, 18, 7.5),
)


def draw_owner(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    """Draw the panel and all that stands on it, from top to bottom."""
    sheet.stamp(f"panel-{dress.code}", _X, _Y, _panel(sheet, dress))
    x, y, radius = _SEAL
    sheet.stamp(f"seal-{dress.code}", x, y, lambda: rosette(sheet, radius - 1.2, dress.seal))
    blocks, signatures, spare = _laid(facts, dress)
    y = _TOP
    for block in blocks:
        y = _draw(sheet, block, y + block.gap + block.give * spare)
    _signatures(sheet, signatures)
    _foot(sheet, facts)


def _panel(sheet: Sheet, dress: Dress) -> Callable[[], None]:
    def draw() -> None:
        sheet.box(0, 0, _WIDTH, _HEIGHT, fill=dress.panel)
        dress.ornament(sheet, _SPINE, _HEIGHT)

    return draw


def _laid(facts: CertificateFacts, dress: Dress) -> tuple[list[_Block], list[_Signature], float]:
    """The blocks and signatures at the first scale that fits the panel, and the air left over."""
    for scale in _scales():
        blocks = _blocks(facts, dress, scale)
        signatures = [_signature(one, scale.sign) for one in _signatories(facts)]
        bottom = _LAST_LINE - sum(one.height for one in signatures)
        left = bottom - _TOP - sum(block.height for block in blocks)
        if left >= 0:
            break
    return blocks, signatures, min(max(left, 0), _LOOSEST)


def _scales() -> Iterator[_Scale]:
    yield from _SCALES
    last = _SCALES[-1]
    for _ in range(_STEPS):
        last = last.smaller()
        yield last


def _blocks(facts: CertificateFacts, dress: Dress, scale: _Scale) -> list[_Block]:
    name_size, name = _name(facts.pupil, dress.face, scale.name)
    text = fonts.TEXT
    form = facts.organisation.legal_form
    organisation = [
        *(balanced(form, text, scale.organisation, _ROOM * MM) if form else []),
        *balanced(quoted(facts.organisation.name), text, scale.organisation, _ROOM * MM),
    ]
    group = balanced(group_title(facts.group), text, scale.group, _ROOM * MM)
    year = bind(f"{facts.year.title} учебный год")
    air = scale.air
    return [
        _Block(organisation, text, scale.organisation, palette.SECOND, 0, leading=1.3),
        _Block(["СЕРТИФИКАТ"], fonts.BOLD, 11.5, dress.kicker, 7 * air, 0.4, tracking=2.2),
        _Block(["Профессиональное", "портфолио"], dress.face, scale.title, dress.title, 2.4, leading=1.17),
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

    A surname that is too long even at 15 pt parts after a hyphen of its own; a name for which that is
    not enough takes more lines, and in the end its words are broken.
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
    return _flowed(whole[0], face, [size for size in _MEDIUM + _SMALL if size <= largest] or [largest])


def _flowed(parts: Sequence[str], face: str, sizes: Sequence[float]) -> tuple[float, Sequence[str]]:
    """A very long name in as many lines as it takes: rather small than in many, rather in many than broken."""
    room = _ROOM * MM
    made = [(size, [line for part in parts for line in balanced(part, face, size, room)]) for size in sizes]
    whole = [one for one in made if all(is_whole(part, face, one[0], room) for part in parts)]
    found = whole or made
    return next((one for one in found if len(one[1]) <= _NAME_LINES), found[-1])


def _arrangements(person: PersonName) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Ways to set a name: in one or two lines, in three, and with a double surname parted."""
    given = [person.given, *([person.patronymic] if person.patronymic else [])]
    short = [[person.full], [person.surname, " ".join(given)]]
    first, hyphen, second = person.surname.partition("-")
    parted = [[first + hyphen, second, " ".join(given)]] if hyphen else []
    return short, [[person.surname, *given]], parted


@dataclass(frozen=True)
class _Signature:
    """What stands over a line to sign on, and the name at its right; a name too long for that stands over it."""

    over: Sequence[str]
    name: str
    size: float

    @property
    def height(self) -> float:
        """From the line of the signature above to its own."""
        return _SIGNATURE + (len(self.over) - 1) * self.size * _SIGN_LEADING / MM


def _signatories(facts: CertificateFacts) -> Sequence[Signatory]:
    head = Signatory(facts.organisation.head_post, facts.organisation.head_name)
    return head, Signatory(facts.teacher_post, "")


def _signature(signatory: Signatory, size: float) -> _Signature:
    name = initials(signatory.name)
    post = balanced(signatory.post, fonts.TEXT, size, _ROOM * MM)
    if fonts.width(name, fonts.TEXT, _SIGNED) <= _SIGNED_ROOM * MM:
        return _Signature(post, name, size)
    return _Signature([*post, *balanced(name, fonts.TEXT, size, _ROOM * MM)], "", size)


def _signatures(sheet: Sheet, signatures: Sequence[_Signature]) -> None:
    y = _LAST_LINE - sum(one.height for one in signatures[1:])
    for place, one in enumerate(signatures):
        y += one.height if place else 0
        above = (len(one.over) - 1) * one.size * _SIGN_LEADING / MM
        sheet.lines(_LEFT, y - 6.2 - above, one.over, size=one.size, colour=palette.SECOND, leading=_SIGN_LEADING)
        used = fonts.width(one.name, fonts.TEXT, _SIGNED) / MM + 3 if one.name else 0
        sheet.rule(_LEFT, y, _RIGHT - used, y, colour=palette.TEXT, width=0.5)
        if one.name:
            sheet.text(_RIGHT, y - 0.2, one.name, size=_SIGNED, align="right")


def _foot(sheet: Sheet, facts: CertificateFacts) -> None:
    x, y, radius = _SEAL
    if facts.number:
        size, lines = _beside_seal(f"Сертификат №{NBSP}{facts.number}", fonts.BOLD, 10)
        sheet.lines(_LEFT, 171.5 - (len(lines) - 1) * size * _LEADING / MM, lines, face=fonts.BOLD, size=size)
        sheet.text(_LEFT, 177, f"Выдан {day(facts.issued_on)}", size=9.6)
        if facts.duplicate_of:
            sheet.text(
                _LEFT, 181.6, f"Дубликат сертификата №{NBSP}{facts.duplicate_of}", size=7.8, colour=palette.SECOND
            )
    else:
        sheet.text(_LEFT, 171.5, "Образец", size=10, colour=palette.SECOND)
        sheet.text(_LEFT, 177, "Номер ставится при выдаче", size=9.6, colour=palette.SECOND)
    words = ["Файл этого сертификата", f"подписан ключом{NBSP}организации."]
    sheet.lines(_LEFT, 188, words, size=7.5, colour=palette.SECOND)
    sheet.circle(x, y, radius, stroke=palette.SECOND, line=0.45, dash=(2, 2))
    sheet.text(x, y + 1.1, f"М.{NBSP}П.", size=9, colour=palette.SECOND, align="centre")


def _beside_seal(words: str, face: str, largest: float) -> tuple[float, Sequence[str]]:
    """One line, or two of a long number."""
    sizes = [size for size in (10, 9, 8.4, 7.8, 7.5) if size <= largest]
    return fitted(words, face, sizes, (_SEAL[0] - _SEAL[2] - 2 - _LEFT) * MM, 2)
