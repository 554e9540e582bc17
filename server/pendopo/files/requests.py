"""One request brings only so much; what brings more is refused in words, before it fills a disk."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from pendopo.files.rules import LARGEST_REQUEST, MB
from pendopo.foundation.errors import Refused
from pendopo.foundation.problems import problem

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Any], Awaitable[None]]

TOO_LARGE = "pendopo.uploads_too_large"
# A browser shows an answer only once it has sent all; so much we let it send, and drop it.
MOST_DROPPED = 10 * LARGEST_REQUEST


def limit_requests(application: Application) -> Application:
    """The ASGI application, which never gets more than ``LARGEST_REQUEST`` bytes of one request.

    Of a larger one it gets a body that ends early and a mark in the scope, for which
    :class:`RequestSizeMiddleware` answers. Django itself would put the whole body down first.
    """

    async def limited(scope: Message, receive: Receive, send: Any) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        received, declared = 0, _declared(scope)

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if max(received, declared) <= LARGEST_REQUEST or message["type"] != "http.request":
                return message
            scope[TOO_LARGE] = True
            while message.get("more_body") and received < MOST_DROPPED:
                message = await receive()
                received += len(message.get("body", b""))
            return {"type": "http.request", "body": b"", "more_body": False}

        return await application(scope, counted, send)

    return limited


def _declared(scope: Message) -> int:
    length = dict(scope.get("headers", ())).get(b"content-length", b"")
    return int(length) if length.isdigit() else 0


class RequestSizeMiddleware:
    """Answers a request that brought too much with ``uploads_too_large``, before its form is read.

    Stands just before the last one in the settings, and is sync for the reason given there.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_too_large = length.isdigit() and int(length) > LARGEST_REQUEST
        if not is_too_large and not getattr(request, "scope", {}).get(TOO_LARGE):
            return self.get_response(request)
        refused = Refused("uploads_too_large", most=LARGEST_REQUEST // MB)
        if _wants_problem(request):
            return problem(refused)
        context = {"sentence": refused.sentence, "code": refused.code}
        return render(request, "foundation/refusal.html", context, status=refused.status)


def _wants_problem(request: HttpRequest) -> bool:
    """Whether a program reads the answer: of the API, or the script of a page."""
    accepted = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or accepted.startswith("application/json")
