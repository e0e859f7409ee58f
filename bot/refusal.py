"""Saying no to whoever runs a command: one line per reason, never a traceback for a mistake that is theirs to mend."""

from collections.abc import Iterable


class Refused(Exception):
    """The command cannot be done. Each line is printed on stderr; the exit status is 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines

    @classmethod
    def because(cls, reasons: Iterable[object], prefix: str = "") -> "Refused":
        """One line per reason, whatever its type; line breaks inside a reason are folded."""
        return cls(*(prefix + " ".join(str(reason).split()) for reason in reasons))
