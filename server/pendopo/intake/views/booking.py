"""A unit books a standard meeting; a letter is not needed."""

import hashlib
import json
from uuid import UUID

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import answer_once
from pendopo.foundation.ids import new_id
from pendopo.intake.actions.submission import book_meeting
from pendopo.intake.forms.wizard import BookingForm
from pendopo.intake.queries.policy import the_policy
from pendopo.meetings.models import Meeting
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

_VALUES = ("event_title", "people", "attendance", "needs_operator")


@never_cache
@permission_required(Permission.BOOK_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """One short form; a refusal says which limit and leads to the normal request."""
    form = BookingForm(request.POST or None, request.FILES or None)
    refused_by, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                event_id = _book_once(request, form)
                messages.success(request, _("Booked. The meeting stands on the calendar."))
                return _to_meeting(event_id)
            except Refused as refused:
                refused_by, status = refused.code, refused.status
                form.add_error(None, refused.sentence)
    context = {
        "form": form,
        "refused_by": refused_by,
        "policy": the_policy(),
        "files_are_gone": bool(request.FILES),
        # Each showing of the form may book one meeting: a double click finds the first one.
        "form_id": request.POST.get("form_id") or str(new_id()),
    }
    return render(request, "intake/booking.html", context, status=status)


def _book_once(request: HttpRequest, form: BookingForm) -> str:
    """The event that this form booked, now or when it was sent before. The same page with other
    values, after going back to it, is another booking."""
    account, given = signed_in(request), form.cleaned_data

    def work() -> tuple[int, str]:
        values = {name: given[name] for name in _VALUES}
        made = book_meeting(account, values, form.slot(), given["letter"])
        return 201, str(made.event_id)

    told = {name: value for name, value in given.items() if name != "letter"}
    words = json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True)
    seen = request.POST.get("form_id", "")[:40] or str(new_id())
    key = hashlib.sha256(f"{seen} {words}".encode()).hexdigest()
    with transaction.atomic():
        return str(answer_once(f"booking:{account.pk}", key, "booking", work)[1])


def _to_meeting(event_id: str) -> HttpResponse:
    meeting = Meeting.objects.filter(session__event=UUID(event_id)).first()
    return redirect("meeting-detail", meeting.slug) if meeting else redirect("my-meetings")
