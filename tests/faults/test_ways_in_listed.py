"""No way in is forgotten: whatever in the program reads a file is listed here, with what it is tried or bounded by."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "profdesk"
_READS = frozenset({"read_bytes", "read_text", "read_json", "read_new", "read_file", "ZipFile"})
_READERS = frozenset({"files", "roster_file", "lesson_pack"})

FROM_OUTSIDE = {
    "cli/instruments.py": "answers and instruments, by services.files",
    "documents/word_file.py": "blanks and templates: size, unpacked size, markup, macros",
    "gui/activities/product_field.py": "works of pupils, by services.kept_files",
    "gui/reference/template.py": "the template of references, by services.files",
    "intake/code_picture.py": "pictures and the pictures of Word documents: points of one and of all",
    "intake/lesson_pack.py": "packs of lessons: size, parts, unpacked size, names",
    "intake/roster_file.py": "tables of every kind: size, lines, cells",
    "intake/workbook.py": "workbooks: parts, unpacked size, rows, cells, sectors of old ones",
    "services/answer_files.py": "tables of answers, by intake.roster_file",
    "services/certificate_blanks.py": "blanks in Word, by documents.word_file",
    "services/certificate_designs.py": "pictures of designs: size and points",
    "services/consolidation.py": "signed summaries: size, then signing.reader",
    "services/countersigning.py": "signed papers and personal keys: size, rounds",
    "services/diagnostics.py": "instruments and wordings in TOML or tables",
    "services/erasure.py": "rules of retention in TOML",
    "services/files.py": "the one reader with a limit",
    "services/instruments.py": "instruments in TOML, to be checked",
    "services/issued_summaries.py": "countersigned summaries, signatures, personal keys: size",
    "services/kept_files.py": "files kept as they are: size, no programs",
    "services/key_files.py": "keys and sealed programmes: size",
    "services/products.py": "works of pupils, by services.kept_files",
    "services/programmes.py": "programmes in TOML: size, depth, dots",
    "services/pupil_files.py": "pupils' files: size, seal, code, form, numbers",
    "services/received.py": "summaries received: size, number of files",
    "services/registers.py": "tables of registers, by intake.roster_file",
    "services/roster.py": "class lists, by intake.roster_file",
    "services/senders.py": "tables of organisations and their keys",
    "services/talks.py": "results from elsewhere, by services.kept_files",
    "services/verification.py": "papers, signatures, badges, pictures with codes: size",
    "signing/exchange_file.py": "files of exchange: head, then the signature, then parts no larger than agreed",
    "services/workspaces.py": "an edited programme, by services.files",
}
OF_THE_FOLDER = {
    "settings.py", "storage/attempts.py", "storage/copies_state.py", "storage/erased.py", "storage/in_use.py",
    "storage/manifest.py", "storage/mark.py", "storage/replaced.py", "storage/restore.py", "storage/swap.py",
    "storage/vault.py", "storage/backup.py", "storage/blobs.py", "signing/known_keys.py", "atomic.py",
    "gui/common/crash.py",
}  # fmt: skip
"""What the program wrote itself, maybe elsewhere: read by ``atomic.read_json``, in parts, or authenticated."""
OWN_OR_CHOSEN = {
    "storage/shared_disk.py",
    "cli/opening.py", "documents/certificate_blank.py", "documents/held.py", "documents/lesson_pack.py",
    "gui/common/phosphor.py", "gui/gallery_exchange.py", "services/demo.py",
    "services/demo_department.py", "services/references.py",
}  # fmt: skip
"""Shipped with the program, told by the system, just written by it, or a password file of whoever types the command."""


def test_whatever_reads_a_file_is_listed() -> None:
    assert set(_reading()) == {*FROM_OUTSIDE, *OF_THE_FOLDER, *OWN_OR_CHOSEN}


def _reading() -> Iterator[str]:
    for path in ROOT.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        if any(_reads(call) and "assets.resource" not in ast.unparse(call) for call in calls):
            yield path.relative_to(ROOT).as_posix()


def _reads(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in _READS
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    binary = any(isinstance(one, ast.Constant) and one.value == "rb" for one in call.args)
    return (
        function.attr in _READS
        or (owner in _READERS and function.attr == "read")
        or (function.attr == "open" and binary)
    )
