"""The throttle and whose request it is."""

import pytest
from aiohttp.test_utils import make_mocked_request

from handlers.web.guard import Throttle, client_address


def test_throttle_allows_a_burst_then_one_by_one() -> None:
    throttle = Throttle(burst=3, every=10)
    assert [throttle.allows("a", 0) for _ in range(4)] == [True, True, True, False]
    assert throttle.allows("b", 0)
    assert not throttle.allows("a", 9)
    assert throttle.allows("a", 10)
    assert not throttle.allows("a", 10)
    assert [throttle.allows("a", 1000) for _ in range(4)] == [True, True, True, False]


def test_throttle_forgets_the_longest_silent() -> None:
    throttle = Throttle(burst=1, every=10, most=2)
    assert [throttle.allows(key, 0) for key in "abc"] == [True, True, True]
    assert throttle.allows("a", 0), "forgotten"
    assert not throttle.allows("c", 0)


@pytest.mark.parametrize(
    ("remote", "forwarded", "whose"),
    [
        ("113.160.1.2", None, "113.160.1.2"),
        ("113.160.1.2", "1.1.1.1", "113.160.1.2"),
        ("127.0.0.1", "9.9.9.9, 113.160.1.2", "113.160.1.2"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("10.0.0.5", None, "10.0.0.5"),
        ("2405:4800:1:2:3:4:5:6", None, "2405:4800:1:2::/64"),
        (None, None, "unknown"),
    ],
)
def test_client_address(remote: str | None, forwarded: str | None, whose: str) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert client_address(request.clone(remote=remote) if remote else _without_peer(request)) == whose


def _without_peer(request: object) -> object:
    request._transport_peername = None  # type: ignore[attr-defined]
    return request
