"""An organisation's keys: compared by telephone, revoked, and how long they are valid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.senders import KeyState, Listed, SenderDraft, SenderKey, is_called
from profdesk.gui.common import fonts
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.forms import fill
from profdesk.gui.department import sender_rows

_DIGITS = 30
_GROUPS_A_LINE = 3
_CALL = (
    "Позвоните{where} и попросите прочитать отпечаток: в «Настройках» школы он стоит под её ключом. "
    "Номер возьмите не из письма с ключом. Должна совпасть каждая цифра и буква."
)
_OTHERWISE = "В ключе организация названа иначе: {}. Проверьте, та ли это организация."
_NO_KEY = (
    "Ключа ещё нет. Попросите организацию прислать файл ключа: она сохраняет его в «Настройках». "
    "Без ключа её сводки не принимаются."
)


class KeyPanel(Card):
    """Shows the keys of one organisation, the one that waits to be compared first."""

    matched = Signal(object, str)
    """A SenderKey, and with whom its fingerprint was compared."""
    mismatched = Signal(object)
    wanted_revocation = Signal(object)
    wanted_key = Signal()
    """Another key's file is to be taken."""

    name: QLabel
    full_name: QLabel
    telephone: QLabel
    note: QLabel
    key_choice: QComboBox
    state: Chip
    validity: QLabel
    digits: QLabel
    how: QLabel
    comparing: QWidget
    whom: QLineEdit
    match_button: QPushButton
    mismatch_button: QPushButton
    take_button: QPushButton
    revoke_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "department_key")
        self._keys: Sequence[SenderKey] = ()
        self._draft: SenderDraft | None = None
        self.digits.setFont(fonts.font(_DIGITS, bold=True))
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.telephone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key_choice.currentIndexChanged.connect(lambda _: self._show_key())
        self.match_button.clicked.connect(self._match)
        self.whom.returnPressed.connect(self._match)
        self.mismatch_button.clicked.connect(lambda: self._with_key(self.mismatched.emit))
        self.revoke_button.clicked.connect(lambda: self._with_key(self.wanted_revocation.emit))
        self.take_button.clicked.connect(self.wanted_key)

    @property
    def key(self) -> SenderKey | None:
        """The key shown."""
        place = self.key_choice.currentIndex()
        return self._keys[place] if 0 <= place < len(self._keys) else None

    def show_sender(self, listed: Listed | None) -> None:
        """Show an organisation; what was typed stays while it is the same key."""
        self.setVisible(listed is not None)
        if listed is None:
            return
        now, former = datetime.now(UTC), self.key
        draft = listed.sender.draft
        self._draft = draft
        self.name.setText(draft.short_name)
        self.full_name.setText(draft.full_name)
        self.telephone.setText(draft.telephone or "Телефон не записан")
        self.note.setText(draft.note)
        self.note.setVisible(bool(draft.note))
        self._keys = sorted(listed.keys, key=lambda key: key.state(now) is not KeyState.WAITING)
        with QSignalBlocker(self.key_choice):
            self.key_choice.clear()
            for key in self._keys:
                self.key_choice.addItem(f"{key.info.person}: {key.state(now).label}")
            self.key_choice.setVisible(len(self._keys) > 1)
        if former is None or self.key is None or former.record.id != self.key.record.id:
            self.whom.clear()
        self._show_key()

    def ask_whom(self) -> None:
        """Put the cursor where it is written with whom the key is compared."""
        if not self.comparing.isHidden():
            self.whom.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_key(self) -> None:
        key = self.key
        state = None if key is None else key.state(datetime.now(UTC))
        for part in (self.state, self.validity, self.digits):
            part.setVisible(key is not None)
        self.comparing.setVisible(state is KeyState.WAITING)
        self.revoke_button.setVisible(state in (KeyState.GOOD, KeyState.EXPIRED))
        self.take_button.setText("Взять ключ…" if key is None else "Взять другой ключ…")
        if key is None or state is None:
            self.how.setText(_NO_KEY)
            return
        look = sender_rows.LOOKS[state]
        self.state.say(state.label, look.tone, look.icon)
        self.validity.setText(f"{key.info.valid_from:%d.%m.%Y} – {key.info.valid_until:%d.%m.%Y}")
        groups = key.info.spoken_fingerprint.split()
        lines = (groups[:_GROUPS_A_LINE], groups[_GROUPS_A_LINE:])
        self.digits.setText("\n".join("  ".join(line) for line in lines))
        self.digits.setAccessibleName(f"Отпечаток {key.info.spoken_fingerprint}")
        self.how.setText(self._told(key, state))

    def _told(self, key: SenderKey, state: KeyState) -> str:
        record = key.record
        if state is KeyState.WAITING:
            return self._call(key.info.organisation)
        told = ""
        if record.confirmed_at is not None:
            told = f"Сверен {record.confirmed_at.astimezone():%d.%m.%Y}: {record.confirmed_with}."
        if record.revoked_at is not None:
            told += f" Отозван {record.revoked_at.astimezone():%d.%m.%Y}: {record.revoked_reason}."
        if state is KeyState.EXPIRED:
            told += " Попросите организацию прислать новый ключ."
        return told.strip()

    def _call(self, named: str) -> str:
        draft = self._draft
        if draft is None:
            return ""
        call = _CALL.format(where=f" по телефону {draft.telephone}" if draft.telephone else "")
        return call if is_called(draft, named) else f"{_OTHERWISE.format(named)} {call}"

    def _match(self) -> None:
        key = self.key
        if key is not None and not self.comparing.isHidden():
            self.matched.emit(key, self.whom.text())

    def _with_key(self, emit: object) -> None:
        if self.key is not None and callable(emit):
            emit(self.key)
