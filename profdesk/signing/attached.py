"""What is attached inside a PDF, taken out without trusting what it says of its size."""

from __future__ import annotations

import zlib

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.misc import PdfError

from profdesk.errors import WrongInputError
from profdesk.signing import reader

_NONE = "Внутри файла нет данных сводки: это не сводка profdesk."
_MALFORMED = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, zlib.error)


def attached(pdf: bytes, name: str, largest: int) -> bytes:
    """The file of a name inside a PDF; WrongInputError if there is none, or it holds more than ``largest`` bytes."""
    try:
        names = reader.opened(pdf).root["/Names"]["/EmbeddedFiles"]["/Names"]
        for place in range(0, len(names) - 1, 2):
            if str(names[place]) == name:
                return _content(names[place + 1], largest)
    except _MALFORMED as error:
        raise WrongInputError(_NONE) from error
    raise WrongInputError(_NONE)


def _content(specification: DictionaryObject, largest: int) -> bytes:
    stream = specification["/EF"]["/F"]
    if not isinstance(stream, StreamObject):
        raise TypeError("no stream")
    raw: bytes = stream.encoded_data
    if "/Filter" not in stream:
        content = raw
    elif str(stream["/Filter"]) == "/FlateDecode":
        content = zlib.decompressobj().decompress(raw, largest + 1)
    else:
        raise ValueError("an unusual filter")
    if len(content) > largest:
        raise WrongInputError("Данные внутри файла слишком велики: это не сводка profdesk.")
    return content
