"""The addresses of a request, as messages and papers carry them."""

from django.conf import settings
from django.urls import reverse

from pendopo.intake.models import ServiceRequest


def tracking_url(request: ServiceRequest) -> str:
    """The page of whoever asks, by the code; whoever has the address has the page."""
    return f"{settings.BASE_URL}{reverse('request-tracking', args=[request.tracking_code])}"


def track_url() -> str:
    """Where number and code are typed: for letters, which are copied to many and may be public."""
    return f"{settings.BASE_URL}{reverse('request-track')}"


def staff_url(request: ServiceRequest) -> str:
    """The page of a request inside the office."""
    return f"{settings.BASE_URL}{reverse('request-detail', args=[request.number])}"
