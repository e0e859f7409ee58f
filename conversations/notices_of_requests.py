"""Whether a notice about a request on personal data is still needed when it falls due."""

from collections.abc import Callable

from conversations.data_words import is_taken, to_handle
from conversations.effects import NoticeKind
from conversations.facts import Facts, Notice
from conversations.notices_of_results import number_in
from review.requests import DataRequest


def request_of(notice: Notice, facts: Facts) -> DataRequest | None:
    return facts.privacy.find(number_in(notice, "request_id"))


def _to_handle(notice: Notice, facts: Facts) -> bool:
    return any(one.id == number_in(notice, "request_id") for one in to_handle(facts))


def _unassigned(notice: Notice, facts: Facts) -> bool:
    request = request_of(notice, facts)
    return request is not None and request.is_open and not is_taken(facts, request)


def _answered(notice: Notice, facts: Facts) -> bool:
    request = request_of(notice, facts)
    told = request is not None and bool(request.answered_at or request.extended_at)
    return told and request is not None and facts.me is not None and request.person_id == facts.me.id


REQUEST_NEEDED: dict[NoticeKind, Callable[[Notice, Facts], bool]] = {
    "request_received": _to_handle,
    "request_due": _to_handle,
    "request_unassigned": _unassigned,
    "request_answered": _answered,
}
