"""The page that explains how a device comes to trust us, and the certificate to trust.

Both are read over plain http too, by a device that does not trust us yet: the page has no form and
sets no cookie, and its language stands in its address.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from pendopo.foundation.errors import Refused
from pendopo.gateways.caddy.authority import Root, read_root
from pendopo.gateways.caddy.config import root_name
from pendopo.project.deployment import deployment


def _root() -> Root:
    settings = deployment()
    root = read_root(settings.caddy_folder) if settings.has_own_authority else None
    if root is None:
        raise Refused("no_own_certificate")
    return root


@require_safe
def certificate_page(request: HttpRequest) -> HttpResponse:
    """How to install our root, for each system. Refuses when a public authority vouches for us."""
    root, settings = _root(), deployment()
    wanted = request.GET.get("bahasa", "")
    language = wanted if wanted in ("id", "en") else translation.get_language()
    context = {
        "fingerprint": root.fingerprint,
        "name": root_name(settings.host),
        "host": settings.host,
        "address": settings.base_url,
        "other_language": "id" if language == "en" else "en",
    }
    with translation.override(language):
        return render(request, "project/certificate.html", context)


@require_safe
def root_certificate(request: HttpRequest) -> HttpResponse:
    """The root as a file that systems offer to install."""
    return HttpResponse(_root().pem, content_type="application/x-x509-ca-cert")
