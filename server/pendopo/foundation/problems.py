"""RFC 9457 problem answers for the API."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from pendopo.foundation.errors import Refused


def problem(refused: Refused, **more: Any) -> HttpResponse:
    """The refusal as ``application/problem+json``, its code and facts at the top level."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(refused.status).phrase,
        "status": refused.status,
        "detail": refused.sentence,
        "code": refused.code,
        **refused.facts,
        **more,
    }
    return JsonResponse(body, status=refused.status, content_type="application/problem+json")


def answer_with_problems(api: NinjaAPI) -> None:
    """Makes every error of this API a problem."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return problem(error)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"at": list(e["loc"])[1:], "message": e["msg"]} for e in error.errors]
        return problem(Refused("invalid"), errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(Refused("not_found"))

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return problem(Refused("request_too_large"))

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        answer = problem(Refused("too_many_requests"))
        answer.headers["Retry-After"] = str(error.wait or 1)
        return answer

    @api.exception_handler(HttpError)
    def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(Refused("invalid"), errors=[{"at": [], "message": str(error)}])
