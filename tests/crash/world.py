"""What a crash does not touch: the phones and what they have shown, what waits at the channels, the clock.

Plain data, so that a whole world can be kept and taken up again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from conversations.incoming import Asked, ChannelName, Chose, Event, Incoming, Typed
from conversations.screen import Screen
from tests.storage.ward import NOW

SAVED = "Đã lưu"
STEP = timedelta(seconds=20)
Outcome = Literal["", "saved", "refused", "moved"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen on a phone, or a paper under it."""

    serial: int
    screen: Screen
    at: datetime


@dataclass(slots=True)
class Attempt:
    """Words or an option sent on a screen. `returned`: the program said that the turn is committed."""

    phone: str
    delivery: str
    shown: Shown
    value: str
    index: int
    returned: bool = False
    outcome: Outcome = ""

    def learns(self, shown: Shown) -> None:
        """From the first screen that is neither the one it was sent on nor a repeat of an earlier one."""
        if self.outcome or (shown.serial, shown.screen.note) == (self.shown.serial, self.shown.screen.note):
            return
        if shown.serial > self.shown.serial:
            self.outcome = "saved" if shown.screen.note.startswith(SAVED) else "moved"
        elif shown.serial == self.shown.serial and shown.screen.note:
            self.outcome = "refused"


@dataclass(slots=True)
class Phone:
    """One chat. `acted_on`: how many screens it had seen when its person last did something."""

    owner: str
    channel: ChannelName
    chat: str
    shown: list[Shown] = field(default_factory=list)
    acted_on: int = -1

    @property
    def name(self) -> str:
        return f"{self.owner} {self.channel}"

    @property
    def last(self) -> Shown | None:
        return self.shown[-1] if self.shown else None

    @property
    def has_news(self) -> bool:
        return len(self.shown) > max(self.acted_on, 0)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What waits to be taken by the program, until it is confirmed to the channel."""

    phone: str
    incoming: Incoming


@dataclass
class World:
    phones: dict[str, Phone] = field(default_factory=dict)
    pending: list[Delivery] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    reloads: list[str] = field(default_factory=list)
    now: datetime = NOW
    count: int = 0
    goal: int = 0
    entered: set[tuple[int, str]] = field(default_factory=set)
    steps: int = 0
    deaths: int = 0
    ticking: bool = False
    ticked: bool = True
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, owner: str, channel: ChannelName) -> None:
        phone = Phone(owner, channel, f"{owner}-{channel}")
        self.phones[phone.name] = phone

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def sends(self, phone: Phone, event: Event) -> Delivery:
        """The person does something; it waits at the channel."""
        self.count += 1
        self.now += STEP
        phone.acted_on = len(phone.shown)
        numbered = phone.channel == "telegram"
        number = self.count if numbered and isinstance(event, Typed) else 0
        order = self.count if numbered else 0
        incoming = Incoming(phone.channel, f"d{self.count}", phone.chat, event, number=number, order=order)
        delivery = Delivery(phone.name, incoming)
        self.pending.append(delivery)
        return delivery

    def answers(self, phone: Phone, shown: Shown, event: Typed | Chose, value: str) -> None:
        """As `sends`, and it is remembered on which screen it was done."""
        for earlier in self.attempts:
            is_over = len(phone.shown) > earlier.index or not earlier.returned
            if earlier.phone == phone.name and not earlier.outcome and is_over:
                earlier.outcome = "refused"  # its screen came again, or nothing ever: the person writes again
        delivery = self.sends(phone, event)
        attempt = Attempt(phone.name, delivery.incoming.delivery_id, shown, value, len(phone.shown))
        self.attempts.append(attempt)

    def asks(self, phone: Phone, command: str, argument: str = "") -> None:
        self.sends(phone, Asked(command, argument))

    def confirmed(self, delivery: Delivery) -> None:
        if delivery in self.pending:
            self.pending.remove(delivery)

    def returned(self, delivery: Delivery) -> None:
        for attempt in self.attempts:
            attempt.returned |= attempt.delivery == delivery.incoming.delivery_id

    def sees(self, chat: str, serial: int, screen: Screen) -> int:
        """A screen arrives; its number in the row of messages."""
        phone = next(phone for phone in self.phones.values() if phone.chat == chat)
        self.count += 1
        shown = Shown(serial, screen, self.now)
        phone.shown.append(shown)
        for attempt in self.attempts:
            if attempt.phone == phone.name:
                attempt.learns(shown)
        return self.count
