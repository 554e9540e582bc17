"""The small program that keeps the form on a phone, so that it opens without signal too."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader

SOURCE = "src/pages/request_worker.ts"


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Stands under ``/ajukan/``, which is as far as it reaches; the code is a static file."""
    address = DjangoViteAssetLoader.instance().generate_vite_asset_url(SOURCE)
    return HttpResponse(f'importScripts("{address}");\n', content_type="text/javascript")
