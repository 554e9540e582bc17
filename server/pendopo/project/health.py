"""Is it alive, and can it work?"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from pendopo.foundation.errors import Refused
from pendopo.gateways.livekit import rooms


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _livekit() -> str:
    rooms.room_names()
    return "ok"


def _queue() -> str:
    """A worker has given a sign of life within 30 s (its heartbeat is 10 s)."""
    alive = ProcrastinateWorker.objects.extra(
        where=["last_heartbeat > now() - interval '30 seconds'"]
    )
    return "ok" if alive.exists() else "no worker"


PARTS: dict[str, Callable[[], str]] = {
    "database": _database,
    "livekit": _livekit,
    "queue": _queue,
}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process answers at all."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part answers, else 503; each part is named with what is wrong."""
    found = {name: _state(check) for name, check in PARTS.items()}
    is_ready = all(state == "ok" for state in found.values())
    return JsonResponse(found, status=200 if is_ready else 503)


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except Refused as refused:
        return refused.code
    except DatabaseError as error:
        return type(error).__name__
