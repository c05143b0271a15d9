"""Tabs of the editor of designs: what is shown of a pupil, the words, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from profdesk.domain.certificate_design import (
    CertificateDesign,
    Content,
    Drawing,
    Shown,
    SignatureLine,
    Texts,
)
from profdesk.gui.certificates import design_words
from profdesk.gui.certificates.design_part import Fields, Part, offer, put_choice
from profdesk.gui.certificates.text_line import TextLine
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.forms import fill


class ContentPart(Part):
    """The design's own name, which levels it is offered for, and what is shown of a pupil."""

    title = "Содержание"

    name: QLineEdit
    name_note: FieldNote
    levels: QGridLayout
    drawing: QComboBox
    drawing_note: FieldNote
    shown: QComboBox
    shown_note: FieldNote
    growth: QCheckBox
    deeds: QCheckBox
    achievements: QCheckBox
    years: QComboBox

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        fill(self, "certificates_editor_content")
        self.drawing_note.set_hint("Где рисунку тесно, выйдет список")
        offer(self.drawing, design_words.DRAWINGS)
        offer(self.shown, design_words.SHOWN)
        for all_years, words in design_words.YEARS.items():
            self.years.addItem(words, all_years)
        self.ticks = {level.code: QCheckBox(level.title) for level in desk.programme.levels}
        before: QWidget = self.name
        for place, tick in enumerate(self.ticks.values()):
            tick.setAccessibleName(f"Предлагать первым: {tick.text()}")
            self.levels.addWidget(tick, place // 2, place % 2)
            QWidget.setTabOrder(before, tick)
            before = tick
        for tick in (*self.ticks.values(), self.growth, self.deeds, self.achievements):
            tick.toggled.connect(self.changed)
        for box in (self.drawing, self.shown, self.years):
            box.currentIndexChanged.connect(self.changed)
        for tick in (self.deeds, self.achievements):
            tick.toggled.connect(self._offer_years)
        self.name.textChanged.connect(self.changed)

    @override
    def put(self, design: CertificateDesign) -> None:
        content = design.content
        self.name.setText(design.title)
        for code, tick in self.ticks.items():
            tick.setChecked(code in design.levels)
        put_choice(self.drawing, content.drawing)
        put_choice(self.shown, content.shown)
        self.growth.setChecked(content.growth)
        self.deeds.setChecked(content.deeds)
        self.achievements.setChecked(content.achievements)
        self.years.setCurrentIndex(self.years.findData(content.all_years))
        self._offer_years()

    @override
    def read(self, design: CertificateDesign) -> CertificateDesign:
        return replace(
            design,
            title=self.name.text().strip(),
            levels=(
                *(code for code, tick in self.ticks.items() if tick.isChecked()),
                *(code for code in design.levels if code not in self.ticks),
            ),
            content=Content(
                drawing=Drawing(self.drawing.currentData()),
                shown=Shown(self.shown.currentData()),
                growth=self.growth.isChecked(),
                deeds=self.deeds.isChecked(),
                achievements=self.achievements.isChecked(),
                all_years=bool(self.years.currentData()),
            ),
        )

    @property
    @override
    def fields(self) -> Fields:
        return {"title": (self.name, self.name_note)}

    def _offer_years(self) -> None:
        self.years.setEnabled(self.deeds.isChecked() or self.achievements.isChecked())


class WordsPart(Part):
    """Every text of the paper."""

    title = "Слова"

    heading: TextLine
    heading_note: FieldNote
    kicker: TextLine
    kicker_note: FieldNote
    headline: TextLine
    headline_note: FieldNote
    owner: TextLine
    owner_note: FieldNote
    about: TextLine
    about_note: FieldNote
    statement: TextLine
    statement_note: FieldNote

    def __init__(self) -> None:
        super().__init__()
        fill(self, "certificates_editor_words")
        for line, _ in self.fields.values():
            if isinstance(line, TextLine):
                line.textChanged.connect(self.changed)

    @override
    def put(self, design: CertificateDesign) -> None:
        texts = design.texts
        for line, words in (
            (self.heading, texts.heading),
            (self.kicker, texts.kicker),
            (self.headline, texts.title),
            (self.owner, texts.owner),
            (self.about, texts.about),
            (self.statement, texts.statement),
        ):
            line.setText(words)
            line.setCursorPosition(0)

    @override
    def read(self, design: CertificateDesign) -> CertificateDesign:
        texts = Texts(
            heading=self.heading.text().strip(),
            kicker=self.kicker.text().strip(),
            title=self.headline.text().strip(),
            owner=self.owner.text().strip(),
            about=self.about.text().strip(),
            statement=self.statement.text().strip(),
        )
        return replace(design, texts=texts)

    @property
    @override
    def fields(self) -> Fields:
        return {
            "texts.heading": (self.heading, self.heading_note),
            "texts.kicker": (self.kicker, self.kicker_note),
            "texts.title": (self.headline, self.headline_note),
            "texts.owner": (self.owner, self.owner_note),
            "texts.about": (self.about, self.about_note),
            "texts.statement": (self.statement, self.statement_note),
        }


class SignaturesPart(Part):
    """Who signs; lines left empty are no lines."""

    title = "Подписи"

    post_1: TextLine
    post_1_note: FieldNote
    signer_1: TextLine
    signer_1_note: FieldNote
    post_2: TextLine
    post_2_note: FieldNote
    signer_2: TextLine
    signer_2_note: FieldNote
    post_3: TextLine
    post_3_note: FieldNote
    signer_3: TextLine
    signer_3_note: FieldNote

    def __init__(self) -> None:
        super().__init__()
        fill(self, "certificates_editor_signatures")
        for line in self.findChildren(TextLine):
            line.textChanged.connect(self.changed)

    @override
    def put(self, design: CertificateDesign) -> None:
        rest = [SignatureLine("", "")] * (len(self._lines) - len(design.signatures))
        for (post, _, name, _), line in zip(self._lines, (*design.signatures, *rest), strict=True):
            for box, words in ((post, line.post), (name, line.name)):
                box.setText(words)
                box.setCursorPosition(0)

    @override
    def read(self, design: CertificateDesign) -> CertificateDesign:
        lines = (SignatureLine(post.text().strip(), name.text().strip()) for post, _, name, _ in self._written)
        return replace(design, signatures=tuple(lines))

    @property
    @override
    def fields(self) -> Fields:
        found: dict[str, tuple[QWidget, FieldNote]] = {}
        for number, (post, post_note, name, name_note) in enumerate(self._written):
            found[f"signatures.{number}.post"] = post, post_note
            found[f"signatures.{number}.name"] = name, name_note
        empty = (line for line in self._lines if line not in self._written)
        for number, (post, post_note, name, name_note) in enumerate(empty):
            found[f"empty.{number}.post"] = post, post_note
            found[f"empty.{number}.name"] = name, name_note
        return found

    @property
    def _lines(self) -> Sequence[tuple[TextLine, FieldNote, TextLine, FieldNote]]:
        return (
            (self.post_1, self.post_1_note, self.signer_1, self.signer_1_note),
            (self.post_2, self.post_2_note, self.signer_2, self.signer_2_note),
            (self.post_3, self.post_3_note, self.signer_3, self.signer_3_note),
        )

    @property
    def _written(self) -> Sequence[tuple[TextLine, FieldNote, TextLine, FieldNote]]:
        return [line for line in self._lines if line[0].text().strip() or line[2].text().strip()]
