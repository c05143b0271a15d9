"""The view «Выпускники»: what became of those who left."""

from __future__ import annotations

from profdesk.gui.choices.view import View


class GraduatesView(View):
    """Where those who left after grades 9 and 11 went."""
