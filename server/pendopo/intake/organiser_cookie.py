"""The cookie that remembers an organiser: for one request, on that request's pages alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pendopo.foundation.errors import Refused
from pendopo.intake.models import Organiser, ServiceRequest
from pendopo.intake.queries.tracking import organiser_of
from pendopo.intake.rules.organisers import REMEMBERED_FOR

_AGE = int(REMEMBERED_FOR.total_seconds())


def _name() -> str:
    return f"{settings.COOKIE_PREFIX}_organiser"


def _salt(case: ServiceRequest) -> str:
    # A cookie that is carried over to another request's pages proves nothing there.
    return f"pendopo.intake.organiser:{case.pk}"


def organiser_here(request: HttpRequest, case: ServiceRequest) -> Organiser | None:
    """Who has entered a code for this request in this browser and was not removed since."""
    known = request.get_signed_cookie(_name(), default="", salt=_salt(case), max_age=_AGE)
    try:
        return organiser_of(case, known) if known else None
    except Refused:
        return None


def remember_organiser(response: HttpResponse, organiser: Organiser) -> None:
    """Sets the cookie, unreadable for scripts and sent to the organiser's pages only."""
    case = organiser.request
    response.set_signed_cookie(
        _name(),
        str(organiser.pk),
        salt=_salt(case),
        max_age=_AGE,
        path=reverse("organiser-page", args=[case.tracking_code]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
