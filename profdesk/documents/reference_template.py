"""A school's own Word template filled by docxtpl: its tags name fields in Russian, and can do nothing but that.

What a template may do is held twice: only the parts of Jinja2 named here are compiled, and they run in its
sandbox, where nothing is called and nothing but the fields and their rows is reached. Whatever is wrong with a
template is told by the words that stand in it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from typing_extensions import override

from profdesk.documents import word_file
from profdesk.documents.word_file import clean
from profdesk.domain.reference_fields import Field, Value
from profdesk.errors import WrongInputError

_CAN = "В метках бывают поля, «for», «if» и их окончания."
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}")
_NEW_PARAGRAPH = "\a"
_FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper")
_LOOP = frozenset({"first", "index", "last", "length"})
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
)  # fmt: skip


def fill(template: bytes, fields: Sequence[Field]) -> bytes:
    """Put a reference's fields into a template; WrongInputError names the tag that does not fit."""
    made = _opened(template)
    for element in _parts(made):
        _check_tags(element)
    known = {field.name: _value(field.value) for field in fields}
    try:
        made.render(known, _Environment(known), autoescape=True)
    except TemplateError as error:
        raise WrongInputError(f"Шаблон не заполняется: {error}.") from error
    except word_file.TORN as error:
        raise WrongInputError("Шаблон повреждён: откройте его в Word и сохраните заново.") from error
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


class _Template(DocxTemplate):  # type: ignore[misc]
    """Tells a part that its tags have torn rather than let it be mended at a guess."""

    @override
    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        rendered: str = super().render_xml_part(src_xml, part, context, jinja_env)
        try:
            etree.fromstring(rendered.encode())
        except etree.XMLSyntaxError as error:
            raise WrongInputError(
                "Метки «{% for … %}» и «{% endfor %}» в шаблоне стоят так, что рвут таблицу или абзац. "
                "Поставьте каждую в свой абзац и пишите «{%p for … %}», «{%p endfor %}», в строках таблицы «{%tr …»."
            ) from error
        return rendered


class _Environment(ImmutableSandboxedEnvironment):
    """Compiles only what a template may do, and reaches only into the fields."""

    def __init__(self, known: Mapping[str, object]) -> None:
        super().__init__(autoescape=True, finalize=_shown)
        self._known = known
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    @override
    def from_string(self, source: Any, *_: Any, **__: Any) -> Any:
        try:
            tree = self.parse(source)
        except TemplateSyntaxError as error:
            raise WrongInputError(_broken(error, source)) from error
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                raise WrongInputError(f"В шаблоне нельзя то, что стоит в «{_line(source, node.lineno)}». {_CAN}")
        named = {node.name for node in tree.find_all(nodes.Name)}
        for name in sorted((find_undeclared_variables(tree) - set(self._known)) | (named & {"self"})):
            raise WrongInputError(f"В шаблоне названо поле «{name}», такого поля нет.{_near(name, self._known)}")
        return super().from_string(tree)

    @override
    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        near = _near(attribute, obj if isinstance(obj, Mapping) else ())
        raise WrongInputError(f"В шаблоне после точки названо «{attribute}», такого там нет.{near}")

    @override
    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _opened(data: bytes) -> _Template:
    made = _Template(BytesIO(data))
    made.docx = word_file.opened(data, "шаблон")
    return made


def _parts(made: _Template) -> Iterable[Any]:
    """The body, and the headers and footers there are; asking python-docx for them would make them."""
    document: WordDocument = made.get_docx()
    yield document.element
    for uri in (made.HEADER_URI, made.FOOTER_URI):
        for _, part in made.get_headers_footers(uri):
            yield parse_xml(part.blob)


def _check_tags(element: Any) -> None:
    """Find brackets without their pair while the words around them are still as the user typed them."""
    for paragraph in element.iter(qn("w:p")):
        words = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        if _LOOSE.search(_TAG.sub("", words)):
            raise WrongInputError(f"В шаблоне у метки нет пары скобок: «{_short(words)}».")


def _broken(error: TemplateSyntaxError, source: str) -> str:
    if "end of template" in (error.message or ""):
        return "В шаблоне начат и не закончен блок: добавьте «{% endfor %}» или «{% endif %}»."
    words = _line(source, error.lineno)
    return f"В шаблоне не читается метка «{words}». Название поля пишется без пробелов: «{{{{ фио_дательный }}}}»."


def _line(source: str, number: int) -> str:
    """The tags of a paragraph, each of which stands on a line of its own for docxtpl."""
    words = re.sub(r"<[^>]+>", "", source.splitlines()[number - 1]) if number else ""
    return _short(" ".join(_TAG.findall(words)) or words)


def _near(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), 1)
    return f" Похожее: «{found[0]}»." if found else " Все поля есть в справке о шаблоне."


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:80]}…"


def _value(value: Value) -> object:
    if isinstance(value, str):
        return _NEW_PARAGRAPH.join(clean(line) for line in value.split("\n"))
    return [clean(one) if isinstance(one, str) else {key: clean(text) for key, text in one.items()} for one in value]


def _shown(value: Any) -> Any:
    """What a field holds several of stands as paragraphs where no loop parts them."""
    if isinstance(value, list):
        return _NEW_PARAGRAPH.join(one for one in value if isinstance(one, str))
    return value
