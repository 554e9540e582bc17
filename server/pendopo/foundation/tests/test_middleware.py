"""A fault of ours: a problem for programs, a page for people."""

import json

import pytest
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseServerError
from django.test import RequestFactory

from pendopo.foundation.middleware import RefusalMiddleware


def test_a_fault_in_the_api_is_a_problem(rf: RequestFactory) -> None:
    guard = RefusalMiddleware(lambda _: HttpResponseServerError("<h1>500</h1>"))
    answer = guard(rf.get("/api/v1/meetings"))
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "internal_error"


def test_a_refused_method_still_names_the_allowed_ones(rf: RequestFactory) -> None:
    answer = RefusalMiddleware(lambda _: HttpResponseNotAllowed(["GET"]))(rf.put("/api/v1/x"))
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize("path", ["/rapat/", "/apinya/"])
def test_pages_stay_pages(rf: RequestFactory, path: str) -> None:
    page = HttpResponseServerError("<h1>500</h1>")
    assert RefusalMiddleware(lambda _: page)(rf.get(path)) is page
