"""Ids, cursors and refusals."""

import re

import pytest
from django.test import RequestFactory
from django.utils import translation

from pendopo.foundation import errors, ids, pagination
from pendopo.foundation.errors import Refusal, Refused
from pendopo.foundation.middleware import language_of


def test_slugs_can_be_read_aloud() -> None:
    slugs = {ids.new_slug() for _ in range(200)}
    assert len(slugs) == 200
    assert all(re.fullmatch(r"[a-z]{3}-[a-z]{4}-[a-z]{3}", slug) for slug in slugs)
    assert not set("aeioul01") & set("".join(slugs))


def test_ids_come_in_order() -> None:
    made = [ids.new_id() for _ in range(100)]
    assert made == sorted(made)
    assert len(set(made)) == 100


def test_a_cursor_comes_back_as_its_row() -> None:
    row = ids.new_id()
    assert pagination.decode(pagination.encode(row)) == row


@pytest.mark.parametrize("cursor", ["", "x", "%%%", "a" * 500, "aGVsbG8"])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Refused, match="cursor_invalid"):
        pagination.decode(cursor)


def test_every_refusal_has_words_in_both_languages() -> None:
    for code, refusal in errors.declared().items():
        with translation.override("en"):
            english = str(refusal.sentence)
        with translation.override("id"):
            indonesian = str(refusal.sentence)
        assert english, code
        assert indonesian != english, code
        assert 400 <= refusal.status < 600


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        errors.declare({"not_found": Refusal(404, "something else")})


def test_an_undeclared_code_cannot_be_used() -> None:
    with pytest.raises(KeyError):
        Refused("no_such_code")


@pytest.mark.parametrize(
    ("path", "cookie", "accepts", "language"),
    [
        ("/", "", "en-US,en;q=0.9", "id"),
        ("/", "en", "", "en"),
        ("/", "xx", "", "id"),
        ("/api/v1/meetings", "", "en", "en"),
        ("/api/v1/meetings", "id", "en", "id"),
        ("/api/v1/meetings", "", "fr", "id"),
    ],
)
def test_language(path: str, cookie: str, accepts: str, language: str) -> None:
    request = RequestFactory().get(path, headers={"Accept-Language": accepts})
    request.COOKIES["pendopo_language"] = cookie
    assert language_of(request) == language
