"""One whole year of a committee for each rule pack, through the chat alone."""

from pathlib import Path

import pytest

from review.pack import pack_names
from tests.year.before_meeting import (
    WRITING,
    Chats,
    cells_review_themselves,
    members_review_themselves,
    opened,
    points_are_raised,
    remarks_are_sent,
    the_silent_one_is_reminded,
)
from tests.year.committee_decides import (
    a_complaint_is_heard,
    a_review_is_done_again,
    committee_decides,
    results_are_read,
)
from tests.year.meeting import meetings_are_held
from tests.year.office import Office
from tests.year.papers import data_is_exported, dossier_holds, papers_are_handed_over
from tests.year.sealed import no_word_is_readable
from tests.year.through_the_year import next_year_begins, remedies_are_reported, year_is_closed

NEWEST = "hd43-2025"
PACKS = [pytest.param(name, marks=pytest.mark.xdist_group(f"year {name}")) for name in pack_names()]


@pytest.mark.parametrize("pack", PACKS)
def test_a_whole_year(office: Office, folder: Path, pack: str) -> None:
    chats = opened(office, folder, pack, 2026)
    points_are_raised(chats)
    remarks_are_sent(chats)
    cells_review_themselves(chats)
    members_review_themselves(chats)
    answers_replay(office, pack)
    the_silent_one_is_reminded(office, chats)
    meetings_are_held(office, chats)
    committee_decides(office, chats)
    after_the_decision(office, folder, pack, chats)


@pytest.mark.xdist_group("year sealed")
@pytest.mark.usefixtures("sealed")
def test_a_whole_year_of_sealed_text(office: Office, folder: Path) -> None:
    test_a_whole_year(office, folder, NEWEST)
    no_word_is_readable(folder / "year.db")


def after_the_decision(office: Office, folder: Path, pack: str, chats: Chats) -> None:
    results_are_read(chats)
    a_complaint_is_heard(office, chats)
    a_review_is_done_again(chats)
    remedies_are_reported(office, chats)
    papers_are_handed_over(chats)
    data_is_exported(office, folder)
    dossier_holds(office, folder)
    year_is_closed(office)
    next_year_begins(office, folder, chats, pack)


def answers_replay(office: Office, pack: str) -> None:
    """What was handed in, under the rules of the other years."""
    for other in (name for name in pack_names() if name != pack):
        lines = office.run("replay", "--year", "2026", "--pack", other).splitlines()
        assert len(lines) == len(WRITING) + 1
        assert lines[-1].startswith(f"{len(WRITING)} reviews under {other}")
