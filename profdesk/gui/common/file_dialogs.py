"""The system's dialogs for files and folders, in one place so that tests can answer for the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PDF = "Документ PDF (*.pdf)"
PROOFS = (
    "Документы, снимки кода, значки и подписи "
    "(*.pdf *.docx *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.json *.sig *.p7s *.p7m)"
)
BADGE = "Цифровой значок (*.json)"
PICTURES = "Картинки PNG и JPEG (*.png *.jpg *.jpeg)"
DOCX = "Документ Word (*.docx)"
XLSX = "Таблица Excel (*.xlsx)"
LISTS = "Списки классов (*.xlsx *.xls *.ods *.docx *.csv *.txt *.html *.htm)"
CERTIFICATE = "Сертификат ключа (*.pem *.cer *.crt)"
KEY_FILE = "Файл ключа (*.profkey)"
KEYS = "Файлы ключей и сертификаты (*.profkey *.pem *.cer *.crt)"
PROGRAMME_FILE = "Программа с подписью (*.profprogramme)"
PERSONAL_KEY = "Личный ключ (*.p12 *.pfx)"
PROGRAMME = "Файл программы (*.profprogramme *.toml)"
INSTRUMENT = "Файл методики (*.toml)"
TABLES = "Таблицы (*.xlsx *.xls *.ods *.docx *.csv)"
KIT = "Пакет рабочей папки (*.profdesk)"
PUPIL_FILE = "Файл ученика (*.profpupil)"
LESSONS = "Уроки одним файлом (*.pdlessons)"
ANY = "Все файлы (*)"
WORKS = "Фотографии и документы (*.jpg *.jpeg *.png *.pdf *.docx *.odt *.pptx *.odp *.xlsx)"
CSV = "Таблица с разделителями (*.csv)"


def folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Ask for a folder; None if the user thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start or Path.home()))
    return Path(chosen) if chosen else None


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that is there."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, title, str(Path.home()), kinds if kinds == ANY else f"{kinds};;{ANY}"
    )
    return Path(chosen) if chosen else None


def files_to_open(parent: QWidget, title: str, kinds: str = ANY) -> Sequence[Path]:
    """Ask for any number of files."""
    chosen, _ = QFileDialog.getOpenFileNames(
        parent, title, str(Path.home()), kinds if kinds == ANY else f"{kinds};;{ANY}"
    )
    return [Path(one) for one in chosen]


def file_to_save(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to save, proposing a name in the user's documents; the dialog asks before replacing."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(Path(name).suffix)
