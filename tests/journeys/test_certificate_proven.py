"""Certificates of a class proven by keyboard: from a scan of the paper, from the text of its code, withdrawn or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from keyboard import CTRL, press, tab_to
from PIL import Image
from pypdfium2 import PdfDocument
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel
from support import LINES, PASSWORD, YEAR, listed, pupil_ids

from profdesk.domain.access import NewUser
from profdesk.domain.consents import ConsentKind
from profdesk.gui.start import opened
from profdesk.gui.verification.answer_card import AnswerCard
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import badges, certificates, consents, pupils, roster, verification
from profdesk.signing import certificate_code, keys
from profdesk.storage.workspace import Workspace

KEY = Qt.Key
REASON = "ошибка в фамилии"


@dataclass(frozen=True)
class Issued:
    """Scans of the pages of a class, the second withdrawn, the codes on them, and the badge of the first."""

    scans: Sequence[Path]
    codes: Sequence[str]
    badge: Path


@pytest.fixture
def issued(user: User, tmp_path: Path) -> Issued:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    workspace = create(tmp_path / "desk", owner).workspace
    key = keys.make_key("Школа № 12", "Школа № 12", datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    roster.apply(workspace, workspace.actor, roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR))
    user.windows.show_main(opened.read(workspace))
    return for_class(workspace, tmp_path)


def for_class(workspace: Workspace, folder: Path) -> Issued:
    group = pupils.group_called(workspace, workspace.actor, YEAR, "7а")
    saved = folder / "сертификаты.pdf"
    made, _ = certificates.issue(workspace, workspace.actor, group.id, pupil_ids(workspace, group), saved)
    there = pupil_ids(workspace, group)
    consents.give(workspace, workspace.actor, there, ConsentKind.PUBLICATION, date(2026, 9, 1))
    (badge, _) = badges.export(workspace, workspace.actor, made[:2], folder)
    certificates.withdraw(workspace, workspace.actor, made[1], REASON)
    scans = [folder / f"скан {number}.png" for number in range(len(made))]
    with PdfDocument(saved) as document:
        for page, path in zip(document, scans, strict=True):
            page.render(scale=150 / 72).to_pil().rotate(3, fillcolor="white").save(path)
    lines = certificates.register(workspace, workspace.actor)
    return Issued(scans, [one.code for one in reversed(lines)], badge)


@pytest.fixture
def page(user: User, issued: Issued) -> VerificationPage:
    shown = user.page("verification")
    assert isinstance(shown, VerificationPage)
    return shown


def opened_file(user: User, page: VerificationPage, path: Path) -> AnswerCard:
    user.given = path
    press(user, KEY.Key_O, CTRL)
    return only(page)


def pasted(user: User, page: VerificationPage, words: str) -> AnswerCard:
    tab_to(user, page.code_field)
    QApplication.clipboard().setText(words)
    press(user, KEY.Key_A, CTRL)
    press(user, KEY.Key_V, CTRL)
    press(user, KEY.Key_Return)
    return only(page)


def only(page: VerificationPage) -> AnswerCard:
    (card,) = page.cards
    assert card.isVisible()
    return card


def facts(card: AnswerCard) -> dict[str, str]:
    found = {}
    for row in range(card.facts.rowCount()):
        told = card.facts.itemAt(row, QFormLayout.ItemRole.FieldRole).widget()
        name = card.facts.labelForField(told)
        assert isinstance(name, QLabel)
        assert isinstance(told, QLabel)
        found[name.text()] = told.text()
    return found


def test_scans_of_a_class_are_proven(user: User, page: VerificationPage, issued: Issued) -> None:
    card = opened_file(user, page, issued.scans[0])
    assert card.verdict.text() == "Код подлинный"
    told = facts(card)
    assert told["Кому"] == "Абрамова Полина Игоревна"
    assert told["Сертификат"].startswith(f"№ {datetime.now().astimezone().year}-0001 от ")
    assert (told["Класс или группа"], told["Учебный год"], told["По реестру"]) == ("7 «А»", "2026/27", "действует")
    assert card.stages.itemAtPosition(19, 1).widget().text() == "не оценено"
    assert not page.empty.isVisible()

    card = opened_file(user, page, issued.scans[1])
    assert card.verdict.text() == "Код подлинный, но сертификат отозван"
    assert facts(card)["По реестру"].startswith("отозван ")
    assert facts(card)["По реестру"].endswith(f": {REASON}")


def test_text_of_a_code_is_proven(user: User, page: VerificationPage, issued: Issued) -> None:
    code = issued.codes[2]
    card = pasted(user, page, f"{code}\n")
    assert (card.verdict.text(), facts(card)["Кому"]) == ("Код подлинный", "Ёлкина Дарья Олеговна")

    changed = code[:40] + ("A" if code[40] != "A" else "B") + code[41:]
    card = pasted(user, page, changed)
    assert (card.verdict.text(), facts(card)) == ("Код не принят", {})
    assert not card.rule_line.isVisible()

    claim = verification.verify_code(code).claim
    assert claim is not None
    foreign = keys.make_key("Лицей № 3", "Лицей № 3", datetime.now(UTC))
    card = pasted(user, page, certificate_code.write(replace(claim, number="7"), foreign))
    assert card.verdict.text() == "Код прочитан, но его ключ неизвестен"
    assert facts(card)["По реестру"] == "в реестре этой организации нет"


def test_a_picture_without_a_code_is_told(user: User, page: VerificationPage, tmp_path: Path) -> None:
    path = tmp_path / "пусто.jpg"
    Image.new("L", (300, 300), 255).save(path)
    card = opened_file(user, page, path)
    assert card.verdict.text() == "Код не принят"
    assert "нет кода сертификата" in card.reason.text()


def test_another_scan_is_dropped_on_the_answer(user: User, page: VerificationPage, issued: Issued) -> None:
    opened_file(user, page, issued.scans[1])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(issued.scans[0]))])
    at, copy, left, none = QPointF(9, 9), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    QApplication.sendEvent(page, QDragEnterEvent(at.toPoint(), copy, data, left, none))
    QApplication.sendEvent(page, QDropEvent(at, copy, data, left, none))
    user.wait()
    assert facts(only(page))["По реестру"] == "действует"


def test_a_badge_is_proven(user: User, page: VerificationPage, issued: Issued) -> None:
    card = opened_file(user, page, issued.badge)
    assert card.verdict.text() == "Значок подлинный"
    told = facts(card)
    assert (told["Файл"], told["Кому"]) == (issued.badge.name, "Абрамова Полина Игоревна")
    assert (told["По реестру"], told["Подписала организация"]) == ("действует", "Школа № 12")

    words = issued.badge.read_text(encoding="utf-8")
    issued.badge.write_text(words.replace("Полина", "Галина"), encoding="utf-8")
    card = opened_file(user, page, issued.badge)
    assert (card.verdict.text(), list(facts(card))) == ("Значок не принят", ["Файл"])
    assert card.reason.text() == "Значок изменён: подпись к нему не подходит."


SIGNATURES = Path(__file__).parent.parent / "data" / "signatures"


def test_a_signature_made_outside_is_proven(user: User, page: VerificationPage, tmp_path: Path) -> None:
    document, signature = tmp_path / "Приказ.txt", tmp_path / "Приказ.txt.sig"
    document.write_bytes((SIGNATURES / "document.txt").read_bytes())
    signature.write_bytes((SIGNATURES / "512A.sig").read_bytes())
    card = opened_file(user, page, signature)
    assert card.verdict.text() == "Подпись сходится с документом"
    assert "квалифицированный статус не проверялся" in card.reason.text()
    told = facts(card)
    assert (told["Документ"], told["Вид подписи"]) == ("Приказ.txt", "ГОСТ Р 34.10-2012, 512 бит")
    document.write_bytes((SIGNATURES / "document-changed.txt").read_bytes())
    card = opened_file(user, page, signature)
    assert card.verdict.text() == "Подпись не принята"
    assert "файл изменён" in card.reason.text()
