"""The school's own blank in Word filled for a pupil (``domain.certificate_blank`` says with what).

A paragraph's words are read together, however Word has parted them; what is filled in looks as its opening brace did.
A row of a table whose fields are of a competency stands once for each. Everything else stays as the school made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Mm

from profdesk.documents import code_picture, word_file
from profdesk.documents.certificates.code import SIDE, fitting
from profdesk.documents.square_code import modules
from profdesk.domain import certificate_blank as rules
from profdesk.domain.certificate import CertificateFacts
from profdesk.errors import WrongInputError

EXPLANATION = "Пояснение к бланку"
"""The name of the style of paragraphs that are for whoever makes the blank: no pupil gets them."""
_TRIAL = "Проба: сертификат не выдан, номер не занят."
_ALT = "Код, который подтверждает подлинность сертификата"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_P, _T, _TR, _TC, _BOX = map(qn, ("w:p", "w:t", "w:tr", "w:tc", "w:txbxContent"))
_HELD = tuple(map(qn, ("w:drawing", "w:pict", "w:object", "w:sectPr")))
_STORIES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)

Value = str | Sequence[str] | bytes
"""Words, lines, or a picture."""


def fields(blank: bytes) -> tuple[str, ...]:
    """The fields of a blank in the order of ``rules.KNOWN``; WrongInputError says why it cannot be filled."""
    document = _opened(blank)
    found: set[str] = set()
    for part in _stories(document):
        for paragraph in part.element.iter(_P):
            words = _words(paragraph)
            rules.check(words)
            found.update(name for _, _, name in rules.tags(words))
    if not found:
        raise WrongInputError(
            "В бланке нет ни одного поля, заполнять нечего. Напишите в нём, например, {ученик} или возьмите образец."
        )
    return tuple(name for name in rules.KNOWN if name in found)


def fill(blank: bytes, facts: CertificateFacts) -> bytes:
    """Fill a blank whose ``fields`` could be read; equal blanks and facts give equal bytes."""
    document = _opened(blank)
    filling = rules.filling(facts)
    code = code_picture.png(fitting(facts) if facts.code else modules(_TRIAL))
    values: Mapping[str, Value] = {**filling.single, **filling.lines, rules.CODE: code}
    for part in _stories(document):
        for paragraph, own in _repeated(part.element, filling):
            _write(part, paragraph, {**values, **own})
    return _packed(document)


def _opened(blank: bytes) -> WordDocument:
    """Open a blank and take out of it what is for its maker alone."""
    document = word_file.opened(blank, "бланк")
    notes = [style.style_id for style in document.styles if style.name == EXPLANATION]
    for part in _stories(document):
        for paragraph in list(part.element.iter(_P)):
            if paragraph.style in notes:
                _leave_out(paragraph)
    return document


def _stories(document: WordDocument) -> Iterator[Any]:
    """The body, and the headers and footers that there are."""
    yield document.part
    inside = (one for one in document.part.rels.values() if one.reltype in _STORIES and not one.is_external)
    yield from dict.fromkeys(one.target_part for one in inside if isinstance(one.target_part, StoryPart))


def _repeated(root: Any, filling: rules.Filling) -> list[tuple[Any, Mapping[str, str]]]:
    """Put in every row and line that there is something for; gives each paragraph with what it alone is filled with."""
    jobs: list[tuple[Any, Mapping[str, str]]] = []
    for unit, rows in _units(root, filling).items():
        for row in rows:
            copy = deepcopy(unit)
            unit.addprevious(copy)
            jobs += [(paragraph, row) for paragraph in copy.iter(_P)]
        if rows:
            unit.getparent().remove(unit)
        else:
            _leave_out(unit)
    done = {paragraph for paragraph, _ in jobs}
    return [*jobs, *((paragraph, {}) for paragraph in root.iter(_P) if paragraph not in done)]


def _units(root: Any, filling: rules.Filling) -> Mapping[Any, Sequence[Mapping[str, str]]]:
    """The rows of tables and the paragraphs that stand several times, each with what its copies are filled with."""
    found: dict[Any, Sequence[Mapping[str, str]]] = {}
    for paragraph in root.iter(_P):
        words = _words(paragraph)
        names = _names(paragraph)
        if not rules.OF_COMPETENCY.keys().isdisjoint(names):
            found[_line(paragraph)] = filling.rows
        elif len(names) == 1 and names[0] in filling.lines and _is_alone(words):
            found[paragraph] = [{names[0]: line} for line in filling.lines[names[0]]]
    return found


def _line(paragraph: Any) -> Any:
    """The row of a table that a competency has to itself; the paragraph where the table is but a frame."""
    row = _above(paragraph, _TR)
    if row is None:
        return paragraph
    told = [one for one in row.iter(_P) if _words(one).strip()]
    held = [one for one in told if not rules.OF_COMPETENCY.keys().isdisjoint(_names(one))]
    cells = {_above(one, _TC) for one in held}
    return row if len(cells) > 1 or len(held) == len(told) else paragraph


def _above(paragraph: Any, tag: str) -> Any:
    """What a paragraph stands in, but not beyond the frame of a text."""
    for one in paragraph.iterancestors():
        if one.tag in (tag, _BOX):
            return one if one.tag == tag else None
    return None


def _texts(paragraph: Any) -> list[Any]:
    """The parts of a paragraph's own words; a text in a frame that hangs on it has paragraphs of its own."""
    return [text for text in paragraph.iter(_T) if next(text.iterancestors(_P)) is paragraph]


