"""What every page is told, and the reader's own preferences."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from pendopo.foundation.middleware import LANGUAGE_COOKIE

TEXT_SIZE_COOKIE = "pendopo_text_size"
TEXT_SIZES = ("100", "118", "135")
_YEAR = 365 * 24 * 3600


def text_size_of(request: HttpRequest) -> str:
    """The reader's text size in percent, one of :data:`TEXT_SIZES`."""
    chosen = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return chosen if chosen in TEXT_SIZES else TEXT_SIZES[0]


def client_data(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """The JSON that a page of the client starts with."""
    return {"language": get_language(), "text_size": text_size_of(request), **more}


@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Remembers language and text size on this device, and goes back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    language, text_size = request.POST.get("language"), request.POST.get("text_size")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax")
    if text_size in TEXT_SIZES:
        response.set_cookie(TEXT_SIZE_COOKIE, text_size, max_age=_YEAR, samesite="Lax")
    return response
