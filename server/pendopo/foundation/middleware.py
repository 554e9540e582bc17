"""The language of the answer, and the page for a refusal."""

from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware

from pendopo.foundation.errors import Refused
from pendopo.foundation.problems import problem

# What the API says where Django would show a page.
PROBLEMS = {404: "not_found", 405: "method_not_allowed", 500: "internal_error"}
LANGUAGE_COOKIE = "pendopo_language"


def language_of(request: HttpRequest) -> str:
    """``id`` unless the reader chose otherwise: pages by cookie, programs by Accept-Language.

    A phone set to English is no choice: the office speaks Indonesian to everyone first.
    """
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if not chosen and request.path.startswith("/api/"):
        chosen = request.headers.get("Accept-Language", "")[:2].lower()
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@sync_and_async_middleware
def language_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]],
) -> Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]:
    """Activates the reader's language for the request."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            with translation.override(language_of(request)):
                request.LANGUAGE_CODE = translation.get_language()
                return await cast(Awaitable[HttpResponseBase], get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            return cast(HttpResponseBase, get_response(request))

    return answer


class RefusalMiddleware:
    """Shows a page for a refusal that a view did not answer itself; below ``/api/`` a problem, also
    for what Django and Ninja answer on their own (no such address, method, a fault of ours).

    It stands last in the settings and is sync on purpose: Django then runs the whole chain before
    it in one thread, instead of changing threads twice for each of a dozen middlewares.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        code = PROBLEMS.get(response.status_code)
        is_problem = response.headers.get("Content-Type") == "application/problem+json"
        if code is None or is_problem or not request.path.startswith("/api/"):
            return response
        answer = problem(Refused(code))
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The sentence says what to do; the code is for whoever helps."""
        if not isinstance(exception, Refused):
            return None
        context = {"sentence": exception.sentence, "code": exception.code}
        return render(request, "foundation/refusal.html", context, status=exception.status)
