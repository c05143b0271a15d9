"""Pictures of the start window of a school where five people work: by name, a wrong password, a wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from profdesk.domain.access import Actor, Role
from profdesk.errors import AccessError, RefusedError
from profdesk.gui import gallery_joining
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.tones import Tone
from profdesk.gui.start.window import StartWindow
from profdesk.services import workspaces

SIZE = (1366, 768)
_PEOPLE = (
    ("Климова Татьяна Аркадьевна", "координатор", Role.COORDINATOR, 17),
    ("Лаптева Ирина Сергеевна", "психолог", Role.PSYCHOLOGIST, 6 * 24),
    ("Седова Ольга Ивановна", "классный руководитель, 7 «А»", Role.TEACHER, 1),
    ("Тимофеев Андрей Ильич", "классный руководитель, 5 «В»", Role.TEACHER, 8 * 24),
    ("Черепанова Нина Васильевна", "директор, подписывает", Role.HEAD, 24 * 24),
)
_WRONG = "Пароль не подходит. Проверьте раскладку клавиатуры и Caps Lock."


def shots(desk: Desk, path: Path, drawn: Callable[[Desk, QWidget], QWidget]) -> Iterator[tuple[str, QWidget]]:
    """Each step of the start window; names of a larger school, a wrong password and a wait."""
    start = StartWindow(desk, [path])
    start.resize(*SIZE)
    start.show()
    start.activateWindow()
    yield "00-start", drawn(desk, start)
    start.show_folder(path)
    yield "01-unlock", drawn(desk, start)
    start.steps.setCurrentWidget(start.create_step)
    yield "02-create", drawn(desk, start)
    start.code.code.setText("7KQM-4XWP-2HTN-9RDC-6VBJ-3ZLF-8YGS")
    start.steps.setCurrentWidget(start.code)
    yield "03-code", drawn(desk, start)
    start.restore.show_user(path, workspaces.users(path)[0])
    start.steps.setCurrentWidget(start.restore)
    yield "04-restore", drawn(desk, start)
    yield from _people(desk, start, path, drawn)
    start.first.user.setText("Тимофеев Андрей Ильич. Первый пароль знает и тот, кто его выдал.")
    start.first.password.setText("*" * 14)
    start.steps.setCurrentWidget(start.first)
    start.first.repeated.setFocus()
    yield "08-first-password", drawn(desk, start)
    yield from gallery_joining.start_shots(desk, start, drawn)
    start.close()


def _people(
    desk: Desk, start: StartWindow, path: Path, drawn: Callable[[Desk, QWidget], QWidget]
) -> Iterator[tuple[str, QWidget]]:
    start.show_folder(path)
    step, now = start.unlock, datetime.now(UTC)
    people = [Actor(name, name, post, frozenset({role})) for name, post, role, _ in _PEOPLE]
    step.organisation.setText("Школа № 12, Артёмовский городской округ")
    step.users.set_people(people, {name: (now - timedelta(hours=hours)).isoformat() for name, _, _, hours in _PEOPLE})
    step.password.setText("*" * 11)
    step.layout_hint.say("Раскладка: русская", "keyboard")
    step.caps_hint.say("включён Caps Lock", "arrow-fat-up", Tone.WARN)
    yield "05-people", drawn(desk, start)
    step.refuse(AccessError(_WRONG))
    yield "06-wrong-password", drawn(desk, start)
    step.refuse(RefusedError(_WRONG, _WRONG, 32))
    yield "07-wait", drawn(desk, start)
