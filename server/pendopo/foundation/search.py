"""The search in the header: every app says what it finds, and only what the reader may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHORTEST, LONGEST = 2, 100  # characters of a question
HITS_OF_A_KIND = 20


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and where it is."""

    title: str
    url: str
    about: str = ""


Finder = Callable[[HttpRequest, str], Iterable[Hit]]
_FINDERS: list[tuple[str | Promise, Finder]] = []


def finds(what: str | Promise) -> Callable[[Finder], Finder]:
    """Registers a finder in an app's ``search`` module; ``what`` is the heading of its hits.

    A finder yields at most what this reader may open, the best first.
    """

    def register(finder: Finder) -> Finder:
        _FINDERS.append((what, finder))
        return finder

    return register


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, by kind. A question of one letter finds nothing and says so."""
    question = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    groups = []
    if len(question) >= SHORTEST:
        for what, finder in _FINDERS:
            hits = list(islice(finder(request, question), HITS_OF_A_KIND))
            if hits:
                groups.append({"what": what, "hits": hits})
    context = {"question": question, "groups": groups, "too_short": 0 < len(question) < SHORTEST}
    return render(request, "foundation/search.html", context)
