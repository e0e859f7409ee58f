"""A whole meeting through the chat's own steps on both databases: decide, apply, show, as a turn does."""

from conversations.incoming import Asked, Chose, Event, Typed
from conversations.place import State
from conversations.screen import Screen
from conversations.step import decide, show
from storage.facts import StoredFacts
from tests.storage.test_grading import submitted
from tests.storage.ward import Ward


class Chat:
    """One chat in the database."""

    def __init__(self, ward: Ward, address: str) -> None:
        self.ward, self.address = ward, address
        self.state = State()

    async def happens(self, event: Event) -> Screen:
        def turn(facts: StoredFacts) -> tuple[State, Screen]:
            decision = decide(self.state, event, facts)
            for effect in decision.effects:
                self.ward.apply_with(facts.conn, facts, effect)
            return decision.state, show(decision.state, facts)

        self.state, screen = await self.ward.sees(self.address, turn)
        return screen

    async def taps(self, *labels: str) -> Screen:
        screen = await self.ward.sees(self.address, lambda facts: show(self.state, facts))
        for label in labels:
            found = [choice for choice in screen.choices if choice.label.startswith(label)]
            assert found, f"no «{label}» on {screen}"
            screen = await self.happens(Chose(self.state.serial, found[0].action))
        return screen


async def test_a_meeting_from_the_roll_to_its_end(ward: Ward) -> None:
    hoa, chi = await submitted(ward, "HOA"), await ward.join("CHI")
    await submitted(ward, "BINH")
    chat = Chat(ward, chi)
    await chat.happens(Asked("tonghop"))
    await chat.taps("Ghi kết quả họp", "Hôm nay", "3 người", "Có mặt 2", "Trần Văn Nam", "Ốm đau", "Xong", "Giơ tay")
    screen = await chat.taps("Ghi biểu quyết: người 1/4", "Ghi lý do chưa xếp loại", "Chưa nộp", "Ghi số phiếu")
    assert "Người 2/4 · **Lê Văn Bình**" in screen.text
    assert "Cần từ 2 phiếu: quá nửa của 3 đảng viên chính thức, không phải của 2 người có mặt." in screen.text
    assert "nhiều hơn 2" in (await chat.happens(Typed("0 3 0 0"))).text
    assert "Khác nhau nên cần một câu lý do" in (await chat.happens(Typed("0 2 0 0"))).text
    await chat.taps("Đúng, ghi lý do")
    screen = await chat.happens(Typed("Chi bộ thống nhất mức tốt."))
    assert "Người 3/4 · **Nguyễn Thị Hoa**" in screen.text
    await chat.taps("Ghi số phiếu", "Tất cả cùng", "Cả 2 phiếu: KHT", "Đúng")
    screen = await chat.taps("Ghi lý do chưa xếp loại", "Vắng mặt")
    assert "Đã biểu quyết 4/4" in screen.text
    screen = await chat.taps("Xem lại và chốt", "Chốt kết quả họp")
    assert "✅ Đã chốt kết quả họp" in screen.text
    review = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert review
    assert review.status == "accepted"
