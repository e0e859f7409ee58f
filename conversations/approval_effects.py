"""What the officer of a committee asks for besides single decisions. `storage.apply_approval` judges and applies it."""

from dataclasses import dataclass

from review.decisions import About


@dataclass(frozen=True, slots=True)
class FollowProposals:
    """Decide on these subjects as their cell proposed: each a decision of its own, all of them or none."""

    about: About
    subject_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RecordGrounds:
    """Why this peer group may go up to the higher share (25 %). A later text replaces the earlier one."""

    unit_id: int
    group: str
    text: str


ApprovalEffect = FollowProposals | RecordGrounds
