"""The texts people agree to, by version. What somebody agreed to can be shown word by word."""

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

CURRENT = "2026-11"
"""Another version: everybody is asked again at the next visit."""
FOLDER = Path(__file__).parent / "privacy"


class ChangedText(Exception):
    """The words of a version are not those people agreed to."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """`summary` is asked about, `details` stands behind "Đọc kỹ hơn"; agreeing to one is agreeing to both."""

    version: str
    summary: str
    details: str

    @property
    def whole(self) -> str:
        return f"{self.summary}\n\n{self.details}"

    @property
    def digest(self) -> str:
        return digest(self.whole)

    def filled(self, owner: str, year: int | None, keep_years: int | None) -> "ConsentText":
        """As somebody reads it: whose server it is, of which review, for how long."""
        said = {
            "owner": owner,
            "year": f" năm {year}" if year else "",
            "keep": f" và lưu {keep_years} năm" if keep_years else "",
        }
        return ConsentText(self.version, self.summary.format(**said), self.details.format(**said))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@cache
def consent_text(version: str = CURRENT, folder: Path = FOLDER) -> ConsentText | None:
    """None for a version that is not here. Raises ChangedText when its words were changed."""
    file = folder / f"consent-{version}.toml"
    if not file.is_file():
        return None
    said = tomllib.loads(file.read_text("utf-8"))
    text = ConsentText(said["version"], said["summary"], said["details"])
    if (text.version, text.digest) != (version, said["sha256"]):
        raise ChangedText(f"{file.name}: its words are not those of version {version}; put them into a new file")
    return text
