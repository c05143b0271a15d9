"""What a start of the program may not cost, and the library version that would kill it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QLabel

HEAVY = (
    "pandas", "numpy", "reportlab", "pyhanko", "openpyxl", "alembic", "lxml", "pypdfium2", "fontTools",
    "docx", "docxtpl", "jinja2", "pytrovich", "pyld",
)  # fmt: skip


@pytest.mark.parametrize("module", ["profdesk.cli", "profdesk.app", "profdesk.gui.main_window"])
def test_start_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(m for m in {HEAVY!r} if m in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []


def test_start_window_loads_no_page_of_the_main_one() -> None:
    code = "import sys, profdesk.app; print(*(m for m in sys.modules if m.startswith('profdesk.')))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = answer.stdout.split()
    assert "profdesk.gui.start.window" in loaded
    assert not {"profdesk.main_pages", "profdesk.gui.main_window", "profdesk.services.demo"} & set(loaded)


def test_command_line_does_not_load_windows() -> None:
    code = "import sys, profdesk.cli; print('PySide6' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_void_calls_keep_the_count_of_none(qapp: QApplication) -> None:
    # PySide6 6.12.0 drops a reference to None at each void call and dies after some 6,400 of them.
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 200
