"""Strangers' files are checked a few at a time."""

import pytest

from pendopo.foundation.errors import Refused
from pendopo.gateways.signing import checking
from pendopo.gateways.signing.checking import AT_ONCE, check


def test_no_more_are_checked_at_once_than_the_machine_has_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking, "LONGEST_WAIT", 0.01)
    for _ in range(AT_ONCE):
        assert checking._places.acquire(blocking=False)
    try:
        with pytest.raises(Refused, match="check_unavailable"):
            check(b"%PDF-1.7")
    finally:
        for _ in range(AT_ONCE):
            checking._places.release()
    # A file that breaks the check gives its place back.
    for _ in range(AT_ONCE + 1):
        assert not check(b"%PDF-1.7").readable
