"""The courier with the real ExtBot against the fake server: notices at most once, replies at least once."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.courier import IN_HAND, IN_THE_AIR, Courier, Lane, Letter
from conversations.screen import Choice, Paper, Screen
from handlers.port import MOST_FAULTS, Ending, Unavailable, Way
from handlers.telegram.limiter import TOKEN_REFUSED, FloodGate, Limiter
from handlers.telegram.pace import WITH_REPLIES, Pace
from handlers.telegram.sender import TelegramSender, make_courier_bot
from tests.channel.house import MENU, DrawerPapers
from tests.fakes.bot_api import FakeBotApi, Fault, Limits, Person

SCREEN = Screen("🔔 Còn **15 câu**", MENU)


@dataclass
class MemoryPost:
    """The outbox in memory; `log` holds what was told about each letter."""

    due: list[Letter] = field(default_factory=list)
    log: list[tuple[object, ...]] = field(default_factory=list)
    down: bool = False
    most_claimed: int = 0
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    overtaken: set[int] = field(default_factory=set)

    @asynccontextmanager
    async def turn_to_speak(self, letter: Letter) -> AsyncIterator[bool]:
        yield letter.outbox_id not in self.overtaken

    async def claim(self, limit: int) -> Sequence[Letter]:
        if self.down:
            self.refused.set()
            raise Unavailable
        claimed = sorted(self.due, key=lambda letter: letter.lane == "notice")[:limit]
        self.most_claimed = max(self.most_claimed, len(claimed))
        self.due = [letter for letter in self.due if letter not in claimed]
        return claimed

    async def sent(self, letter: Letter) -> None:
        self.log.append(("sent", letter.outbox_id))

    async def failed(self, letter: Letter, code: str, retry_after: timedelta | None) -> None:
        self.log.append(("failed", letter.outbox_id, code, retry_after and round(retry_after.total_seconds())))

    async def in_doubt(self, letter: Letter) -> None:
        self.log.append(("in doubt", letter.outbox_id))

    async def unreachable(self, letter: Letter, code: str) -> None:
        self.log.append(("unreachable", letter.outbox_id, code))

    async def window_shut(self, letter: Letter) -> None:
        self.log.append(("window shut", letter.outbox_id))


@pytest.fixture
def post() -> MemoryPost:
    return MemoryPost()


@pytest.fixture
async def courier(api: FakeBotApi, post: MemoryPost, papers: DrawerPapers, gate: FloodGate) -> AsyncIterator[Courier]:
    bot = make_courier_bot(api.token, api.base_url, gate, Pace(WITH_REPLIES))
    yield Courier(TelegramSender(bot, papers, gate), post)
    await bot.request.shutdown()


def letter(person: Person, lane: Lane, number: int = 1, screen: Screen = SCREEN, tries: int = 0) -> Letter:
    return Letter(number, lane, str(person.chat.id), 4, screen, tries)


async def test_a_notice_arrives_with_its_buttons(api: FakeBotApi, post: MemoryPost, courier: Courier) -> None:
    hoa = api.person(started=True)
    post.due = [letter(hoa, "notice")]
    assert await courier.deliver_due() == 1
    screen = await hoa.screen()
    assert screen.source == "🔔 Còn <b>15 câu</b>"
    assert screen.buttons == (("1 Viết tiếp", "4.>form"), ("2 Quay lại", "4.!back"))
    assert post.log == [("sent", 1)]
    assert await courier.deliver_due() == 0


async def test_a_leftover_reply_brings_its_papers(api: FakeBotApi, post: MemoryPost, courier: Courier) -> None:
    hoa = api.person(started=True)
    both = (Paper("self_review", 1, "Bản kiểm điểm"), Paper("progress_chart", 1, "Tiến độ"))
    hidden = Paper("summary_workbook", 1, "Không được xem")
    post.due = [letter(hoa, "reply", screen=Screen("📄 Đây", MENU, papers=(*both, hidden)))]
    await courier.deliver_due()
    assert [paper.filename for paper in (await hoa.paper(), await hoa.paper())] == ["ban-kiem-diem.docx", "tien-do.png"]
    assert post.log == [("sent", 1)]


@pytest.mark.parametrize(
    ("fault", "lane", "ending"),
    [
        (Fault(status=429, retry_after=7), "notice", ("failed", 1, "429", 7)),
        (Fault(status=429, retry_after=7), "reply", ("failed", 1, "429", 7)),
        (Fault(status=500), "notice", ("failed", 1, "5xx", 5)),
        (Fault(status=502, plain=True), "notice", ("failed", 1, "5xx", 5)),
        (Fault(status=500), "reply", ("failed", 1, "5xx", 5)),
        (Fault(status=401), "reply", ("failed", 1, "token", 5)),
        (Fault(status=400), "reply", ("failed", 1, "400", None)),
        (Fault(status=403), "notice", ("unreachable", 1, "403")),
        (Fault(status=400, description="chat not found"), "notice", ("unreachable", 1, "400")),
        (Fault(status=400, description="group", migrate_to=-5), "notice", ("unreachable", 1, "migrated")),
        (Fault(status=400, description="group", migrate_to=-5), "reply", ("unreachable", 1, "migrated")),
        (Fault(cut="before"), "notice", ("in doubt", 1)),
        (Fault(cut="after"), "notice", ("in doubt", 1)),
        (Fault(cut="after"), "reply", ("failed", 1, "no_answer", 5)),
    ],
)
async def test_every_ending(
    api: FakeBotApi, post: MemoryPost, courier: Courier, fault: Fault, lane: Lane, ending: tuple[object, ...]
) -> None:
    api.faults.add(fault)
    post.due = [letter(api.person(started=True), lane)]
    await courier.deliver_due()
    assert post.log == [ending]
    assert len(api.called("sendMessage")) == 1


@pytest.mark.parametrize("lane", ["notice", "reply"])
async def test_no_connection_at_all_is_safe_to_try_again(
    post: MemoryPost, papers: DrawerPapers, api: FakeBotApi, lane: Lane
) -> None:
    gate = FloodGate()
    bot = make_courier_bot(api.token, "http://127.0.0.1:9", gate, Pace(WITH_REPLIES))
    post.due = [letter(api.person(started=True), lane)]
    await Courier(TelegramSender(bot, papers, gate), post).deliver_due()
    assert post.log == [("failed", 1, "no_connection", 5)]
    await bot.request.shutdown()


@pytest.mark.parametrize(("lane", "ending"), [("notice", ("in doubt", 1)), ("reply", ("failed", 1, "no_answer", 5))])
async def test_no_answer_after_writing_is_in_doubt(
    api: FakeBotApi, post: MemoryPost, papers: DrawerPapers, lane: Lane, ending: tuple[object, ...]
) -> None:
    api.faults.add(Fault("sendMessage", hang=True))
    gate = FloodGate()
    bot = ExtBot(
        api.token,
        f"{api.base_url}/bot",
        request=HTTPXRequest(read_timeout=0.2),
        rate_limiter=Limiter(gate, Pace(WITH_REPLIES)),
    )
    post.due = [letter(api.person(started=True), lane)]
    await Courier(TelegramSender(bot, papers, gate), post).deliver_due()
    assert post.log == [ending]
    await bot.request.shutdown()


async def test_each_try_waits_longer_up_to_ten_minutes(api: FakeBotApi, post: MemoryPost, courier: Courier) -> None:
    api.faults.add(Fault(status=500, times=3))
    post.due = [letter(api.person(started=True), "reply", tries, tries=tries) for tries in (0, 3, 30)]
    await courier.deliver_due()
    assert sorted(entry[3] for entry in post.log) == [5, 40, 600]


async def test_a_notice_of_two_parts_cut_between_them_is_in_doubt(
    api: FakeBotApi, post: MemoryPost, courier: Courier
) -> None:
    hoa = api.person(started=True)
    post.due = [letter(hoa, "notice", screen=Screen("\n\n".join("chữ " * 600 for _ in range(3)), MENU))]
    working = asyncio.create_task(courier.deliver_due())
    await hoa.screen()
    api.faults.add(Fault("sendMessage", status=500))
    await working
    assert post.log == [("in doubt", 1)]


async def test_after_429_nothing_is_claimed_until_the_gate_opens(
    api: FakeBotApi, post: MemoryPost, courier: Courier, gate: FloodGate
) -> None:
    gate.shut(60)
    post.due = [letter(api.person(started=True), "notice")]
    assert await courier.deliver_due() == 0
    assert len(post.due) == 1


async def test_what_cannot_be_drawn_surely_did_not_arrive_and_is_given_up_in_the_end(
    post: MemoryPost, api: FakeBotApi, courier: Courier
) -> None:
    hoa = api.person(started=True)
    impossible = Screen("Chào", (Choice("Nút", act="x" * 99),))
    post.due = [
        letter(hoa, "notice", 1, impossible),
        letter(hoa, "reply", 2, impossible, tries=MOST_FAULTS),
        letter(hoa, "notice", 3),
    ]
    await courier.deliver_due()
    assert sorted(post.log) == [("failed", 1, "fault", 5), ("failed", 2, "fault", None), ("sent", 3)]


async def test_a_refused_token_is_said_once_and_the_others_wait(
    post: MemoryPost, api: FakeBotApi, courier: Courier, gate: FloodGate, caplog: pytest.LogCaptureFixture
) -> None:
    api.faults.add(Fault(status=401, times=99))
    post.due = [letter(api.person(started=True), "notice", number) for number in range(40)]
    await courier.deliver_due()
    assert {entry[2] for entry in post.log} <= {"token", "429"}
    assert len(post.due) >= 40 - 2 * IN_HAND
    assert [record.message for record in caplog.records].count(TOKEN_REFUSED) == 1
    assert gate.seconds_shut() > 20


async def test_the_next_are_claimed_a_few_at_a_time_while_others_are_in_the_air(
    post: MemoryPost, papers: DrawerPapers
) -> None:
    async with FakeBotApi(latency=lambda: 0.15) as api:
        gate = FloodGate()
        bot = make_courier_bot(api.token, api.base_url, gate, Pace(WITH_REPLIES))
        post.due = [letter(api.person(started=True), "notice", number) for number in range(60)]
        assert await Courier(TelegramSender(bot, papers, gate), post).deliver_due() == 60
        await bot.request.shutdown()
    assert {entry[0] for entry in post.log} == {"sent"}
    assert post.most_claimed <= IN_HAND
    assert 1 < api.most_in_the_air <= IN_THE_AIR


async def test_one_chat_gets_its_letters_in_order(api: FakeBotApi, post: MemoryPost, courier: Courier) -> None:
    hoa = api.person(started=True)
    post.due = [letter(hoa, "notice", 2), letter(hoa, "reply", 1, Screen("Trả lời"))]
    await courier.deliver_due()
    assert [shown.text for shown in hoa.shown] == ["Trả lời", "🔔 Còn 15 câu"]


async def test_what_a_later_screen_has_overtaken_is_not_said(
    api: FakeBotApi, post: MemoryPost, courier: Courier
) -> None:
    hoa = api.person(started=True)
    post.due, post.overtaken = [letter(hoa, "reply", 1), letter(hoa, "reply", 2)], {1}
    await courier.deliver_due()
    assert post.log == [("sent", 1), ("sent", 2)]
    assert [call.method for call in api.calls].count("sendMessage") == 1


async def test_telegram_has_no_cause_to_say_429(post: MemoryPost, papers: DrawerPapers) -> None:
    async with FakeBotApi(Limits(time.monotonic)) as api:
        gate = FloodGate()
        bot = make_courier_bot(api.token, api.base_url, gate, Pace(WITH_REPLIES))
        people = [api.person(started=True) for _ in range(24)]
        post.due = [letter(person, "notice", number) for number, person in enumerate([*people, people[0]])]
        courier = Courier(TelegramSender(bot, papers, gate), post)
        await courier.deliver_due()
        await bot.request.shutdown()
    assert {entry[0] for entry in post.log} == {"sent"}
    assert len(post.log) == 25


async def test_it_runs_on_when_storage_is_away_and_stops_when_told(
    api: FakeBotApi, post: MemoryPost, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.courier.LOOK_SECONDS", 0.01)
    post.down = True
    stopping = asyncio.Event()
    hoa = api.person(started=True)
    post.due = [letter(hoa, "notice")]
    running = asyncio.create_task(courier.run(stopping))
    await post.refused.wait()
    post.down = False
    await hoa.screen()
    stopping.set()
    await running
    assert post.log == [("sent", 1)]


@dataclass
class ShutWindow:
    """A sender whose channel lets nobody write to this person, after `parts` of the screen have arrived."""

    parts: int

    def seconds_shut(self) -> float:
        return 0

    async def send(self, chat: str, serial: int, screen: Screen, way: Way) -> None:
        for _ in range(self.parts):
            way.left()
            way.arrived()
        raise PermissionError

    def judge(self, error: Exception, tries: int) -> Ending:
        return Ending("window_shut", surely_unsent=True, retry_after=None, window_shut=True)


@pytest.mark.parametrize(
    ("lane", "parts", "ending"),
    [("notice", 0, ("window shut", 1)), ("reply", 0, ("window shut", 1)), ("notice", 1, ("in doubt", 1))],
)
async def test_a_window_that_is_shut(post: MemoryPost, lane: Lane, parts: int, ending: tuple[object, ...]) -> None:
    post.due = [Letter(1, lane, "u1", 4, SCREEN)]
    await Courier(ShutWindow(parts), post).deliver_due()
    assert post.log == [ending]
