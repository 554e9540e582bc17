"""How often a stranger may do something: by address, and by what is asked about.

Phones on mobile data share an address with thousands, so the limits of an address are wide; what
holds a nuisance back is the limit of the request or number itself.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja.throttling import SimpleRateThrottle

from pendopo.foundation.addresses import AddressThrottle
from pendopo.foundation.errors import Refused
from pendopo.intake.models import ServiceRequest
from pendopo.people.authentication import account_of


class StartLimit(AddressThrottle):
    """New drafts of an address."""

    scope = "request-start"


class UploadLimit(AddressThrottle):
    """Letters from an address: each is work for the machine that checks them."""

    scope = "request-upload"


class CodeLimit(AddressThrottle):
    """Codes asked for or typed from an address."""

    scope = "request-code"


class _About(SimpleRateThrottle):
    """Counts for one thing, whoever asks."""

    scope = "request-about"

    def __init__(self, what: str, rate: str) -> None:
        super().__init__(rate)
        self.what = what

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"request-about:{self.what}"


def count_start(request: HttpRequest) -> None:
    """Raises ``Refused('requests_too_often')``; who is signed in is known and not counted."""
    if account_of(request) is None and not StartLimit("60/h").allow_request(request):
        raise Refused("requests_too_often")


def count_first_upload(request: HttpRequest) -> None:
    """The letter that comes with a new draft. Raises ``Refused('requests_too_often')``."""
    if not UploadLimit("200/h").allow_request(request):
        raise Refused("requests_too_often")


def count_upload(request: HttpRequest, draft: ServiceRequest) -> None:
    """By address and by request. Raises ``Refused('requests_too_often')``."""
    own = _About(f"upload:{draft.pk}", "30/h")
    if not own.allow_request(request) or not UploadLimit("200/h").allow_request(request):
        raise Refused("requests_too_often")


def count_code(request: HttpRequest, draft: ServiceRequest) -> None:
    """Raises ``Refused('codes_too_often')``: by address, and by the contact it would go to."""
    by_contact = _About(f"code:{contact_key(draft)}", "5/h")
    if not CodeLimit("60/h").allow_request(request) or not by_contact.allow_request(request):
        raise Refused("codes_too_often")


def contact_key(draft: ServiceRequest) -> str:
    """Stands for a contact in the cache without naming it."""
    contact = f"{draft.contact_whatsapp} {draft.contact_email.lower()}"
    return salted_hmac("pendopo.intake.limits", contact).hexdigest()


def count_try(request: HttpRequest) -> None:
    """Raises ``Refused('codes_too_often')``; five tries a code are counted with the code."""
    if not CodeLimit("60/h").allow_request(request):
        raise Refused("codes_too_often")
