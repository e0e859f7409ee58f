"""How people get on: each looks at the last screen of the phone and takes the next step towards a goal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from conversations.incoming import Chose, Typed
from conversations.screen import Choice
from tests.crash.world import Phone, Shown, World

RECEIPT = "Mã biên nhận"


@dataclass(frozen=True)
class Goal:
    """Reached when the last screen of the phone says so. `ways`: what the person looks for, the dearest first; where
    none of it is offered it is the first choice. `begins`: the command of whoever has just taken up this phone.
    """

    name: str
    phone: str
    reached: Callable[[World, Phone], bool]
    ways: tuple[str, ...] = ()
    begins: str = ""

    def is_reached(self, world: World) -> bool:
        phone = world.phones[self.phone]
        return self._is_there(world) and phone.last is not None and self.reached(world, phone)

    def moves(self, world: World) -> None:
        phone = world.phones[self.phone]
        if not self._is_there(world):
            world.entered.add((world.goal, self.name))
            world.asks(phone, self.begins)
        elif phone.last is None and phone.owner in world.codes:
            world.asks(phone, "start", world.codes[phone.owner])
        elif phone.last is None or not phone.has_news:
            self._misses_an_answer(world, phone)
        else:
            self._acts(world, phone, phone.last)

    def _is_there(self, world: World) -> bool:
        return not self.begins or (world.goal, self.name) in world.entered

    def _misses_an_answer(self, world: World, phone: Phone) -> None:
        """Nothing came: a web page is loaded again; elsewhere one writes again, where the channel repeats nothing."""
        if phone.channel == "web":
            world.reloads.append(phone.name)
        elif phone.channel == "zalo_bot" and phone.last:
            self._acts(world, phone, phone.last)
        else:
            world.asks(phone, "menu")

    def _acts(self, world: World, phone: Phone, shown: Shown) -> None:
        screen = shown.screen
        way = next((c for way in self.ways for c in screen.choices if c.label.startswith(way)), None)
        if way is None and screen.waits_for:
            value = self._words(world, phone, shown)
            typed = Typed(value, shown.serial if phone.channel == "web" else None)
            world.answers(phone, shown, typed, value)
            return
        choice = way or screen.choices[0]
        event = self._choosing(phone, shown, choice)
        if choice.act.startswith(("a.", "submit", "withdraw")):
            world.answers(phone, shown, event, choice.act)
        else:
            world.sends(phone, event)

    def _choosing(self, phone: Phone, shown: Shown, choice: Choice) -> Typed | Chose:
        if phone.channel == "zalo_bot":
            return Typed(str(shown.screen.choices.index(choice) + 1))
        return Chose(shown.serial, choice.action)

    def _words(self, world: World, phone: Phone, shown: Shown) -> str:
        """Never the same twice, so that each can be found again wherever it was filed."""
        nth = len(world.attempts)
        match shown.screen.waits_for:
            case "number":
                return str(1000 + nth)
            case "date":
                return f"{nth % 28 + 1:02}/{nth // 28 % 12 + 1:02}/2027"
        return f"{phone.owner}: lần {nth}, đã gặp 14/16 hộ, xong 30/09."


@dataclass(frozen=True)
class AtOnce:
    """Several people at the same time, each towards a goal of one's own."""

    name: str
    goals: tuple[Goal, ...]

    def is_reached(self, world: World) -> bool:
        return all(goal.is_reached(world) for goal in self.goals)

    def moves(self, world: World) -> None:
        for goal in self.goals:
            if not goal.is_reached(world):
                goal.moves(world)


@dataclass(frozen=True)
class Tick:
    """The clock comes to this time; the worker looks what is due."""

    name: str
    at: datetime

    def is_reached(self, world: World) -> bool:
        return world.now >= self.at and world.ticked

    def moves(self, world: World) -> None:
        world.now = max(world.now, self.at)
        world.ticking, world.ticked = True, False


Step = Goal | AtOnce | Tick
