"""How the file for the national letter system is handed out, on the page and in the API."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def zip_response(content: bytes, number: str) -> HttpResponse:
    """A download that no cache keeps, named after the request."""
    name = content_disposition_header(True, f"surat-{number}.zip") or "attachment"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": name,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
