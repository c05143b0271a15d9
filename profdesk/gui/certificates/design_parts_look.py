"""Tabs of the editor of designs: the look, the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from typing_extensions import override

from profdesk.domain.certificate_design import (
    SHEETS,
    CertificateDesign,
    Direction,
    Face,
    Margins,
    Ornament,
    Page,
    PaperSize,
    Style,
)
from profdesk.gui.certificates import colours, design_words
from profdesk.gui.certificates.colour_line import ColourLine
from profdesk.gui.certificates.design_part import Fields, Part, offer, put_choice
from profdesk.gui.certificates.picture_field import PictureField
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.forms import fill
from profdesk.gui.common.segmented import Segmented

_WHOLE = "PNG или JPEG всего листа"
_ALIKE = 0.03


class LookPart(Part):
    """Frame, letters, colours, arms."""

    title = "Вид"

    ornament: QComboBox
    face: QComboBox
    title_colour: ColourLine
    title_colour_note: FieldNote
    kicker_colour: ColourLine
    kicker_colour_note: FieldNote
    second_colour: ColourLine
    second_colour_note: FieldNote
    seal_colour: ColourLine
    seal_colour_note: FieldNote
    panel_colour: ColourLine
    panel_colour_note: FieldNote
    strict: QCheckBox
    emblem: PictureField

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fill(self, "certificates_editor_look")
        offer(self.ornament, design_words.ORNAMENTS)
        offer(self.face, design_words.FACES)
        self.emblem.attach(desk, "герб или логотип", "PNG или JPEG, лучше с прозрачным фоном")
        for line, offered in (
            (self.title_colour, colours.INKS),
            (self.kicker_colour, colours.INKS),
            (self.second_colour, colours.ACCENTS),
            (self.seal_colour, colours.TINTS),
            (self.panel_colour, colours.PAPERS),
        ):
            line.offer(offered)
            line.textChanged.connect(self.changed)
        for box in (self.ornament, self.face):
            box.currentIndexChanged.connect(self.changed)
        self.strict.toggled.connect(self.changed)
        self.emblem.changed.connect(self.changed)

    @override
    def put(self, design: CertificateDesign) -> None:
        style = design.style
        put_choice(self.ornament, style.ornament)
        put_choice(self.face, style.face)
        self.title_colour.setText(style.title)
        self.kicker_colour.setText(style.kicker)
        self.second_colour.setText(style.second)
        self.seal_colour.setText(style.seal)
        self.panel_colour.setText(style.panel)
        self.strict.setChecked(style.strict)
        self.emblem.put(style.emblem)

    @override
    def read(self, design: CertificateDesign) -> CertificateDesign:
        style = Style(
            ornament=Ornament(self.ornament.currentData()),
            face=Face(self.face.currentData()),
            title=self.title_colour.text().strip(),
            kicker=self.kicker_colour.text().strip(),
            panel=self.panel_colour.text().strip(),
            seal=self.seal_colour.text().strip(),
            second=self.second_colour.text().strip(),
            strict=self.strict.isChecked(),
            emblem=self.emblem.digest,
        )
        return replace(design, style=style)

    @property
    @override
    def fields(self) -> Fields:
        return {
            "style.title": (self.title_colour, self.title_colour_note),
            "style.kicker": (self.kicker_colour, self.kicker_colour_note),
            "style.second": (self.second_colour, self.second_colour_note),
            "style.panel": (self.panel_colour, self.panel_colour_note),
            "style.seal": (self.seal_colour, self.seal_colour_note),
        }


class SheetPart(Part):
    """Size and direction, margins, the school's printed blank."""

    title = "Лист"

    size_box: QComboBox
    direction: Segmented
    left_margin: QSpinBox
    top_margin: QSpinBox
    right_margin: QSpinBox
    bottom_margin: QSpinBox
    margins_note: FieldNote
    blank: PictureField
    preprinted: QCheckBox
    preprinted_note: FieldNote

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fill(self, "certificates_editor_sheet")
        offer(self.size_box, design_words.SIZES)
        self.direction.set_choices([(one.value, words) for one, words in design_words.DIRECTIONS.items()])
        self.margins_note.set_hint("Для бланка: чтобы слова не легли на его рамку и герб")
        self.blank.attach(desk, "фон или бланк", _WHOLE)
        self.size_box.currentIndexChanged.connect(self.changed)
        self.direction.chosen.connect(lambda _: self.changed.emit())
        for box in self._sides:
            box.valueChanged.connect(self.changed)
        self.preprinted.toggled.connect(self.changed)
        self.blank.changed.connect(self._blank_changed)
        self.blank.taken.connect(self._fit)

    @override
    def put(self, design: CertificateDesign) -> None:
        page = design.page
        put_choice(self.size_box, page.size)
        self.direction.choose(page.direction.value)
        margins = page.margins
        for box, width in zip(self._sides, (margins.left, margins.top, margins.right, margins.bottom), strict=True):
            box.setValue(round(width))
        self.preprinted.setChecked(page.preprinted)
        self.blank.put(page.blank)
        self._offer_preprinted()

    @override
    def read(self, design: CertificateDesign) -> CertificateDesign:
        page = Page(
            size=PaperSize(self.size_box.currentData()),
            direction=Direction(self.direction.key),
            margins=Margins(*(float(box.value()) for box in self._sides)),
            blank=self.blank.digest,
            preprinted=self.preprinted.isChecked() and bool(self.blank.digest),
        )
        return replace(design, page=page)

    @property
    @override
    def fields(self) -> Fields:
        return {"page.margins": (self.left_margin, self.margins_note)}

    @property
    def _sides(self) -> Sequence[QSpinBox]:
        return self.left_margin, self.top_margin, self.right_margin, self.bottom_margin

    def _blank_changed(self) -> None:
        self.blank.note.set_hint(_WHOLE)
        self._offer_preprinted()
        self.changed.emit()

    def _fit(self, picture: QSize) -> None:
        """Turn the sheet as the blank lies, and tell if it is of another shape."""
        lies = Direction.LANDSCAPE if picture.width() > picture.height() else Direction.PORTRAIT
        self.direction.choose(lies.value)
        wide, high = SHEETS[lies]
        alike = abs(picture.width() / picture.height() / (wide / high) - 1) < _ALIKE
        self.blank.note.set_hint(_WHOLE if alike else "Картинка другой формы, чем лист: она растянется")

    def _offer_preprinted(self) -> None:
        there = bool(self.blank.digest)
        self.preprinted.setEnabled(there)
        self.preprinted_note.set_hint(
            "На экране бланк виден, на печать не выходит" if there else "Сначала выберите бланк"
        )
