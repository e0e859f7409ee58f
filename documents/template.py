"""Filling a .docx template that an office keeps in Word. Its fields are listed in `docs/templates.md`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

PARTS_KEPT = 64
_NOT_ALLOWED_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Environment(SandboxedEnvironment):
    """Compiles each part of a template once: that is half the time a paper takes."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._compiled = lru_cache(PARTS_KEPT)(super().from_string)

    def from_string(self, source: Any, *_: Any, **__: Any) -> Template:
        return self._compiled(source)


class TemplateFault(Exception):
    """The template cannot be filled; the message says what to mend in Word."""


_ENVIRONMENT = _Environment()


def fill(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The document with every field in its place. Raises TemplateFault on an unknown field or a broken file."""
    out = BytesIO()
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(_printable(dict(fields)), jinja_env=_ENVIRONMENT, autoescape=True)
        document.save(out)
    except (BadZipFile, OpcError, KeyError, ValueError) as error:
        raise TemplateFault(f"Tệp mẫu không phải văn bản Word (.docx) hoặc đã hỏng ({error}).") from error
    except SecurityError as error:
        raise TemplateFault(f"Tệp mẫu có lệnh không được phép: {error}.") from error
    except TemplateError as error:
        raise TemplateFault(f"Tệp mẫu có trường sai hoặc không có trong danh sách: {error}.") from error
    return out.getvalue()


def printable(text: str) -> str:
    """Without the characters no XML can hold; tabs become spaces so that they cannot push a table apart."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _NOT_ALLOWED_IN_XML.sub("", plain)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value
