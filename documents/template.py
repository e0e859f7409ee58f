"""Filling a .docx template that an office keeps in Word. Its fields are listed in `docs/templates.md`."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

_NOT_ALLOWED_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TemplateFault(Exception):
    """The template cannot be filled; the message says what to mend in Word."""


def fill(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The document with every field in its place. Raises TemplateFault on an unknown field or a broken file."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    out = BytesIO()
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(_printable(dict(fields)), jinja_env=environment, autoescape=True)
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