def _words(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _names(paragraph: Any) -> Sequence[str]:
    return [name for _, _, name in rules.tags(_words(paragraph))]


def _is_alone(words: str) -> bool:
    ((start, end, _),) = rules.tags(words)
    return not (words[:start] + words[end:]).strip()


def _write(part: Any, paragraph: Any, values: Mapping[str, Value]) -> None:
    """Fill the fields of a paragraph; where all are empty it is left out with the words between them."""
    texts = _texts(paragraph)
    tags = list(rules.tags(_words(paragraph)))
    for start, end, name in reversed(tags):
        _replace(texts, start, end, _pieces(part, values[name]))
    if tags and not any(values[name] for _, _, name in tags):
        _leave_out(paragraph)


def _replace(texts: Sequence[Any], start: int, end: int, pieces: Sequence[Any]) -> None:
    """Put pieces in place of the letters from ``start`` to ``end`` of all the texts; what is before stays."""
    here = 0
    for text in texts:
        words, first, last = text.text or "", start - here, end - here
        here += len(words)
        if 0 <= first < len(words):
            text.text = words[:first]
            for piece in reversed([*pieces, _text(words[last:])]):
                text.addnext(piece)
            _keep_spaces(text)
        elif first < 0 < last:
            text.text = words[last:]
            _keep_spaces(text)


def _pieces(part: Any, value: Value) -> list[Any]:
    if isinstance(value, bytes):
        return [_picture(part, value)]
    lines = [value] if isinstance(value, str) else value
    parted = [piece for line in lines for piece in (OxmlElement("w:br"), _text(line))]
    return parted[1:]


def _text(words: str) -> Any:
    text = OxmlElement("w:t")
    text.text = word_file.clean(words)
    _keep_spaces(text)
    return text


def _keep_spaces(text: Any) -> None:
    text.set(qn("xml:space"), "preserve")


def _picture(part: Any, picture: bytes) -> Any:
    inline = part.new_pic_inline(BytesIO(picture), Mm(SIDE), Mm(SIDE))
    inline.docPr.set("descr", _ALT)
    drawing = OxmlElement("w:drawing")
    drawing.append(inline)
    return drawing


def _leave_out(paragraph: Any) -> None:
    """Take a paragraph away; one that holds more than words, or is needed where it stands, is emptied."""
    beside = (paragraph.getprevious(), paragraph.getnext())
    is_bare = next(paragraph.iter(*_HELD), None) is None
    if is_bare and any(one is not None and one.tag == _P for one in beside):
        paragraph.getparent().remove(paragraph)
        return
    for text in _texts(paragraph):
        text.text = ""


def _packed(document: WordDocument) -> bytes:
    """The document's bytes, without the hour at which it was packed."""
    loose, packed = BytesIO(), BytesIO()
    document.save(loose)
    with ZipFile(loose) as parts, ZipFile(packed, "w") as file:
        for name in parts.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            file.writestr(part, parts.read(name))
    return packed.getvalue()
