"""The page «Свод»: what organisations sent of a span added up, to be looked at, saved and signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import file_names
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.received_register import Receipt
from profdesk.domain.rights import Right
from profdesk.domain.span import Span
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.views_page import ViewsPage
from profdesk.gui.department import consolidation_rows
from profdesk.gui.department.consolidation_views import DrawnView, LinesView, MatrixView
from profdesk.services import consolidation as verbs
from profdesk.services import deeds, files, issued_summaries, received

LINES, MATRIX, LEVELS, TRENDS = "lines", "matrix", "levels", "trends"
_NO_TRENDS = (
    "Сравнивать пока не с чем. Когда придут сводки за другой такой же период, здесь будет видно, "
    "как изменились показатели: всего и в тех же организациях."
)


@dataclass(frozen=True)
class _Read:
    """What the page shows of a span; without ``paper`` nothing of it counts."""

    spans: Sequence[Span]
    span: Span | None = None
    paper: ConsolidationPaper | None = None
    receipts: Mapping[str, Receipt] | None = None
    levels: bytes = b""
    trends: bytes = b""
    former: IssuedSummary | None = None
    apart: Sequence[tuple[str, str]] = ()


class ConsolidationPage(ViewsPage):
    """Adds up afresh, off the GUI thread, whenever it is opened after something came or was taken away."""

    name = "consolidation"
    title = "Свод"
    icon = "chart-bar"
    help = (
        ("← →", "на переключателе: показатели, организации, уровни, динамика"),
        ("Ctrl+F", "найти показатель или организацию"),
        ("Enter", "на показателе — к его организациям, на организации — её сводка"),
        ("Ctrl+C", "скопировать строку для таблицы"),
        ("Ctrl+O", "открыть подписанный свод этого периода"),
        ("Ctrl+P", "посмотреть документ до подписания, напечатать его"),
        ("Ctrl+E", "сохранить таблицы для Excel"),
        ("Ctrl+S", "подписать свод и сохранить его"),
        ("PgUp, PgDn", "листать рисунки"),
        ("+, -", "рисунок крупнее, целиком"),
    )

    keys_of = ((Right.CONSOLIDATION_SIGN, ("Ctrl+S",)),)

    wanted_summaries = Signal()

    header: PageHeader
    span: QComboBox
    former_button: QPushButton
    paper_button: QPushButton
    workbook_button: QPushButton
    sign_button: QPushButton
    empty: EmptyState
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "department_consolidation")
        self._read = _Read(())
        self._stale = True
        self.lines, self.matrix = LinesView(desk), MatrixView(desk)
        self.levels = DrawnView(desk, consolidation_rows.LEVELS, "Охват и стадии", lambda level: level.level)
        self.trends = DrawnView(desk, consolidation_rows.TRENDS, "Динамика", lambda trend: (trend.code, trend.rule))
        self.offer(
            {
                LINES: ("Показатели", self.lines),
                MATRIX: ("Организации", self.matrix),
                LEVELS: ("Уровни", self.levels),
                TRENDS: ("Динамика", self.trends),
            }
        )
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._open_former)
        self.former_button.setIcon(icons.icon("shield-check"))
        self.paper_button.setShortcut("Ctrl+P")
        self.workbook_button.setShortcut("Ctrl+E")
        self.sign_button.setShortcut("Ctrl+S")
        self.empty.set_content(
            "chart-bar",
            "Складывать пока нечего",
            "Примите сводки организаций: принятые складываются сами.",
            (
                ("Складываются числители и знаменатели", "Проценты не усредняются."),
                ("Скрытое остаётся скрытым", "У каждой суммы сказано, кого в ней нет."),
                ("Свод можно подписать", "Документ и таблицы показывают одни и те же числа."),
            ),
        )
        self.empty.set_buttons("К сводкам", icon="tray")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.span.activated.connect(lambda place: self._count(self._read.spans[place]))
        self.former_button.clicked.connect(self._open_former)
        self.paper_button.clicked.connect(self._preview)
        self.workbook_button.clicked.connect(self._save_workbook)
        self.sign_button.clicked.connect(self._sign)
        allow(self.desk, Right.CONSOLIDATION_SIGN, self.sign_button)
        self.empty.primary.clicked.connect(self.wanted_summaries)
        for view in (self.lines, self.matrix):
            view.wanted_paper.connect(self._open)

    @property
    def _verbs(self) -> Sequence[QPushButton]:
        """What can be done with sums that are there."""
        return self.paper_button, self.workbook_button, self.sign_button

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._count(self._read.span)
        super().activate()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.RECEIVED, Kind.SENDERS, Kind.ORGANISATION, Kind.PROGRAMME, Kind.SUMMARIES):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def status(self) -> Status:
        paper = self._read.paper
        if paper is None:
            return Status("Ничего ещё не сложено")
        former = self._read.former
        signed = (
            f", подписан № {former.number} от {former.issued_at.astimezone():%d.%m.%Y}" if former else ", не подписан"
        )
        return Status(f"Сложено {paper.made_at:%d.%m.%Y, %H:%M}{signed}", keys=(("Ctrl+S", "подписать"),))

    # -- counting and showing --------------------------------------------------------------------

    def _count(self, wanted: Span | None) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor

        def work() -> _Read:
            spans = received.spans(workspace, actor)
            span = wanted if wanted in spans else next(iter(spans), None)
            found = verbs.of_span(workspace, actor, span) if span else None
            if span is None or found is None:
                return _Read(spans, span)
            paper = found.paper
            return _Read(
                spans, span, paper, found.receipts, verbs.level_pages(paper), verbs.trend_pages(paper),
                verbs.former(workspace, actor, span), found.apart,
            )  # fmt: skip

        for button in self._verbs:
            button.setEnabled(False)
        self.desk.run(work, owner=self, done=self._show)

    def _show(self, read: _Read) -> None:
        if self._read.apart:
            self.message.clear()
        self._read = read
        paper = read.paper
        with QSignalBlocker(self.span):
            self.span.clear()
            self.span.addItems([f"за {one.title}" for one in read.spans])
            self.span.setCurrentIndex(list(read.spans).index(read.span) if read.span else -1)
        self.span.setVisible(bool(read.spans))
        for part in (self.view, self.views, *self._verbs):
            part.setVisible(paper is not None)
        self._offer_former(read.former)
        self.empty.setVisible(paper is None)
        if paper is not None:
            indicators = {one.code: one for one in self.desk.programme.indicators}
            for view in (self.lines, self.matrix):
                view.show_paper(paper, indicators)
            self.levels.show_rows(consolidation_rows.levels(paper.made), read.levels)
            self.trends.show_rows(consolidation_rows.trends(paper, indicators), read.trends, _NO_TRENDS)
            for button in self._verbs:
                button.setEnabled(True)
        if read.apart:
            words = "; ".join(f"{name}: {reason}" for name, reason in read.apart)
            self.message.say(f"Не сложено со всеми — {words}.", Tone.WARN)
        self.status_changed.emit()

    def _offer_former(self, former: IssuedSummary | None) -> None:
        self.former_button.setVisible(former is not None)
        if former is not None:
            self.former_button.setText(f"№ {former.number}")
            self.former_button.setAccessibleName(f"Открыть подписанный свод № {former.number}")
            self.former_button.setToolTip(f"Открыть подписанный свод № {former.number} (Ctrl+O)")

    # -- what is done with it --------------------------------------------------------------------

    def _open(self, organisation: str) -> None:
        """Show the summary of an organisation as it came."""
        receipt = (self._read.receipts or {}).get(organisation)
        if receipt is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        title = f"Сводка № {receipt.number}, {organisation}"
        PaperDialog(self, self.desk, title, lambda _: received.document(workspace, actor, receipt.id)).open()

    def _preview(self) -> None:
        """Show the paper as it is going to be signed; it can be printed or saved from there, unsigned."""
        paper = self._read.paper
        if paper is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            PaperDialog(self, self.desk, _name(paper), lambda _: verbs.preview(workspace, actor, paper)).open()

    def _open_former(self) -> None:
        """Show the consolidation of the span that is in force, as it was signed; it can be saved from there."""
        former = self._read.former
        if former is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            read = partial(issued_summaries.document, workspace, actor, former.number)
            PaperDialog(self, self.desk, f"Свод № {former.number}", lambda _: read()).open()

    def _save_workbook(self) -> None:
        paper = self._read.paper
        if paper is None:
            return
        path = file_dialogs.file_to_save(self, "Сохранить таблицы", f"{_name(paper)}.xlsx", file_dialogs.XLSX)
        if path is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            self.desk.write(
                lambda: deeds.write_out(workspace, actor, path, verbs.workbook(paper), "таблицы свода"),
                owner=self,
                done=lambda _: self._tell_saved(f"Таблицы сохранены: {path}", path),
                failed=self._fail,
            )

    def _sign(self) -> None:
        paper = self._read.paper
        if paper is None:
            return
        path = file_dialogs.file_to_save(self, "Сохранить подписанный свод", f"{_name(paper)}.pdf", file_dialogs.PDF)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.sign_button.setEnabled(False)
        self.desk.write(
            lambda: verbs.sign(workspace, actor, paper, partial(files.write, path)),
            owner=self,
            done=lambda signed: self._tell_signed(signed.paper, path),
            failed=self._fail,
            stopped=lambda: self.sign_button.setEnabled(True),
        )

    def _tell_signed(self, paper: ConsolidationPaper, path: Path) -> None:
        instead = f" вместо № {paper.replaces.number}" if paper.replaces else ""
        self._tell_saved(f"Свод № {paper.number} подписан{instead} и сохранён: {path}", path)

    def _tell_saved(self, words: str, path: Path) -> None:
        self.message.say(
            words, Tone.OK, "Открыть файл", act=partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        )

    def _fail(self, error: ProfdeskError) -> None:
        self.sign_button.setEnabled(self._read.paper is not None)
        self.message.say(error.message, Tone.BAD)


def _name(paper: ConsolidationPaper) -> str:
    return file_names.tidy(f"Свод за {paper.span.title}")
