"""Reading what people type: clean text, commands as words with or without diacritics, numbers for choices."""

import re
import unicodedata

from conversations.incoming import Asked

COMMANDS = ("start", "menu", "tonghop", "nhac", "huy", "dulieu", "trogiup")
LONGEST_COMMAND = 100  # "/start@name_of_the_bot" and a code of 64 characters
_CODE = re.compile(r"dk[\s:]+([a-z0-9_-]{6,64})", re.IGNORECASE | re.ASCII)
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")
_NUMBER = re.compile(r"(?:(?:so|chon|bam) )?(\d{1,2}) ?[.)]?")


def clean(text: str) -> str:
    """As typed, in NFC; without what no database or document can hold (control characters, broken surrogates)."""
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def fold(text: str) -> str:
    """Lower case, no diacritics, "đ" as "d", single spaces: "Tổng  Hợp" -> "tong hop"."""
    decomposed = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def command_of(text: str) -> Asked | None:
    """The command a whole message stands for; words inside a longer answer are never a command."""
    text = text.strip()
    if len(text) > LONGEST_COMMAND:
        return None
    if code := _CODE.fullmatch(text.replace("đ", "d").replace("Đ", "D")):
        return Asked("start", code.group(1))
    if text.startswith("/"):
        first, *rest = text[1:].split(maxsplit=1) or [""]
        whole = _joined(text[1:])
        return Asked(whole) if whole in COMMANDS else Asked(_joined(first.partition("@")[0]), "".join(rest).strip())
    name = _joined(text)
    return Asked(name) if name in COMMANDS else None


def number_of(text: str) -> int | None:
    """The number of a choice: "2", "2.", "số 2", full-width "２"; None when the text is anything else."""
    if len(text) > 20:
        return None
    match = _NUMBER.fullmatch(fold(unicodedata.normalize("NFKC", text.translate(_KEYCAP))))
    return int(match.group(1)) if match else None


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")
