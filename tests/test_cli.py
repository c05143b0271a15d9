"""The commands as scripts call them: output, exit codes, errors in Russian without a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from support import YEAR

from profdesk.cli import opening
from profdesk.domain.access import Role
from profdesk.domain.school_year import Term
from profdesk.domain.span import Span
from profdesk.domain.users import Draft
from profdesk.errors import WrongInputError
from profdesk.services import certificates, personal_keys, users, workspaces

ROOT = Path(__file__).resolve().parent.parent
ROSTERS = ROOT / "tests" / "data" / "rosters"


class Shell:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {
            **os.environ,
            "PROFDESK_HOME": str(home),
            "PROFDESK_PASSWORD": "proverka-2026",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        }
        self.env.pop("DISPLAY", None)

    def __call__(self, *args: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "profdesk", *map(str, args)]
        return subprocess.run(command, env=self.env, cwd=self.home, capture_output=True, text=True, check=False)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def refused(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert any("а" <= letter <= "я" for letter in answer.stderr), answer.stderr
    return answer.stderr


def scanned(pdf: Path, picture: Path) -> Path:
    with PdfDocument(pdf) as document:
        document[0].render(scale=150 / 72).to_pil().save(picture)
    return picture


def withdraw(folder: Path, reason: str) -> None:
    """Withdraw the first certificate of a workspace."""
    desk = workspaces.open_workspace(folder, None, "proverka-2026")
    *_, first = certificates.register(desk, desk.actor)
    certificates.withdraw(desk, desk.actor, first.number, reason)
    desk.close()


def begun(shell: Shell, folder: Path) -> Path:
    """A school with a class of 27 and its certificates, issued into the file."""
    made = shell("init", folder / "desk", "--name", "Школа № 1", "--owner", "Иванова Анна Петровна")
    assert made.returncode == 0, made.stderr
    taken = shell("roster", "import", ROSTERS / "journal_5a.xlsx")
    assert taken.returncode == 0, taken.stderr
    assert "Новых: 27" in taken.stdout
    pdf = folder / "сертификаты.pdf"
    issued = shell("certificates", "5а", "--out", pdf, "--all")
    assert issued.returncode == 0, issued.stderr
    return pdf


def test_main_job_from_class_list_to_verified_summary(shell: Shell, tmp_path: Path) -> None:
    pdf = begun(shell, tmp_path)
    assert shell("verify", pdf).returncode == 0
    summary = tmp_path / "сводка.pdf"
    assert shell("summary", "--out", summary).returncode == 0
    assert json.loads(shell("verify", summary, "--json").stdout)["verdict"] == "trusted"


@pytest.mark.slow
def test_certificates_are_looked_up_in_the_register(shell: Shell, tmp_path: Path) -> None:
    pdf = begun(shell, tmp_path)
    again = shell("roster", "import", ROSTERS / "journal_5a.xlsx")
    assert "Новых: 0, изменено: 0, без изменений: 27" in again.stdout
    assert "--all" in refused(shell("certificates", "5а", "--out", tmp_path / "ещё.pdf"))
    scan = scanned(pdf, tmp_path / "скан.png")
    assert "По реестру" not in shell("verify", scan).stdout
    assert "По реестру: действует" in shell("verify", scan, "--register").stdout
    withdraw(tmp_path / "desk", "ошибка в имени")
    (told,) = json.loads(shell("verify", scan, "--register", "--json").stdout)
    assert (told["verdict"], told["withdrawn"]) == ("trusted", True)
    assert told["register"].endswith("ошибка в имени")
    void = shell("verify", scan, "--register")
    assert (void.returncode, void.stdout.partition("\n")[0]) == (2, "Код подлинный, но сертификат отозван.")
    assert shell("verify", scan).returncode == 0


@pytest.mark.slow
def test_summaries_are_added_up_and_corrected(shell: Shell, tmp_path: Path) -> None:
    pdf, summary = begun(shell, tmp_path), tmp_path / "сводка.pdf"
    assert shell("summary", "--out", summary).returncode == 0
    sums = shell("consolidate", summary, pdf, "--out", tmp_path / "свод.xlsx")
    assert (sums.returncode, "1 из 2" in sums.stdout, "Не учтён сертификаты.pdf" in sums.stderr) == (2, True, True)
    paper = tmp_path / "свод.pdf"
    assert "управление" in refused(shell("consolidate", summary, "--out", paper, "--sign"))
    assert (shell("consolidate", summary, "--out", paper).returncode, paper.exists()) == (0, True)
    refused(shell("consolidate", pdf, "--out", tmp_path / "пусто.xlsx"))
    workbook = tmp_path / "сводка.xlsx"
    assert "1-е полугодие" in shell("summary", "--out", workbook, "--term", "1").stdout
    assert workbook.stat().st_size > 5000
    number = json.loads(shell("verify", summary, "--json").stdout)["title"].split()[2]
    correct = ("summary", "--out", tmp_path / "исправленная.pdf", "--replaces", number, "--reason", "добавлен 5 «А»")
    assert f"подписана вместо № {number}" in shell(*correct).stdout
    assert f"Сводка № {number} уже заменена" in refused(shell(*correct))


@pytest.mark.slow
def test_verification_tells_unknown_key_and_change(shell: Shell, tmp_path: Path) -> None:
    shell("init", tmp_path / "desk", "--name", "Школа № 1", "--owner", "Иванова Анна Петровна")
    summary = tmp_path / "сводка.pdf"
    assert shell("summary", "--out", summary).returncode == 0
    stranger = Shell(tmp_path / "elsewhere")
    stranger.home.mkdir()
    unknown = stranger("verify", summary)
    assert unknown.returncode == 1
    assert "неизвест" in unknown.stdout
    data = bytearray(summary.read_bytes())
    data[len(data) // 2] ^= 1
    summary.write_bytes(data)
    changed = shell("verify", summary)
    assert changed.returncode == 2
    assert "Traceback" not in changed.stderr


@pytest.mark.slow
def test_a_second_person_signs_on_the_command_line(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROFDESK_HOME", str(tmp_path))
    shell("init", tmp_path / "desk", "--name", "Школа № 1", "--owner", "Иванова Анна Петровна")
    summary, key, both = tmp_path / "сводка.pdf", tmp_path / "ключ.p12", tmp_path / "обе.pdf"
    assert shell("summary", "--out", summary).returncode == 0
    personal_keys.make(key, "длинный пароль", "Черепанова Н. В.", "директор", "Школа № 1")
    assert "не подходит" in refused(shell("countersign", summary, "--key", key, "--out", both))
    assert not both.exists()
    shell.env["PROFDESK_PASSWORD"] = "длинный пароль"
    signed = shell("countersign", summary, "--key", key, "--out", both)
    assert signed.returncode == 0, signed.stderr
    assert "Черепанова Н. В., директор (Школа № 1)" in signed.stdout
    assert "иначе" in refused(shell("countersign", both, "--key", key, "--out", both))
    told = json.loads(shell("verify", both, "--json").stdout)
    assert told["verdict"] == "trusted"
    assert [(one["key"]["post"], one["known"]) for one in told["signatures"]] == [("", True), ("директор", True)]
    stranger = Shell(tmp_path / "elsewhere")
    stranger.home.mkdir()
    assert stranger("verify", both, "--key", key.with_suffix(".pem")).returncode == 1
    assert "Черепанова Н. В., директор" in stranger("verify", both).stdout


@pytest.mark.slow
def test_a_signature_made_outside_is_checked_beside_the_seal(shell: Shell, tmp_path: Path) -> None:
    there = ROOT / "tests" / "data" / "signatures"
    document, changed = there / "document.txt", there / "document-changed.txt"
    holds = shell("verify", document, "--signature", there / "512B.sig")
    assert holds.returncode == 1, holds.stderr
    assert "квалифицированный статус не проверялся" in holds.stdout
    assert "Директор Проверочной школы, МБОУ Проверочная школа" in holds.stdout
    assert "ГОСТ Р 34.10-2012, 512 бит" in holds.stdout
    told = json.loads(shell("verify", document, "--signature", there / "256A.sig", "--json").stdout)["signature"]
    assert (told["holds"], told["signers"][0]["algorithm"]) == (True, "ГОСТ Р 34.10-2012, 256 бит")
    assert shell("verify", changed, "--signature", there / "256A.sig").returncode == 2
    assert shell("verify", document, "--signature", there / "256A-bad.sig").returncode == 2
    refused(shell("verify", document, "--signature", tmp_path / "нет.sig"))


def test_roster_preview_as_json(shell: Shell) -> None:
    answer = shell("roster", "preview", ROSTERS / "with_errors.csv", "--json")
    assert answer.returncode == 0, answer.stderr
    read = json.loads(answer.stdout)
    assert len(read["pupils"]) == 5
    assert len(read["refused"]) == 6
    first = read["pupils"][0]
    assert first["surname"] == "Коркина"
    assert first["birth_date"] == "2014-02-05"
    assert first["group"] == "6 «А»"
    assert first["line"] == 2
    assert all(line["reason"] for line in read["refused"])


@pytest.mark.slow
def test_errors_are_sentences(shell: Shell, tmp_path: Path) -> None:
    refused(shell("roster", "preview", tmp_path / "нет такого.xlsx"))
    refused(shell("roster", "preview", tmp_path))
    refused(shell("verify", tmp_path / "нет.pdf"))
    if sys.platform == "linux":
        assert "больше" in refused(shell("verify", "/dev/zero"))
    refused(shell("summary", "--out", tmp_path / "сводка.pdf"))
    refused(shell("init", tmp_path / "desk", "--kind", "вуз", "--name", "А", "--owner", "Б"))
    shell.env["PROFDESK_PASSWORD"] = "short"
    assert "Пароль" in refused(shell("init", tmp_path / "desk", "--name", "А", "--owner", "Б"))
    assert not (tmp_path / "desk").exists()


def test_wrong_password_opens_nothing(shell: Shell, tmp_path: Path) -> None:
    shell("init", tmp_path / "desk", "--name", "Школа № 1", "--owner", "Иванова Анна Петровна")
    shell.env["PROFDESK_PASSWORD"] = "not the password"
    assert "Пароль не подходит" in refused(shell("summary", "--out", tmp_path / "s.pdf"))


def test_days_of_a_summary_are_read_as_they_are_written() -> None:
    found = opening.span_of(YEAR, "", "01.10.2026", "2026-11-15")
    assert found == Span.of_days(date(2026, 10, 1), date(2026, 11, 15))
    assert opening.span_of(YEAR, "2", "", "") == Span.of_term(YEAR, Term.SECOND)
    assert opening.span_of(YEAR, "", "", "") == Span.of_year(YEAR)
    assert opening.span_of(YEAR, "", f"{date.today():%d.%m.%Y}", "").last_day == date.today()  # noqa: DTZ011
    for term, first, last, words in (
        ("1", "01.10.2026", "", "либо полугодие"), ("", "", "01.10.2026", "либо полугодие"), ("3", "", "", "--term 1"),
        ("", "31.02.2027", "", "31.02.2027"), ("", "01.10.2026", "01.10.2027", "одном учебном году"),
    ):  # fmt: skip
        with pytest.raises(WrongInputError, match=words):
            opening.span_of(YEAR, term, first, last)


def test_name_of_a_document_says_its_kind_before_a_number_is_taken(shell: Shell, tmp_path: Path) -> None:
    assert ".pdf или .xlsx" in refused(shell("summary", "--out", tmp_path / "сводка.docx"))
    assert ".pdf" in refused(shell("certificates", "5а", "--out", tmp_path / "сертификаты"))
    assert not (tmp_path / "сводка.docx").exists()


def test_pictures_are_not_drawn_over_a_file(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "файл").write_text("занято", encoding="utf-8")
    assert "файл" in refused(shell("gallery", tmp_path / "файл"))


def blind(shell: Shell, screen: dict[str, str]) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        shell.env.pop(name, None)
    shell.env |= screen


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
@pytest.mark.parametrize("screen", [{}, {"DISPLAY": ":977"}, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}])
def test_window_without_a_screen_is_told(shell: Shell, screen: dict[str, str]) -> None:
    blind(shell, screen)
    assert "экрана нет" in refused(shell())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
def test_demonstration_is_made_without_a_screen(shell: Shell, tmp_path: Path) -> None:
    blind(shell, {"DISPLAY": ":977"})
    shown = shell("demo", "--out", tmp_path / "показ")
    assert shown.returncode == 0, shown.stderr
    assert "ключ известен" in shown.stdout


@pytest.mark.parametrize("command", [(), ("init",), ("roster",), ("roster", "import"), ("certificates",), ("verify",)])
def test_help_is_russian(shell: Shell, command: tuple[str, ...]) -> None:
    answer = shell(*command, "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith(" ".join(("Как набрать: profdesk", *command)))
    assert not re.search(r"\b(Usage|Options|Arguments|Commands|Show|required|default|path|str)\b", answer.stdout)


def test_usage_errors_are_russian(shell: Shell) -> None:
    refused(shell("verify"))
    refused(shell("no-such-command"))
    assert "Не хватает команды" in refused(shell("roster"))


@pytest.mark.slow
def test_instruments_are_listed_checked_and_scored(shell: Shell, tmp_path: Path) -> None:
    listed = shell("instruments")
    assert listed.returncode == 0, listed.stderr
    assert "ddo_klimov_20" in listed.stdout
    answers = tmp_path / "ответы.json"
    answers.write_text(json.dumps({str(item): "a" for item in range(1, 20)}), encoding="utf-8")
    scored = shell("score", "ddo_klimov_20", answers, "--json")
    found = json.loads(scored.stdout)
    assert found["missing"] == [20]
    assert {scale["code"]: scale["raw"] for scale in found["scales"]}["nature"] in (5, 6)
    assert "Без ответа: 20" in shell("score", "ddo_klimov_20", answers).stdout
    answers.write_text(json.dumps({"answers": dict.fromkeys(map(str, range(1, 43)), "a")}), encoding="utf-8")
    said = shell("score", "holland_42", answers).stdout
    assert "Ключ: исправленный ключ" in said
    assert "Внимание: " in said
    pairs = {str(item): "a" if item % 2 else "b" for item in range(1, 21)}
    answers.write_text(json.dumps(pairs), encoding="utf-8")
    assert "поровну, места" in shell("score", "ddo_klimov_20", answers).stdout
    answers.write_text('{"1": "я"}', encoding="utf-8")
    assert "Вопрос 1" in refused(shell("score", "ddo_klimov_20", answers))
    answers.write_text("не json", encoding="utf-8")
    assert "не JSON" in refused(shell("score", "ddo_klimov_20", answers))
    assert "ddo_klimov_20" in refused(shell("score", "нет такой", answers))
    blank = tmp_path / "шаблон.xlsx"
    assert shell("instruments", "template", "ddo_klimov_20", "--out", blank).returncode == 0
    assert blank.stat().st_size > 1000
    assert ".xlsx или .csv" in refused(shell("instruments", "template", "ddo_klimov_20", "--out", tmp_path / "a.doc"))
    spoiled = tmp_path / "мой.toml"
    spoiled.write_text("[instrument]\ncode = 5\n", encoding="utf-8")
    assert "строка 2" in refused(shell("instruments", "check", spoiled))


@pytest.mark.slow
def test_answers_of_a_class_are_previewed(shell: Shell, tmp_path: Path) -> None:
    assert shell("init", tmp_path / "desk", "--name", "Школа № 1", "--owner", "Иванова Анна Петровна").returncode == 0
    assert shell("roster", "import", ROSTERS / "old_excel_9a.xls").returncode == 0
    form = ROSTERS.parent / "answers" / "form_yovaysha.csv"
    wanted = json.loads((form.parent / "expected.json").read_text(encoding="utf-8"))["form_yovaysha.csv"]
    given = shell("answers", "preview", "yovaysha_rezapkina_24", form, "--group", "9а", "--json")
    found = json.loads(given.stdout)
    assert found["sheets"] == wanted["sheets"]
    assert found["unmatched"] == wanted["unmatched"]
    said = shell("answers", "preview", "yovaysha_rezapkina_24", form, "--group", "9а")
    assert "Незнайкин Пётр" in said.stdout


@pytest.mark.slow
def test_commands_are_told_who_works_where_several_do(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "школа"
    assert shell("init", folder, "--name", "Школа", "--owner", "Климова Татьяна").returncode == 0
    made = workspaces.open_workspace(folder, None, shell.env["PROFDESK_PASSWORD"])
    teacher = Draft("Ромашкина Ольга", "учитель", frozenset({Role.TEACHER}))
    users.add(made, made.actor, teacher, "первый-пароль-1")
    made.close()
    told = refused(shell("verify", "--code", "x", "--register", "--workspace", folder))
    assert "--user" in told
    assert "Климова Татьяна; Ромашкина Ольга" in told
    assert "Есть: Климова" in refused(
        shell("verify", "--code", "x", "--register", "--user", "Нет", "--workspace", folder)
    )
    answer = shell("verify", "--code", "x", "--register", "--user", "климова", "--workspace", folder)
    assert "--user" not in answer.stderr
    assert "Пароль" not in answer.stderr
    shell.env["PROFDESK_PASSWORD"] = "первый-пароль-1"
    first = refused(shell("verify", "--code", "x", "--register", "--user", "Ромашкина", "--workspace", folder))
    assert "Первый пароль нужно сменить" in first
