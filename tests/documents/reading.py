"""Reading papers back as a person would: the text in its order, tables and footers included."""

from io import BytesIO

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def text_of(docx: bytes) -> str:
    document = Document(BytesIO(docx))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        elif isinstance(block, Paragraph):
            lines.append(block.text)
    return "\n".join([*lines, *(paragraph.text for paragraph in document.sections[0].footer.paragraphs)])
