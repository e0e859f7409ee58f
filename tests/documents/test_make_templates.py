"""The first edition of the templates; an office's own changes are never written over."""

from pathlib import Path

from documents.make_templates import TEMPLATES, main


def test_existing_templates_stay(tmp_path: Path) -> None:
    (tmp_path / "2A.docx").write_bytes(b"the office's own")
    main(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(TEMPLATES)
    assert (tmp_path / "2A.docx").read_bytes() == b"the office's own"
