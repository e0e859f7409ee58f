"""What can go wrong: for the person in the chat one kind sentence, for whoever runs the program one line."""

from collections.abc import Iterable


class Refused(Exception):
    """An effect is not allowed. Let it undo the transaction, then show its sentence above the present screen."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StorageError(Exception):
    """The database could not do what was asked; nothing of it was stored."""


class Unreachable(StorageError):
    """No connection, or no answer in time: what was asked may be tried again later."""


class NewerSchema(StorageError):
    """The database was made by a newer release than this program."""


class FolderNotWritable(StorageError):
    """The folder of the SQLite file cannot be written to."""


class CycleConflict(StorageError):
    """A yearly review cannot be opened, changed or closed as asked."""


class NotEmpty(StorageError):
    """A restore would overwrite something."""


class BadBackup(StorageError):
    """A backup file is damaged, cut short or of another program."""


class KeyMissing(StorageError):
    """The database holds text that none of the keys given can open."""

    def __init__(self, key_ids: Iterable[str]) -> None:
        named = ", ".join(key_ids)
        super().__init__(f"DATA_KEY: this database was sealed with key {named}; set it.")


class Unopened(StorageError):
    """A sealed value cannot be opened. `stored` finds its row; no text is ever part of the message."""

    def __init__(self, stored: str, reason: str, place: str = "a value") -> None:
        super().__init__(f"DATA_KEY: {place} cannot be opened: {reason}.")
        self.stored = stored
        self.reason = reason
