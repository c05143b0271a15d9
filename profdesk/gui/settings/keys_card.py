"""The card of keys: the workspace's own, those known on this computer, and a person's in a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget

from profdesk.domain import file_names, key_file, plural
from profdesk.domain.key_file import KeyFile
from profdesk.domain.verification import KeyInfo
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.settings.personal_key_dialog import PersonalKeyDialog
from profdesk.services import files, key_files, keys


class KeysCard(Card):
    """Gets its desk and the page's message from ``attach``; everything it does is told there."""

    key_owner: QLabel
    key_facts: QLabel
    key_file_button: QPushButton
    export_key_button: QPushButton
    known: QListWidget
    add_key_button: QPushButton
    forget_key_button: QPushButton
    personal_key_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "settings_keys")
        self._own: KeyInfo | None = None
        self._known: Sequence[KeyInfo] = ()
        self.key_file_button.clicked.connect(self._save_key_file)
        self.export_key_button.clicked.connect(self._export_certificate)
        self.add_key_button.clicked.connect(self._add)
        self.forget_key_button.clicked.connect(self._forget_chosen)
        self.personal_key_button.clicked.connect(self._make_personal)
        self.known.currentRowChanged.connect(lambda _: self._offer_to_forget())

    def attach(self, desk: Desk, message: InlineMessage) -> None:
        """Say once whose keys these are and where to tell what was done."""
        self._desk = desk
        self._message = message

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What can be reached by Tab, in order."""
        own = (self.key_file_button, self.export_key_button)
        return (*own, self.known, self.add_key_button, self.forget_key_button, self.personal_key_button)

    def refresh(self) -> None:
        """Read the keys anew."""
        workspace = self._desk.workspace
        self._desk.run(
            lambda: (keys.current(workspace, workspace.actor), keys.known()),
            owner=self,
            done=lambda found: self._show(*found),
        )

    def _show(self, own: KeyInfo, known: Sequence[KeyInfo]) -> None:
        self.key_owner.setText(own.organisation)
        self.key_facts.setText(
            f"Действует с {own.valid_from:%d.%m.%Y} по {own.valid_until:%d.%m.%Y}, отпечаток {own.spoken_fingerprint}"
        )
        self._own, self._known = own, known
        self.known.clear()
        for key in known:
            mark = "ключ этой папки, " if key == own else ""
            self.known.addItem(f"{key.short_fingerprint}, {mark}{key.owner}")
            self.known.item(self.known.count() - 1).setToolTip(key.owner)
        self._offer_to_forget()

    def _offer_to_forget(self) -> None:
        self.forget_key_button.setEnabled(self._chosen() not in (None, self._own))

    def _chosen(self) -> KeyInfo | None:
        row = self.known.currentRow()
        return self._known[row] if row >= 0 else None

    # -- what leaves -----------------------------------------------------------------------------

    def _save_key_file(self) -> None:
        name = f"{file_names.tidy(self._desk.organisation.short_name)}{key_file.ENDING}"
        path = file_dialogs.file_to_save(self, "Сохранить файл ключа", name, file_dialogs.KEY_FILE)
        if path is not None:
            workspace = self._desk.workspace
            self._desk.run(
                lambda: key_files.save_key_file(workspace, workspace.actor, path),
                owner=self,
                done=partial(self._key_file_saved, path),
                failed=self._failed,
            )

    def _key_file_saved(self, path: Path, told: KeyFile) -> None:
        persons = len(told.certificates) - 1
        more = f" В нём {plural.counted(persons, 'личный ключ', 'личных ключа', 'личных ключей')}." if persons else ""
        spoken = self._own.spoken_fingerprint if self._own else ""
        self._say(f"Файл ключа сохранён: {path}.{more} Передайте его и назовите по телефону отпечаток {spoken}.")

    def _export_certificate(self) -> None:
        path = file_dialogs.file_to_save(
            self, "Сохранить сертификат ключа", "Ключ организации.pem", file_dialogs.CERTIFICATE
        )
        if path is not None:
            workspace = self._desk.workspace
            self._desk.run(
                lambda: files.write(path, keys.certificate(workspace, workspace.actor)),
                owner=self,
                done=lambda _: self._say(f"Сертификат сохранён: {path}. Передайте его тем, кто проверяет подпись."),
                failed=self._failed,
            )

    def _make_personal(self) -> None:
        dialog = PersonalKeyDialog(self, self._desk)
        dialog.made.connect(self._personal_made)
        dialog.open()

    def _personal_made(self, path: Path, key: KeyInfo) -> None:
        self._say(
            f"Личный ключ сохранён: {path}, владелец {key.person}. Сертификат лежит рядом. "
            "Чтобы управление знало этот ключ, сохраните файл ключа организации ещё раз."
        )
        self.refresh()

    # -- what is known ---------------------------------------------------------------------------

    def _add(self) -> None:
        path = file_dialogs.file_to_open(self, "Файл ключа или сертификат", file_dialogs.KEYS)
        if path is not None:
            self._desk.run(lambda: key_files.remember(path), owner=self, done=self._added, failed=self._failed)

    def _added(self, added: Sequence[KeyInfo]) -> None:
        first, *persons = added
        more = f" Вместе с ним: {', '.join(one.person for one in persons)}." if persons else ""
        self._message.say(
            f"Ключ добавлен: {first.owner}.{more} Сверьте по телефону отпечаток {first.spoken_fingerprint}: "
            "если он другой, забудьте ключ.",
            Tone.OK,
            "Забыть",
            act=partial(self._forget, added),
        )
        self.refresh()

    def _forget_chosen(self) -> None:
        key = self._chosen()
        if key is not None:
            self._forget([key])

    def _forget(self, chosen: Sequence[KeyInfo]) -> None:
        self._desk.run(
            lambda: keys.forget(chosen), owner=self, done=partial(self._forgotten, chosen[0]), failed=self._failed
        )

    def _forgotten(self, key: KeyInfo, certificates: Sequence[bytes]) -> None:
        words = f"Ключ забыт: {key.owner}, {key.short_fingerprint}. Подпись им будет считаться незнакомой."
        self._message.say(words, Tone.OK, "Вернуть", act=partial(self._trust_again, certificates))
        self.refresh()

    def _trust_again(self, certificates: Sequence[bytes]) -> None:
        self._desk.run(
            lambda: [keys.remember(pem) for pem in certificates],
            owner=self,
            done=self._trusted_again,
            failed=self._failed,
        )

    def _trusted_again(self, found: Sequence[KeyInfo]) -> None:
        self._say(f"Ключ снова известен: {found[0].owner}, {found[0].short_fingerprint}.")
        self.refresh()

    def _say(self, sentence: str) -> None:
        self._message.say(sentence, Tone.OK)

    def _failed(self, error: ProfdeskError) -> None:
        self._message.say(error.message, Tone.BAD)
