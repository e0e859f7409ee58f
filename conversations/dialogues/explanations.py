"""What a member explained about the own result, for those who lead the cell and the officers above it."""

from conversations import words
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_draft import NOT_YOURS
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.voice import explanations

HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def show(place: Place, facts: Facts) -> Screen:
    person = facts.person(place.number())
    said = explanations(facts, person) if person else ()
    if person is None or not said:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    texts = [f"**Ngày {words.full_day(one.made_at)}**\n{plain(one.text)}" for one in said]
    page = page_of(leaves(texts), place.number(1), size=1)
    unit_id = person.unit.id if person.unit else 0
    return Screen(
        f"**Ý kiến giải thích · {words.cut(person.name, 80)}**{page.mark}\n\n{''.join(page.rows)}",
        (
            *turn_pages(page, "explanations", person.id),
            Choice("Về đồng chí này", to=Place.of("cell_person", unit_id, person.id)),
            HOME_CHOICE,
        ),
    )
