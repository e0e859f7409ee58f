"""What may be asked for about devices and chats: one's own, or those of a member who lost a phone."""

from dataclasses import dataclass
from typing import Literal

SignedOut = Literal["one", "others", "all"]


@dataclass(frozen=True, slots=True)
class TakeNoticesHere:
    """Reminders come to this own chat from now on."""

    account_id: int


@dataclass(frozen=True, slots=True)
class SignOut:
    """End own chats: the one named, all but the present one, or all. Drafts stay; a new code leads back in."""

    which: SignedOut
    account_id: int = 0


@dataclass(frozen=True, slots=True)
class LinkAnother:
    """A code with which one's own next device or channel comes in: one use, one hour, shown in this chat only."""


@dataclass(frozen=True, slots=True)
class RevokeAccess:
    """Every chat of this person ends and every open invitation is void: the phone is lost."""

    person_id: int


ReachEffect = TakeNoticesHere | SignOut | LinkAnother | RevokeAccess
