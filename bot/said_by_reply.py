"""A reply that shows home says everything that is missing, with the dates: what was to be reminded of is said by it.

So is a reminder that did not get out and that the reply shows, because the chat stands at it.
"""

from sqlalchemy import Connection

from bot.choosing import FREE_FOR
from conversations.incoming import ChannelName
from conversations.notices import SAID_ON_HOME, is_needed
from conversations.place import HOME, Place
from conversations.step import Decision, standing
from review.calendar import start_of_day
from storage import notices
from storage.facts import StoredFacts

SPARING: frozenset[ChannelName] = frozenset({*FREE_FOR, "zalo_bot"})
"""Channels on which every message counts: they close, or carry only so many messages a month."""


def settle_said_by_reply(conn: Connection, decision: Decision, channel: ChannelName, facts: StoredFacts) -> None:
    """Today's reminders that wait for this person count as said when the reply says them."""
    if channel not in SPARING or not decision.speaks or facts.me is None:
        return
    shown = standing(decision.state, facts)
    if shown != HOME and shown.name != "notice":
        return
    today = start_of_day(facts.now)
    for notice in notices.due_of(conn, facts.me.id, SAID_ON_HOME, today, facts.now):
        if shown in (HOME, Place.of("notice", notice.id)) and is_needed(notice, facts):
            notices.settle(conn, notice.id, "sent", facts.now, channel)
