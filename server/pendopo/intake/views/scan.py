"""The papers of a request, for staff who may see it: letter, its pages, disposition sheet, and all
of them in one file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from pendopo.documents.drawing import disposition_sheet_pdf
from pendopo.files.models import StoredFile
from pendopo.files.responses import file_response, picture_response
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.register_file import export_letters
from pendopo.intake.queries.requests import request_numbered
from pendopo.intake.queries.sheet import sheet_of
from pendopo.intake.zip_response import zip_response
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

PAGE_WIDTH = 1000  # pixels: a pane of the desk on a dense screen


def _letter_of(request: HttpRequest, number: str) -> StoredFile:
    """Raises ``Refused('request_not_found')``, also when it has no letter yet."""
    found = request_numbered(signed_in(request), number).letter
    if found is None:
        raise Refused("request_not_found")
    return found


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_safe
def page(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """One page of the letter as a picture."""
    return picture_response(_letter_of(request, number), page, PAGE_WIDTH)


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_safe
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter as it came."""
    return file_response(_letter_of(request, number))


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The disposition sheet of a registered letter as PDF."""
    found = request_numbered(signed_in(request), number)
    drawn = disposition_sheet_pdf(sheet_of(found))
    name = f"lembar-disposisi-{found.number}.pdf"
    return HttpResponse(
        drawn,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@never_cache
@permission_required(Permission.READ_REQUESTS)
@require_GET
def register_file(request: HttpRequest, number: str) -> HttpResponse:
    """The letters and what is known of them, to be loaded into the national letter system."""
    account = signed_in(request)
    return zip_response(export_letters(request_numbered(account, number), account), number)
