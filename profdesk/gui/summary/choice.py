"""Which days and whose figures the summary shows: two lists in the header, remembered for the user of the computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from profdesk import settings
from profdesk.domain.people import Group
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.scope import WHOLE, Scope, groups_offered, legal_levels_offered, levels_offered
from profdesk.domain.span import Span, SpanKind
from profdesk.errors import WrongInputError
from profdesk.gui.common.desk import Desk
from profdesk.gui.summary.days_dialog import DaysDialog
from profdesk.services import pupils

_ASK = "ask"
_YEARS = (0, -1)
_KINDS = (SpanKind.YEAR, SpanKind.FIRST_TERM, SpanKind.SECOND_TERM)


class Choice(QObject):
    """The span and the scope; ``changed`` tells that the user took another."""

    changed = Signal()

    def __init__(self, desk: Desk, period: QComboBox, scope: QComboBox, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._period = period
        self._scope = scope
        kept = settings.load()
        self._span_code = kept.summary_span
        self._scope_chosen = Scope.coded(kept.summary_scope)
        self._groups: Sequence[Group] = ()
        for box in (period, scope):
            box.setMaxVisibleItems(30)
        period.activated.connect(lambda _: self._take_period())
        scope.activated.connect(lambda _: self._take_scope())

    @property
    def span(self) -> Span:
        """The days chosen; the school year in hand at first."""
        span = _span(self._span_code, self._year)
        begun = span is not None and (span.term is None or span.has_begun(pupils.today()))
        return span if span is not None and begun else Span.of_year(self._year)

    @property
    def scope(self) -> Scope:
        """Whose figures are chosen."""
        return self._scope_chosen

    @property
    def whose(self) -> str:
        """The same in words."""
        return self._scope.currentText()

    @property
    def within(self) -> Callable[[Sequence[Group]], Scope]:
        """What finds the scope chosen among the groups of a year, whenever it is asked."""
        scope, groups = self._scope_chosen, self._groups
        return partial(_within, scope, next((one for one in groups if one.id == scope.group), None))

    def offer_spans(self) -> None:
        """Show the spans to choose from, of terms those that have begun; what was chosen stays so."""
        chosen = self.span
        with QSignalBlocker(self._period):
            self._period.clear()
            for back in _YEARS:
                year = SchoolYear(self._year.start + back)
                for kind in _KINDS:
                    if kind is not SpanKind.YEAR and not _of(kind, year).has_begun(pupils.today()):
                        continue
                    self._period.addItem(_of(kind, year).title, f"{kind.value}:{back}")
                self._period.insertSeparator(self._period.count())
            if chosen.kind is SpanKind.DAYS:
                self._period.addItem(f"{chosen.first_day:%d.%m.%Y} – {chosen.last_day:%d.%m.%Y}", self._span_code)
            self._period.addItem("Выбрать дни…", _ASK)
            self._show_span()

    def offer_scopes(self, groups: Sequence[Group], scope: Scope) -> None:
        """Show the scopes to choose from, of the groups of the span's year, and that ``scope`` is chosen."""
        self._scope_chosen, self._groups = scope, groups
        programme, attended = self._desk.programme, [one for one in groups if one.size]
        parts = [
            [(self._desk.organisation.kind.everybody, WHOLE)],
            levels_offered(programme, attended),
            legal_levels_offered(programme, attended),
            groups_offered(attended),
        ]
        with QSignalBlocker(self._scope):
            self._scope.clear()
            for part in filter(None, parts):
                if self._scope.count():
                    self._scope.insertSeparator(self._scope.count())
                for title, one in part:
                    self._scope.addItem(title, one.code)
            self._scope.setCurrentIndex(max(0, self._scope.findData(scope.code)))

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _year(self) -> SchoolYear:
        return self._desk.organisation.period.year

    def _show_span(self) -> None:
        self._period.setCurrentIndex(max(0, self._period.findData(self._span_code)))

    def _take_period(self) -> None:
        code = str(self._period.currentData())
        if code == _ASK:
            dialog = DaysDialog(self._window, self.span)
            dialog.chosen.connect(self._take_days)
            dialog.rejected.connect(self._show_span)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        elif code != self._span_code:
            self._keep(code, self._scope_chosen)

    def _take_days(self, span: Span) -> None:
        self._span_code = f"{SpanKind.DAYS.value}:{span.first_day}:{span.last_day}"
        self.offer_spans()
        self._keep(self._span_code, self._scope_chosen)

    def _take_scope(self) -> None:
        scope = Scope.coded(str(self._scope.currentData()))
        if scope != self._scope_chosen:
            self._keep(self._span_code, scope)

    def _keep(self, span: str, scope: Scope) -> None:
        self._span_code, self._scope_chosen = span, scope
        settings.remember(replace(settings.load(), summary_span=span, summary_scope=scope.code))
        self.changed.emit()


def _within(scope: Scope, chosen: Group | None, groups: Sequence[Group]) -> Scope:
    """The scope in another year: the same class then, everybody if there is none."""
    if not scope.group or any(one.id == scope.group for one in groups):
        return scope
    same = (one for one in groups if chosen is not None and (one.was(chosen) or chosen.was(one)))
    return Scope(group=found.id) if (found := next(same, None)) else WHOLE


def _of(kind: SpanKind, year: SchoolYear) -> Span:
    if kind is SpanKind.YEAR:
        return Span.of_year(year)
    return Span.of_term(year, Term.FIRST if kind is SpanKind.FIRST_TERM else Term.SECOND)


def _span(code: str, current: SchoolYear) -> Span | None:
    """Read what is kept: a year or a term so many years from the current one, or days; None if it cannot be read."""
    kind, *rest = code.split(":")
    try:
        if kind == SpanKind.DAYS.value:
            first, last = map(date.fromisoformat, rest)
            return Span.of_days(first, last)
        (back,) = map(int, rest)
        return _of(SpanKind(kind), SchoolYear(current.start + back)) if back in _YEARS else None
    except (ValueError, WrongInputError):
        return None
