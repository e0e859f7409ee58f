"""Papers with everything kept about the person who asks for them: to read, and for other programs."""

import json
from collections.abc import Callable

from bot.grading_papers import MIME
from conversations.screen import PaperKind
from documents.person_copy import person_copy_docx
from handlers.port import Made
from storage.facts import StoredFacts
from storage.person_record import person_record

Making = Callable[[], Made]


def my_data_copy(person_id: int, facts: StoredFacts) -> Making | None:
    """Nobody gets anybody else's."""
    me = facts.me
    if me is None or me.id != person_id:
        return None
    record = person_record(facts.conn, me, facts.now)
    return lambda: Made(f"du-lieu-{me.code}.docx", person_copy_docx(record), MIME[".docx"])


def my_data_file(person_id: int, facts: StoredFacts) -> Making | None:
    me = facts.me
    if me is None or me.id != person_id:
        return None
    record = person_record(facts.conn, me, facts.now)
    content = json.dumps(record, ensure_ascii=False, indent=2)
    return lambda: Made(f"du-lieu-{me.code}.json", content.encode(), "application/json")


GATHER: dict[PaperKind, Callable[[int, StoredFacts], Making | None]] = {
    "my_data_copy": my_data_copy,
    "my_data_file": my_data_file,
}
