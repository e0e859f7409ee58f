"""Office files without the moment of their making: the same content gives the same bytes, so a hash can be compared."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can hold
_CORE = "docProps/core.xml"
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(?=<)")


def steady(office_file: bytes, at: datetime) -> bytes:
    """The .docx or .xlsx with every inner time set: parts to 1980, created and modified to `at`."""
    out = BytesIO()
    said = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(office_file)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _CORE:
                content = _MADE.sub(lambda found: found[1] + said, content)
            new.writestr(plain_info(name), content, ZIP_DEFLATED)
    return out.getvalue()


def plain_info(name: str) -> ZipInfo:
    """A ZIP entry that tells neither when nor on which machine it was made."""
    info = ZipInfo(name, FIRST_DAY)
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info
