"""Whom a rate limit counts: the address of a stranger, a whole line at a time."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from ninja.throttling import AnonRateThrottle

# Whoever has an IPv6 line has 2⁶⁴ addresses, and a program can take a new one for each request.
_LINE = 64


def line_of(address: str) -> str:
    """The address itself; of IPv6 the first half, which is what a provider gives one customer.

    Anything else comes back as it is.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((known, _LINE), strict=False).network_address)


class AddressThrottle(AnonRateThrottle):
    """Counts what strangers do from one line; give each use a ``scope`` of its own."""

    def get_ident(self, request: HttpRequest) -> str:
        """The line, as our own proxies tell it."""
        return line_of(super().get_ident(request) or "")
