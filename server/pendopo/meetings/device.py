"""The device a guest uses: a random cookie, so that someone who was removed stays out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pendopo.foundation.ids import new_secret

_YEAR = 365 * 24 * 3600


def _cookie_name() -> str:
    return f"{settings.COOKIE_PREFIX}_device"


def device_of(request: HttpRequest) -> str:
    """The device's secret, a new one at the first visit."""
    return request.COOKIES.get(_cookie_name()) or new_secret()


def remember_device(response: HttpResponse, device: str) -> None:
    """Sets the cookie, unreadable for scripts."""
    response.set_cookie(
        _cookie_name(),
        device,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
