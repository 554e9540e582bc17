"""A stranger is counted by the line, not by the address a program has just taken."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from pendopo.foundation.addresses import AddressThrottle, line_of


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::7", "2001:db8:1:3::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_line_is_one(address: str, line: str) -> None:
    assert line_of(address) == line


@pytest.mark.django_db
def test_new_addresses_of_one_line_share_a_limit() -> None:
    cache.clear()

    def allowed(address: str) -> bool:
        throttle = AddressThrottle("2/m")
        return throttle.allow_request(RequestFactory().get("/", REMOTE_ADDR=address))

    tries = [allowed(f"2001:db8:77:1::{nth}") for nth in range(3)]
    assert tries == [True, True, False]
    assert allowed("2001:db8:77:2::1")
