"""Every request: a number for its log lines, a line when it is answered, and a count."""

import time
from collections.abc import Awaitable, Callable
from typing import cast

import structlog
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from pendopo.foundation.ids import new_id
from pendopo.project import metrics
from pendopo.project.logs import route_of

HEADER = "X-Request-ID"
# Asked for every few seconds, or a dozen times a page: only worth a line when looking for a fault.
_QUIET = ("/healthz", "/readyz", "/metrics", "/static/")
Answer = HttpResponseBase | Awaitable[HttpResponseBase]
log = structlog.stdlib.get_logger("pendopo.requests")


@sync_and_async_middleware
def request_log_middleware(get_response: Callable[[HttpRequest], Answer]) -> object:
    """Stands first. The time counts to the first byte: an event stream is noted when it begins.

    The number is ours and never taken from the client; whoever reports a fault finds it in the
    answer's ``X-Request-ID``.
    """
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            begun, number = time.perf_counter(), new_id().hex
            with structlog.contextvars.bound_contextvars(request=number):
                response = await cast(Awaitable[HttpResponseBase], get_response(request))
                return _noted(request, response, begun, number)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        begun, number = time.perf_counter(), new_id().hex
        with structlog.contextvars.bound_contextvars(request=number):
            response = cast(HttpResponseBase, get_response(request))
            return _noted(request, response, begun, number)

    return answer


def _noted(
    request: HttpRequest, response: HttpResponseBase, begun: float, number: str
) -> HttpResponseBase:
    seconds = time.perf_counter() - begun
    response.headers[HEADER] = number
    is_file = request.path.startswith("/static/")
    route = "/static/" if is_file else route_of(request)
    metrics.count_request(request.method or "", route, response.status_code, seconds)
    say = log.debug if request.path.startswith(_QUIET) else log.info
    say(
        "answered",
        method=request.method, route=route, status=response.status_code,
        ms=round(seconds * 1000, 1),
    )  # fmt: skip
    return response
