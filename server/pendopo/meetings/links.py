"""The addresses of a meeting."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pendopo.meetings.models import Meeting


def join_url(request: HttpRequest, meeting: Meeting) -> str:
    """The link for guests."""
    return request.build_absolute_uri(reverse("join", args=[meeting.slug]))


def public_join_url(meeting: Meeting) -> str:
    """The link for guests, for messages that are written without a request."""
    return f"{settings.BASE_URL}{reverse('join', args=[meeting.slug])}"


def host_url(request: HttpRequest, meeting: Meeting) -> str:
    """The link that makes a host. The key stands behind ``#``, so that no server logs it."""
    return f"{join_url(request, meeting)}#host={meeting.host_key}"


def livekit_url(request: HttpRequest) -> str:
    """Where this browser reaches LiveKit: on the host by which it reached us, unless it is set."""
    return settings.LIVEKIT_URL_FOR_HOST(request.get_host())
