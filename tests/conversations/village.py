"""The people most tests talk about: one ward committee, two cells, a residence contact from outside."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.facts import Account, Invitation
from review.calendar import Cycle
from review.forms import Given, Item
from review.pack import Pack
from review.people import Person, Role, Unit
from tests.conversations.small_pack import SMALL_PACK
from tests.conversations.world import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WARD = Unit(1, "TV", "Đảng ủy phường Trường Vinh", "committee")
BLOCK = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
SCHOOL = Unit(3, "LL", "Chi bộ Trường THCS Lê Lợi", "cell", 1)

HOA = Person(1, "HOA", "Nguyễn Thị Hoa", BLOCK, date(1968, 3, 2), "2C", "member", residence=BLOCK)
NAM = Person(2, "NAM", "Trần Văn Nam", SCHOOL, date(1980, 7, 9), "2C", "member", residence=BLOCK)
LAN = Person(3, "LAN", "Lê Thị Lan", BLOCK, date(1975, 1, 5), "2C", "member", roles=(Role("secretary", BLOCK),))
BINH = Person(4, "BINH", "Phạm Văn Bình", roles=(Role("contact", BLOCK),))
DUNG = Person(5, "DUNG", "Hồ Sỹ Dũng", SCHOOL, date(1971, 9, 30), "2C", "member", roles=(Role("officer", WARD),))
TAM = Person(6, "TAM", "Võ Thị Tám", BLOCK, date(1940, 2, 2), "2C", "member", status="exempt")
PEOPLE = (HOA, NAM, LAN, BINH, DUNG, TAM)

DATES = {
    "open": date(2026, 11, 20),
    "residence_remarks_due": date(2026, 12, 5),
    "collective_review_due": date(2026, 12, 5),
    "self_reviews_due": date(2026, 12, 10),
    "cell_meeting_due": date(2026, 12, 15),
}


def village(pack: Pack = SMALL_PACK) -> World:
    """Hoa, Nam, Lan, Bình and Dũng have joined (accounts 1–5) and consented; account 9 belongs to nobody yet."""
    world = World(datetime(2026, 12, 1, 20, 14, tzinfo=HANOI), pack)
    world.cycle = Cycle(1, 2026, pack.name, DATES)  # type: ignore[arg-type]
    world.units = {unit.id: unit for unit in (WARD, BLOCK, SCHOOL)}
    world.people = {person.id: person for person in PEOPLE}
    world.accounts = {person.id: Account(person.id, "web", person.id) for person in PEOPLE if person is not TAM}
    world.accounts[9] = Account(9, "web", None)
    world.consents = {person.id: "2026-11" for person in PEOPLE if person is not TAM}
    world.invitations = {"TAM001": Invitation(1, TAM, "open"), "HOA001": Invitation(2, HOA, "used")}
    world.givens = {HOA.id: Given(carried=(Item("7", "Gặp nốt 3 hộ chưa hiến đất trước 28/02."),))}
    return world
