"""How content leaves the house. Who may have it, the calling app has decided."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from pendopo.files.models import StoredFile
from pendopo.files.queries import PICTURE_TYPE, content_of, page_picture

# Whatever a browser takes it for, it may load nothing and run nothing.
_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SANDBOX = f"{_NOTHING}; sandbox"
_SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


def file_response(stored: StoredFile, *, download: bool = False) -> HttpResponse:
    """The content under its name, shown by the browser or, with ``download``, saved.

    Read whole: under ASGI Django would do the same with a file, and files are small. Raises
    ``Refused('file_erased')``.
    """
    answer = _private(content_of(stored), stored.media_type)
    is_saved = download or stored.media_type not in _SHOWN
    answer.headers["Content-Disposition"] = content_disposition_header(is_saved, stored.name) or (
        "attachment"
    )
    return answer


def picture_response(stored: StoredFile, page: int, width: int) -> HttpResponse:
    """One page as a picture; raises ``Refused`` as :func:`page_picture`."""
    return _private(page_picture(stored, page, width), PICTURE_TYPE)


def _private(content: bytes, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    # A browser's own reader of PDF does not work in a sandbox; a PDF runs nothing of ours anyway.
    answer.headers["Content-Security-Policy"] = (
        _NOTHING if media_type == "application/pdf" else _SANDBOX
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
