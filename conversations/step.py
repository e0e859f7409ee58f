"""One step of a dialogue: `decide` what an event means, then `show` where the person now stands.

Both are pure. Between them the turn applies the effects, so that the screen always tells what has been stored.
"""

from dataclasses import dataclass, replace

from conversations import words
from conversations.dialogue import Dialogue, Move
from conversations.dialogues import DIALOGUES
from conversations.effects import Effect, Reachable
from conversations.facts import Facts
from conversations.gate import allowed_place, command_move, nudged_place
from conversations.incoming import Asked, Chose, Event, Nudged, Reached, Typed, Unreadable
from conversations.place import HOME, Place, State
from conversations.screen import Choice, Screen
from conversations.typed import clean, command_of, number_of


@dataclass(frozen=True, slots=True)
class Decision:
    """`speaks` is False when nothing needs to be said (a block, a notice that is no longer needed)."""

    state: State
    effects: tuple[Effect, ...] = ()
    speaks: bool = True


def decide(state: State, event: Event, facts: Facts) -> Decision:
    """What an event does. Anything unexpected leaves state and data as they are and says so kindly."""
    state = replace(state, place=standing(state, facts))
    match event:
        case Reached(can_be_reached):
            return Decision(state, (Reachable(can_be_reached),), speaks=False)
        case Nudged(notice_id):
            place = nudged_place(notice_id, facts)
            return Decision(state.moved(place)) if place else Decision(state, speaks=False)
        case Unreadable(kind):
            return Decision(state.noted(words.unreadable(kind)))
        case Asked():
            return _settled(state, command_move(event, facts))
        case Chose(serial, action):
            return _chose(state, serial, action, facts)
    return _typed(state, event, facts)


def show(state: State, facts: Facts) -> Screen:
    """The screen of a state, from what is stored now. Shown again, it is the same screen."""
    place = standing(state, facts)
    screen = DIALOGUES[place.name].show(place, facts)
    return replace(screen, text=f"{state.note}\n\n{screen.text}", note=state.note) if state.note else screen


def standing(state: State, facts: Facts) -> Place:
    """Where the person really stands: a place this version does not know is home."""
    return allowed_place(state.place if state.place.name in DIALOGUES else HOME, facts)


def _chose(state: State, serial: int, action: str, facts: Facts) -> Decision:
    if serial != state.serial:
        return Decision(state.noted(words.OLD_BUTTON))
    choice = next((c for c in _screen(state, facts).choices if c.action == action), None)
    return _take(state, choice, facts) if choice else Decision(state.noted(words.OLD_BUTTON))


def _typed(state: State, typed: Typed, facts: Facts) -> Decision:
    if typed.serial is not None and typed.serial != state.serial:
        return Decision(state.noted(words.OLD_PAGE))
    if len(typed.text) > words.MAX_ANSWER:
        return Decision(state.noted(words.too_long(len(typed.text))))
    text = clean(typed.text)
    if command := command_of(text):
        return _settled(state, command_move(command, facts))
    screen = _screen(state, facts)
    number = number_of(text)
    if number and number <= len(screen.choices):
        return _take(state, screen.choices[number - 1], facts)
    if not screen.waits_for:
        return Decision(state.noted(words.not_awaited(text, len(screen.choices))))
    if not text:
        return Decision(state.noted(words.EMPTY))
    return _settled(state, _dialogue(state).write(state.place, text, facts))


def _take(state: State, choice: Choice, facts: Facts) -> Decision:
    if choice.to:
        return _settled(state, Move(choice.to))
    return _settled(state, _dialogue(state).choose(state.place, choice.act, facts))


def _settled(state: State, move: Move) -> Decision:
    if move.stays:
        return Decision(state.noted(move.note), move.effects)
    return Decision(state.moved(move.to or HOME, move.note), move.effects)


def _screen(state: State, facts: Facts) -> Screen:
    return _dialogue(state).show(state.place, facts)


def _dialogue(state: State) -> Dialogue:
    return DIALOGUES[state.place.name]
