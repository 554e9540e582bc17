"""The cookie that remembers an organiser: on that organiser's own page alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pendopo.intake.models import Organiser
from pendopo.intake.rules.organisers import REMEMBERED_FOR

_AGE = int(REMEMBERED_FOR.total_seconds())


def _name() -> str:
    return f"{settings.COOKIE_PREFIX}_organiser"


def _salt(organiser: Organiser) -> str:
    # A cookie that is carried over to another organiser's page proves nothing there.
    return f"pendopo.intake.organiser:{organiser.pk}"


def is_remembered(request: HttpRequest, organiser: Organiser) -> bool:
    """Whether this organiser has entered a code in this browser."""
    known = request.get_signed_cookie(_name(), default="", salt=_salt(organiser), max_age=_AGE)
    return known == str(organiser.pk)


def remember_organiser(response: HttpResponse, organiser: Organiser) -> None:
    """Sets the cookie, unreadable for scripts and sent to the organiser's own page only."""
    response.set_signed_cookie(
        _name(),
        str(organiser.pk),
        salt=_salt(organiser),
        max_age=_AGE,
        path=reverse("organiser-page", args=[organiser.key]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
